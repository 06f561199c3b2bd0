/** Which imports can nothing satisfy: neither the repository, nor Python itself, nor what is installed? */
import type { AskedApi } from '../source/facts/api-patterns.js';
import { ModuleTree } from '../source/modules/module-tree.js';
import { reachFrom } from '../source/modules/reach.js';
import { standardElsewhere, standardModules } from '../source/modules/standard-modules.js';
import type { FileFacts, ImportUse, ProjectFile } from '../source/types.js';

/** An import of something from outside that is not there. */
export interface NotInstalled {
  file: string;
  line: number;
  /** The top-level module: `sklearn`. */
  module: string;
  /** As it is imported: `sklearn.metrics`. */
  imported: string;
}

export interface Surroundings {
  files: readonly FileFacts[];
  project: { root: string; sourceRoot: string; files: readonly ProjectFile[] };
  /** Paths of the repository that were not read: compiled modules, links that lead elsewhere. */
  unread: readonly string[];
  /** Top-level names of all that is installed. */
  importable: readonly string[];
}

/** By these, modules can be had from anywhere. */
export const searchPathApis: readonly AskedApi[] = [
  ...['sys.path', 'sys.meta_path', 'sys.path_hooks', 'sys.modules'].map((api) => ({ api, module: 'sys' })),
  { api: 'site.addsitedir', module: 'site' },
];
const searchPaths: ReadonlySet<string> = new Set(searchPathApis.map(({ api }) => api));

/** Modules that make others importable. */
const finders = /^(?:pyximport|rootutils|pyrootutils|autoroot)$/;

/** What may install a package, or load a module by hand, before something is imported. */
const preparing = /^(?:subprocess|runpy|pip|importlib)\.|^os\.(?:system|popen|exec\w*)$/;

/** After these nothing below is executed, which may be why they stand there. */
const leaving = /(?:^|\.)(?:stop|exit|_exit|quit)$/;

/**
 * Finds the imports that stop the dashboard, or a page, as soon as it is run. Certain or silent: what is guarded, stands in
 * a function or in a branch, is not executed for certain, or has the name of anything in or around the repository is passed
 * over; so is everything where some file changes what can be imported, or where the entry's own packages are not there, so
 * that the environment is another one's.
 */
export function notInstalled({ files, project, unread, importable }: Surroundings): NotInstalled[] {
  if (files.some(changesWhatIsThere)) return [];
  const facts = new Map(files.map((file) => [file.path, file]));
  const starts = project.files.filter(({ role }) => role === 'entry' || role === 'page').map(({ path }) => path);
  const tree = new ModuleTree(files.map(({ path }) => path));
  const executed = reachFrom(starts, facts, tree, [project.sourceRoot], 'certainly');
  const around = [...files.map(({ path }) => path), ...unread, project.root.replaceAll('\\', '/')].flatMap(namesOn);
  const optional = files.flatMap(({ imports }) => imports.filter(({ guarded }) => guarded).map(topOf));
  const known = new Set([...standardModules, ...standardElsewhere, ...around, ...optional]);
  const there = new Set(importable);
  const wanted = (file: FileFacts) =>
    file.imports.filter((use) => isExecuted(use) && !known.has(topOf(use)) && !topOf(use).startsWith('_'));
  // In an environment for tools alone nothing is there that the dashboard imports.
  const isOfDashboard = starts.some((path) => (facts.get(path)?.imports ?? []).some((use) => there.has(topOf(use))));
  if (!isOfDashboard) return [];
  return [...executed].flatMap((path) => {
    const file = facts.get(path);
    // A main block is only run in the file that is started, and what leaves early may do so for what is missing.
    const isUnsure =
      file === undefined ||
      file.hasSyntaxErrors ||
      (file.hasMainGuard && !starts.includes(path)) ||
      (file.topLevelCalls ?? []).some((call) => leaving.test(call));
    if (isUnsure) return [];
    return wanted(file)
      .filter((use) => !there.has(topOf(use)))
      .map((use) => ({ file: path, line: use.line, module: topOf(use), imported: use.module }));
  });
}

function changesWhatIsThere({ apiUses = [], apiShims = [], imports, calls, topLevelCalls = [] }: FileFacts): boolean {
  return (
    apiUses.some(({ api }) => searchPaths.has(api)) ||
    apiShims.some((each) => searchPaths.has(each)) ||
    imports.some(({ module }) => finders.test(module)) ||
    calls.some(({ callee }) => /(?:^|\.)(?:import_module|__import__)$/.test(callee)) ||
    topLevelCalls.some((call) => preparing.test(call))
  );
}

function isExecuted({ module, level, atModuleLevel, guarded, typeCheckingOnly, conditional }: ImportUse): boolean {
  return level === 0 && module !== '' && atModuleLevel && !guarded && !typeCheckingOnly && conditional !== true;
}

function topOf({ module }: ImportUse): string {
  return module.split('.', 1)[0] ?? module;
}

/** Every name on a path under which a module could be had: `src/core/model.cpython-311.so` gives src, core and model. */
function namesOn(path: string): readonly string[] {
  return path.split('/').map((part) => part.split('.', 1)[0] ?? part);
}

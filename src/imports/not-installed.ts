/** Which imports can nothing satisfy: neither the repository, nor Python itself, nor what is installed? */
import type { AskedApi } from '../source/facts/api-patterns.js';
import { standardElsewhere, standardModules } from '../source/modules/standard-modules.js';
import type { FileFacts, ProjectFile } from '../source/types.js';

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
  project: { files: readonly ProjectFile[] };
  /** Paths of the repository that were not read: compiled modules, links that lead elsewhere. */
  unread: readonly string[];
  /** Top-level names of all that is installed. */
  importable: readonly string[];
}

/** By these, modules can be had from anywhere. */
export const searchPathApis: readonly AskedApi[] = [
  ...['sys.path', 'sys.meta_path', 'sys.path_hooks'].map((api) => ({ api, module: 'sys' })),
  { api: 'site.addsitedir', module: 'site' },
];
const searchPaths: ReadonlySet<string> = new Set(searchPathApis.map(({ api }) => api));

/**
 * Finds the imports that stop the dashboard as soon as it is started. Certain or silent: what is guarded, stands in a
 * function or in a branch, is reached by no import of the entry, or has the name of anything in the repository is passed
 * over, and everything where some file changes where modules are looked for.
 */
export function notInstalled({ files, project, unread, importable }: Surroundings): NotInstalled[] {
  const reached = new Set(project.files.flatMap(({ path, reachable }) => (reachable ? [path] : [])));
  const changesPaths = ({ apiUses = [], apiShims = [] }: FileFacts): boolean =>
    apiUses.some(({ api }) => searchPaths.has(api)) || apiShims.some((each) => searchPaths.has(each));
  if (files.some(changesPaths)) return [];
  const paths = [...files.map(({ path }) => path), ...unread];
  const there = new Set([...importable, ...paths.flatMap(namesOn)]);
  const isThere = (top: string): boolean =>
    top.startsWith('_') || standardModules.has(top) || standardElsewhere.has(top) || there.has(top);
  return files.flatMap(({ path: file, imports, hasSyntaxErrors }) => {
    if (!reached.has(file) || hasSyntaxErrors) return [];
    return imports.flatMap(({ module, level, line, atModuleLevel, guarded, typeCheckingOnly, conditional }) => {
      const mayFail = guarded || typeCheckingOnly || conditional === true || !atModuleLevel || level > 0;
      const [top = ''] = module.split('.', 1);
      return mayFail || top === '' || isThere(top) ? [] : [{ file, line, module: top, imported: module }];
    });
  });
}

/** Every name on a path under which a module could be had: `src/core/model.cpython-311.so` gives src, core and model. */
function namesOn(path: string): readonly string[] {
  return path.split('/').map((part) => part.split('.', 1)[0] ?? part);
}

import path from 'node:path';
import type { Project, ProjectFile } from '../collectors/project.js';
import type { FileFacts, ImportUse } from '../source/types.js';

/** What `probe/import_modules.py` reads. */
export interface ImportRequest {
  world: {
    root: string;
    /** Absolute: `sys.path[0]` of a launch. */
    sourceRoot: string;
    /** Absolute: where the launch is started. */
    workingFolder: string;
    /** Absolute: folders searched after the source root, before what the interpreter searches. */
    searched: readonly string[];
    /** Absolute: folders searched last where it is not understood what the entry script does to `sys.path`. */
    usual: readonly string[];
    /** Seconds one module may take. */
    timeoutS: number;
    /** The dashboard's own files, relative to root. */
    own: readonly string[];
    /** Own files that are modules, and their dotted names. */
    modules: Readonly<Record<string, string>>;
    /** First parts of the own modules' names: nothing from outside may stand in their place. */
    topLevel: readonly string[];
    preload: readonly { module: string; names: readonly string[] }[];
  };
  jobs: readonly ImportJob[];
}

export interface ImportJob {
  /** Dotted name; empty for a file without one. */
  module: string;
  /** Relative to root; empty for a module that is none of the dashboard's files. */
  path: string;
  role: ProjectFile['role'];
  /** Import the module; otherwise only the import statements of the file are executed. */
  whole: boolean;
  reachable: boolean;
  /** Names to look up once the module is imported: `MoEModel`, `MoEModel.get_last_saturation_metrics`. */
  symbols: readonly string[];
  /** `Class.attribute` of which only the imported class can tell whether its objects have it. */
  attributes: readonly string[];
}

/** A name that somebody asks a module for. */
export interface Wish {
  module: string;
  /** `MoEModel` */
  name: string;
  askedBy: { file: string; line: number; reachable: boolean }[];
}

export interface ImportPlan {
  request: ImportRequest;
  /** Every name to look up, once; those of the config without anybody who asks. */
  wishes: readonly Wish[];
}

export interface ImportWishes {
  root: string;
  timeoutS: number;
  /** Modules to import instead of those found. */
  modules?: readonly string[];
  /** `core.architecture:MoEModel.get_last_saturation_metrics` */
  symbols: readonly string[];
  /** Of classes with bases from outside, by the class's file. */
  attributes: readonly AskedAttribute[];
}

/** An attribute that the text of a class does not show, and that a base from outside may provide. */
export interface AskedAttribute {
  /** The class's file, relative to the root. */
  file: string;
  /** Of the class, at the top of its module. */
  class: string;
  name: string;
}

/** Decides what the import probe imports, preloads and looks up. */
export function planImports(wanted: ImportWishes, project: Project, sources: readonly FileFacts[]): ImportPlan {
  const facts = new Map(sources.map((file) => [file.path, file]));
  const named = new Map(project.files.flatMap((file) => (file.module === undefined ? [] : [[file.module, file]])));
  const wishes = [...configWishes(wanted.symbols), ...sourceWishes(project, named, facts)];
  const modules = wanted.modules ?? project.files.flatMap((file) => (isWhole(file) ? [file.module ?? ''] : []));
  const asWhole = [...new Set([...modules, ...configWishes(wanted.symbols).map((wish) => wish.module)])];
  const jobs = [
    ...asWhole.map((module) => moduleJob(module, named.get(module), wishes, wanted.attributes)),
    ...project.files.flatMap((file) => (isWhole(file) || file.role === 'test' ? [] : [statementsJob(file)])),
  ];
  const imported = new Set(asWhole);
  const workingFolder = path.resolve(wanted.root, project.run.folder);
  return {
    wishes: mergeWishes(wishes.filter((wish) => imported.has(wish.module))),
    request: {
      world: {
        root: wanted.root,
        sourceRoot: path.resolve(wanted.root, project.sourceRoot),
        workingFolder,
        searched: project.run.viaModule ? [workingFolder] : [],
        usual: [wanted.root, path.join(wanted.root, 'src')],
        timeoutS: wanted.timeoutS,
        own: project.files.map((file) => file.path),
        modules: Object.fromEntries([...named].map(([module, file]) => [file.path, module])),
        topLevel: [...new Set([...named.keys()].map((module) => module.split('.')[0] ?? module))],
        preload: preloads(jobs, project, facts),
      },
      jobs,
    },
  };
}

function isWhole(file: ProjectFile): boolean {
  return file.role === 'module' && file.module !== undefined;
}

function moduleJob(
  module: string,
  file: ProjectFile | undefined,
  wishes: readonly Wish[],
  asked: readonly AskedAttribute[],
): ImportJob {
  const symbols = [...new Set(wishes.flatMap((wish) => (wish.module === module ? [wish.name] : [])))];
  const reachable = file?.reachable ?? true;
  const own = asked.filter((each) => each.file === file?.path).map((each) => `${each.class}.${each.name}`);
  return {
    module,
    path: file?.path ?? '',
    role: 'module',
    whole: true,
    reachable,
    symbols,
    attributes: [...new Set(own)],
  };
}

function statementsJob(file: ProjectFile): ImportJob {
  const started = file.role === 'entry' || file.role === 'page';
  const { path, role, module = '' } = file;
  return { module, path, role, whole: false, reachable: started || file.reachable, symbols: [], attributes: [] };
}

function configWishes(symbols: readonly string[]): Wish[] {
  return symbols.map((symbol) => {
    const [module = '', name = ''] = symbol.split(':');
    return { module, name, askedBy: [] };
  });
}

/** The names that the sources import from modules of the dashboard, where failing is not foreseen. */
function sourceWishes(
  project: Project,
  named: ReadonlyMap<string, ProjectFile>,
  facts: ReadonlyMap<string, FileFacts>,
): Wish[] {
  const paths = new Set(project.files.map((file) => file.path));
  const packages = new Set([...named.keys()].flatMap(withParents));
  return project.files.flatMap((file) => {
    const reachable = file.reachable || file.role === 'entry' || file.role === 'page';
    return (facts.get(file.path)?.imports ?? []).flatMap((use) => {
      const module = targetOf(use, file);
      const target = module === undefined ? undefined : named.get(module);
      if (module === undefined || target === undefined || !isWhole(target)) return [];
      if (use.guarded || use.typeCheckingOnly || isBeside(module, file, paths)) return [];
      // By the time a function runs, such a module may have got the name.
      if (!use.atModuleLevel && facts.get(target.path)?.definesDynamically === true) return [];
      return use.names
        .filter((name) => name !== '*' && !packages.has(`${module}.${name}`))
        .map((name) => ({ module, name, askedBy: [{ file: file.path, line: use.line, reachable }] }));
    });
  });
}

/** Dotted name of the module that an import statement names; undefined where it leads out of the package. */
function targetOf(use: ImportUse, file: ProjectFile): string | undefined {
  if (use.level === 0) return use.module;
  if (file.module === undefined) return undefined;
  const parts = file.module.split('.');
  const up = use.level - (/(^|\/)__init__\.py$/.test(file.path) ? 1 : 0);
  if (up >= parts.length) return undefined;
  return [...parts.slice(0, parts.length - up), ...(use.module === '' ? [] : [use.module])].join('.');
}

/** True when a script or test that is run from its own folder finds another file under that name there. */
function isBeside(module: string, file: ProjectFile, paths: ReadonlySet<string>): boolean {
  if (file.role !== 'script' && file.role !== 'test') return false;
  const beside = path.posix.join(path.posix.dirname(file.path), module.replaceAll('.', '/'));
  return file.path.includes('/') && (paths.has(`${beside}.py`) || paths.has(`${beside}/__init__.py`));
}

function withParents(module: string): string[] {
  const parts = module.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function mergeWishes(wishes: readonly Wish[]): Wish[] {
  const merged = new Map<string, Wish>();
  for (const wish of wishes) {
    const key = `${wish.module}:${wish.name}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...wish, askedBy: [...wish.askedBy] });
    else known.askedBy.push(...wish.askedBy);
  }
  return [...merged.values()];
}

/**
 * The modules from outside that the jobs will import for certain, with the names asked of them. What only a function
 * imports is left out: loading it would cost time that no child is saved.
 */
function preloads(
  jobs: readonly ImportJob[],
  project: Project,
  facts: ReadonlyMap<string, FileFacts>,
): { module: string; names: string[] }[] {
  const outside = new Set(project.outsideModules);
  const names = new Map<string, Set<string>>();
  for (const use of jobs.flatMap((job) => facts.get(job.path)?.imports ?? [])) {
    if (use.level > 0 || !use.atModuleLevel || use.typeCheckingOnly || !outside.has(use.module)) continue;
    const known = names.get(use.module) ?? new Set();
    for (const name of use.names) if (name !== '*') known.add(name);
    names.set(use.module, known);
  }
  return [...names].map(([module, asked]) => ({ module, names: [...asked] }));
}

/** Which imports inside the repository cannot work? */
import { resembling } from '../../util/alike.js';
import { nearest } from '../../util/nearest.js';
import { foldersAbove, ModuleTree, moduleName, packageOf, type Located } from './module-tree.js';
import { takenNames } from './taken-names.js';
import type { FileFacts, ImportUse, ProjectFile } from '../types.js';

/** An import of something inside the repository that cannot work, whatever is installed. */
export interface BrokenImport {
  kind: 'module-missing' | 'symbol-missing';
  /** The importing file. */
  file: string;
  line: number;
  atModuleLevel: boolean;
  reachable: boolean;
  /** Dotted name of the module that is missing, or that lacks the name. */
  module: string;
  /** Only with `symbol-missing`. */
  name?: string;
  /** What was probably meant: a module's dotted name, or a name in the module. */
  meant?: string;
}

export interface Repository {
  files: readonly FileFacts[];
  project: { sourceRoot: string; files: readonly ProjectFile[] };
  /** Paths that are there but were not read, and that an import may be satisfied from: compiled modules, links that lead elsewhere. */
  unread: readonly string[];
}

/** Attributes that every module has. */
const moduleAttributes = /^__(?:annotations|builtins|cached|class|dict|doc|file|loader|name|package|path|spec)__$/;

/**
 * Finds imports inside the repository that cannot work, of everything but tests. Certain or silent:
 * guarded imports, names that may be defined dynamically, folders that an installed package may stand in for, and
 * modules of which the repository has another copy elsewhere are passed over.
 */
export function resolveImports(repository: Repository): BrokenImport[] {
  const resolver = new Resolver(repository);
  const roles = new Map(repository.project.files.map((file) => [file.path, file]));
  return repository.files.flatMap((file) => {
    const role = roles.get(file.path);
    if (role === undefined || role.role === 'test' || file.hasSyntaxErrors) return [];
    if (role.role === 'module' && resolver.isOnlyForTypeCheckers(file.path)) return [];
    return file.imports.flatMap((use) => {
      if (use.guarded || use.typeCheckingOnly) return [];
      const { line, atModuleLevel } = use;
      const where = { file: file.path, line, atModuleLevel, reachable: role.reachable };
      // Where a script is run from, and with it what modules it sees, is not known; what is in them is.
      const isTold = ({ kind }: Missing): boolean => kind === 'symbol-missing' || role.role !== 'script';
      return resolver
        .missing(file.path, use)
        .filter(isTold)
        .map((missing) => Object.assign(missing, where));
    });
  });
}

type Missing = Pick<BrokenImport, 'kind' | 'module' | 'name' | 'meant'>;

class Resolver {
  private readonly tree: ModuleTree;
  private readonly facts: ReadonlyMap<string, FileFacts>;
  private readonly sourceRoot: string;
  private readonly unread: readonly string[];
  /**
   * Folders without `__init__.py` that the dashboard uses as packages of its own, so that none installed stands in for
   * them. What only its own files import may be one portion of a namespace that several distributions share.
   */
  private readonly usedFolders = new Set<string>();
  private runBy: ReadonlyMap<string, boolean> | undefined;

  constructor({ files, project, unread }: Repository) {
    this.tree = new ModuleTree(files.map((file) => file.path));
    this.facts = new Map(files.map((file) => [file.path, file]));
    this.sourceRoot = project.sourceRoot === '.' ? '' : project.sourceRoot;
    this.unread = unread;
    const roles = new Map(project.files.map(({ path, role }) => [path, role]));
    for (const { path, imports } of files) {
      const role = roles.get(path);
      // A module may be of the namespace itself; the dashboard's pages are not.
      const within = role === 'module' ? path : '';
      if (role !== undefined && role !== 'script' && role !== 'test')
        for (const use of imports) this.noteFolders(within, use);
    }
  }

  /** Everybody who imports the file does so for type checkers: it never runs. */
  isOnlyForTypeCheckers(file: string): boolean {
    this.runBy ??= this.findRunBy();
    return this.runBy.get(file) === false;
  }

  /** Of each file that is imported whether it ever runs by that. */
  private findRunBy(): ReadonlyMap<string, boolean> {
    const found = new Map<string, boolean>();
    for (const { path, imports } of this.facts.values()) {
      for (const use of imports) {
        for (const target of this.tree.targets(path, use, [...foldersAbove(path), 'src'])) {
          if (!use.typeCheckingOnly) found.set(target, true);
          else if (!found.has(target)) found.set(target, false);
        }
      }
    }
    return found;
  }

  private noteFolders(within: string, { module, level, names, guarded }: ImportUse): void {
    if (level > 0 || guarded) return;
    const found = [[], ...names.map((name) => [name])].map((name) =>
      this.tree.trace(this.sourceRoot, [...module.split('.'), ...name]),
    );
    for (const trace of found) {
      const [top, last] = [trace[0], trace.at(-1)];
      if (last?.kind === 'folder' || (top?.kind === 'folder' && within.startsWith(`${top.folder}/`))) continue;
      for (const each of trace) if (each.kind === 'folder') this.usedFolders.add(each.folder);
    }
  }

  missing(importer: string, use: ImportUse): Missing[] {
    const parts = use.module === '' ? [] : use.module.split('.');
    const isAbsolute = use.level === 0;
    const base = isAbsolute ? this.sourceRoot : packageOf(importer, use.level);
    if (base === undefined || (isAbsolute && takenNames.has(parts[0] ?? ''))) return [];
    // Whether the folder that all imports start from is itself a package, and of what name, cannot be seen from inside.
    if (!isAbsolute && (base === this.sourceRoot || base === '') && this.packageAt(base).kind === 'folder') return [];
    const trace = this.tree.trace(base, parts);
    // A name from outside, or a folder of data beside an installed package of the same name.
    if (isAbsolute && !trace.some((each) => each.kind !== 'folder' || this.usedFolders.has(each.folder))) return [];
    if (trace.length < parts.length) return this.missingModule(base, parts, trace, isAbsolute);
    const last = trace.at(-1) ?? this.packageAt(base);
    return use.names.flatMap((name) => this.missingName(base, parts, name, last, isAbsolute));
  }

  private missingModule(
    base: string,
    parts: readonly string[],
    trace: readonly Located[],
    isAbsolute: boolean,
  ): Missing[] {
    const found = parts.slice(0, trace.length + 1);
    const parent = trace.at(-1) ?? this.packageAt(base);
    if (parent.kind === 'folder' && !this.usedFolders.has(parent.folder)) return [];
    const around = [...trace, this.packageAt(base)];
    if (around.some((each) => 'file' in each && this.isUncertain(each.file))) return [];
    if (this.mayBeElsewhere(base, found, isAbsolute)) return [];
    const module = this.dotted(base, found);
    const beside = trace.at(-1)?.kind === 'module' ? [] : this.modulesIn(join(base, found.slice(0, -1)));
    const meant = nearest(found.at(-1) ?? '', beside);
    const prefix = module.slice(0, module.lastIndexOf('.') + 1);
    return [{ kind: 'module-missing', module, ...(meant === undefined ? {} : { meant: prefix + meant }) }];
  }

  private missingName(
    base: string,
    parts: readonly string[],
    name: string,
    from: Located,
    isAbsolute: boolean,
  ): Missing[] {
    if (name === '*' || moduleAttributes.test(name)) return [];
    if (this.tree.trace(base, [...parts, name]).length > parts.length) return [];
    if (from.kind === 'folder')
      return this.missingModule(base, [...parts, name], this.tree.trace(base, parts), isAbsolute);
    const target = this.facts.get(from.file);
    if (target === undefined || this.isUncertain(from.file) || target.definitions.includes(name)) return [];
    if (this.isSetByOther(from.file, name)) return [];
    if (this.mayBeElsewhere(base, parts, isAbsolute) || this.mayBeElsewhere(base, [...parts, name], isAbsolute))
      return [];
    const beside = from.kind === 'package' ? this.modulesIn(join(base, parts)) : [];
    const meant = resembling(name, [...target.definitions, ...beside]);
    const module = this.dotted(base, parts);
    return [{ kind: 'symbol-missing', module, name, ...(meant === undefined ? {} : { meant }) }];
  }

  /** Another file gives the module the name, before or after: `type_api.NULLTYPE = NULLTYPE`. */
  private isSetByOther(file: string, name: string): boolean {
    return [...this.facts.values()].some(({ path, setOnModules = [] }) =>
      setOnModules.some((set) => {
        if (set.name !== name && set.name !== '*') return false;
        const base = set.level === 0 ? this.sourceRoot : packageOf(path, set.level);
        const parts = set.module.split('.');
        const trace = base === undefined ? [] : this.tree.trace(base, parts);
        const last = trace.length === parts.length ? trace.at(-1) : undefined;
        return last !== undefined && 'file' in last && last.file === file;
      }),
    );
  }

  /** What `from . import x` imports from. */
  private packageAt(folder: string): Located {
    const file = join(folder, ['__init__.py']);
    return this.tree.has(file) ? { kind: 'package', file } : { kind: 'folder', folder };
  }

  private isUncertain(file: string): boolean {
    const facts = this.facts.get(file);
    return facts === undefined || facts.problem !== undefined || facts.hasSyntaxErrors || facts.definesDynamically;
  }

  /** True when something unread has the name, or, as sys.path can be changed, another file the same name below another folder. */
  private mayBeElsewhere(base: string, parts: readonly string[], isAbsolute: boolean): boolean {
    const at = join(base, parts);
    const covers = (path: string): boolean =>
      path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}/`) || at.startsWith(`${path}/`);
    if (this.unread.some(covers)) return true;
    if (!isAbsolute) return false;
    const tail = `/${parts.join('/')}`;
    return [...this.facts.keys()].some((path) => {
      const other = `/${path}`;
      const isHere = path === `${at}.py` || path.startsWith(`${at}/`);
      return !isHere && (other.endsWith(`${tail}.py`) || other.includes(`${tail}/`));
    });
  }

  private modulesIn(folder: string): string[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = [...this.facts.keys()].flatMap((path) =>
      path.startsWith(prefix) ? (path.slice(prefix.length).split('/')[0] ?? '').replace(/\.py$/, '') : [],
    );
    return [...new Set(names)].filter((name) => name !== '__init__');
  }

  private dotted(base: string, parts: readonly string[]): string {
    const path = join(base, parts);
    return moduleName(`${path}.py`, this.sourceRoot) ?? path.replaceAll('/', '.');
  }
}

function join(folder: string, parts: readonly string[]): string {
  return [...(folder === '' ? [] : [folder]), ...parts].join('/');
}

/** Which files does a repository have, and what does an import in one of them name? */
import { foldersAbove, ModuleTree, packageOf } from './modules/module-tree.js';
import type { ModuleSyntax } from './syntax/tree.js';
import { takenNames } from './modules/taken-names.js';
import { statementsIn } from './syntax/walk.js';

/** One Python file of the repository. */
export interface Module {
  /** Relative to the root, forward slashes. */
  path: string;
  syntax: ModuleSyntax;
}

/** What an import statement names. */
export type Imported =
  | { kind: 'module'; module: Module }
  /** A folder without `__init__.py`: its modules can be imported, it has no names of its own. */
  | { kind: 'folder'; folder: string }
  /** Of the standard library, or installed. */
  | { kind: 'outside'; name: string }
  /** Cannot be told: several candidates, or a file that was not understood. */
  | { kind: 'unknown' };

/** Where the syntax of a file comes from. Undefined for a file that could not be read or understood as Python. */
export type SyntaxOf = (path: string) => ModuleSyntax | undefined;

const unknown: Imported = { kind: 'unknown' };

/** All Python files of a repository, and how they import each other. */
export class Program {
  private readonly tree: ModuleTree;
  private readonly modules = new Map<string, Module | undefined>();
  private readonly levels = new Map<string, number>();
  private unseen: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  readonly paths: readonly string[];
  private readonly roots: readonly string[];
  private readonly syntaxOf: SyntaxOf;

  /**
   * @param paths of the Python files to be looked into, relative to the root.
   * @param roots folders that absolute imports start from, in the order of `sys.path`; '.' is the root.
   * @param others Python files that are there to be imported, and that nobody looks into.
   */
  constructor(paths: readonly string[], roots: readonly string[], syntaxOf: SyntaxOf, others: readonly string[] = []) {
    this.paths = paths;
    this.roots = roots;
    this.syntaxOf = syntaxOf;
    this.tree = new ModuleTree([...paths, ...others]);
  }

  /** Undefined for a file that is not there or could not be understood. */
  module(path: string): Module | undefined {
    if (this.modules.has(path)) return this.modules.get(path);
    const syntax = this.syntaxOf(path);
    const module = syntax === undefined ? undefined : { path, syntax };
    this.modules.set(path, module);
    return module;
  }

  /** What `import module`, or `from <dots>module import …`, names in a file. */
  imported(importer: string, module: string, level: number): Imported {
    const parts = module === '' ? [] : module.split('.');
    if (level > 0) {
      const base = packageOf(importer, level);
      return base === undefined ? unknown : this.at(base, parts);
    }
    if (takenNames.has(parts[0] ?? '')) return { kind: 'outside', name: module };
    for (const root of this.roots) {
      // A folder that is itself a package is imported by its name, which is not seen from inside.
      if (this.tree.has(initOf(root))) continue;
      const found = this.traced(root, parts);
      if (found !== undefined) return found;
    }
    // A script that is run by itself imports from its own folder.
    const beside = foldersAbove(importer)
      .slice(this.packagesAround(importer))
      .filter((folder) => !this.tree.has(initOf(folder)));
    for (const folder of [...beside, 'src']) {
      const found = this.traced(folder, parts);
      const isItself = found?.kind === 'module' && found.module.path === importer;
      if (found !== undefined && !isItself) return found;
    }
    return { kind: 'outside', name: module };
  }

  /** How many of the folders above a file are packages by what it says itself: two, where it has `from .. import`. */
  private packagesAround(path: string): number {
    const known = this.levels.get(path);
    if (known !== undefined) return known;
    let most = 0;
    for (const statement of statementsIn(this.module(path)?.syntax.body ?? [])) {
      if (statement.kind === 'ImportFrom') most = Math.max(most, statement.level);
    }
    this.levels.set(path, most);
    return most;
  }

  /** A module or folder right inside a package: what `from package import name` falls back on. */
  submodule(of: Imported, name: string): Imported | undefined {
    const folder =
      of.kind === 'folder' ? of.folder : of.kind === 'module' ? folderOfPackage(of.module.path) : undefined;
    return folder === undefined ? undefined : this.traced(folder, [name]);
  }

  /** Some file imports a module of that name from inside a package, of which there is no source: a compiled one. */
  hasUnseen(module: Module, name: string): boolean {
    this.unseen ??= this.findUnseen();
    return this.unseen.get(module.path)?.has(name) ?? false;
  }

  private findUnseen(): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, Set<string>>();
    const note = (importer: string, dotted: string, level: number): void => {
      const parts = dotted.split('.');
      if (this.imported(importer, dotted, level).kind !== 'unknown') return;
      for (let length = parts.length - 1; length >= (level > 0 ? 0 : 1); length -= 1) {
        const above = this.imported(importer, parts.slice(0, length).join('.'), level);
        if (above.kind === 'unknown') continue;
        if (above.kind !== 'module') return;
        const names = found.get(above.module.path) ?? new Set();
        found.set(above.module.path, names.add(parts[length] ?? ''));
        return;
      }
    };
    for (const path of this.paths) {
      for (const statement of statementsIn(this.module(path)?.syntax.body ?? [])) {
        if (statement.kind === 'Import') for (const { name } of statement.names) note(path, name, 0);
        else if (statement.kind === 'ImportFrom') note(path, statement.module, statement.level);
      }
    }
    return found;
  }

  /** Undefined when not even the first part is there. */
  private traced(base: string, parts: readonly string[]): Imported | undefined {
    return this.tree.trace(base, parts.slice(0, 1)).length === 0 ? undefined : this.at(base, parts);
  }

  private at(base: string, parts: readonly string[]): Imported {
    const trace = this.tree.trace(base, parts);
    if (trace.length < parts.length) return unknown;
    const last = trace.at(-1) ?? this.folderItself(base);
    if (last.kind === 'folder') return last;
    const module = this.module(last.file);
    return module === undefined ? unknown : { kind: 'module', module };
  }

  private folderItself(folder: string) {
    const file = initOf(folder);
    return this.tree.has(file) ? ({ kind: 'package', file } as const) : ({ kind: 'folder', folder } as const);
  }
}

function initOf(folder: string): string {
  return folder === '' || folder === '.' ? '__init__.py' : `${folder}/__init__.py`;
}

function folderOfPackage(path: string): string | undefined {
  return /^(?:.*\/)?__init__\.py$/.test(path) ? path.slice(0, -'/__init__.py'.length) : undefined;
}

/** Which files does a dotted name lead to? */
import type { ImportUse } from '../types.js';

/** What one part of a dotted name stands for. */
export type Located = { kind: 'package' | 'module'; file: string } | { kind: 'folder'; folder: string };

/** The Python files of a repository as the import system sees them. Paths are relative to the root, '' or '.' is the root itself. */
export class ModuleTree {
  private readonly files: ReadonlySet<string>;
  private readonly folders = new Set<string>();

  constructor(paths: Iterable<string>) {
    this.files = new Set(paths);
    for (const file of this.files) {
      for (const folder of foldersAbove(file)) this.folders.add(folder);
    }
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /**
   * Follows a dotted name down from a folder, by Python's rules: a package before a module, a module before a mere
   * folder, and nothing below a module. One element for each part that is there; shorter than the name when one is not.
   */
  trace(from: string, parts: readonly string[]): Located[] {
    const found: Located[] = [];
    let at = from === '.' ? '' : from;
    for (const part of parts) {
      if (found.at(-1)?.kind === 'module') break;
      at = join(at, part);
      const located = this.locate(at);
      if (located === undefined) break;
      found.push(located);
    }
    return found;
  }

  private locate(at: string): Located | undefined {
    if (this.files.has(`${at}/__init__.py`)) return { kind: 'package', file: `${at}/__init__.py` };
    if (this.files.has(`${at}.py`)) return { kind: 'module', file: `${at}.py` };
    return this.folders.has(at) ? { kind: 'folder', folder: at } : undefined;
  }

  /**
   * The files that an import statement of `importer` executes: the packages on the way, the module, and modules among
   * the names.
   * @param roots folders that absolute imports start from, in the order of `sys.path`.
   */
  targets(importer: string, use: ImportUse, roots: readonly string[]): string[] {
    const parts = use.module === '' ? [] : use.module.split('.');
    const bases = use.level > 0 ? [packageOf(importer, use.level)] : roots;
    for (const base of bases) {
      if (base === undefined) continue;
      const trace = this.trace(base, parts);
      if (trace.length < parts.length) continue;
      const inside = use.names.flatMap((name) => this.trace(base, [...parts, name]).slice(parts.length));
      const passed = [...trace, ...inside].flatMap((each) => ('file' in each ? [each.file] : []));
      if (passed.length === 0 && use.level === 0) continue;
      const own = join(base === '.' ? '' : base, '__init__.py');
      return use.level > 0 && this.files.has(own) ? [own, ...passed] : passed;
    }
    return [];
  }
}

/** The folder that a relative import starts from; undefined when it leads out of the repository. */
export function packageOf(importer: string, level: number): string | undefined {
  const folders = importer.split('/').slice(0, -1);
  return level - 1 > folders.length ? undefined : folders.slice(0, folders.length - (level - 1)).join('/');
}

/** All folders that a path lies in, the nearest first, the root ('') last. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

/** Dotted name of a file below a folder; undefined when it has none there. */
export function moduleName(file: string, root: string): string | undefined {
  const prefix = root === '.' || root === '' ? '' : `${root}/`;
  if (!file.startsWith(prefix)) return undefined;
  const parts = file.slice(prefix.length, -'.py'.length).split('/');
  if (parts.at(-1) === '__init__') parts.pop();
  const isName =
    parts.length > 0 && parts.every((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part) && !keywords.has(part));
  return isName ? parts.join('.') : undefined;
}

const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

import type { FileFacts, ImportUse } from '../source/types.js';

/** Who imports whom among the files of the repository, and under which names. */
export interface ModuleGraph {
  /** The dotted name under which a file is imported, or could be; undefined for a file that has none. */
  nameOf(path: string): string | undefined;
  /** Files that an import statement executes: the module, its packages, and submodules among its names. */
  targetsOf(file: FileFacts, use: ImportUse): readonly string[];
  /** Some other file imports it, tests left out. */
  isImported(path: string): boolean;
  /** Everything that is executed when these files are run or imported, themselves included. */
  reachableFrom(paths: readonly string[]): ReadonlySet<string>;
  /** True for a name that the repository itself provides. */
  isOwn(module: string): boolean;
}

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export function isTestPath(path: string): boolean {
  return /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}

/**
 * @param roots folders that absolute imports start from, the one that counts most first; '.' is the repository's root
 */
export function moduleGraph(files: readonly FileFacts[], roots: readonly string[]): ModuleGraph {
  const paths = new Set(files.map((file) => file.path));
  const byName = new Map<string, string>();
  const namesOf = new Map<string, string[]>();
  for (const root of roots) {
    for (const { path } of files) {
      const name = dottedName(path, root);
      if (name === undefined) continue;
      if (!byName.has(name)) byName.set(name, path);
      if (byName.get(name) === path) namesOf.set(path, [...(namesOf.get(path) ?? []), name]);
    }
  }
  const packages = new Set([...byName.keys()].flatMap(packagesAbove));

  /** The file of a dotted path below a folder: `a/b.py` or `a/b/__init__.py`. */
  const at = (folder: string, parts: readonly string[]): string | undefined => {
    const stem = [...(folder === '' ? [] : [folder]), ...parts].join('/');
    return [`${stem}.py`, `${stem}/__init__.py`, `${stem}.pyw`].find((path) => paths.has(path));
  };

  const targetsOf = (file: FileFacts, use: ImportUse): string[] => {
    const parts = use.module === '' ? [] : use.module.split('.');
    if (use.level > 0) {
      const folder = above(file.path, use.level);
      if (folder === undefined) return [];
      const own = parts.length === 0 ? initOf(folder, paths) : at(folder, parts);
      const names = use.names.map((name) => at(folder, [...parts, name]));
      return [own, ...names].filter((path) => path !== undefined);
    }
    const modules = [...packagesAbove(use.module), use.module, ...use.names.map((name) => `${use.module}.${name}`)];
    const found = modules.flatMap((module) => byName.get(module) ?? []);
    if (found.length > 0) return found;
    // A script that is run from its own folder finds its neighbours there.
    const beside = at(folderOf(file.path), parts);
    return beside === undefined ? [] : [beside];
  };

  const edges = new Map(
    files.map((file) => [
      file.path,
      new Set(file.imports.filter((use) => !use.typeCheckingOnly).flatMap((use) => targetsOf(file, use))),
    ]),
  );
  const imported = new Set(
    files
      .filter((file) => !isTestPath(file.path))
      .flatMap((file) => [...(edges.get(file.path) ?? [])].filter((path) => path !== file.path)),
  );
  const namedInImports = new Set(files.flatMap((file) => file.imports.flatMap(namesAskedFor)));

  return {
    targetsOf,
    isImported: (path) => imported.has(path),
    isOwn: (module) => byName.has(module) || packages.has(module),
    nameOf(path) {
      const names = namesOf.get(path) ?? [];
      return names.find((name) => namedInImports.has(name)) ?? names[0];
    },
    reachableFrom(start) {
      const reached = new Set(start);
      const open = [...reached];
      for (let path = open.pop(); path !== undefined; path = open.pop()) {
        for (const target of edges.get(path) ?? []) {
          if (reached.has(target)) continue;
          reached.add(target);
          open.push(target);
        }
      }
      return reached;
    },
  };
}

function dottedName(path: string, root: string): string | undefined {
  if (root !== '.' && !path.startsWith(`${root}/`)) return undefined;
  const below = root === '.' ? path : path.slice(root.length + 1);
  const parts = below.replace(/\.pyw?$/, '').split('/');
  if (parts.at(-1) === '__init__') parts.pop();
  return parts.length > 0 && parts.every((part) => identifier.test(part)) ? parts.join('.') : undefined;
}

function packagesAbove(module: string): string[] {
  const parts = module.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function namesAskedFor(use: ImportUse): string[] {
  return use.level > 0 ? [] : [use.module, ...use.names.map((name) => `${use.module}.${name}`)];
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The folder that `level` leading dots lead to; undefined where they lead out of the repository. */
function above(path: string, level: number): string | undefined {
  const parts = folderOf(path) === '' ? [] : folderOf(path).split('/');
  return level - 1 > parts.length ? undefined : parts.slice(0, parts.length - (level - 1)).join('/');
}

function initOf(folder: string, paths: ReadonlySet<string>): string | undefined {
  const path = folder === '' ? '__init__.py' : `${folder}/__init__.py`;
  return paths.has(path) ? path : undefined;
}

import { moduleName, type ModuleTree } from '../source/modules/module-tree.js';
import { importedFiles, reachFrom } from '../source/modules/reach.js';
import type { FileFacts, FileRole, ProjectFile } from '../source/types.js';
import { isTest } from './entry.js';

/** What part each file plays, and the modules from outside that the dashboard names. */
export function assignRoles(
  files: readonly FileFacts[],
  tree: ModuleTree,
  started: { entry?: string; pages: ReadonlySet<string> },
  folders: { sourceRoot: string; more: readonly string[]; named: readonly string[] },
): { files: ProjectFile[]; outsideModules: string[] } {
  const facts = new Map(files.map((file) => [file.path, file]));
  const roots = [folders.sourceRoot, ...folders.more];
  const starts = [...(started.entry === undefined ? [] : [started.entry]), ...started.pages];
  const reached = reachFrom(starts, facts, tree, roots);
  const everReached = reachFrom(starts, facts, tree, roots, 'anyhow');
  const executed = reachFrom(starts, facts, tree, roots, 'certainly');
  const imported = importedFiles(
    files.filter((file) => !isTest(file.path)),
    tree,
  );
  // Without an entry, what anything imports counts as the dashboard's.
  const used = started.entry === undefined ? imported : reached;
  const packages = new Set(
    [...used].filter((file) => !starts.includes(file)).flatMap((file) => packageOf(file, roots) ?? []),
  );

  // What the dashboard may never come to, and what works when it is run (a training script), is not run by us.
  const roleOf = ({ path, hasMainGuard, actsOnImport }: FileFacts): FileRole => {
    if (path === started.entry) return 'entry';
    if (started.pages.has(path)) return 'page';
    if (executed.has(path)) return 'module';
    if (isTest(path) && !reached.has(path)) return 'test';
    if (actsOnImport === true) return 'script';
    if (reached.has(path)) return 'module';
    if (started.entry === undefined && imported.has(path)) return 'module';
    if (hasMainGuard && !imported.has(path)) return 'script';
    const around = packageOf(path, roots);
    return around !== undefined && packages.has(around) ? 'module' : 'script';
  };
  const names = namesOf(files, [folders.sourceRoot, ...folders.named]);
  const assigned = files.map((file): ProjectFile => {
    const module = names.get(file.path);
    const reachable = reached.has(file.path);
    return {
      path: file.path,
      role: roleOf(file),
      ...(module === undefined ? {} : { module }),
      reachable,
      ...(!reachable && everReached.has(file.path) ? { optional: true as const } : {}),
    };
  });
  const running = assigned.filter(({ role, reachable }) => reachable || role === 'module');
  const outside = running.flatMap(({ path }) => outsideOf(facts.get(path), tree, roots));
  return { files: assigned, outsideModules: [...new Set(outside)].sort() };
}

/** The outermost folder that a file shares a dotted name with; undefined for one that lies loose. */
function packageOf(file: string, roots: readonly string[]): string | undefined {
  for (const root of roots) {
    const prefix = root === '.' ? '' : `${root}/`;
    const inside = file.startsWith(prefix) ? file.slice(prefix.length).split('/') : [];
    if (inside.length > 1) return prefix + (inside[0] ?? '');
  }
  return undefined;
}

/** Every name once: of `core.py` and `core/__init__.py`, Python takes the package. */
function namesOf(files: readonly FileFacts[], roots: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const packagesFirst = files.toSorted((a, b) => Number(isPackage(b.path)) - Number(isPackage(a.path)));
  for (const root of roots) {
    for (const { path } of packagesFirst) {
      const name = names.has(path) ? undefined : moduleName(path, root);
      if (name === undefined || taken.has(name)) continue;
      names.set(path, name);
      taken.add(name);
    }
  }
  return names;
}

function isPackage(file: string): boolean {
  return file.endsWith('__init__.py');
}

function outsideOf(file: FileFacts | undefined, tree: ModuleTree, roots: readonly string[]): string[] {
  return (file?.imports ?? []).flatMap((use) => {
    const { module, level, atModuleLevel, typeCheckingOnly } = use;
    if (level > 0 || !atModuleLevel || typeCheckingOnly || module === '__future__') return [];
    const tops = roots.map((root) => tree.trace(root, module.split('.', 1))[0]?.kind);
    const isOwn = tops.some((kind) => kind === 'package' || kind === 'module');
    return isOwn || tree.targets(file?.path ?? '', use, roots).length > 0 ? [] : [module];
  });
}

interface Dashboard {
  files: readonly ProjectFile[];
  /** The script that is run, when it is known. */
  entry?: unknown;
}

/**
 * Does the dashboard come to a file when it runs? Without an entry script nobody knows what is reached: then everything
 * counts but what is run by itself.
 * @returns what tells it of each path.
 */
export function whatRuns({ files, entry }: Dashboard): (path: string) => boolean {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return (path) => {
    const file = byPath.get(path);
    if (file === undefined) return false;
    return entry === undefined
      ? file.role !== 'script'
      : file.reachable || file.optional === true || file.role === 'entry' || file.role === 'page';
  };
}

/** Which files are executed when others are run? */
import { foldersAbove, type ModuleTree } from './module-tree.js';
import type { FileFacts, ImportUse } from '../types.js';

/**
 * How an import must stand to be followed. `anyhow`: as long as it is ever executed. `needed`: failing is not foreseen.
 * `certainly`: needed, and executed whenever the file is.
 */
type Following = 'anyhow' | 'needed' | 'certainly';

/** The files that are executed when `starts` are run, themselves included: by import statements and literal `import_module` calls. */
export function reachFrom(
  starts: Iterable<string>,
  facts: ReadonlyMap<string, FileFacts>,
  tree: ModuleTree,
  roots: readonly string[],
  following: Following = 'needed',
): Set<string> {
  const reached = new Set(starts);
  // A Set hands out what is added while it is walked.
  for (const file of reached) {
    for (const target of executedBy(facts.get(file), tree, roots, following)) reached.add(target);
  }
  return reached;
}

/** The files that another file imports, whatever the folder is that somebody runs that one from. */
export function importedFiles(files: readonly FileFacts[], tree: ModuleTree): Set<string> {
  const imported = new Set<string>();
  for (const file of files) {
    for (const target of executedBy(file, tree, [...foldersAbove(file.path), 'src'], 'anyhow')) {
      if (target !== file.path) imported.add(target);
    }
  }
  return imported;
}

function executedBy(
  file: FileFacts | undefined,
  tree: ModuleTree,
  roots: readonly string[],
  following: Following,
): string[] {
  if (file === undefined) return [];
  const isCertain = ({ atModuleLevel, conditional }: ImportUse) => atModuleLevel && conditional !== true;
  const uses = [...file.imports, ...file.calls.flatMap(importByName)].filter(
    (use) =>
      !use.typeCheckingOnly &&
      (following === 'anyhow' || !use.guarded) &&
      (following !== 'certainly' || isCertain(use)),
  );
  return uses.flatMap((use) => tree.targets(file.path, use, roots));
}

function importByName({ callee, arguments: given, line }: FileFacts['calls'][number]): ImportUse[] {
  const module = given['0'];
  if (!/(?:^|\.)(?:import_module|__import__)$/.test(callee) || typeof module !== 'string') return [];
  const level = /^\.*/.exec(module)?.[0].length ?? 0;
  const context = { atModuleLevel: false, guarded: false, typeCheckingOnly: false };
  return [{ module: module.slice(level), level, names: [], line, ...context }];
}

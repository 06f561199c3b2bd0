import { foldersAbove, type ModuleTree } from '../source/modules/module-tree.js';
import { reachFrom } from '../source/modules/reach.js';
import type { FileFacts } from '../source/types.js';

/** What dashboards are made with besides Streamlit. */
const frameworks = /^(?:gradio|dash|panel|nicegui|solara|taipy|shiny|bokeh\.(?:server|application))(?:\.|$)/;

/**
 * The scripts that come to another framework than Streamlit, and that nothing imports: what a launch would start, though
 * nobody knows by which command.
 */
export function otherEntries(
  files: readonly FileFacts[],
  imported: ReadonlySet<string>,
  tree: ModuleTree,
): { path: string; how: string }[] {
  const used = new Map(files.flatMap((file) => frameworkIn(file, tree).map((name) => [file.path, name] as const)));
  if (used.size === 0) return [];
  const facts = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) => {
    if (imported.has(file.path) || !doesSomething(file)) return [];
    const reached = reachFrom([file.path], facts, tree, rootsFor(file), 'anyhow');
    const [name] = [...reached].flatMap((path) => used.get(path) ?? []);
    if (name === undefined) return [];
    const verb = used.has(file.path) ? 'imports' : 'comes to';
    return [{ path: file.path, how: `${verb} ${name}, and nothing imports it` }];
  });
}

/** The folders that somebody may start a file from. */
function rootsFor({ path }: FileFacts): string[] {
  return [...foldersAbove(path), 'src'];
}

function frameworkIn(file: FileFacts, tree: ModuleTree): string[] {
  return file.imports.flatMap((use) => {
    const { level, module, typeCheckingOnly } = use;
    const isNamed = level === 0 && !typeCheckingOnly && frameworks.test(module);
    // A folder of the repository may be called `dash` or `panel`.
    return isNamed && tree.targets(file.path, use, rootsFor(file)).length === 0
      ? [module.split('.', 1)[0] ?? module]
      : [];
  });
}

function doesSomething({ hasMainGuard, topLevelCalls = [] }: FileFacts): boolean {
  return hasMainGuard || topLevelCalls.length > 0;
}

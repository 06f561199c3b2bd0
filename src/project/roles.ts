import type { FileFacts, FileRole, ProjectFile } from '../source/types.js';
import { isTestPath, type ModuleGraph } from './modules.js';

/** Files that a tool runs, whatever they look like. */
const toolScripts =
  /(?:^|\/)(?:setup|noxfile|fabfile|tasks|manage|gunicorn[^/]*|__main__)\.py$|(?:^|\/)docs?\/(?:.*\/)?conf\.py$/;
/** Calls at module level that do nothing but set the module up. */
const harmlessCall =
  /^(?:logging\.|getLogger$|warnings\.|os\.(?:environ|getenv|path)|Path$|pathlib\.|re\.compile|namedtuple$|TypeVar$|NewType$|dataclass|field$|frozenset$|set$|dict$|list$|tuple$|sys\.path\.)|\.(?:join|setdefault|compile|getLogger)$/;

/** What part every file plays, given the script that is started. Nothing that acts when it is run is taken for a module. */
export function rolesOf(
  files: readonly FileFacts[],
  entry: string | undefined,
  graph: ModuleGraph,
): readonly ProjectFile[] {
  const pages = entry === undefined ? new Set<string>() : pagesOf(files, entry);
  const started = [...(entry === undefined ? [] : [entry]), ...pages];
  const reachable = graph.reachableFrom(started);
  return files.map((file) => {
    const module = graph.nameOf(file.path);
    const role = file.path === entry ? 'entry' : pages.has(file.path) ? 'page' : roleOf(file, graph, reachable);
    const named = module === undefined ? {} : { module };
    return { path: file.path, role, reachable: reachable.has(file.path), ...named };
  });
}

function roleOf(file: FileFacts, graph: ModuleGraph, reachable: ReadonlySet<string>): FileRole {
  if (reachable.has(file.path)) return 'module';
  if (isTestPath(file.path)) return 'test';
  if (toolScripts.test(file.path) || graph.nameOf(file.path) === undefined) return 'script';
  if (graph.isImported(file.path)) return 'module';
  const acts = file.hasMainGuard || (file.topLevelCalls ?? []).some((callee) => !harmlessCall.test(callee));
  return acts ? 'script' : 'module';
}

/** `pages/*.py` beside the entry, and the scripts that it hands to st.Page. */
function pagesOf(files: readonly FileFacts[], entry: string): ReadonlySet<string> {
  const folder = entry.includes('/') ? entry.slice(0, entry.lastIndexOf('/') + 1) : '';
  const paths = new Set(files.map((file) => file.path));
  const inFolder = [...paths].filter(
    (path) =>
      path.startsWith(`${folder}pages/`) &&
      !path.slice(`${folder}pages/`.length).includes('/') &&
      !path.endsWith('/__init__.py'),
  );
  const named = (files.find((file) => file.path === entry)?.calls ?? []).flatMap((call) => {
    const script = call.arguments['0'] ?? call.arguments['page'];
    return /(?:^|\.)Page$/.test(call.callee) && typeof script === 'string'
      ? [folder + script.replace(/^\.\//, '')]
      : [];
  });
  return new Set([...inFolder, ...named.filter((path) => paths.has(path) && path !== entry)]);
}

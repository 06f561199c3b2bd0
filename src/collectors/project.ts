import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import type { Settings } from '../engine/types.js';
import { ModuleTree } from '../source/modules/module-tree.js';
import { reachFrom } from '../source/modules/reach.js';
import type { FileFacts, ProjectFile } from '../source/types.js';
import { calls, findEntry, importsStreamlit, pageLiterals, type Entry, type FoundEntry } from '../project/entry.js';
import { commandPort, streamlitPort, type Port } from '../project/port.js';
import { assignRoles } from '../project/roles.js';
import { runCommands } from '../project/run-commands.js';

export type { FileRole, ProjectFile } from '../source/types.js';

export type Framework = 'streamlit' | 'command';

/** The shape of the dashboard: what is started, on which port, and what part each file plays. */
export interface Project {
  /** Absolute. */
  root: string;
  /** What `launch` starts; absent when none was found (`whyNoEntry` then says what was looked for). */
  entry?: { path: string; how: string };
  whyNoEntry?: string;
  framework?: Framework;
  run: Run;
  /** Folder that the dashboard's own imports start from (`sys.path[0]` of a launch), relative to root; '.' for the root itself. */
  sourceRoot: string;
  /** Where the launch in earnest listens. */
  port: Port;
  files: readonly ProjectFile[];
  /** Third-party and standard-library modules the sources name, at the depth they name them, sorted: `torch_geometric.nn`. */
  outsideModules: readonly string[];
}

/** How the repository's own run command starts the dashboard; without one, as `streamlit run ENTRY` in the root does. */
export interface Run {
  /** By `python -m streamlit`, which puts the working folder on `sys.path`; the `streamlit` program does not. */
  viaModule: boolean;
  /** Working folder, relative to root; '.' for the root itself. */
  folder: string;
  /** What the script gets (after ` -- `). */
  args: string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    project: Project;
  }
}

export const projectCollector = defineCollector({
  artifact: 'project',
  tier: 'static',
  title: 'finding out how it is run',
  dependsOn: ['files', 'source'],
  deadlineS: () => 30,
  async collect({ settings, artifacts: { files, source } }) {
    const paths = new Set(files.python.map((file) => file.path));
    const tree = new ModuleTree(paths);
    const commands = runCommands(await readTexts(settings.root, files.hints), paths);
    const entry = findEntry(settings, source.files, tree, commands);
    const found = 'path' in entry ? entry : undefined;
    const framework = frameworkOf(settings, entry, source.files);
    const isStreamlit = framework === undefined ? source.files.some(importsStreamlit) : framework === 'streamlit';
    const sourceRoot = sourceRootOf(settings, found?.path);
    const { viaModule = false, folder = '.', args = [] } = found?.command ?? {};
    const folders = foldersOfImports(settings, sourceRoot, paths, files.hints, viaModule ? [folder] : []);
    const pages = found === undefined ? [] : pagesOf(found.path, source.files, tree, [sourceRoot, ...folders.more]);
    const started = { ...(found === undefined ? {} : { entry: found.path }), pages: new Set(pages) };
    return {
      root: settings.root,
      ...('path' in entry ? { entry: { path: entry.path, how: entry.how } } : { whyNoEntry: entry.whyNot }),
      ...(framework === undefined ? {} : { framework }),
      run: { viaModule, folder, args },
      sourceRoot,
      port: isStreamlit ? await portOf(settings, found) : commandPort(settings),
      ...assignRoles(source.files, tree, started, { sourceRoot, ...folders }),
    };
  },
  facts: ({ entry, whyNoEntry, files }) => {
    const modules = files.filter(({ role }) => role === 'module').length;
    const others = (['page', 'script', 'test'] as const).flatMap((role) => {
      const count = files.filter((file) => file.role === role).length;
      return count === 0 ? [] : [`${count} ${role}${count === 1 ? '' : 's'}`];
    });
    return [
      { label: 'entry', value: entry?.path ?? 'none found', how: entry?.how ?? whyNoEntry ?? '' },
      {
        label: 'modules',
        value: String(modules),
        how: ['reached from the entry or importable', ...others].join('; '),
      },
    ];
  },
});

/** What cannot be read says nothing. */
async function readTexts(root: string, files: readonly string[]): Promise<{ path: string; text: string }[]> {
  const read = files.map(async (file) => ({
    path: file,
    text: await readFile(path.resolve(root, file), 'utf8').catch(() => ''),
  }));
  return Promise.all(read);
}

/** Streamlit reads the config beside the script, then that of the working folder, then the user's. */
async function portOf(settings: Settings, found: Entry | undefined): Promise<Port> {
  const folders = [path.posix.dirname(found?.path ?? '.'), found?.command?.folder ?? '.', homedir()];
  const configs = [...new Set(folders)].map((folder) => path.join(folder, '.streamlit', 'config.toml'));
  const environment = { ...process.env, ...settings.launch.env };
  const command = found?.command === undefined ? {} : { command: found.command };
  return streamlitPort(settings, { ...command, environment, configs: await readTexts(settings.root, configs) });
}

function frameworkOf({ launch }: Settings, entry: FoundEntry, files: readonly FileFacts[]): Framework | undefined {
  if (launch.command !== undefined) return 'command';
  return 'path' in entry && (entry.command !== undefined || files.some(importsStreamlit)) ? 'streamlit' : undefined;
}

/** `streamlit run` and `python SCRIPT` put the script's folder first on sys.path, `python -m` and servers the working folder. */
function sourceRootOf({ launch }: Settings, entry: string | undefined): string {
  const runsScript =
    launch.command === undefined || launch.command.some((word) => path.posix.normalize(word) === entry);
  return entry === undefined || !runsScript ? '.' : path.posix.dirname(entry);
}

/** Folders that modules may come from besides the entry's own, and those of them whose modules have a name for certain. */
function foldersOfImports(
  { launch, root }: Settings,
  sourceRoot: string,
  paths: ReadonlySet<string>,
  hints: readonly string[],
  searched: readonly string[],
): { more: string[]; named: string[] } {
  const given = (launch.env['PYTHONPATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const inside = [
    ...searched,
    ...given
      .map((folder) => path.relative(root, path.resolve(root, folder)) || '.')
      .filter((folder) => !folder.startsWith('..')),
  ];
  // With a src folder, a project is meant to be installed in development mode.
  const isInstallable = hints.includes('pyproject.toml') || paths.has('setup.py');
  const hasSource = [...paths].some((file) => file.startsWith('src/'));
  const isNew = (folder: string): boolean => folder !== sourceRoot;
  return {
    more: [...new Set([...inside, '.', ...(hasSource ? ['src'] : [])])].filter(isNew),
    named: [...new Set([...inside, ...(hasSource && isInstallable ? ['src'] : [])])].filter(isNew),
  };
}

/** What `st.Page` names, relative to the entry; `pages/*.py` beside it, which Streamlit ignores once st.navigation is called. */
function pagesOf(entry: string, files: readonly FileFacts[], tree: ModuleTree, roots: readonly string[]): string[] {
  const folder = path.posix.dirname(entry);
  const facts = new Map(files.map((file) => [file.path, file]));
  const reached = [...reachFrom([entry], facts, tree, roots)].flatMap((file) => facts.get(file) ?? []);
  const named = reached.flatMap(pageLiterals).map((page) => path.posix.join(folder, page));
  const beside = files
    .map((file) => file.path)
    .filter((file) => path.posix.dirname(file) === path.posix.join(folder, 'pages'));
  const scripts = beside.filter((file) => !/^(?:\.|__init__\.py$)/.test(path.posix.basename(file)));
  const pages = reached.some((file) => calls(file, 'navigation')) ? named : [...named, ...scripts];
  return [...new Set(pages)].filter((page) => page !== entry && tree.has(page));
}

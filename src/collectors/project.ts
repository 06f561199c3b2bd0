import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { UsageError } from '../engine/errors.js';
import type { Settings } from '../engine/types.js';
import {
  findEntry,
  runCommandsOf,
  usesStreamlit,
  type FoundEntry,
  type Hint,
  type RunCommand,
} from '../project/entry.js';
import { moduleGraph, type ModuleGraph } from '../project/modules.js';
import { findPort, type Port } from '../project/port.js';
import { rolesOf } from '../project/roles.js';
import type { FileFacts, ProjectFile } from '../source/types.js';
import { nearest } from '../util/nearest.js';
import type { Source } from './source.js';

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
  /** Folder that the dashboard's own imports start from (`sys.path[0]` of a launch), relative to root; '.' for the root itself. */
  sourceRoot: string;
  /** Where the launch in earnest listens. */
  port: Port;
  files: readonly ProjectFile[];
  /** Third-party and standard-library modules the sources name, at the depth they name them, sorted: `torch_geometric.nn`. */
  outsideModules: readonly string[];
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
  deadlineS: () => 60,
  async collect({ settings, artifacts: { files, source } }) {
    const { root } = settings;
    const hints = await Promise.all(files.hints.map((hint) => readHint(root, hint)));
    const commands = runCommandsOf(hints, new Set(source.files.map((file) => file.path)));
    const entry = entryOf(settings, source, commands);
    const started = 'path' in entry ? entry : undefined;
    const sourceRoot = started === undefined ? '.' : path.posix.dirname(started.path);
    const graph = moduleGraph(source.files, [...new Set([sourceRoot, '.', 'src'])]);
    const projectFiles = rolesOf(source.files, started?.path, graph);
    const command = commands.find(({ script }) => script === started?.path);
    const framework = frameworkOf(settings, source, projectFiles);
    return {
      root,
      ...('path' in entry ? { entry } : { whyNoEntry: entry.whyNot }),
      ...(framework === undefined ? {} : { framework }),
      sourceRoot,
      port: portOf(settings, command, hints, sourceRoot),
      files: projectFiles,
      outsideModules: outsideModules(source.files, projectFiles, graph),
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
      { label: 'modules', value: String(modules), how: ['reached from the entry or importable', ...others].join('; ') },
    ];
  },
});

async function readHint(root: string, hint: string): Promise<Hint> {
  return { path: hint, text: await readFile(path.join(root, hint), 'utf8').catch(() => '') };
}

/** @throws UsageError when the config names a script that is not there */
function entryOf(settings: Settings, { files }: Source, commands: readonly RunCommand[]): FoundEntry {
  if (settings.entry !== undefined) {
    const wanted = settings.entry.replaceAll('\\', '/').replace(/^\.\//, '');
    const paths = files.map((file) => file.path);
    if (paths.includes(wanted)) return { path: wanted, how: 'named by you' };
    const near = nearest(wanted, paths);
    const meant = near === undefined ? '' : `; did you mean ${near}?`;
    throw new UsageError(`the entry script ${wanted} is not among the Python files of ${settings.root}${meant}`);
  }
  return findEntry(files, commands, moduleGraph(files, ['.', 'src']));
}

function frameworkOf(settings: Settings, { files }: Source, roles: readonly ProjectFile[]): Framework | undefined {
  if (settings.launch.command !== undefined) return 'command';
  const started = new Set(roles.filter(({ reachable }) => reachable).map((file) => file.path));
  return files.some((file) => started.has(file.path) && usesStreamlit(file)) ? 'streamlit' : undefined;
}

function portOf(settings: Settings, command: RunCommand | undefined, hints: readonly Hint[], sourceRoot: string): Port {
  const beside = path.posix.join(sourceRoot, '.streamlit/config.toml');
  const configs = ['.streamlit/config.toml', beside].flatMap((name) => hints.find((hint) => hint.path === name) ?? []);
  return findPort(settings.launch.port, command, { ...process.env, ...settings.launch.env }, configs);
}

/** What the dashboard's files import from elsewhere when they are themselves imported. */
function outsideModules(
  files: readonly FileFacts[],
  roles: readonly ProjectFile[],
  graph: ModuleGraph,
): readonly string[] {
  const counted = new Set(roles.filter(({ role }) => role !== 'test' && role !== 'script').map((file) => file.path));
  const modules = files
    .filter((file) => counted.has(file.path))
    .flatMap((file) => file.imports)
    .filter((use) => use.level === 0 && use.atModuleLevel && !use.typeCheckingOnly && use.module !== '')
    .map((use) => use.module)
    .filter((module) => !graph.isOwn(module.split('.')[0] ?? module));
  return [...new Set(modules)].sort();
}

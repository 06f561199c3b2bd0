import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import type { Settings } from '../engine/types.js';
import { importedFiles } from '../source/modules/reach.js';
import { moduleName, type ModuleTree } from '../source/modules/module-tree.js';
import type { FileFacts } from '../source/types.js';
import { nearest } from '../util/nearest.js';
import { otherEntries } from './other-entry.js';
import type { RunCommand } from './run-commands.js';

/** Last names of the Streamlit calls that tell what part a file plays. */
export const streamlitCallees = ['set_page_config', 'navigation', 'Page'] as const;

/** The script that is started, how it was found, and the command that names it. */
export interface Entry {
  path: string;
  how: string;
  command?: RunCommand;
}

export type FoundEntry = Entry | { whyNot: string };

/** What people call the script they run, the most usual first. */
const usualNames = [
  'streamlit_app.py',
  'app.py',
  'streamlit_dashboard.py',
  'dashboard.py',
  'main.py',
  'Home.py',
  'home.py',
];

const testPath = /(?:^|\/)tests?\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/;

/** True for a file that pytest or unittest would pick up. */
export function isTest(file: string): boolean {
  return testPath.test(file);
}

/**
 * The script that is started: what the config says, what a run command says, what the code does, what it is called.
 * @throws UsageError when the config names a file that is not there.
 */
export function findEntry(
  settings: Pick<Settings, 'entry' | 'launch'>,
  files: readonly FileFacts[],
  tree: ModuleTree,
  commands: readonly RunCommand[],
): FoundEntry {
  if (settings.entry !== undefined) return configuredEntry(settings.entry, files, tree, commands);
  if (settings.launch.command !== undefined) return entryOfCommand(settings.launch.command, files, tree);
  return entryOfRunCommands(commands.filter(({ script }) => !isTest(script))) ?? entryByCode(files, tree);
}

function configuredEntry(
  entry: string,
  files: readonly FileFacts[],
  tree: ModuleTree,
  commands: readonly RunCommand[],
): FoundEntry {
  const given = path.posix.normalize(entry);
  if (!tree.has(given)) {
    const meant = nearest(
      given,
      files.map((file) => file.path),
    );
    const hint = meant === undefined ? '' : `; ${meant} is there`;
    throw new UsageError(
      `entry: ${entry} is none of the dashboard's Python files${hint}`,
      'Correct entry, or leave it out.',
    );
  }
  const command = commands.find(({ script }) => script === given);
  return { path: given, how: 'named by you', ...(command === undefined ? {} : { command }) };
}

/** `python app.py`, `python -m package.app`, `gunicorn package.app:server` */
function entryOfCommand(command: readonly string[], files: readonly FileFacts[], tree: ModuleTree): FoundEntry {
  for (const [index, word] of command.entries()) {
    const module = command[index - 1] === '-m' ? word : /^([\w.]+):[\w()]+$/.exec(word)?.[1];
    const found = module === undefined ? undefined : files.find((file) => moduleName(file.path, '.') === module);
    const script = path.posix.normalize(word);
    if (tree.has(script)) return { path: script, how: `launch.command: ${command.join(' ')}` };
    if (found !== undefined) return { path: found.path, how: `launch.command: ${command.join(' ')}` };
  }
  return { whyNot: "launch.command names none of the dashboard's Python files" };
}

function entryOfRunCommands(commands: readonly RunCommand[]): FoundEntry | undefined {
  const [command] = commands;
  if (command === undefined) return undefined;
  const say = ({ file, line, text }: RunCommand): string => `${file} line ${line}: ${text}`;
  const others = new Map(commands.flatMap((each) => (each.script === command.script ? [] : [[each.script, each]])));
  const contradiction = [...others.values()].slice(0, 2).map((each) => `; but ${say(each)}`);
  return { path: command.script, how: say(command) + contradiction.join(''), command };
}

function entryByCode(files: readonly FileFacts[], tree: ModuleTree): FoundEntry {
  const own = files.filter((file) => !isTest(file.path));
  const streamlit = own.filter(importsStreamlit);
  const imported = importedFiles(own, tree);
  if (streamlit.length === 0) {
    const found = otherEntries(own, imported, tree).sort((a, b) => byUsualName(a.path, b.path));
    return bestOf(found) ?? { whyNot: 'no Python file imports streamlit' };
  }
  const pages = new Set(files.flatMap((file) => pageLiterals(file).map((page) => path.posix.basename(page))));
  const started = streamlit.filter((file) => !imported.has(file.path) && !isPage(file.path, pages));
  const rules: readonly [readonly FileFacts[], string][] = [
    [started.filter((file) => calls(file, 'navigation')), 'calls st.navigation'],
    [started.filter((file) => calls(file, 'set_page_config')), 'calls st.set_page_config, and nothing imports it'],
    [started.filter(drawsWhenRun), 'draws with Streamlit when it is run, and nothing imports it'],
    [streamlit.filter((file) => usualRank(file.path) < usualNames.length), 'imports streamlit and has a usual name'],
  ];
  for (const [candidates, how] of rules) {
    const paths = candidates.map((file) => file.path).sort(byUsualName);
    const best = bestOf(paths.map((each) => ({ path: each, how })));
    if (best !== undefined) return best;
  }
  const shown = streamlit.slice(0, 3).map((file) => file.path);
  return { whyNot: `streamlit is imported (${shown.join(', ')}), but no file draws with it when it is run` };
}

/** The first, which says how many others there are. */
function bestOf([best, ...others]: readonly Entry[]): Entry | undefined {
  if (best === undefined) return undefined;
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  const shown = others.slice(0, 3).map((other) => other.path);
  const rest = others.length === 0 ? '' : ` (so do: ${shown.join(', ')}${more})`;
  return { path: best.path, how: best.how + rest };
}

/** The pages that the code names: `st.Page("views/load.py")`. */
export function pageLiterals(file: FileFacts): string[] {
  return file.calls.flatMap(({ callee, arguments: given }) => {
    const page = given['0'] ?? given['page'];
    return /(?:^|\.)Page$/.test(callee) && typeof page === 'string' && page.endsWith('.py') ? [page] : [];
  });
}

export function importsStreamlit(file: FileFacts): boolean {
  return file.imports.some(
    ({ level, module, typeCheckingOnly }) => level === 0 && !typeCheckingOnly && /^streamlit(?:\.|$)/.test(module),
  );
}

/** True when the file calls `st.<name>`. */
export function calls(file: FileFacts, name: string): boolean {
  return file.calls.some(({ callee }) => callee === name || callee.endsWith(`.${name}`));
}

function isPage(file: string, pages: ReadonlySet<string>): boolean {
  return /(?:^|\/)pages\/[^/]+$/.test(file) || pages.has(path.posix.basename(file));
}

function drawsWhenRun(file: FileFacts): boolean {
  return (
    file.hasMainGuard ||
    (file.topLevelCalls ?? []).some((call) => /^(?:st|streamlit)\.(?!cache|experimental)/.test(call))
  );
}

function byUsualName(a: string, b: string): number {
  const depth = (file: string): number => file.split('/').length;
  return depth(a) - depth(b) || usualRank(a) - usualRank(b) || (a < b ? -1 : 1);
}

function usualRank(file: string): number {
  const rank = usualNames.indexOf(path.posix.basename(file));
  return rank === -1 ? usualNames.length : rank;
}

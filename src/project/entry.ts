import type { FileFacts } from '../source/types.js';
import { isTestPath, type ModuleGraph } from './modules.js';

/** Last names of the Streamlit calls that tell what part a file plays. */
export const streamlitCallees = ['set_page_config', 'Page'] as const;

/** A file that says how the dashboard is run, with its text. */
export interface Hint {
  path: string;
  text: string;
}

/** A `streamlit run` that some file of the repository names. */
export interface RunCommand {
  /** The script, relative to the root. */
  script: string;
  /** The port it names. */
  port?: number;
  /** `README.md line 12: streamlit run app.py` */
  how: string;
}

export type FoundEntry = { path: string; how: string } | { whyNot: string };

/** Scripts are named with or without quotes, and as an element of a JSON array in a Dockerfile. */
const runCommand =
  /\bstreamlit["']?,?\s+["']?run["']?,?\s+(?:--?[\w.]+(?:[= ]\S+)?\s+)*["']?([^\s"'`,;|&<>()]+\.py)\b(.*)/;
const portFlag = /--server\.port["']?[=,\s]\s*["']?(\d{2,5})/;
const conventional = ['streamlit_app.py', 'streamlit_dashboard.py', 'dashboard.py', 'app.py', 'main.py', 'Home.py'];
/** What is written to start the thing counts before what is written to be read. */
const order = [
  /^procfile$/i,
  /dockerfile/i,
  /compose/i,
  /^makefile$|^justfile$/i,
  /\.service$|\.sh$/,
  /\.toml$|\.cfg$/,
];

/** Every `streamlit run` of a script that is there, the most binding file first. */
export function runCommandsOf(hints: readonly Hint[], scripts: ReadonlySet<string>): readonly RunCommand[] {
  const rank = ({ path }: Hint) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const index = order.findIndex((pattern) => pattern.test(name));
    return (index === -1 ? order.length : index) + (path.includes('/') ? order.length + 1 : 0);
  };
  return hints
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((hint) =>
      hint.text.split('\n').flatMap((line, index) => {
        const match = runCommand.exec(line);
        const script = match?.[1] === undefined ? undefined : resolveScript(match[1], hint.path, scripts);
        if (match === null || script === undefined) return [];
        const port = portFlag.exec(match[2] ?? '')?.[1];
        const how = `${hint.path} line ${index + 1}: streamlit run ${match[1]}`;
        return [{ script, how, ...(port === undefined ? {} : { port: Number(port) }) }];
      }),
    );
}

/** Relative to the root or to the file that names it, or below a folder that only exists in an image: `/app/app.py`. */
function resolveScript(named: string, hint: string, scripts: ReadonlySet<string>): string | undefined {
  const clean = named.replace(/^\.\//, '');
  const folder = hint.includes('/') ? `${hint.slice(0, hint.lastIndexOf('/'))}/` : '';
  const tails = clean.split('/').map((_, index, parts) => parts.slice(index).join('/'));
  const candidates = [clean, `${folder}${clean}`, ...(clean.startsWith('/') ? tails : [])];
  return candidates.find((candidate) => scripts.has(candidate));
}

/** The script that is started, by what the repository says and what the code does; the first sign that decides wins. */
export function findEntry(
  facts: readonly FileFacts[],
  commands: readonly RunCommand[],
  graph: ModuleGraph,
): FoundEntry {
  const [command] = commands;
  if (command !== undefined) {
    const others = [...new Set(commands.map(({ script }) => script))].filter((script) => script !== command.script);
    return { path: command.script, how: command.how + otherwise(others, 'also run') };
  }
  const own = facts.filter(
    (file) => !isTestPath(file.path) && !/(?:^|\/)pages\//.test(file.path) && !graph.isImported(file.path),
  );
  const streamlit = own.filter(usesStreamlit);
  return (
    best(streamlit.filter(callsPageConfig), 'calls st.set_page_config, and nothing imports it') ??
    best(streamlit.filter(drawsAtTopLevel), 'draws with Streamlit when it is run, and nothing imports it') ??
    best(streamlit.filter(hasUsualName), 'imports streamlit and has a usual name') ??
    (streamlit.length === 1 ? best(streamlit, 'the one script that imports streamlit') : undefined) ?? {
      whyNot:
        streamlit.length > 0
          ? `several files import streamlit, and none is clearly the one to run: ${names(streamlit)}`
          : 'no file calls st.set_page_config, and no README, Procfile or Dockerfile says "streamlit run"',
    }
  );
}

/** Usual names first, then what lies nearest to the root, then by name. */
function best(candidates: readonly FileFacts[], how: string): FoundEntry | undefined {
  const rank = (file: FileFacts) => {
    const usual = conventional.indexOf(baseName(file.path));
    return [file.path.split('/').length, usual === -1 ? conventional.length : usual] as const;
  };
  const [first, ...others] = candidates.toSorted((a, b) => {
    const [depthA, usualA] = rank(a);
    const [depthB, usualB] = rank(b);
    return depthA - depthB || usualA - usualB || (a.path < b.path ? -1 : 1);
  });
  if (first === undefined) return undefined;
  return {
    path: first.path,
    how:
      how +
      otherwise(
        others.map((file) => file.path),
        'so could',
      ),
  };
}

function otherwise(others: readonly string[], word: string): string {
  if (others.length === 0) return '';
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return ` (${word}: ${others.slice(0, 3).join(', ')}${more})`;
}

export function usesStreamlit(file: FileFacts): boolean {
  return file.imports.some((use) => use.level === 0 && /^streamlit(?:\.|$)/.test(use.module) && !use.typeCheckingOnly);
}

function callsPageConfig(file: FileFacts): boolean {
  return file.calls.some((call) => /(?:^|\.)set_page_config$/.test(call.callee));
}

function drawsAtTopLevel(file: FileFacts): boolean {
  if (file.hasMainGuard) return true;
  return (file.topLevelCalls ?? []).some((callee) => /^(?:st|streamlit)\./.test(callee) && !/\.cache/.test(callee));
}

function hasUsualName(file: FileFacts): boolean {
  return conventional.includes(baseName(file.path));
}

function names(files: readonly FileFacts[]): string {
  return files
    .slice(0, 5)
    .map((file) => file.path)
    .join(', ');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '../project.js';

/** What is put where a command, or a variable, says `{python}` and `{port}`. */
export interface Places {
  python: string;
  port: number;
}

/** A text of the config with its places filled in. */
export function fillIn(text: string, { python, port }: Places): string {
  return text.replaceAll('{port}', String(port)).replaceAll('{python}', python);
}

/** Environment variables of the config with their places filled in. */
export function fillInAll(env: Readonly<Record<string, string>>, places: Places): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fillIn(value, places)]));
}

/** Where the launch is started, absolute. */
export function workingFolder({ root, run }: Pick<Project, 'root' | 'run'>): string {
  return path.join(root, run.folder);
}

/**
 * `streamlit run ENTRY` as the repository's own command has it, with this interpreter: with `-m` the working folder is
 * on sys.path, with the console script it is not. Options of ours come last, for the last one of an option wins.
 */
export function streamlitCommand(
  python: string,
  { entry, run }: Pick<Project, 'entry' | 'run'>,
  given: readonly string[],
  ours: readonly string[],
): readonly string[] {
  const end = given.indexOf('--');
  const ownArguments = run.args.length === 0 ? [] : ['--', ...run.args];
  const [forStreamlit, forScript] = end === -1 ? [given, ownArguments] : [given.slice(0, end), given.slice(end)];
  const program = (run.viaModule ? undefined : consoleScript(python)) ?? ['-m', 'streamlit'];
  const script = path.posix.relative(run.folder, entry?.path ?? '');
  return [python, ...program, 'run', script, ...forStreamlit, ...ours, ...forScript];
}

/** The `streamlit` beside the interpreter; undefined where there is none, or one that is no Python. */
function consoleScript(python: string): [string] | undefined {
  const script = path.join(path.dirname(python), 'streamlit');
  try {
    return /^#!.*\n?.*python/.test(readFileSync(script, 'utf8')) ? [script] : undefined;
  } catch {
    return undefined;
  }
}

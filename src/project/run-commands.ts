import path from 'node:path';
import { foldersAbove } from '../source/modules/module-tree.js';
import { commandLines, type CommandLine } from './command-lines.js';

/** `streamlit run X` in a file that says how the dashboard is started. */
export interface RunCommand {
  /** Where it stands, and what it says. */
  file: string;
  line: number;
  text: string;
  /** The script, one of the dashboard's files. */
  script: string;
  port?: number;
  /** `python -m streamlit run`, not the `streamlit` program. */
  viaModule: boolean;
  /** The folder it has to be started in, relative to the root. */
  folder: string;
  /** What stands after ` -- `, where all of it can be taken literally. */
  args: string[];
}

/** The most binding first: what a platform starts, then what people type. */
const kinds = [
  /(?:^|\/)Procfile$/i,
  /Dockerfile[^/]*$/i,
  /compose[^/]*\.ya?ml$/i,
  /(?:^|\/)(?:Makefile|Justfile|Taskfile\.ya?ml)$/i,
  /\.(?:sh|service)$/i,
  /\.(?:toml|cfg)$/i,
  /(?:^|\/)README[^/]*$/i,
];

/** The commands whose script is there, the most binding first. */
export function runCommands(
  hints: readonly { path: string; text: string }[],
  python: ReadonlySet<string>,
): RunCommand[] {
  return hints
    .map((hint) => ({
      ...hint,
      rank: kinds.findIndex((kind) => kind.test(hint.path)) + hint.path.split('/').length * 10,
    }))
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .flatMap((hint) => commandsIn(hint, python));
}

function commandsIn({ path: file, text }: { path: string; text: string }, python: ReadonlySet<string>): RunCommand[] {
  const folders = new Set([...python].flatMap(foldersAbove));
  return commandLines(file, text, (folder) => folders.has(folder)).flatMap((at): RunCommand[] => {
    // `["streamlit", "run", "app.py"]` is the same command.
    const plain = at.content.replaceAll(/["']\s*,\s*["']/g, ' ');
    const found = /(?<module>-m\s+)?\bstreamlit\s+run\s+(?<rest>.+)/.exec(plain)?.groups;
    if (found === undefined) return [];
    const command = commandOf(found['rest'] ?? '');
    const words = command.split(/[\s"']+/).filter((word) => word !== '');
    const place = scriptOf(words, at, file, python);
    if (place === undefined) return [];
    const port = portIn(words);
    return [
      {
        file,
        line: at.line,
        text: ['streamlit run', ...words].join(' '),
        ...place,
        viaModule: found['module'] !== undefined,
        args: at.verbatim ? argumentsIn(command) : [],
        ...(port === undefined ? {} : { port }),
      },
    ];
  });
}

/** Up to the end of the command: an operator of the shell, the end of a quotation, a comment. */
function commandOf(rest: string): string {
  return rest.split(/["'`]?\s*(?:&&|\|\||[;|&>`\])]|\s#)|["']\s*$|["']\s/, 1)[0] ?? '';
}

/** What the script gets; nothing where a shell or a reader would have to fill something in. */
function argumentsIn(command: string): string[] {
  const given = / -- +(.*)$/.exec(command)?.[1]?.trim().split(/\s+/) ?? [];
  return given.every((word) => /^[\w./:=@,+%-]+$/.test(word) && !word.endsWith('...')) ? given : [];
}

interface Place {
  script: string;
  folder: string;
}

function scriptOf(
  words: readonly string[],
  at: CommandLine,
  hint: string,
  python: ReadonlySet<string>,
): Place | undefined {
  const named = words.map((word) => word.replace(/[.,:]+$/, '')).find((word) => word.endsWith('.py'));
  if (named !== undefined) return placeOf(named, at, hint, python);
  const [folder = ''] = words;
  return folder.startsWith('-') || folder === '' ? undefined : placeOf(`${folder}/streamlit_app.py`, at, hint, python);
}

/**
 * Relative to where a `cd` led, to the hint or to the root; `/app/src/main.py` of an image by its end; else the only
 * file of that name. The folder to start in is the one that the script is relative to.
 */
function placeOf(given: string, at: CommandLine, hint: string, python: ReadonlySet<string>): Place | undefined {
  const script = path.posix.normalize(given);
  const parts = script.split('/').filter((part) => part !== '');
  const isAbsolute = script.startsWith('/');
  const starts = isAbsolute ? [] : [...new Set([at.folder, path.posix.dirname(hint), '.'])];
  for (const folder of starts) {
    const here = path.posix.join(folder, script);
    if (python.has(here)) return { script: here, folder };
  }
  const ends = parts.map((_, index) => parts.slice(index).join('/'));
  const direct = (isAbsolute ? ends : ends.slice(1, 2)).find((candidate) => python.has(candidate));
  if (direct !== undefined) return { script: direct, folder: '.' };
  const tail = `/${parts.join('/')}`;
  const [only, second] = [...python].filter((file) => file.endsWith(tail));
  return only === undefined || second !== undefined ? undefined : { script: only, folder: only.slice(0, -tail.length) };
}

/** The value of `--server.port 8502` or `--server.port=8502`, when it is a number. */
export function portIn(words: readonly string[]): number | undefined {
  const at = words.findLastIndex((word) => /^--server\.port(?:=|$)/.test(word));
  const value = words[at]?.split('=')[1] ?? words[at + 1];
  return at !== -1 && value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

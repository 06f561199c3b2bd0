import path from 'node:path';

/** `streamlit run X` in a file that says how the dashboard is started. */
export interface RunCommand {
  /** Where it stands, and what it says. */
  file: string;
  line: number;
  text: string;
  /** The script, one of the dashboard's files. */
  script: string;
  port?: number;
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
  return joinedLines(text).flatMap(({ line, content }): RunCommand[] => {
    // `["streamlit", "run", "app.py"]` is the same command.
    const plain = content.replaceAll(/["']\s*,\s*["']/g, ' ');
    const rest = /\bstreamlit\s+run\s+(.+)/.exec(plain)?.[1];
    if (rest === undefined) return [];
    const words = wordsOf(rest);
    const script = scriptOf(words, file, python);
    if (script === undefined) return [];
    const port = portIn(words);
    const shown = ['streamlit run', ...words].join(' ');
    return [{ file, line, text: shown, script, ...(port === undefined ? {} : { port }) }];
  });
}

/** A line that ends in a backslash goes on in the next. */
function joinedLines(text: string): { line: number; content: string }[] {
  const joined: { line: number; content: string }[] = [];
  let start = 0;
  let content = '';
  for (const [index, each] of text.split(/\r?\n/).entries()) {
    if (content === '') start = index + 1;
    content += each.replace(/\\$/, ' ');
    if (each.endsWith('\\')) continue;
    joined.push({ line: start, content });
    content = '';
  }
  return joined;
}

/** Up to the end of the command: an operator of the shell, the end of a quotation, a comment. */
function wordsOf(rest: string): string[] {
  const [command = ''] = rest.split(/["'`]?\s*(?:&&|\|\||[;|&>`\])]|\s#)|["']\s*$|["']\s/, 1);
  return command.split(/[\s"']+/).filter((word) => word !== '');
}

function scriptOf(words: readonly string[], hint: string, python: ReadonlySet<string>): string | undefined {
  const named = words.map((word) => word.replace(/[.,:]+$/, '')).find((word) => word.endsWith('.py'));
  if (named !== undefined) return placeOf(named, hint, python);
  const [folder = ''] = words;
  return folder.startsWith('-') || folder === '' ? undefined : placeOf(`${folder}/streamlit_app.py`, hint, python);
}

/** Relative to the hint or to the root; `/app/src/main.py` of an image by its end; after a `cd`, the only file of that name. */
function placeOf(script: string, hint: string, python: ReadonlySet<string>): string | undefined {
  const parts = path.posix
    .normalize(script)
    .split('/')
    .filter((part) => part !== '');
  const ends = parts.map((_, index) => parts.slice(index).join('/'));
  const tried = script.startsWith('/') ? ends : ends.slice(0, 2);
  const beside = path.posix.join(path.posix.dirname(hint), parts.join('/'));
  const direct = [beside, ...tried].find((candidate) => python.has(candidate));
  if (direct !== undefined) return direct;
  const [only, second] = [...python].filter((file) => file.endsWith(`/${parts.join('/')}`));
  return second === undefined ? only : undefined;
}

/** The value of `--server.port 8502` or `--server.port=8502`, when it is a number. */
export function portIn(words: readonly string[]): number | undefined {
  const at = words.findLastIndex((word) => /^--server\.port(?:=|$)/.test(word));
  const value = words[at]?.split('=')[1] ?? words[at + 1];
  return at !== -1 && value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

import { extrasOf, parseRequirement, type RequirementText } from './pep508.js';
import { normalizeName } from './names.js';

/** One logical line of a pip requirements file. */
export type RequirementsLine = {
  /** 1-based, of the first physical line. */
  line: number;
  /** Without comments and options. */
  text: string;
} & (
  | { kind: 'requirement'; requirement: RequirementText }
  /** `-r FILE` and `-c FILE` */
  | { kind: 'include'; path: string; asConstraint: boolean }
  /** A folder, an archive or an address whose distribution has a name only once it is built: `-e .`, `./vendored`. */
  | { kind: 'nameless' }
  | { kind: 'unclear' }
);

/**
 * Reads a pip requirements file as pip's `req_file.py` does: comments, continued lines, options of a requirement
 * (hashes), options of the file (ignored but for `-r` and `-c`). Credentials in addresses are left out of what is told.
 * @param env where the `${VARIABLES}` of included paths come from. Elsewhere they stay as written: what they hold is
 * often a token, and never a name.
 */
export function parseRequirementsText(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly RequirementsLine[] {
  const expand = (path: string) => path.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name: string) => env[name] ?? whole);
  return [...logicalLines(text)].flatMap(({ line, text: written }) => {
    const read = readLine(written.replace(/(:\/\/)[^/@\s]+@/, '$1'));
    if (read === undefined) return [];
    return [{ line, ...(read.kind === 'include' ? { ...read, path: expand(read.path) } : read) }];
  });
}

function* logicalLines(text: string): Generator<{ line: number; text: string }> {
  let begun: { line: number; text: string } | undefined;
  for (const [index, physical] of text.split(/\r\n|\r|\n/).entries()) {
    const isComment = /^\s*#/.test(physical);
    const continues = physical.endsWith('\\') && !isComment;
    const part = continues ? physical.slice(0, -1) : physical;
    // A comment ends a continued line, as pip has it.
    begun = { line: begun?.line ?? index + 1, text: (begun?.text ?? '') + (isComment ? ` ${part}` : part) };
    if (continues) continue;
    yield withoutComment(begun);
    begun = undefined;
  }
  if (begun !== undefined) yield withoutComment(begun);
}

function withoutComment({ line, text }: { line: number; text: string }) {
  return { line, text: text.replace(/(^|\s+)#.*$/, '').trim() };
}

type ReadLine = RequirementsLine extends infer Line ? (Line extends unknown ? Omit<Line, 'line'> : never) : never;

function readLine(written: string): ReadLine | undefined {
  if (written === '') return undefined;
  const include = /^(?:-r|-c|--requirements?|--constraints?)(?:\s*=\s*|\s*)(\S.*)$/.exec(written);
  if (include?.[1] !== undefined) {
    const asConstraint = /^(?:-c|--c)/.test(written);
    return { kind: 'include', path: unquoted(include[1].trim()), asConstraint, text: written };
  }
  const editable = /^(?:-e|--editable)(?:\s*=\s*|\s*)(\S.*)$/.exec(written);
  if (editable?.[1] === undefined && written.startsWith('-')) return undefined;
  const text = unquoted((editable?.[1] ?? written).replace(/\s+--?[a-z].*$/, '').trim());
  const requirement = isAddress(text) ? namedByAddress(text) : parseRequirement(text);
  if (requirement !== undefined) return { kind: 'requirement', requirement, text };
  return isAddress(text) ? { kind: 'nameless', text } : { kind: 'unclear', text };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** A path or URL rather than a name; `name @ URL` begins with a name. */
function isAddress(text: string): boolean {
  if (/^[\w.-]+\s*(?:\[[^\]]*\]\s*)?@/.test(text)) return false;
  const [first = ''] = text.split(/\s|\[/, 1);
  return /^(?:[a-z+]+:|\.|~?[/\\])/i.test(first) || /[/\\]/.test(first) || /\.(?:whl|zip|tar\.gz|tgz)$/i.test(first);
}

/** The distribution that an address names by itself: `git+https://…#egg=name[extra]`, `…/name-1.0-py3-none-any.whl`. */
function namedByAddress(text: string): RequirementText | undefined {
  const match = /^(\S+?)(?:\s*;\s+(.+)|\s+;\s*(.+))?$/.exec(text);
  const url = match?.[1];
  if (url === undefined) return undefined;
  const egg = /[#&]egg=([A-Za-z0-9][\w.-]*)(?:\[([^\]]*)\])?/.exec(url);
  const wheel = /([^/\\]+?)-[^-/\\]+(?:-\d[^-/\\]*)?-[^-/\\]+-[^-/\\]+-[^-/\\]+\.whl(?:[#?]|$)/.exec(url);
  const name = egg?.[1] ?? wheel?.[1];
  const marker = match?.[2] ?? match?.[3];
  if (name === undefined) return undefined;
  return {
    name: normalizeName(name),
    extras: extrasOf(egg?.[2]),
    specifier: '',
    url,
    ...(marker === undefined ? {} : { marker }),
  };
}

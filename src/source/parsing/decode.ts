/** Which text do the bytes of a file stand for? */
import { isUtf8 } from 'node:buffer';
import type { FileFacts } from '../types.js';

type Problem = NonNullable<FileFacts['problem']>;

/** PEP 263: a comment on the first line, or on the second when the first is blank or a comment. */
const codingComment = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const blankOrComment = /^[ \t\f]*(?:#|$)/;

/**
 * The text of a Python file, decoded as Python does it: byte order mark, then coding line, then UTF-8. Line ends are `\n`.
 * An encoding unknown to us may be known to the interpreter (a codec can be registered): it is read as Latin-1, in which
 * every ASCII-compatible file keeps its structure, and the judgement is left to the interpreter.
 */
export function decodePython(bytes: Uint8Array): { text: string } | { problem: Problem } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { problem: { kind: 'encoding', message: 'it is UTF-16 text, which Python does not read', line: 1 } };
  }
  if (bytes.includes(0)) {
    const line = lineAt(bytes, bytes.indexOf(0));
    return { problem: { kind: 'binary', message: 'it holds null bytes, so it is no Python text', line } };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bytes.subarray(hasMark ? 3 : 0));
  if (hasMark && declared !== undefined && !/^utf[-_]?8/i.test(declared)) {
    const message = `it begins with a UTF-8 mark but its coding line says ${declared}`;
    return { problem: { kind: 'encoding', message, line: 1 } };
  }
  const encoding = declared === undefined ? 'utf-8' : labelOf(declared);
  if (encoding === 'utf-8' && !isUtf8(bytes)) {
    const message = 'it holds bytes that are not UTF-8, and no coding line says what else it is';
    return { problem: { kind: 'encoding', message, line: firstLineNotUtf8(bytes) } };
  }
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text };
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const [first = '', second = ''] = Buffer.from(bytes.subarray(0, 1000))
    .toString('latin1')
    .split(/\r\n?|\n/, 2);
  return (codingComment.exec(first) ?? (blankOrComment.test(first) ? codingComment.exec(second) : null))?.[1];
}

function labelOf(declared: string): string {
  const label = declared.toLowerCase().replaceAll('_', '-');
  if (/^utf-?8/.test(label)) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'latin1';
  }
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) line += 1;
  return line;
}

/** A newline is never part of a longer UTF-8 sequence, so each line can be looked at alone. */
function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
    line += 1;
  }
  return line;
}

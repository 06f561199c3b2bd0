import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { fileReason } from '../../util/file-reason.js';
import { readRegular } from '../../util/regular-file.js';

/** The data cannot be trained on: not to be read, not text, too little. The message names file and line. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly fix: string | undefined;
  constructor(message: string, fix?: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}

/** What tells whether a file is still the one that a run was begun with. */
export interface DataFile {
  file: string;
  bytes: number;
  /** Hexadecimal, of the bytes. */
  sha256: string;
}

/**
 * The text of a file: all of it, or, where its name ends in `.jsonl` or `.ndjson`, the `text` of each line. Another file that
 * holds JSON is refused, for brackets and keys are hardly what was to be learnt.
 * @throws DataError when the file cannot be read, is not UTF-8, is JSON, or a line holds no text
 */
export async function readText(file: string): Promise<{ text: string; source: DataFile }> {
  const bytes = await readRegular(file).catch((error: unknown) => {
    throw new DataError(`the data ${file} could not be read: ${fileReason(error)}`, undefined, { cause: error });
  });
  const content = decode(file, bytes);
  const source = { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  if (/^\.(jsonl|ndjson)$/i.test(extname(file))) return { text: textOfLines(file, content), source };
  assertNoJson(file, content);
  return { text: content, source };
}

function decode(file: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new DataError(`${file} is compressed with gzip`, 'Unpack it with gunzip, and name what comes out.');
  }
  const before = bytes.subarray(0, firstBadByte(bytes));
  const line = before.reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);
  const bad = bytes[before.length]?.toString(16).padStart(2, '0');
  throw new DataError(
    `${file}, line ${line}: it is not UTF-8 text: byte ${before.length} of the file is 0x${bad}`,
    'Convert it, for example with iconv -f latin1 -t utf-8.',
  );
}

/** The offset of the first byte that is no UTF-8: where decoding puts a replacement that is not in the file. */
function firstBadByte(bytes: Buffer): number {
  const replacement = Buffer.from('\uFFFD');
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  for (const part of decoded.split('\uFFFD')) {
    offset += Buffer.byteLength(part);
    if (!bytes.subarray(offset, offset + replacement.length).equals(replacement)) break;
    offset += replacement.length;
  }
  return offset;
}

function textOfLines(file: string, content: string): string {
  const texts = content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const text = textOf(line);
    if (text === undefined) {
      throw new DataError(`${file}, line ${index + 1}: expected a JSON object with a string "text"`);
    }
    return [text];
  });
  return texts.join('\n');
}

function textOf(line: string): string | undefined {
  const value = parsed(line);
  if (value === undefined || !('text' in value)) return undefined;
  return typeof value.text === 'string' ? value.text : undefined;
}

function assertNoJson(file: string, content: string): void {
  const [first = ''] = content.trimStart().split('\n', 1);
  if (textOf(first) !== undefined) {
    throw new DataError(
      `${file} holds JSON lines with a "text", and its name does not end in .jsonl`,
      'Let its name end in .jsonl to train on the texts.',
    );
  }
  if (/^\s*[[{]/.test(content) && parsed(content) !== undefined) {
    throw new DataError(`${file} is JSON, which is no text to learn`, 'Write a text, or JSONL with a "text" a line.');
  }
}

/** The object or list that a text is in JSON. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { assertFile } from '../../util/regular-file.js';
import { fileError } from '../errors.js';
import type { Damage } from '../source.js';

/** Lines that stand one after the other in a file, read at once. */
export interface LineBlock {
  lines: readonly string[];
  /** 1-based number of the first. */
  firstLine: number;
  /** Byte at which the first begins. */
  offset: number;
  /** Whether the last of them ends with a line break. */
  ended: boolean;
  /** The block is one line that cannot be read, and why. */
  damage?: string;
}

const usualChunkBytes = 1 << 20;
/** A longer line is no record; it is passed over, so that memory stays bounded. */
const longestLineBytes = 64 << 20;
const newline = 10;

/**
 * The lines of a UTF-8 text file, in constant memory. A line that is not UTF-8, or is too long, comes alone and damaged.
 * @throws MetricsError when the file cannot be read
 */
export async function* linesOf(
  file: string,
  signal?: AbortSignal,
  chunkBytes = usualChunkBytes,
): AsyncGenerator<LineBlock, void, undefined> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let skipped = 0;
  let place = { firstLine: 1, offset: 0 };
  for await (const chunk of chunksOf(file, signal, chunkBytes)) {
    const end = chunk.lastIndexOf(newline);
    pending.push(end === -1 ? chunk : chunk.subarray(0, end));
    pendingBytes += pending.at(-1)?.length ?? 0;
    if (end === -1) {
      if (pendingBytes <= longestLineBytes) continue;
      skipped += pendingBytes;
    } else {
      const text = Buffer.concat(pending);
      if (skipped === 0) yield* blocksOf(text, place);
      else yield* afterTooLong(text, place, skipped);
      place = { firstLine: place.firstLine + breaksIn(text) + 1, offset: place.offset + skipped + text.length + 1 };
      skipped = 0;
    }
    pending = end === -1 || end === chunk.length - 1 ? [] : [chunk.subarray(end + 1)];
    pendingBytes = pending[0]?.length ?? 0;
  }
  if (skipped > 0) yield { ...place, lines: [''], ended: false, damage: 'the line is too long for a record' };
  else if (pendingBytes > 0) {
    for (const block of blocksOf(Buffer.concat(pending), place)) yield { ...block, ended: false };
  }
}

/** Where the line at an index of a block begins, in bytes from the start of the file. */
export function offsetIn({ lines, offset }: LineBlock, index: number): number {
  return lines.slice(0, index).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, offset);
}

export function damageIn(file: string, block: LineBlock, index: number, what: string): Damage {
  const torn = !block.ended && index === block.lines.length - 1;
  return { file, offset: offsetIn(block, index), line: block.firstLine + index, what, torn };
}

async function* chunksOf(
  file: string,
  signal: AbortSignal | undefined,
  chunkBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
  const handle = await assertFile(file)
    .then(() => open(file))
    .catch((error: unknown) => {
      throw fileError(file, 'read', error);
    });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const chunk = await readChunk(handle, file, chunkBytes);
      if (chunk.length === 0) return;
      yield chunk;
    }
  } finally {
    await handle.close();
  }
}

async function readChunk(handle: FileHandle, file: string, chunkBytes: number): Promise<Buffer> {
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw fileError(file, 'read', error);
  }
}

type Start = Pick<LineBlock, 'firstLine' | 'offset'>;

function* blocksOf(text: Buffer, { firstLine, offset }: Start): Generator<LineBlock> {
  if (isUtf8(text)) {
    const bom = offset === 0 && text.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    yield { lines: text.toString('utf8', bom).split('\n'), firstLine, offset: offset + bom, ended: true };
    return;
  }
  let line = firstLine;
  for (let start = 0; start <= text.length; line++) {
    const next = text.indexOf(newline, start);
    const end = next === -1 ? text.length : next;
    const bytes = text.subarray(start, end);
    const damage = isUtf8(bytes) ? {} : { damage: 'not UTF-8 text' };
    yield { lines: [bytes.toString('utf8')], firstLine: line, offset: offset + start, ended: true, ...damage };
    start = end + 1;
  }
}

/** What ends a line that is too long, and the lines after it. */
function* afterTooLong(text: Buffer, { firstLine, offset }: Start, skipped: number): Generator<LineBlock> {
  yield { firstLine, offset, lines: [''], ended: true, damage: 'the line is too long for a record' };
  const end = text.indexOf(newline);
  if (end === -1) return;
  yield* blocksOf(text.subarray(end + 1), { firstLine: firstLine + 1, offset: offset + skipped + end + 1 });
}

function breaksIn(text: Buffer): number {
  let breaks = 0;
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) breaks += 1;
  return breaks;
}

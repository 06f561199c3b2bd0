import { open, type FileHandle } from 'node:fs/promises';
import { fileError } from '../errors.js';
import { maskedCrc32c } from './crc32c.js';

/** One record of a TFRecord file, or a stretch of it that holds none. */
export type Piece = { offset: number; data: Buffer } | { offset: number; broken: string; torn: boolean };

/** Length (8 bytes, little-endian), masked CRC-32C of the length; then the data, and the masked CRC-32C of the data. */
const headerBytes = 12;
const footerBytes = 4;
const chunkBytes = 1 << 20;

/**
 * The records of a TFRecord file. What is broken is named by its offset; after it the next place is looked for at which
 * a length and its CRC agree, so that the rest is read.
 * @throws MetricsError when the file cannot be read
 */
export async function* tfRecordsOf(file: string, signal?: AbortSignal): AsyncGenerator<Piece, void, undefined> {
  const handle = await open(file).catch((error: unknown) => {
    throw fileError(file, 'read', error);
  });
  try {
    const { size } = await handle.stat();
    const window = new Window(handle, size);
    for (let offset = 0; offset < size;) {
      signal?.throwIfAborted();
      const piece = await pieceAt(window, offset);
      yield piece;
      offset =
        'data' in piece
          ? offset + headerBytes + piece.data.length + footerBytes
          : await nextHeader(window, offset + 1, signal);
    }
  } finally {
    await handle.close();
  }
}

/** Whether bytes begin as a TFRecord file does. */
export function looksLikeTfRecord(bytes: Buffer): boolean {
  return bytes.length >= headerBytes && isHeader(bytes);
}

async function pieceAt(window: Window, offset: number): Promise<Piece> {
  const header = await window.read(offset, headerBytes);
  if (header.length < headerBytes) return { offset, broken: 'the record is cut off in its header', torn: true };
  if (!isHeader(header)) return { offset, broken: 'the CRC of the length is broken', torn: false };
  const length = lengthIn(header);
  const body = await window.read(offset + headerBytes, length + footerBytes);
  if (body.length < length + footerBytes) {
    const broken = `the record is cut off: ${length} bytes announced, ${Math.min(body.length, length)} there`;
    return { offset, broken, torn: true };
  }
  const data = body.subarray(0, length);
  if (maskedCrc32c(data) !== body.readUInt32LE(length))
    return { offset, broken: 'the CRC of the data is broken', torn: false };
  return { offset, data };
}

async function nextHeader(window: Window, from: number, signal: AbortSignal | undefined): Promise<number> {
  for (let offset = from; offset + headerBytes <= window.size; offset++) {
    let header = window.peek(offset, headerBytes);
    if (header === undefined) {
      signal?.throwIfAborted();
      header = await window.read(offset, headerBytes);
    }
    // Most places are no header by their length alone, which is quicker to see than a CRC.
    if (offset + headerBytes + lengthIn(header) + footerBytes <= window.size && isHeader(header)) return offset;
  }
  return window.size;
}

function isHeader(bytes: Buffer): boolean {
  // A stretch of zeros is no header: the masked CRC of a length of 0 is not 0.
  return maskedCrc32c(bytes.subarray(0, 8)) === bytes.readUInt32LE(8);
}

function lengthIn(header: Buffer): number {
  return header.readUInt32LE(4) * 2 ** 32 + header.readUInt32LE(0);
}

/** A file seen through a buffer that holds the bytes last read. */
class Window {
  private start = 0;
  private bytes = Buffer.alloc(0);
  private readonly handle: FileHandle;
  readonly size: number;

  constructor(handle: FileHandle, size: number) {
    this.handle = handle;
    this.size = size;
  }

  /** Bytes that are in the buffer already. */
  peek(offset: number, length: number): Buffer | undefined {
    const at = offset - this.start;
    return at >= 0 && at + length <= this.bytes.length ? this.bytes.subarray(at, at + length) : undefined;
  }

  /** `length` bytes from `offset` on, or fewer where the file ends before. */
  async read(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, this.size - offset);
    const there = this.peek(offset, wanted);
    if (there !== undefined) return there;
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(wanted, chunkBytes), this.size - offset));
    const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, offset);
    this.start = offset;
    this.bytes = buffer.subarray(0, bytesRead);
    return this.bytes.subarray(0, wanted);
  }
}

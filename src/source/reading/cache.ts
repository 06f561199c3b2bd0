import { createHash } from 'node:crypto';
import path from 'node:path';
import { keepFile, pruneFolder, readKept } from '../../util/kept-files.js';

/** What is kept of one file. */
export interface Entry {
  /** JSON. */
  facts: string;
  /** As the store holds it. */
  packed: Uint8Array;
}

/** The whole cache, in bytes: two or three repositories of ten thousand files. */
const mostBytes = 256 * 1024 * 1024;
const shards = 256;

/** One entry in sixteen, those whose key ends like this, first brings its part of the cache within its share. */
const pruning = 'f';

/**
 * What was read of files before, one entry a file, by a hash of the file and of everything else that decides the answer.
 * Entries are never changed, only replaced whole, so that runs at the same time cannot disturb each other; a damaged one
 * counts as missing. Where the folder cannot be read or written, nothing is kept, and nobody needs to know.
 */
export class ReadingCache {
  readonly #folder: string;
  readonly #salt: Buffer;
  readonly #shardBytes: number;

  /**
   * @param folder where entries lie; made when the first one is written.
   * @param salt everything but the file that decides the answer: the code that reads, and what it is asked.
   */
  constructor(folder: string, salt: string, limitBytes = mostBytes) {
    this.#folder = folder;
    this.#salt = createHash('sha256').update(salt).digest();
    this.#shardBytes = limitBytes / shards;
  }

  /** @param name its file name, which is part of what a module is. */
  keyOf(bytes: Uint8Array, name: string): string {
    return createHash('sha256').update(this.#salt).update(`${name}\0`).update(bytes).digest('hex');
  }

  get(key: string): Entry | undefined {
    const kept = readKept(this.#fileOf(key));
    return kept && decode(kept);
  }

  put(key: string, entry: Entry): void {
    const file = this.#fileOf(key);
    if (key.endsWith(pruning)) pruneFolder(path.dirname(file), this.#shardBytes);
    keepFile(file, encode(entry));
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, key.slice(0, 2), key.slice(2));
  }
}

const headBytes = 4;

/** Length of the facts, facts, syntax. */
function encode({ facts, packed }: Entry): Uint8Array[] {
  const text = Buffer.from(facts);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(text.length, 0);
  return [head, text, packed];
}

function decode(kept: Buffer): Entry | undefined {
  if (kept.length < headBytes) return undefined;
  const end = headBytes + kept.readUInt32LE(0);
  return { facts: kept.toString('utf8', headBytes, end), packed: kept.subarray(end) };
}

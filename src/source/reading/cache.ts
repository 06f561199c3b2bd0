import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from '../../util/make-folder.js';

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

/**
 * What was read of files before, one entry a file, by a hash of the file and of everything else that decides the answer.
 * Entries are never changed, only replaced whole, so that runs at the same time cannot disturb each other; a damaged one
 * counts as missing. Where the folder cannot be read or written, nothing is kept, and nobody needs to know.
 */
export class ReadingCache {
  readonly #folder: string;
  readonly #salt: Buffer;
  readonly #shardBytes: number;
  readonly #pruned = new Set<string>();

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
    try {
      return decode(readFileSync(this.#fileOf(key)));
    } catch {
      return undefined;
    }
  }

  put(key: string, entry: Entry): void {
    const file = this.#fileOf(key);
    const unfinished = `${file}.${randomUUID()}`;
    try {
      makeFolder(path.dirname(file));
      this.#prune(path.dirname(file));
      writeFileSync(unfinished, encode(entry), { flag: 'wx' });
      renameSync(unfinished, file);
    } catch {
      discard(unfinished);
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#folder, key.slice(0, 2), key.slice(2));
  }

  /** Before the first entry that a run adds to a part of the cache, its oldest go, until the part is within its share. */
  #prune(shard: string): void {
    if (this.#pruned.has(shard)) return;
    this.#pruned.add(shard);
    const entries = readdirSync(shard).map((name) => {
      const { size, mtimeMs } = statSync(path.join(shard, name));
      return { name, size, mtimeMs };
    });
    let bytes = 0;
    for (const { name, size } of entries.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      bytes += size;
      if (bytes > this.#shardBytes) rmSync(path.join(shard, name), { force: true });
    }
  }
}

function discard(unfinished: string): void {
  try {
    rmSync(unfinished, { force: true });
  } catch {
    // Nothing was begun where nothing can be.
  }
}

const headBytes = 8;

/** Checksum of the rest, length of the facts, facts, syntax. */
function encode({ facts, packed }: Entry): Buffer {
  const text = Buffer.from(facts);
  const whole = Buffer.concat([Buffer.alloc(headBytes), text, packed]);
  whole.writeUInt32LE(text.length, 4);
  whole.writeUInt32LE(crc32(whole.subarray(4)), 0);
  return whole;
}

function decode(whole: Buffer): Entry | undefined {
  if (whole.length < headBytes || crc32(whole.subarray(4)) !== whole.readUInt32LE(0)) return undefined;
  const end = headBytes + whole.readUInt32LE(4);
  return { facts: whole.toString('utf8', headBytes, end), packed: whole.subarray(end) };
}

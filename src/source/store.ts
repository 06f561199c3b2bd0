/** What is the syntax of a file, and what stands in one of its lines? For ten thousand files, in bounded memory. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decodePython } from './parsing/decode.js';
import type { ModuleSyntax } from './syntax/tree.js';

/**
 * The syntax of every file of one run, packed to about half the size of the sources, and unpacked when it is asked for.
 * Only the files asked for last are held unpacked, so that memory stays bounded on ten thousand files.
 */
export class SyntaxStore {
  readonly #packed = new Map<string, Uint8Array>();
  readonly #unpacked = new Recent<string, ModuleSyntax>(mostUnpacked);
  readonly #lines = new Recent<string, readonly string[]>(mostTexts);
  readonly #bytesOf: (path: string) => Uint8Array | undefined;

  /** @param bytesOf reads a file again, for its lines; undefined when it cannot be read, or is no longer what was parsed. */
  constructor(bytesOf: (path: string) => Uint8Array | undefined) {
    this.#bytesOf = bytesOf;
  }

  add(path: string, packed: Uint8Array): void {
    this.#packed.set(path, packed);
  }

  /** How large some files are, packed. */
  packedBytes(paths: readonly string[]): number {
    return paths.reduce((sum, path) => sum + (this.#packed.get(path)?.length ?? 0), 0);
  }

  /** Takes over a file that has not changed since an earlier run; false when that run knew no syntax of it. */
  takeOver(path: string, before: SyntaxStore): boolean {
    const packed = before.#packed.get(path);
    if (packed === undefined) return false;
    this.#packed.set(path, packed);
    const unpacked = before.#unpacked.held(path);
    if (unpacked !== undefined) this.#unpacked.get(path, packed.length, () => unpacked);
    return true;
  }

  /**
   * The syntax of one file, by its path in `files.python`. Undefined when there is none: not a file of this run, or one
   * with a `problem` in its facts. Unpacking takes about a millisecond for a thousand lines. The object is the same as
   * before only while it is among the files asked for last: keep it as long as the identity of its nodes matters.
   */
  syntax(path: string): ModuleSyntax | undefined {
    const packed = this.#packed.get(path);
    return packed && this.#unpacked.get(path, packed.length, () => unpack(packed));
  }

  /** One line of a file as evidence, 1-based, without its line end. Undefined when there is no such line any more. */
  line(path: string, line: number): string | undefined {
    return this.#lines.get(path, 1, () => this.#read(path))[line - 1];
  }

  #read(path: string): readonly string[] {
    const bytes = this.#packed.has(path) ? this.#bytesOf(path) : undefined;
    const decoded = bytes && decodePython(bytes);
    return decoded && 'text' in decoded ? decoded.text.split('\n') : [];
  }
}

/** Packed bytes whose syntax is held unpacked: about a hundred megabytes in memory. */
const mostUnpacked = 1024 * 1024;
/** Files whose lines are held. */
const mostTexts = 16;

/** The values made last, as many as weigh no more than `limit` together, but always the last one. */
class Recent<Key, Value> {
  readonly #values = new Map<Key, { value: Value; weight: number }>();
  readonly #limit: number;
  #weight = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  held(key: Key): Value | undefined {
    return this.#values.get(key)?.value;
  }

  get(key: Key, weight: number, make: () => Value): Value {
    const found = this.#values.get(key);
    const entry = found ?? { value: make(), weight };
    this.#values.delete(key);
    this.#values.set(key, entry);
    if (found === undefined) this.#weight += weight;
    for (const [oldest, { weight }] of this.#values) {
      if (this.#weight <= this.#limit || oldest === key) break;
      this.#values.delete(oldest);
      this.#weight -= weight;
    }
    return entry.value;
  }
}

/** JSON, deflated: both are native code, and no format of ours is as fast. */
export function pack(syntax: ModuleSyntax): Uint8Array {
  return deflateRawSync(JSON.stringify(syntax), { level: 1 });
}

function unpack(packed: Uint8Array): ModuleSyntax {
  return JSON.parse(inflateRawSync(packed).toString()) as ModuleSyntax;
}

const stores = new WeakMap<object, SyntaxStore>();

/** Ties a store to the artifact of its run. */
export function keepStore(source: object, store: SyntaxStore): void {
  stores.set(source, store);
}

/**
 * The store of the run that collected this `source` artifact. The artifact itself stays plain data, so that it can be
 * saved; what builds on the syntax is collected in the same run or read from saved artifacts.
 * @throws Error for an artifact that was not collected in this process.
 */
export function storeOf(source: object): SyntaxStore {
  const store = stores.get(source);
  if (store === undefined)
    throw new Error('the syntax of saved sources is not kept: analyse them in the run that reads them');
  return store;
}

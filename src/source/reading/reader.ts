import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../../util/package-root.js';
import { compileApis, type AskedApi } from '../facts/api-patterns.js';
import { factsOfProblem, readPython, type Asked } from '../facts/facts.js';
import { loadPythonParser } from '../parsing/parser.js';
import { pack } from '../store.js';
import type { FileFacts } from '../types.js';
import { ReadingCache } from './cache.js';

/** What to read and how, as plain data, so that it can be handed to another thread. */
export interface ReadRequest {
  /** Absolute; the files are named relative to it. */
  root: string;
  /** Last names of the calls to collect. */
  callees: readonly string[];
  apis: readonly AskedApi[];
  /** Folder of the cache; absent: nothing is kept. */
  cache?: string;
}

/** What is known of one file. */
export interface PackedReading {
  facts: FileFacts;
  /** The syntax, for the store. Absent when the facts name a problem. */
  packed?: Uint8Array;
}

/** Reads files one at a time. The parser is loaded for the first file that the cache does not have. */
export class Reader {
  readonly #root: string;
  readonly #asked: Asked;
  readonly #cache: ReadingCache | undefined;

  constructor({ root, callees, apis, cache }: ReadRequest) {
    this.#root = root;
    this.#asked = { callees: new Set(callees), apis: compileApis(apis) };
    const code = cache === undefined ? undefined : fingerprint();
    if (cache !== undefined && code !== undefined) {
      this.#cache = new ReadingCache(cache, JSON.stringify([code, callees, apis]));
    }
  }

  /** Never throws for what is in the file, or for a file that cannot be read: that is a problem in its facts. */
  async read(file: string): Promise<PackedReading> {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path.join(this.#root, file));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      const message = `it cannot be read (${String(error.code)})`;
      return { facts: factsOfProblem(file, { kind: 'unreadable', message }) };
    }
    const key = this.#cache?.keyOf(bytes, path.posix.basename(file));
    const known = key && this.#cache?.get(key);
    if (known) return { facts: { ...(JSON.parse(known.facts) as FileFacts), path: file }, packed: known.packed };
    const { facts, syntax } = readPython(await loadPythonParser(), file, bytes, this.#asked);
    if (syntax === undefined) return { facts };
    const packed = pack(syntax);
    // A problem is told anew each time: it may have been one of time.
    if (key !== undefined) this.#cache?.put(key, { facts: JSON.stringify(facts), packed });
    return { facts, packed };
  }
}

/** Of the build that is running; undefined where none is, so that no other code's answers are taken for its own. */
function fingerprint(): string | undefined {
  if (!fileURLToPath(import.meta.url).startsWith(packageFile('dist/'))) return undefined;
  try {
    return readFileSync(packageFile('dist/fingerprint'), 'utf8');
  } catch {
    return undefined;
  }
}

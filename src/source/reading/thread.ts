import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { packageFile } from '../../util/package-root.js';
import { factsOfProblem } from '../facts/facts.js';
import type { PackedReading, ReadRequest } from './reader.js';

/** A thread runs built code. */
const workerFile = packageFile('dist/source/reading/worker.cjs');

/** Memory for one file, beyond what any honest one takes; of JavaScript's, for the parser's own is bounded by its steps. */
const mostMegabytes = 1024;

/** Well beyond the time the parser grants itself. Milliseconds. */
const patienceMs = 20_000;

export interface ThreadLimits {
  megabytes: number;
  ms: number;
}

/**
 * Reads files one at a time on a thread of its own, which is started for the first one. A file that takes all memory,
 * or no end, costs that file only: the thread is ended, and the next file gets a new one.
 */
export class ReaderThread {
  readonly #request: ReadRequest;
  readonly #limits: ThreadLimits;
  #worker: Worker | undefined;
  /** Of the file that is being read. */
  #waiting = new AbortController();

  constructor(request: ReadRequest, limits: ThreadLimits = { megabytes: mostMegabytes, ms: patienceMs }) {
    this.#request = request;
    this.#limits = limits;
  }

  /** @throws what `end` was called with while it reads. */
  async read(file: string): Promise<PackedReading> {
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const timer = setTimeout(() => this.#waiting.abort(hung), this.#limits.ms);
    const worker = (this.#worker ??= this.#start());
    try {
      worker.postMessage(file);
      const [reading] = await once(worker, 'message', { signal });
      return reading;
    } catch (error) {
      this.#worker = undefined;
      await worker.terminate();
      const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (signal.reason !== hung && !isFull) throw signal.aborted ? signal.reason : error;
      const message = isFull ? 'it takes more memory than any code should' : 'it takes too long to read';
      return { facts: factsOfProblem(file, { kind: 'too-large', message }) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread, whatever it is doing. */
  async end(reason?: unknown): Promise<void> {
    this.#waiting.abort(reason);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    return new Worker(workerFile, {
      workerData: this.#request,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
    });
  }
}

const hung = new Error('no answer');

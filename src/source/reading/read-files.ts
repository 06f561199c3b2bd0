import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { factsOfProblem, largestFileBytes, tooLarge } from '../facts/facts.js';
import { Reader, type PackedReading, type ReadRequest } from './reader.js';
import { ReaderThread } from './thread.js';

interface SourceFile {
  path: string;
  bytes: number;
}

/** Larger files are read on a thread, where they cannot harm the others. */
const largestHere = 256 * 1024;

/** Work that is worth starting threads for, in milliseconds, by the pace of cold code: warm code is several times faster. */
const worthThreadsMs = 1000;

/** How long the pace says nothing, because the first files load the parser or find the code cold. Milliseconds. */
const tellingMs = 150;

const mostThreads = 7;

/**
 * Reads files, in parallel where that pays: begins at once on this thread, and calls others to help when the pace so far
 * says that much is left. What is said of a file does not depend on who reads it.
 * @returns what is known of each, in the order of `files`.
 * @throws the signal's reason when it is aborted, after every thread has ended.
 */
export async function readFiles(
  request: ReadRequest,
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<PackedReading[]> {
  const readings = new Map<string, PackedReading>();
  for (const { path, bytes } of files) {
    if (bytes > largestFileBytes) readings.set(path, { facts: factsOfProblem(path, tooLarge(bytes)) });
  }
  const queue = new Queue(files.filter(({ path }) => !readings.has(path)));
  let callHelp = (): void => undefined;
  const called = new Promise<void>((resolve) => {
    callHelp = resolve;
  });

  const readHere = async (): Promise<void> => {
    if (queue.hasLarge) callHelp();
    const reader = new Reader(request);
    const began = performance.now();
    let bytesDone = 0;
    for (let file = queue.takeSmall(); file !== undefined; file = queue.takeSmall()) {
      await setImmediate();
      signal.throwIfAborted();
      readings.set(file.path, await reader.read(file.path));
      bytesDone += file.bytes;
      const taken = performance.now() - began;
      if (taken > tellingMs && (taken / bytesDone) * queue.bytesLeft > worthThreadsMs) callHelp();
    }
    callHelp();
  };
  const readOn = async (thread: ReaderThread): Promise<void> => {
    await called;
    for (let file = queue.take(); file !== undefined; file = queue.take()) {
      signal.throwIfAborted();
      readings.set(file.path, await thread.read(file.path));
    }
  };

  const count = Math.max(1, Math.min(mostThreads, availableParallelism() - 1));
  const threads = Array.from({ length: count }, () => new ReaderThread(request));
  const endThreads = (): Promise<unknown> => Promise.all(threads.map((thread) => thread.end(signal.reason)));
  signal.addEventListener('abort', endThreads);
  try {
    await Promise.all([readHere(), ...threads.map(readOn)]);
  } finally {
    signal.removeEventListener('abort', endThreads);
    queue.clear();
    await endThreads();
  }
  return files.flatMap(({ path }) => readings.get(path) ?? []);
}

/** The files that nobody has taken yet; large ones are begun first, for they take longest. */
class Queue {
  bytesLeft = 0;
  #small: SourceFile[];
  #large: SourceFile[];

  constructor(files: readonly SourceFile[]) {
    this.#small = files.filter(({ bytes }) => bytes <= largestHere).toReversed();
    this.#large = files.filter(({ bytes }) => bytes > largestHere);
    for (const { bytes } of files) this.bytesLeft += bytes;
  }

  get hasLarge(): boolean {
    return this.#large.length > 0;
  }

  take(): SourceFile | undefined {
    return this.#counted(this.#large.pop() ?? this.#small.pop());
  }

  takeSmall(): SourceFile | undefined {
    return this.#counted(this.#small.pop());
  }

  clear(): void {
    this.#small = [];
    this.#large = [];
  }

  #counted(file: SourceFile | undefined): SourceFile | undefined {
    this.bytesLeft -= file?.bytes ?? 0;
    return file;
  }
}

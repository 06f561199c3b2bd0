import type { ReferenceConfig } from '../config.js';
import { bytesNeeded } from '../memory.js';

/** The sizes of the config are too large for this machine. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/**
 * Refuses sizes that the machine has no memory for, before anything is allocated or written.
 * @throws OutOfMemory
 */
export function assertFits(config: ReferenceConfig): void {
  const available = process.availableMemory();
  if (bytesNeeded(config) > available) {
    throw new OutOfMemory(`these sizes need about ${gigabytes(bytesNeeded(config))}, ${gigabytes(available)} is free`);
  }
}

/** How V8, WebAssembly and TensorFlow say that there is no memory. */
const words = /out of memory|allocation failed|Invalid typed array length|cannot enlarge memory|\bOOM\b/i;

/** An error of training as it is told: one that speaks of memory with the sizes that asked for it. */
export function asOutOfMemory(error: unknown, config: ReferenceConfig): Error {
  const known = error instanceof Error ? error : new Error(String(error));
  if (!words.test(known.message)) return known;
  return new OutOfMemory(`the memory ran out; these sizes need about ${gigabytes(bytesNeeded(config))}`, {
    cause: error,
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

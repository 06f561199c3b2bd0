/**
 * A stop-watch for works that take turns on one thread. What waits for a file while another follows the types has not
 * taken as long as that: the time for which the others kept the thread is left out.
 */
export function sharedThread(now = () => performance.now()) {
  let keptMs = 0;
  /** @returns what the work came to, and its milliseconds. A work keeps the thread until it first waits. */
  return async <T>(work: () => Promise<T>): Promise<{ result: T; durationMs: number }> => {
    const started = now();
    const keptBefore = keptMs;
    const promise = work();
    const ownMs = now() - started;
    keptMs += ownMs;
    const result = await promise;
    const othersMs = keptMs - keptBefore - ownMs;
    return { result, durationMs: Math.round(now() - started - othersMs) };
  };
}

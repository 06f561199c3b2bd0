/** Ctrl-C, a kill, or a terminal that was closed. Exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm and some shells deliver one Ctrl-C twice; only a signal later than this is a second one. Milliseconds. */
const echoMs = 300;
/** For cleaning up: more than the engine gives its collectors. Milliseconds. */
const defaultPatienceMs = 12_000;

/**
 * Does work that stops cleanly on the first signal, by its AbortSignal. On the second, or when cleaning up takes too
 * long, there is no more waiting: `giveUp` is called, and is expected to end the process.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  giveUp: (error: Interrupted) => void,
  patienceMs = defaultPatienceMs,
): Promise<T> {
  const controller = new AbortController();
  let first: number | undefined;
  let hung: NodeJS.Timeout | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    const error = new Interrupted(`interrupted by ${name}`);
    first ??= performance.now();
    hung ??= setTimeout(() => giveUp(error), patienceMs);
    if (!controller.signal.aborted) controller.abort(error);
    else if (performance.now() - first > echoMs) giveUp(error);
  };
  for (const name of signals) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(hung);
    for (const name of signals) process.off(name, onSignal);
  }
}

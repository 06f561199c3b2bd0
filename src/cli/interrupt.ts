/** Ctrl-C, a kill, or a terminal that was closed. Exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm and some shells deliver one Ctrl-C twice; only a signal later than this is a second one. Milliseconds. */
const echoMs = 300;

/**
 * Does work that stops cleanly on the first signal, by its AbortSignal. On the second there is no more waiting:
 * `giveUp` is called, and is expected to end the process.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  giveUp: (error: Interrupted) => void,
): Promise<T> {
  const controller = new AbortController();
  let first: number | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    const error = new Interrupted(`interrupted by ${name}`);
    first ??= performance.now();
    if (!controller.signal.aborted) controller.abort(error);
    else if (performance.now() - first > echoMs) giveUp(error);
  };
  for (const name of signals) process.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}

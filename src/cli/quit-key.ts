import type { ReadStream } from 'node:tty';

/** A signal that is aborted when somebody presses q; `release` gives the terminal back as it was. */
export function quitKey(input: Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume'>) {
  const controller = new AbortController();
  const onKey = (key: Buffer): void => {
    if (key.toString().toLowerCase() === 'q') controller.abort();
    // In raw mode the terminal makes no signal of Ctrl-C.
    else if (key[0] === 3) process.kill(process.pid, 'SIGINT');
  };
  if (input.isTTY) {
    input.setRawMode(true);
    input.on('data', onKey).resume();
  }
  return {
    signal: controller.signal,
    release: (): void => {
      if (!input.isTTY) return;
      input.off('data', onKey);
      input.setRawMode(false);
      input.pause();
    },
  };
}

import type { ProgressEvent } from '../engine/preflight.js';
import { paintFor, screenOf, seconds } from './layout.js';

const frames = { unicode: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'], ascii: ['|', '/', '-', '\\'] };
const frameMs = 100;

export interface Progress {
  onProgress(event: ProgressEvent): void;
  /** Takes the list off the screen; nothing is written afterwards. */
  end(): void;
}

/** What of a TTY the live list needs. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/**
 * A live list of the looks being taken, with the time each has taken so far. It is gone when the run ends, for the
 * report says it all; where nobody watches (a pipe, CI, TERM=dumb) nothing is written.
 */
export function liveProgress(terminal: Terminal, environment: Readonly<Record<string, string | undefined>>): Progress {
  if (!terminal.isTTY || environment['TERM'] === 'dumb' || environment['CI']) {
    return { onProgress: () => undefined, end: () => undefined };
  }
  const screen = screenOf(terminal, environment);
  const paint = paintFor(screen);
  const spinner = screen.unicode ? frames.unicode : frames.ascii;
  const running = new Map<string, { title: string; since: number }>();
  let drawn = 0;
  let frame = 0;

  const erase = () => {
    if (drawn > 0) terminal.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    frame = (frame + 1) % spinner.length;
    const now = performance.now();
    for (const { title, since } of running.values()) {
      const line = `${title} ${seconds(now - since)}`.slice(0, screen.width - 3);
      terminal.write(`${paint.cyan(spinner[frame])} ${line}\n`);
    }
    drawn = running.size;
  };
  const timer = setInterval(draw, frameMs);
  timer.unref();
  return {
    onProgress({ type, artifact, title }) {
      if (type === 'start') running.set(artifact, { title, since: performance.now() });
      else running.delete(artifact);
      draw();
    },
    end() {
      clearInterval(timer);
      erase();
    },
  };
}

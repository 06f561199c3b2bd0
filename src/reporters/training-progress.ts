import type { StepDone } from '../reference/training/train.js';
import { paintFor, screenOf, seconds } from './layout.js';
import type { Terminal } from './progress.js';

/** Redrawn at most this often, in milliseconds. */
const frameMs = 100;
const barWidth = 16;
const sparkWidth = 16;

export interface TrainingProgress {
  onStep(run: string, step: StepDone): void;
  /** Takes the line off the screen. */
  end(): void;
}

/**
 * A live line of the training: how far it is, the loss as a sparkline, tokens a second, the time that is left. Where nobody
 * watches (a pipe, CI, TERM=dumb) nothing is written.
 */
export function trainingProgress(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): TrainingProgress {
  if (!terminal.isTTY || environment['TERM'] === 'dumb' || environment['CI']) {
    return { onStep: () => undefined, end: () => undefined };
  }
  const screen = screenOf(terminal, environment);
  const paint = paintFor(screen);
  let run = '';
  let losses: number[] = [];
  let first = { done: 0, at: 0 };
  let drawnAt = Number.NEGATIVE_INFINITY;

  const erase = () => terminal.write('\r\x1b[2K');
  return {
    onStep(name, step) {
      const now = performance.now();
      if (name !== run) {
        [run, losses, first] = [name, [], { done: step.done, at: now }];
        drawnAt = Number.NEGATIVE_INFINITY;
      }
      losses.push(step.loss);
      if (now - drawnAt < frameMs && step.done < step.of) return;
      drawnAt = now;
      const perStep = (now - first.at) / (step.done - first.done);
      const left = Number.isFinite(perStep) ? `${seconds(perStep * (step.of - step.done))} left` : '';
      const filled = Math.round((barWidth * step.done) / step.of);
      const [full, empty] = screen.unicode ? ['█', '░'] : ['#', '-'];
      const parts = [
        run,
        `${full.repeat(filled)}${empty.repeat(barWidth - filled)} ${step.done}/${step.of}`,
        `loss ${step.loss.toFixed(3)} ${sparkline(losses, sparkWidth, screen.unicode)}`.trimEnd(),
        `${Math.round(step.tokensPerS)} tokens/s`,
        left,
      ].filter(Boolean);
      erase();
      terminal.write(paint.cyan(parts.join('  ').slice(0, screen.width - 1)));
    },
    end: () => void erase(),
  };
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A curve in one line: means of as many stretches as there are columns, from the lowest to the highest. */
export function sparkline(values: readonly number[], columns: number, unicode: boolean): string {
  if (!unicode) return '';
  const stretches = Math.min(columns, values.length);
  const means = Array.from({ length: stretches }, (_, i) => {
    const from = Math.floor((i * values.length) / stretches);
    const part = values.slice(from, Math.floor(((i + 1) * values.length) / stretches));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const least = Math.min(...means);
  const span = Math.max(...means) - least;
  return means
    .map((value) => levels[span > 0 ? Math.round(((value - least) / span) * (levels.length - 1)) : 0] ?? '?')
    .join('');
}

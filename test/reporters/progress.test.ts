import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveProgress, type Terminal } from '../../src/reporters/progress.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** "Up n lines and clear", or a line. */
const steps = new RegExp(String.raw`\u001b\[(\d+)A\u001b\[0J|([^\n]*)\n`, 'g');

function terminal(): Terminal & { written: string[]; screen(): string[] } {
  const written: string[] = [];
  return {
    isTTY: true,
    columns: 40,
    written,
    write: (text) => written.push(text),
    // Plays what was written: lines are added at the end, and "up n, clear" takes the last n off again.
    screen() {
      const lines: string[] = [];
      for (const [, up, line] of written.join('').matchAll(steps)) {
        if (up === undefined) lines.push(stripVTControlCharacters(line ?? ''));
        else lines.splice(-Number(up));
      }
      return lines;
    },
  };
}

const environment = { LANG: 'C', NO_COLOR: '1' };
const start = (artifact: 'files' | 'imports', title: string) => ({ type: 'start', artifact, title }) as const;
const end = (artifact: 'files' | 'imports', title: string) => ({ type: 'end', artifact, title, state: 'ok' }) as const;

describe('the live list', () => {
  it('shows what is running and for how long, and is gone afterwards', () => {
    const tty = terminal();
    const progress = liveProgress(tty, environment);
    progress.onProgress(start('files', 'walking the folder'));
    vi.advanceTimersByTime(1200);
    progress.onProgress(start('imports', 'importing every module of a large dashboard'));
    expect(tty.screen().map((line) => line.slice(2))).toEqual([
      'walking the folder 1.2 s',
      'importing every module of a large das',
    ]);
    progress.onProgress(end('files', 'walking the folder'));
    vi.advanceTimersByTime(100);
    expect(tty.screen()).toHaveLength(1);
    progress.end();
    expect(tty.screen()).toEqual([]);
    const before = tty.written.length;
    vi.advanceTimersByTime(1000);
    expect(tty.written).toHaveLength(before);
  });

  it.each([
    ['in a pipe', { isTTY: false }, environment],
    ['in CI', { isTTY: true }, { ...environment, CI: 'true' }],
    ['on a dumb terminal', { isTTY: true }, { ...environment, TERM: 'dumb' }],
  ])('writes nothing %s', (_, kind, where) => {
    const tty = { ...terminal(), ...kind };
    const progress = liveProgress(tty, where);
    progress.onProgress(start('files', 'walking the folder'));
    vi.advanceTimersByTime(500);
    progress.end();
    expect(tty.written).toEqual([]);
  });
});

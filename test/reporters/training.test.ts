import { describe, expect, it } from 'vitest';
import { type TrainedRun, trainingReport } from '../../src/reference/training/report.js';
import { terminalTraining } from '../../src/reporters/training.js';
import { sparkline, trainingProgress } from '../../src/reporters/training-progress.js';

const plain = { width: 80, colour: false, unicode: true };
const tool = { name: 'moe-check', version: '1.2.3' };
const backend = { name: 'wasm', version: '4.22.0', passedOver: [] } as const;
const run: TrainedRun = {
  folder: 'runs/gnn-standard',
  combination: 'gnn-standard',
  outcome: 'finished',
  steps: 200,
  of: 200,
  evalLoss: 1.25,
  evalTokens: 2048,
  floor: 1,
  perplexity: 3.49,
  loss: 1.3,
  wallTimeS: 12.3,
  notes: [],
};

describe('the report of a training', () => {
  it('is a line a run', () => {
    expect(terminalTraining(trainingReport(tool, backend, [run]), plain)).toMatchInlineSnapshot(`
      "moe-check 1.2.3  backend wasm 4.22.0

      ✔ gnn-standard  200 steps, eval loss 1.250 (0.250 above the least that is
        possible), perplexity 3.49, 12 s; runs/gnn-standard

      TRAINED  1 run
      "
    `);
  });

  it('says what is wrong, what was left out, and how to go on', () => {
    const { evalLoss: _, ...unevaluated } = run;
    const runs: TrainedRun[] = [
      { ...run, problems: [{ code: 'above-target', message: 'the loss is 1.25', fix: 'find it' }] },
      { ...unevaluated, outcome: 'failed', reason: 'loss is not finite at step 3', steps: 4 },
      { ...unevaluated, outcome: 'interrupted', steps: 7, resumedFrom: 4, notes: ['2 records are dropped'] },
    ];
    const report = trainingReport(tool, backend, runs);
    expect(report).toMatchObject({ verdict: 'interrupted', exitCode: 130 });
    expect(terminalTraining(report, plain)).toMatchInlineSnapshot(`
      "moe-check 1.2.3  backend wasm 4.22.0

      ✖ gnn-standard  200 steps, eval loss 1.250 (0.250 above the least that is
        possible), perplexity 3.49, 12 s; runs/gnn-standard
          ✖ above-target
            the loss is 1.25
            fix: find it
      ✖ gnn-standard  failed after 4 of 200 steps, loss 1.300, 12 s; runs/gnn-standard
          loss is not finite at step 3
      – gnn-standard  interrupted after 7 of 200 steps, resumed from step 4, loss
        1.300, 12 s; runs/gnn-standard
          ℹ 2 records are dropped

      INTERRUPTED  3 runs, 1 problem; the same command with --resume goes on
      "
    `);
  });

  it('says how many a check had nothing to judge by', () => {
    const judged = (...judgedBy: ('target' | 'golden')[]): TrainedRun => ({ ...run, judgedBy, problems: [] });
    const report = trainingReport(tool, backend, [judged('target'), judged('target', 'golden'), judged(), run]);
    expect(terminalTraining(report, plain)).toMatch(/^TRAINED {2}4 runs, 1 without a target, 2 without a golden$/m);
  });

  it('has the exit code 1 where a run failed or has a problem', () => {
    expect(trainingReport(tool, backend, [run, { ...run, outcome: 'failed' }]).exitCode).toBe(1);
    const problems = [{ code: 'invalid', message: 'm', fix: 'f' }] as const;
    expect(trainingReport(tool, backend, [{ ...run, problems }])).toMatchObject({ exitCode: 1, verdict: 'failed' });
    expect(trainingReport(tool, backend, [{ ...run, problems: [] }]).exitCode).toBe(0);
  });
});

describe('the progress of a training', () => {
  function watch(environment: Record<string, string>, isTTY = true): string[] {
    const written: string[] = [];
    const terminal = { isTTY, columns: 100, write: (text: string) => written.push(text) };
    const progress = trainingProgress(terminal, environment);
    progress.onStep('gnn-standard', { done: 1, of: 2, loss: 2, tokensPerS: 1000.4 });
    progress.onStep('gnn-standard', { done: 2, of: 2, loss: 1, tokensPerS: 1000.4 });
    progress.end();
    return written;
  }

  it('shows step, loss, tokens a second and time left, and is gone at the end', () => {
    const written = watch({ LC_ALL: 'C.UTF-8', NO_COLOR: '1' });
    expect(written[1]).toBe('gnn-standard  ████████░░░░░░░░ 1/2  loss 2.000 ▁  1000 tokens/s');
    expect(written[3]).toBe('gnn-standard  ████████████████ 2/2  loss 1.000 █▁  1000 tokens/s  0.0 s left');
    expect(written.at(-1)).toBe('\r\x1b[2K');
  });

  it('is written in ASCII where nothing else is understood', () => {
    expect(watch({ LC_ALL: 'C', NO_COLOR: '1' })[1]).toBe(
      'gnn-standard  ########-------- 1/2  loss 2.000  1000 tokens/s',
    );
  });

  it('is silent where nobody watches', () => {
    expect(watch({}, false)).toEqual([]);
    expect(watch({ TERM: 'dumb' })).toEqual([]);
    expect(watch({ CI: '1' })).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('goes from the lowest to the highest', () => {
    expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1], 8, true)).toBe('█▇▆▅▄▃▂▁');
    expect(sparkline([1, 1, 1], 8, true)).toBe('▁▁▁');
  });

  it('shows means where there are more values than columns', () => {
    expect(sparkline([0, 2, 6, 8], 2, true)).toBe('▁█');
    expect(sparkline([], 8, true)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { reference } from '../../../src/checks/training/reference.js';
import type { Ended, Target } from '../../../src/reference/training/target.js';

const finished: Ended = { outcome: 'finished', steps: 200, evalLoss: 1.2, floor: 1, evalTokens: 1000 };

const run = (ended: Partial<Ended>, target: Target = { above_floor: 0.3, why: 'so' }) =>
  reference.run({
    trainings: {
      backend: 'wasm',
      runs: [{ combination: 'gnn-standard', ended: { ...finished, ...ended }, target, metrics: [], lanes: [] }],
    },
  });

describe('training/reference', () => {
  it('tells what failed, and why', () => {
    expect(run({ outcome: 'failed', reason: 'loss is not finite at step 3', steps: 4 })).toMatchObject([
      {
        code: 'failed',
        subject: 'gnn-standard',
        message: 'gnn-standard: the training failed after 4 steps: loss is not finite at step 3',
      },
    ]);
    const { evalLoss: _, ...unevaluated } = finished;
    expect(
      reference.run({
        trainings: {
          backend: 'wasm',
          runs: [{ combination: 'x', ended: unevaluated, target: {}, metrics: [], lanes: [] }],
        },
      }),
    ).toMatchObject([{ code: 'failed' }]);
  });

  it('tells a loss above its target, with the reason for the target', () => {
    expect(run({ evalLoss: 1.31 })).toMatchObject([{ code: 'above-target', evidence: ['why this target: so'] }]);
    expect(run({ evalLoss: 2.1 }, { loss: 2 })).toMatchObject([{ code: 'above-target' }]);
  });

  it('tells a loss below what is possible', () => {
    expect(run({ evalLoss: 0.98 })).toMatchObject([{ code: 'below-floor' }]);
  });

  it('stays silent at the target, without one, and where a loss below the floor may be luck', () => {
    expect(run({ evalLoss: 1.3 })).toEqual([]);
    expect(run({ evalLoss: 9 }, {})).toEqual([]);
    expect(run({ evalLoss: 0.99 })).toEqual([]);
    expect(run({ outcome: 'interrupted' })).toEqual([]);
  });
});

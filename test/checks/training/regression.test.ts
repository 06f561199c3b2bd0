import { describe, expect, it } from 'vitest';
import { regression } from '../../../src/checks/training/regression.js';
import type { Lane } from '../../../src/metrics/compare/compare-runs.js';
import type { Divergence } from '../../../src/metrics/compare/divergences.js';

const lane = (more: Partial<Lane>): Lane => ({
  lane: 'exact',
  verdict: 'passed',
  divergences: [],
  problems: [],
  steps: 9,
  beyond: 0,
  newMetrics: [],
  ...more,
});
const value: Divergence = { kind: 'value', metric: 'loss', step: 3, expected: 1, actual: 2, ulps: 5, steps: 1 };

const own = (lanes: readonly Lane[]) =>
  regression.run({ comparisons: { named: ['runs'], compared: [{ run: 'runs/a', golden: 'g.json', lanes }] } });

describe('training/regression', () => {
  it('names run, lane, metric and step', () => {
    expect(own([lane({ verdict: 'failed', divergences: [value] })])).toMatchObject([
      {
        code: 'diverged',
        subject: 'runs/a loss',
        message: 'runs/a, exact: step 3: loss is 2, expected 1 (5 ULPs), there alone',
        fix: expect.stringMatching(/compare runs\/a --golden g\.json .*golden update runs\/a --reason "…"$/),
      },
    ]);
  });

  it('tells what is missing, and what is not finite', () => {
    const kinds = ['missing-metric', 'missing-step', 'non-finite', 'extra-step'] as const;
    const codes = kinds.map((kind) => {
      const found = own([lane({ verdict: 'failed', divergences: [{ kind, metric: 'loss', step: 3, steps: 1 }] })]);
      return 'notApplicable' in found ? [] : found.map(({ code }) => code);
    });
    expect(codes).toEqual([['missing'], ['missing'], ['non-finite'], ['diverged']]);
  });

  it('shows the first three of a lane, and counts the others', () => {
    const found = own([lane({ verdict: 'failed', divergences: Array.from({ length: 9 }, () => value) })]);
    expect(found).toHaveLength(3);
    expect(found).toMatchObject([{}, {}, { evidence: ['and 6 more of this run'] }]);
  });

  it('judges the reference models where they were trained', () => {
    const ended = { outcome: 'finished', steps: 9, evalTokens: 9 } as const;
    const lanes = [lane({ verdict: 'failed', divergences: [value] })];
    const trainings = {
      backend: 'wasm',
      runs: [{ combination: 'gnn-standard', ended, target: {}, metrics: [], lanes }],
    };
    expect(regression.run({ comparisons: { named: [], compared: [] }, trainings })).toMatchObject([
      { subject: 'gnn-standard loss' },
    ]);
  });

  it('stays silent when all is the same', () => {
    expect(own([lane({}), lane({ lane: 'invariants' })])).toEqual([]);
  });

  it('does not call the same what was not compared', () => {
    const none = lane({ verdict: 'not-applicable', reason: 'another seed' });
    expect(own([none, lane({ lane: 'invariants' })])).toMatchObject({
      notApplicable: 'no named run has a golden, and --train adds the reference models',
    });
    expect(regression.run({ comparisons: { named: [], compared: [] } })).toHaveProperty('notApplicable');
  });
});

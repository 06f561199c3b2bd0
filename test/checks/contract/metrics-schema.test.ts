import { describe, expect, it } from 'vitest';
import { metricsSchema } from '../../../src/checks/contract/metrics-schema.js';
import type { Metrics } from '../../../src/collectors/metrics.js';
import type { Problem } from '../../../src/metrics/validate/problems.js';

const metrics = (...problems: Problem[]): { metrics: Metrics } => ({
  metrics: {
    named: ['runs'],
    runs: [{ path: 'runs/a', format: 'jsonl', judgedBy: 'none', records: 9, problems, unnamed: [], leftOut: 0 }],
  },
});

describe('contract/metrics-schema', () => {
  it('says where first, how often and what was meant, and keeps the subject free of places', () => {
    const problem: Problem = {
      code: 'renamed-metric',
      severity: 'error',
      metric: 'orthogonality',
      message: 'orthogonality is called orthogonality_preservation today',
      count: 9,
      first: { file: 'runs/a/metrics.jsonl', line: 3, step: 2 },
      suggestion: 'orthogonality_preservation',
    };
    expect(metricsSchema.run(metrics(problem))).toEqual([
      {
        code: 'renamed-metric',
        severity: 'error',
        subject: 'runs/a orthogonality',
        message: 'orthogonality is called orthogonality_preservation today (9 times, first at step 2)',
        location: { file: 'runs/a/metrics.jsonl', line: 3 },
        suggestion: 'orthogonality_preservation',
      },
    ]);
  });

  it('notes what the schema does not name, once a run', () => {
    const [run] = metrics().metrics.runs;
    if (run === undefined) throw new Error('no run');
    expect(metricsSchema.run({ metrics: { named: ['runs'], runs: [{ ...run, unnamed: ['a', 'b'] }] } })).toEqual([
      { code: 'unknown-metric', severity: 'info', subject: 'runs/a', message: 'none does not name a, b' },
    ]);
  });

  it('says where nobody told it what to expect', () => {
    const { metrics: none } = metrics();
    const [run] = none.runs;
    if (run === undefined) throw new Error('no run');
    expect(metricsSchema.leftOut?.({ metrics: none })).toEqual([
      'no schema for runs/a (metrics.schema names one): only NaN, damage, respelled names, texts among numbers and the order of steps were looked for',
    ]);
    const many = ['a', 'b', 'c', 'd', 'e'].map((path) => ({ ...run, path }));
    expect(metricsSchema.leftOut?.({ metrics: { ...none, runs: many } })[0]).toContain('for a, b, c and 2 more');
    const judged = { ...run, judgedBy: 'moe-metrics/1' };
    expect(metricsSchema.leftOut?.({ metrics: { ...none, runs: [judged] } })).toEqual([]);
  });

  it('is silent on what is another check’s, and not applicable where nothing is named', () => {
    const flat: Problem = {
      code: 'flat',
      severity: 'error',
      metric: 'loss',
      message: 'x',
      count: 1,
      first: { file: 'a' },
    };
    expect(metricsSchema.run(metrics(flat))).toEqual([]);
    expect(metricsSchema.run({ metrics: { named: [], runs: [] } })).toMatchObject({
      notApplicable: expect.any(String),
    });
  });
});

import { describe, expect, it } from 'vitest';
import { metricsLive } from '../../../src/checks/contract/metrics-live.js';
import type { ProblemCode } from '../../../src/metrics/validate/problems.js';

const problem = (code: ProblemCode) =>
  ({
    code,
    severity: 'error',
    metric: 'loss',
    message: 'loss is 2 in all of 40 values',
    count: 1,
    first: { file: 'a' },
  }) as const;

const run = (...codes: readonly ProblemCode[]) =>
  metricsLive.run({
    metrics: {
      named: ['runs'],
      runs: [
        {
          path: 'runs/a',
          format: 'jsonl',
          judgedBy: 'none',
          records: 9,
          problems: codes.map(problem),
          unnamed: [],
          leftOut: 0,
        },
      ],
    },
  });

describe('contract/metrics-live', () => {
  it('says what it could not expect without a schema', () => {
    const runs = [
      { path: 'runs/a', format: 'csv', judgedBy: 'none', records: 9, problems: [], unnamed: [], leftOut: 0 },
    ] as const;
    expect(metricsLive.leftOut?.({ metrics: { named: ['runs'], runs } })).toEqual([
      'no schema for runs/a (metrics.schema names one): only metrics known to move that stand still were looked for',
    ]);
  });

  it('tells what stands still, contradicts itself or is empty', () => {
    expect(run('flat', 'invariant', 'empty')).toMatchObject([
      { code: 'flat', subject: 'runs/a loss', message: 'loss is 2 in all of 40 values', location: { file: 'a' } },
      { code: 'invariant' },
      { code: 'empty' },
    ]);
  });

  it('is silent on what is another check’s, and not applicable where nothing is named', () => {
    expect(run('schema', 'missing-metric', 'damaged')).toEqual([]);
    expect(metricsLive.run({ metrics: { named: [], runs: [] } })).toMatchObject({ notApplicable: expect.any(String) });
  });
});

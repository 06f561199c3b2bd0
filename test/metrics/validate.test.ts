import { describe, expect, it } from 'vitest';
import { architectureModes, trainingModes } from '../../src/metrics/record.js';
import { goodRecord, goodRecords, jsonl } from './records.js';
import { problemsIn, reportOn } from './report-on.js';

const combinations = architectureModes.flatMap((architecture) =>
  trainingModes.map((training) => [architecture, training] as const),
);

/** The records of a healthy ghost-geometric run, one of them changed. */
function changed(at: number, change: Record<string, unknown>): string {
  return jsonl(goodRecords(30).map((record, step) => (step === at ? { ...record, ...change } : record)));
}

function without(name: string): string {
  return jsonl(
    goodRecords(30).map((record) => Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))),
  );
}

describe('a healthy run', () => {
  it.each(combinations)('of %s, %s has no problem', async (architecture, training) => {
    const report = await reportOn(jsonl(goodRecords(60, architecture, training)));
    expect(report).toMatchObject({ judgedBy: 'moe-metrics/1', records: 60, firstStep: 0, lastStep: 59, problems: [] });
  });

  it('may be short, without a last line break, with CRLF and empty lines, and a BOM', async () => {
    expect(await problemsIn(`\uFEFF${jsonl(goodRecords(2)).replaceAll('\n', '\r\n\r\n').trimEnd()}`)).toEqual([]);
  });

  it('of somebody else is not held to our schema', async () => {
    const rows = Array.from({ length: 30 }, (_, step) => ({
      step,
      epoch: step / 7,
      loss: 3 - step / 20,
      expert_loads: [1, 2],
    }));
    expect(await reportOn(jsonl(rows))).toMatchObject({ judgedBy: 'none', format: 'jsonl', problems: [] });
  });

  it('may write training and evaluation of one step in two rows, as Hugging Face’s Trainer does', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => [
      { loss: 3 - index / 20, learning_rate: 1e-4, epoch: index / 7, step: index },
      { eval_loss: 3.1 - index / 20, eval_runtime: 1.5 + index, epoch: index / 7, step: index },
    ]);
    expect(await problemsIn(jsonl(rows.flat()))).toEqual([]);
    const back = [...rows.flat(), { loss: 1, step: 12 }];
    expect(await problemsIn(jsonl(back))).toMatchObject([
      { code: 'step-order', message: 'step 12 comes after step 29 (loss)', first: { line: 61 } },
    ]);
    const twice = [...rows.flat(), { loss: 1, step: 29 }];
    expect(await problemsIn(jsonl(twice))).toMatchObject([
      { code: 'step-order', message: 'step 29 comes twice (loss)' },
    ]);
  });
});

describe('what is wrong with a record', () => {
  it.each([
    ['missing-metric', 'rotation_efficiency', without('rotation_efficiency')],
    ['missing-metric', 'expert_2_activation', without('expert_2_activation')],
    ['missing-metric', 'ghost_expert_1_activation', without('ghost_expert_1_activation')],
    ['missing-metric', 'expert_3_rotation_magnitude', without('expert_3_rotation_magnitude')],
    [
      'missing-metric',
      'expert_loads.ghost',
      changed(3, { expert_loads: { primary: goodRecord(3).expert_loads.primary } }),
    ],
    ['missing-metric', 'perplexity', changed(3, { eval_loss: 1 })],
    ['schema', 'loss', changed(3, { loss: '1.5' })],
    ['schema', 'step', changed(3, { step: 3.5 })],
    ['schema', 'architecture_mode', changed(3, { architecture_mode: 'mlp' })],
    ['schema', 'ghost_activations', changed(3, { ghost_activations: ['high', 0] })],
    ['non-finite', 'loss', changed(3, { loss: null, non_finite: ['loss'] })],
    ['non-finite', 'loss', changed(3, { loss: null })],
    ['non-finite', 'expert_loads.primary', changed(3, { non_finite: ['expert_loads.primary[2]'] })],
    ['non-finite', 'grad_norm', changed(3, {}).replace(/"grad_norm":[^,]+/, '"grad_norm":NaN')],
    ['non-finite', 'grad_norm', changed(3, {}).replace(/"grad_norm":[^,]+/, '"grad_norm":-Infinity')],
    ['step-order', 'step', changed(3, { step: 2 })],
    ['step-order', 'step', changed(3, { step: 1 })],
    ['step-order', 'epoch', changed(29, { epoch: 1 })],
    ['invariant', 'expert_specialization', changed(3, { expert_specialization: 1.2 })],
    ['invariant', 'orthogonality_preservation', changed(3, { orthogonality_preservation: 0 })],
    ['invariant', 'learning_rate', changed(3, { learning_rate: -1e-3 })],
    ['invariant', 'active_ghosts', changed(3, { active_ghosts: 3 })],
    ['invariant', 'expert_1_activation', changed(3, { expert_1_activation: 0.5 })],
    ['invariant', 'expert_2_rotation_magnitude', changed(3, { expert_2_rotation_magnitude: 2 })],
    ['invariant', 'avg_rotation_magnitude', changed(3, { avg_rotation_magnitude: 2 })],
    ['invariant', 'ghost_learning_rates', changed(3, { ghost_learning_rates: [0] })],
    ['invariant', 'perplexity', changed(9, { perplexity: 2 })],
    ['invariant', 'geometric_components.total_loss', changed(3, { loss: 9 })],
  ])('%s: %s', async (code, metric, text) => {
    const problems = await problemsIn(text);
    expect(problems.map((each) => `${each.code} ${each.metric}`)).toContain(`${code} ${metric}`);
    // One thing is wrong, and little else is said.
    expect(problems.length).toBeLessThanOrEqual(2);
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('says where in a metric a number is none', async () => {
    const [problem] = await problemsIn('{"step":1,"metrics":{"loss":2,"aux":{"z":NaN,"l":[1,Infinity]}}}\n');
    expect(problem).toMatchObject({ metric: 'metrics', message: 'metrics.aux.z is not finite: NaN' });
    const [named] = await problemsIn(changed(3, { non_finite: ['expert_loads.primary[2]'] }));
    expect(named?.message).toBe('expert_loads.primary[2] is not finite: as non_finite says');
  });

  it('names the first place, and how often', async () => {
    const [problem] = await problemsIn(without('rotation_efficiency'));
    expect(problem).toMatchObject({ count: 30, first: { line: 1, step: 0 } });
    const [nan] = await problemsIn(changed(3, { loss: null, non_finite: ['loss'] }));
    expect(nan).toMatchObject({ count: 1, first: { line: 4, step: 3 } });
  });

  it('loads that do not sum to 1', async () => {
    const wrong = goodRecords(30).map((record) => ({
      ...record,
      ...Object.fromEntries([0, 1, 2, 3].map((index) => [`expert_${index}_activation`, 0.3])),
      expert_loads: { ...record.expert_loads, primary: [0.3, 0.3, 0.3, 0.3] },
    }));
    const problems = await problemsIn(jsonl(wrong));
    expect(problems).toMatchObject([
      {
        code: 'invariant',
        metric: 'expert_loads.primary',
        message: 'expert_loads.primary sums to 1.2, not 1',
        count: 30,
      },
      { code: 'flat', metric: 'expert_loads.primary' },
    ]);
  });

  it('takes an old name for a rename, and says the new one', async () => {
    const text = jsonl(goodRecords(30)).replaceAll('"orthogonality_preservation"', '"orthogonality"');
    expect((await problemsIn(text)).filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'renamed-metric', metric: 'orthogonality', suggestion: 'orthogonality_preservation', count: 30 },
    ]);
    const count = jsonl(
      goodRecords(30).map(({ active_ghosts: count, ...record }) => ({ ...record, ghost_activations: count })),
    );
    expect((await problemsIn(count)).filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'renamed-metric', metric: 'ghost_activations', suggestion: 'active_ghosts' },
    ]);
  });

  it('offers the near miss for what is missing', async () => {
    const text = jsonl(goodRecords(30)).replaceAll('"saturation_level"', '"saturation_levl"');
    expect(await problemsIn(text)).toMatchObject([
      { code: 'missing-metric', metric: 'saturation_level', suggestion: 'saturation_levl' },
    ]);
  });

  it('reports what the schema does not name', async () => {
    expect(await reportOn(changed(3, { my_metric: 1 }))).toMatchObject({ problems: [], unnamed: ['my_metric'] });
  });
});

describe('a run as a whole', () => {
  it.each(['loss', 'expert_specialization', 'saturation_level'])('%s that stands still', async (metric) => {
    const still = goodRecords(30).map((record) => ({ ...record, [metric]: 0.5 }));
    expect(await problemsIn(jsonl(still))).toContainEqual(expect.objectContaining({ code: 'flat', metric }));
  });

  it('what may stand still, and what has not had the time to move', async () => {
    const still = { ...goodRecords(1)[0], learning_rate: 1e-3, active_ghosts: 0, ghost_activations: [0, 0] };
    expect(await problemsIn(jsonl(Array.from({ length: 19 }, (_, step) => ({ ...still, step }))))).toEqual([]);
  });

  it('tells each damage by its offset', async () => {
    const text = `${jsonl(goodRecords(1))}broken\n[]\n{"step":`;
    const at = Buffer.byteLength(jsonl(goodRecords(1)));
    expect(await problemsIn(text)).toMatchObject([
      { code: 'damaged', severity: 'error', count: 1, first: { offset: at, line: 2 } },
      { code: 'damaged', severity: 'error', count: 1, first: { offset: at + 7, line: 3 } },
      { code: 'damaged', severity: 'warning', count: 1, first: { offset: at + 10, line: 4 } },
    ]);
  });

  it('without one record', async () => {
    expect(await problemsIn('')).toMatchObject([{ code: 'empty', severity: 'error' }]);
  });

  it('keeps a bounded list of what is wrong, and of what is new', async () => {
    const wild = Array.from({ length: 1000 }, (_, step) => ({
      step,
      [`metric_${step}`]: null,
      non_finite: [`metric_${step}`],
    }));
    const report = await reportOn(jsonl(wild.map((record) => ({ ...goodRecords(1)[0], ...record }))));
    expect(report.problems).toHaveLength(200);
    expect(report.leftOut).toBeGreaterThan(700);
    expect(report.unnamed.length).toBeLessThanOrEqual(100);
  });
});

describe("a project's own schema", () => {
  const own = {
    type: 'object',
    properties: {
      step: { type: 'integer' },
      ppl: { type: 'number', minimum: 1, 'x-renamed-from': ['perplexity'], 'x-moves': true },
      shares: { type: 'array', items: { type: 'number' }, 'x-sums-to': 1 },
    },
    required: ['step', 'ppl'],
  };
  const rows = (row: (step: number) => unknown) => jsonl(Array.from({ length: 25 }, (_, step) => row(step)));

  it('is what records are judged by, annotations included', async () => {
    expect(
      await problemsIn(
        rows((step) => ({ step, ppl: 9 - step / 10, shares: [0.4, 0.6] })),
        { own },
      ),
    ).toEqual([]);
    expect(
      await problemsIn(
        rows((step) => ({ step, perplexity: step + 2 })),
        { own },
      ),
    ).toMatchObject([{ code: 'renamed-metric', metric: 'perplexity', suggestion: 'ppl' }]);
    expect(
      await problemsIn(
        rows((step) => ({ step, ppl: 2, shares: [0.4, 0.4] })),
        { own },
      ),
    ).toMatchObject([
      { code: 'invariant', metric: 'shares' },
      { code: 'flat', metric: 'ppl' },
    ]);
  });

  it('asks for a metric once in the whole of a sparse run', async () => {
    const csv = (header: string, row: (step: number) => string) =>
      `${header}\n${Array.from({ length: 25 }, (_, step) => row(step)).join('\n')}\n`;
    const name = 'metrics.csv';
    expect(
      await problemsIn(
        csv('step,ppl', (step) => `${step},${step === 7 ? 3 : ''}`),
        { name, own },
      ),
    ).toEqual([]);
    expect(
      await problemsIn(
        csv('step,loss', (step) => `${step},1`),
        { name, own },
      ),
    ).toMatchObject([{ code: 'missing-metric', metric: 'ppl' }]);
  });

  it('names what is wrong by the metric’s own name, and where in a list', async () => {
    const named = {
      properties: {
        'train/loss': { type: 'number', minimum: 0 },
        'a~b': { type: 'number' },
        list: { type: 'array', items: { type: 'number' } },
        layers: { type: 'object', additionalProperties: { type: 'number' } },
      },
      required: ['train/loss'],
    };
    const record = { step: 1, 'train/loss': '0.5', 'a~b': 'x', list: [1, 'y'], layers: { 0: 'z' } };
    const problems = await problemsIn(jsonl([record]), { own: named });
    expect(problems.map(({ metric, message }) => `${metric}: ${message}`)).toEqual([
      'train/loss: train/loss is "0.5", but must be number',
      'a~b: a~b is "x", but must be number',
      'list: list[1] is "y", but must be number',
      'layers.0: layers.0 is "z", but must be number',
    ]);
    expect(await problemsIn(jsonl([{ 'train/loss': -1 }]), { own: named })).toMatchObject([
      { code: 'invariant', metric: 'train/loss', message: 'train/loss is -1, but must be >= 0' },
    ]);
  });

  it('is refused when it is no schema', async () => {
    await expect(problemsIn('{}\n', { own: { type: 'nonsense' } })).rejects.toThrow(/cannot be used as a JSON Schema/);
  });
});

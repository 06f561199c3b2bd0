import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causalRank } from '../../src/metrics/compare/causal-order.js';
import { compareWithGolden, compareWithRun, comparisonOf, type Lane } from '../../src/metrics/compare/compare-runs.js';
import { readGolden } from '../../src/metrics/compare/golden.js';
import { openRun } from '../../src/metrics/compare/open-run.js';
import { ulpsBetween } from '../../src/metrics/compare/ulps.js';
import { updateGolden } from '../../src/metrics/compare/update-golden.js';
import type { MetricsRecord } from '../../src/metrics/record.js';
import type { RunManifest } from '../../src/metrics/run-folder.js';
import { goodRecords } from './records.js';
import { writeRun } from './run.js';
import { toyTraining } from './toy-training.js';

const tool = { name: 'moe-check', version: '0.0.0' };
let fixture: FsFixture;
let golden: string;
let count = 0;

const place = () => fixture.getPath(`run-${count++}`);
const update = (run: string, more: Partial<Parameters<typeof updateGolden>[0]> = {}) =>
  updateGolden({ run, golden, reason: 'a test', tool, now: new Date(0), ...more });

async function compare(records: readonly MetricsRecord[], more: Partial<RunManifest> = {}) {
  const run = await openRun(await writeRun(place(), records, more));
  return comparisonOf({ tool, run: '', expected: '' }, await compareWithGolden(run, await readGolden(golden)));
}

const laneOf = ({ lanes }: { lanes: readonly Lane[] }, name: Lane['lane']) => {
  const lane = lanes.find((each) => each.lane === name);
  if (lane === undefined) throw new Error(`no lane ${name}`);
  return lane;
};

beforeAll(async () => {
  fixture = await createFixture({});
  golden = fixture.getPath('golden.json');
  const seeds = fixture.getPath('seeds');
  for (let seed = 1; seed <= 20; seed++) {
    await writeRun(path.join(seeds, `seed-${seed}`), toyTraining({ seed }), { seed });
  }
  await update(path.join(seeds, 'seed-1'), { seeds });
});
afterAll(() => fixture.rm());

const spike = (records: MetricsRecord[]) =>
  records.map((record) =>
    record.step === 20 ? { ...record, loss: record.loss * 4, task_loss: record.task_loss * 4 } : record,
  );

describe('the comparison, mutation-tested', () => {
  it('finds nothing in the same training done again', async () => {
    const result = await compare(toyTraining());
    expect(result).toMatchObject({ verdict: 'same', exitCode: 0, differences: [] });
    expect(result.lanes.map(({ lane, verdict }) => `${lane} ${verdict}`)).toEqual([
      'exact passed',
      'envelope passed',
      'invariants passed',
    ]);
  });

  it('finds nothing in trainings of other seeds', async () => {
    for (let seed = 21; seed <= 40; seed++) {
      const result = await compare(toyTraining({ seed }), { seed });
      expect(laneOf(result, 'exact')).toMatchObject({
        verdict: 'not-applicable',
        reason: `another seed: 1 and ${seed}`,
      });
      expect({ seed, ...laneOf(result, 'envelope') }).toMatchObject({ seed, verdict: 'passed', divergences: [] });
      expect(result.verdict).toBe('same');
    }
  });

  it.each<[string, () => MetricsRecord[], Record<string, unknown>]>([
    ['learning rate +2 %', () => toyTraining({ learningRate: 0.51 }), { metric: 'learning_rate', step: 0 }],
    ['aux weight × 2', () => toyTraining({ auxWeight: 0.2 }), { metric: 'loss', step: 0 }],
    ['one spike', () => spike(toyTraining()), { metric: 'task_loss', step: 20, trend: 'once', steps: 1 }],
    ['one missing step', () => toyTraining().toSpliced(20, 1), { kind: 'missing-step', step: 20, steps: 1 }],
    [
      'NaN',
      () => toyTraining().map((record) => (record.step === 20 ? { ...record, loss: Number.NaN } : record)),
      { kind: 'non-finite', metric: 'loss', step: 20 },
    ],
    ['shifted labels', () => toyTraining({ shiftLabels: true }), { metric: 'task_loss', step: 0 }],
    ['a swapped expert', () => toyTraining({ swapExperts: true }), { metric: 'task_loss', step: 0 }],
  ])('catches %s in the exact lane', async (_, mutant, first) => {
    const result = await compare(mutant());
    expect(result).toMatchObject({ verdict: 'different', exitCode: 1 });
    expect(laneOf(result, 'exact').verdict).toBe('failed');
    expect(laneOf(result, 'exact').divergences[0]).toMatchObject(first);
  });

  it.each<[string, (seed: number) => MetricsRecord[], Record<string, unknown>]>([
    ['learning rate +2 %', (seed) => toyTraining({ seed, learningRate: 0.51 }), { metric: 'learning_rate', step: 0 }],
    ['one spike', (seed) => spike(toyTraining({ seed })), { metric: 'task_loss', step: 20, steps: 1 }],
    ['one missing step', (seed) => toyTraining({ seed }).toSpliced(20, 1), { kind: 'missing-step', step: 20 }],
    [
      'NaN',
      (seed) => toyTraining({ seed }).map((record) => (record.step === 20 ? { ...record, loss: Number.NaN } : record)),
      { kind: 'non-finite', metric: 'loss', step: 20 },
    ],
    ['shifted labels', (seed) => toyTraining({ seed, shiftLabels: true }), { kind: 'value', metric: 'task_loss' }],
  ])('catches %s in the envelope lane, whatever the seed', async (_, mutant, first) => {
    const lane = laneOf(await compare(mutant(25), { seed: 25 }), 'envelope');
    expect(lane.verdict).toBe('failed');
    expect(lane.divergences).toContainEqual(expect.objectContaining(first));
  });

  it('catches one bit', async () => {
    const records = toyTraining();
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, records[7]?.grad_norm ?? 0);
    view.setUint32(0, view.getUint32(0) + 1);
    const changed = records.map((record) =>
      record.step === 7 ? { ...record, grad_norm: view.getFloat32(0) } : record,
    );
    expect(laneOf(await compare(changed), 'exact').divergences).toMatchObject([
      { metric: 'grad_norm', step: 7, ulps: 1, trend: 'once' },
    ]);
  });

  it('catches metrics that are gone, and names new ones', async () => {
    const run = await writeRun(place(), toyTraining());
    const metrics = path.join(run, 'metrics.jsonl');
    await writeFile(metrics, (await readFile(metrics, 'utf8')).replaceAll('"grad_norm"', '"extra"'));
    const result = await compareWithGolden(await openRun(run), await readGolden(golden));
    const lane = laneOf(result, 'exact');
    expect(lane.divergences).toMatchObject([{ kind: 'missing-metric', metric: 'grad_norm', step: 0, steps: 40 }]);
    expect(lane.newMetrics).toEqual(['extra']);
  });

  it('says whether it grows, and which settings differ', async () => {
    const records = toyTraining();
    const growing = records.map((record) => ({ ...record, grad_norm: record.grad_norm + 1e-4 * record.step ** 2 }));
    const shrinking = records.map((record) => ({ ...record, grad_norm: record.grad_norm + 0.1 / 2 ** record.step }));
    const steady = records.map((record) => ({ ...record, grad_norm: record.grad_norm + 0.5 }));
    for (const [mutant, trend] of [
      [growing, 'grows'],
      [shrinking, 'shrinks'],
      [steady, 'steady'],
    ] as const) {
      const result = await compare(mutant, { config: { optimizer: { lr: 0.51 }, auxWeight: 0.1 } });
      expect(laneOf(result, 'exact').divergences).toMatchObject([{ metric: 'grad_norm', trend }]);
      expect(result.differences).toEqual([{ key: 'optimizer.lr', expected: '0.5', actual: '0.51' }]);
    }
  });

  it('goes by cause: learning rate before loads before losses before gradients', () => {
    const metrics = [
      'perplexity',
      'grad_norm',
      'loss',
      'task_loss',
      'expert_loads.primary[1]',
      'learning_rate',
      'other',
    ];
    expect(metrics.toSorted((a, b) => causalRank(a) - causalRank(b))).toEqual([
      'learning_rate',
      'expert_loads.primary[1]',
      'task_loss',
      'loss',
      'grad_norm',
      'perplexity',
      'other',
    ]);
  });

  it('judges invariants for themselves', async () => {
    const lost = toyTraining().map((record) => ({ ...record, expert_0_activation: 0.9 }));
    const lane = laneOf(await compare(lost), 'invariants');
    expect(lane).toMatchObject({ verdict: 'failed', problems: [{ code: 'invariant', metric: 'expert_0_activation' }] });
  });

  it('does not hold another backend to the same bits', async () => {
    const result = await compare(toyTraining(), { backend: { name: 'wasm' } });
    expect(laneOf(result, 'exact')).toMatchObject({
      verdict: 'not-applicable',
      reason: 'another backend: cpu and wasm',
    });
    expect(result.verdict).toBe('same');
  });

  it('lets a run go on after the golden ends, but not end before it', async () => {
    // The same schedule: only the end differs.
    const longer = [...toyTraining(), ...toyTraining().map((record) => ({ ...record, step: record.step + 40 }))];
    expect(laneOf(await compare(longer), 'exact')).toMatchObject({ verdict: 'passed', steps: 40, beyond: 40 });
    expect(laneOf(await compare(toyTraining().slice(0, 30)), 'exact').divergences).toMatchObject([
      { kind: 'missing-step', step: 30, steps: 10 },
    ]);
  });

  it('refuses another combination', async () => {
    await expect(compare(goodRecords(40))).rejects.toThrow(
      'a run of ghost-geometric is not comparable with one of gnn-standard',
    );
  });
});

describe('two runs', () => {
  it('are compared without a golden', async () => {
    const [a, b] = [await writeRun(place(), toyTraining()), await writeRun(place(), toyTraining({ auxWeight: 0.2 }))];
    const same = await compareWithRun(await openRun(a), await openRun(a));
    expect(comparisonOf({ tool, run: a, expected: a }, same).verdict).toBe('same');
    const other = await compareWithRun(await openRun(b), await openRun(a));
    expect(laneOf(other, 'exact').divergences[0]).toMatchObject({ metric: 'loss', step: 0 });
    expect(laneOf(other, 'envelope')).toMatchObject({ verdict: 'not-applicable' });
  });

  it('are unknown to each other where nothing can be compared', async () => {
    const [a, b] = [
      await writeRun(place(), toyTraining()),
      await writeRun(place(), toyTraining({ seed: 2 }), { seed: 2 }),
    ];
    const result = comparisonOf(
      { tool, run: b, expected: a },
      await compareWithRun(await openRun(b), await openRun(a)),
    );
    expect(result).toMatchObject({ verdict: 'unknown', exitCode: 3 });
  });
});

describe('golden update', () => {
  it('tells what moved, and keeps who moved it and why', async () => {
    const file = fixture.getPath('moved.json');
    const [a, b] = [
      await writeRun(place(), toyTraining()),
      await writeRun(place(), toyTraining({ learningRate: 0.51 })),
    ];
    expect(await update(a, { golden: file, reason: 'first' })).toMatchObject({ outcome: 'created', moved: [] });
    expect(await update(a, { golden: file, reason: 'again' })).toMatchObject({ outcome: 'unchanged' });
    const { outcome, moved } = await update(b, { golden: file, reason: 'faster' });
    expect(outcome).toBe('updated');
    expect(moved[0]).toEqual({ metric: 'learning_rate', step: 0, steps: 40, before: 0.5, after: 0.51, ulps: 167772 });
    expect(moved.some(({ metric, step }) => metric === 'loss' && step === 1)).toBe(true);
    expect((await readGolden(file)).provenance).toMatchObject([
      { reason: 'first', at: '1970-01-01T00:00:00.000Z', tool, moved: [] },
      { reason: 'faster', moved: expect.arrayContaining(['learning_rate', 'loss']) },
    ]);
  });

  it('writes one metric a line', async () => {
    const lines = (await readFile(golden, 'utf8')).split('\n');
    expect(lines.filter((line) => line.startsWith('      "grad_norm": '))).toHaveLength(2);
  });

  it('refuses what is not sound: NaN, a missing metric, no reason, too few seeds, another combination', async () => {
    const file = fixture.getPath('refused.json');
    const nan = toyTraining().map((record) => (record.step === 3 ? { ...record, loss: Number.NaN } : record));
    const good = await writeRun(place(), toyTraining());
    const refused = (run: string, more = {}) => update(run, { golden: file, ...more });
    await expect(refused(await writeRun(place(), nan))).rejects.toThrow(/refused as a golden: non-finite at step 3/);
    await expect(refused(good, { reason: '  ' })).rejects.toThrow(/without a reason/);
    await expect(refused(good, { seeds: good })).rejects.toThrow(/takes 20 runs or more, and there are 1/);
    const twice = fixture.getPath('twice');
    for (const name of ['a', 'b']) await writeRun(path.join(twice, name), toyTraining());
    await expect(refused(good, { seeds: twice })).rejects.toThrow(/has the seed of .*: 1/);
    const others = await writeRun(path.join(fixture.getPath('others'), 'a'), goodRecords(20));
    await expect(refused(good, { seeds: others })).rejects.toThrow(/is of another combination: ghost-geometric/);
    await expect(refused(await writeRun(place(), []))).rejects.toThrow(/refused as a golden: empty/);
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
    await expect(update(await writeRun(place(), goodRecords(20)))).rejects.toThrow(/is the golden of gnn-standard/);
  });

  it('a golden that holds what is not finite is refused', async () => {
    const text = await readFile(golden, 'utf8');
    for (const [wrong, complaint] of [
      [
        text.replace(/("loss": \{"values":\[)[^,]+/, '$1null'),
        /is no golden: \/exact\/metrics\/loss\/values\/0 must be number/,
      ],
      [text.replace(/("loss": \{"values":\[)[^,]+/, '$11e999'), /must be number/],
      [text.replace(/("loss": \{"values":\[)[^,]+,/, '$1'), /loss has not one value a step/],
      [text.slice(0, -20), /not one JSON document/],
    ] as const) {
      const file = fixture.getPath('wrong.json');
      await writeFile(file, wrong);
      await expect(readGolden(file)).rejects.toThrow(complaint);
      await rm(file);
    }
  });
});

it('counts float32 numbers from one to the other', () => {
  expect(ulpsBetween(1, 1 + 2 ** -23)).toBe(1);
  expect(ulpsBetween(-0, 0)).toBe(0);
  expect(ulpsBetween(-(2 ** -149), 2 ** -149)).toBe(2);
  expect(ulpsBetween(1, 2)).toBe(2 ** 23);
  expect(ulpsBetween(1, Number.NaN)).toBeNaN();
});

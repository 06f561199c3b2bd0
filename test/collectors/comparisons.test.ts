import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { regression } from '../../src/checks/training/regression.js';
import { comparisonsCollector } from '../../src/collectors/comparisons.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';
import { updateGolden } from '../../src/metrics/compare/update-golden.js';
import type { MetricsRecord } from '../../src/metrics/record.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { goodRecords } from '../metrics/records.js';
import { writeRun } from '../metrics/run.js';

const good = goodRecords(30);

/** What the check says of a dashboard with this run, whose golden is the good one. */
async function judge(records: readonly MetricsRecord[], golden = true) {
  await using fixture = await createFixture({ 'moe-check.config.yaml': 'metrics: { runs: [runs] }' });
  await writeRun(fixture.getPath('first'), good);
  const request = {
    run: fixture.getPath('first'),
    reason: 'x',
    tool: { name: 'moe-check', version: '0' },
    now: new Date(),
  };
  const combination = `${good[0]?.architecture_mode}-${good[0]?.training_mode}`;
  if (golden) await updateGolden({ ...request, golden: fixture.getPath(`.moe-check/goldens/${combination}.json`) });
  await writeRun(fixture.getPath('runs/today'), records);
  const settings = await resolveSettings(fixture.path);
  const comparisons = await comparisonsCollector.collect({
    settings,
    artifacts: {},
    signal: AbortSignal.timeout(60_000),
  });
  const isArtifact = await validatorOf('artifacts/comparisons');
  if (!isArtifact(comparisons)) throw new Error(firstComplaint(isArtifact.errors));
  return regression.run({ comparisons });
}

describe('a named run', () => {
  it('gives no finding when it is as its golden', async () => {
    expect(await judge(good)).toEqual([]);
  });

  it('gives findings when it is another', async () => {
    const faster = good.map((record) => ({ ...record, learning_rate: record.learning_rate * 1.02 }));
    expect(await judge(faster)).toMatchObject([{ code: 'diverged', subject: 'runs/today learning_rate' }]);
    expect(await judge(good.slice(0, 20))).toMatchObject([{ code: 'missing', subject: 'runs/today step' }]);
    const broken = good.map((record) => (record.step === 7 ? { ...record, grad_norm: Number.NaN } : record));
    expect(await judge(broken)).toMatchObject([{ code: 'non-finite', subject: 'runs/today grad_norm' }]);
  });

  it('is not judged without a golden', async () => {
    expect(await judge(good, false)).toMatchObject({
      notApplicable: expect.stringContaining('no named run has a golden'),
    });
  });
});

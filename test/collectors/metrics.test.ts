import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { metricsLive } from '../../src/checks/contract/metrics-live.js';
import { metricsSchema } from '../../src/checks/contract/metrics-schema.js';
import { metricsCollector } from '../../src/collectors/metrics.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { goodRecords, jsonl } from '../metrics/records.js';

/** What both checks say of a dashboard with these files, whose config names `runs`. */
async function judge(tree: Record<string, string>, config = 'metrics: { runs: [runs] }') {
  await using fixture = await createFixture({ 'moe-check.config.yaml': config, ...tree });
  const settings = await resolveSettings(fixture.path);
  const metrics = await metricsCollector.collect({ settings, artifacts: {}, signal: AbortSignal.timeout(60_000) });
  const isArtifact = await validatorOf('artifacts/metrics');
  if (!isArtifact(metrics)) throw new Error(firstComplaint(isArtifact.errors));
  return { live: metricsLive.run({ metrics }), schema: metricsSchema.run({ metrics }) };
}

describe('the metrics that the config names', () => {
  it('give no finding when they are healthy', async () => {
    expect(await judge({ 'runs/a.jsonl': jsonl(goodRecords(30)) })).toEqual({ live: [], schema: [] });
  });

  it('give none when other programs wrote them', async () => {
    const fixtures = path.join(import.meta.dirname, '../../fixtures/metrics');
    expect(await judge({}, `metrics: { runs: [${JSON.stringify(fixtures)}] }`)).toEqual({ live: [], schema: [] });
  });

  it('give findings with paths from the root', async () => {
    const dead = goodRecords(30).map((record) => ({ ...record, expert_specialization: 0.5, active_ghosts: 2 }));
    const { live, schema } = await judge({ 'runs/deep/a.jsonl': jsonl(dead) });
    expect(schema).toEqual([]);
    expect(live).toMatchObject([
      {
        code: 'invariant',
        subject: 'runs/deep/a.jsonl active_ghosts',
        location: { file: 'runs/deep/a.jsonl', line: 1 },
      },
      { code: 'flat', subject: 'runs/deep/a.jsonl expert_specialization' },
    ]);
  });

  it('may be a run without a record', async () => {
    const { live } = await judge({ 'runs/a/manifest.json': '{}', 'runs/a/metrics.jsonl': '' });
    expect(live).toMatchObject([{ code: 'empty', subject: 'runs/a a' }]);
  });

  it('are judged by the schema that the config names', async () => {
    const own = JSON.stringify({ properties: { ppl: { type: 'number' } }, required: ['ppl'] });
    const config = 'metrics: { runs: [runs/a.csv], schema: own.json }';
    const { schema } = await judge({ 'runs/a.csv': 'step,loss\n0,1\n', 'own.json': own }, config);
    expect(schema).toMatchObject([
      { code: 'missing-metric', subject: 'runs/a.csv ppl', severity: 'error' },
      { code: 'unknown-metric', severity: 'info', message: 'own.json does not name step, loss' },
    ]);
  });

  it('cannot be looked at where there is nothing', async () => {
    await expect(judge({})).rejects.toMatchObject({ name: 'CannotLook', message: /there is no such file or folder/ });
  });
});

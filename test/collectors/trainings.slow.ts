import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { metricsLive } from '../../src/checks/contract/metrics-live.js';
import { metricsSchema } from '../../src/checks/contract/metrics-schema.js';
import { reference } from '../../src/checks/training/reference.js';
import { regression } from '../../src/checks/training/regression.js';
import { trainingsCollector } from '../../src/collectors/trainings.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';

it('the reference models learn, and do what their goldens say, and nothing is left of it', async () => {
  const settings = await resolveSettings('.', { train: true });
  const trainings = await trainingsCollector.collect({ settings, artifacts: {}, signal: AbortSignal.timeout(900_000) });
  const isArtifact = await validatorOf('artifacts/trainings');
  if (!isArtifact(trainings)) throw new Error(firstComplaint(isArtifact.errors));
  expect(trainings.runs).toHaveLength(8);

  expect(reference.run({ trainings })).toEqual([]);
  expect(regression.run({ comparisons: { named: [], compared: [] }, trainings })).toEqual([]);
  expect(metricsSchema.run({ metrics: { named: [], runs: [] }, trainings })).toEqual([]);
  expect(metricsLive.run({ metrics: { named: [], runs: [] }, trainings })).toEqual([]);
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('moe-check-train-'))).toEqual([]);
});

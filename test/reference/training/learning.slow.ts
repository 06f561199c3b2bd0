import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTrainConfig, referenceConfigs } from '../../../src/config/train-config.js';
import { compareWithGolden } from '../../../src/metrics/compare/compare-runs.js';
import { readGolden } from '../../../src/metrics/compare/golden.js';
import { openRun } from '../../../src/metrics/compare/open-run.js';
import { openBackend } from '../../../src/reference/backend.js';
import { shortfallsOf } from '../../../src/reference/training/target.js';
import { train } from '../../../src/reference/training/train.js';
import { packageFile } from '../../../src/util/package-root.js';
import { requestOf } from './runs.js';

const files = await referenceConfigs();
beforeAll(async () => void (await openBackend('wasm')));

/** What is wrong with how a reference config's training ends, with other settings. */
async function shortfallsWith(name: string, given: Record<string, unknown>) {
  await using fixture = await createFixture();
  const { reference: config, target } = await loadTrainConfig(packageFile(`fixtures/configs/${name}.yaml`), given);
  const { ended } = await train(requestOf(fixture.getPath('run'), { config }));
  return shortfallsOf(ended, target);
}

describe('a reference config', () => {
  const each = files.flatMap((file) => [1, 2, 3].map((seed) => [path.basename(file, '.yaml'), seed] as const));

  it.each(each)('%s reaches its target from seed %i', async (name, seed) => {
    expect(await shortfallsWith(name, { seed })).toEqual([]);
  });

  it.each([
    ['a rate that is far too low', { lr: 1e-5 }],
    ['a rate that is far too high', { lr: 3 }],
  ])('misses it with %s', async (_, given) => {
    expect(await shortfallsWith('gnn-standard', given)).toMatchObject([{ code: 'above-target' }]);
  });
});

it('another learning rate is a regression from the second step on', async () => {
  await using fixture = await createFixture();
  const { reference } = await loadTrainConfig(packageFile('fixtures/configs/gnn-standard.yaml'));
  const config = { ...reference, lr: reference.lr * 1.02 };
  const about = { ...requestOf('').about, backend: { name: 'wasm' } };
  await train(requestOf(fixture.getPath('run'), { config, about }));
  const golden = await readGolden(packageFile('fixtures/goldens/runs/gnn-standard.json'));
  const { lanes, differences } = await compareWithGolden(await openRun(fixture.getPath('run')), golden);
  expect(differences).toMatchObject([{ key: 'lr' }]);
  expect(lanes[0]?.verdict).toBe('failed');
  expect(lanes[0]?.divergences.slice(0, 2)).toMatchObject([{ metric: 'learning_rate', step: 0 }, { step: 1 }]);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { loadTrainConfig } from '../../../src/config/train-config.js';
import { openBackend } from '../../../src/reference/backend.js';
import { openDataset } from '../../../src/reference/data/dataset.js';
import { createModel } from '../../../src/reference/model.js';
import { packageFile } from '../../../src/util/package-root.js';

beforeAll(async () => void (await openBackend('wasm')));

/** Saturation and active ghosts of the first steps of the reference config. */
async function firstSteps(count: number, given: Record<string, unknown> = {}) {
  const { reference: config } = await loadTrainConfig(packageFile('fixtures/configs/ghost-geometric.yaml'), given);
  const data = await openDataset(config);
  const model = createModel(config);
  const steps = Array.from({ length: count }, (_, step) => {
    const { saturation_level: saturation = Number.NaN, active_ghosts: active } = model.trainStep(
      data.trainBatch(step),
    ).record;
    return { saturation, active };
  });
  model.dispose();
  return steps;
}

describe('a ghost in training', () => {
  it('wakes in the step after saturation has passed the threshold, and not before', async () => {
    const steps = await firstSteps(24);
    const passed = steps.findIndex(({ saturation }) => saturation > 0.5);
    expect(passed).toBeGreaterThan(3);
    expect(steps.map(({ active }) => active)).toEqual(steps.map((_, step) => (step > passed ? 1 : 0)));
  });

  it('sleeps where the threshold is never passed', async () => {
    const steps = await firstSteps(24, { ghost_threshold: 1000 });
    expect(new Set(steps.map(({ active }) => active))).toEqual(new Set([0]));
  });
});

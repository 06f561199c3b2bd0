import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createFixture } from 'fs-fixture';
import { getBackend, memory } from '#tensorflow';
import { openBackend } from '../../src/reference/backend.js';
import { moeCheck, root } from '../e2e/moe-check.js';
import { deviations } from './deviations.js';
import { goldenNames, readGolden } from './goldens.js';

/** Where `npm run build:native` leaves the backend; the stamp says that it was built and loaded. */
const folder = path.join(root, '.native');
const isBuilt = existsSync(path.join(folder, 'stamp'));

describe.skipIf(!isBuilt)(`on tfjs-node${isBuilt ? '' : ': NOT RUN, npm run build:native was not'}`, () => {
  beforeAll(async () => {
    using _ = vi.spyOn(process, 'cwd').mockReturnValue(folder);
    await openBackend('tfjs-node');
  });

  it('runs on TensorFlow', () => {
    expect(getBackend()).toBe('tensorflow');
  });

  it.each(goldenNames)('%s is what float64 PyTorch computes', (name) => {
    expect(deviations(name)).toEqual([]);
  });

  it.each(goldenNames)('%s gives the same bits every time, and leaves no tensors behind', (name) => {
    const { batches, model: start } = readGolden(name);
    const train = () => {
      const model = start();
      for (const batch of batches) model.trainStep(batch);
      const { tensors } = model.state();
      model.dispose();
      return [...tensors].map(([parameter, { values }]) => [parameter, Buffer.from(values.buffer).toString('base64')]);
    };
    const first = train();
    const before = memory().numTensors;
    expect(train()).toEqual(first);
    expect(memory().numTensors).toBe(before);
  });

  it('is found through NODE_PATH, as docs/native-backend.md says, and announces nothing', async () => {
    await using out = await createFixture();
    const config = path.join(root, 'fixtures/configs/ghost-geometric.yaml');
    const { stdout, stderr } = await moeCheck(
      ['train', '--config', config, '--steps', '2', '--out', out.getPath('run'), '--backend', 'tfjs-node'],
      { cwd: out.path, env: { NODE_PATH: path.join(folder, 'node_modules') } },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/backend tfjs-node .*TRAINED {2}1 run/s);
  });
});

import { expect, it, vi } from 'vitest';
import { createFixture } from 'fs-fixture';
import { getBackend } from '#tensorflow';
import { openBackend } from '../../src/reference/backend.js';

it('takes the fastest there is, and says why not a faster one', async () => {
  const opened = await openBackend();
  expect(opened.name).toBe('wasm');
  expect(opened.passedOver.map(({ name }) => name)).toEqual(['tfjs-node-gpu', 'tfjs-node']);
  expect(getBackend()).toBe('wasm');
});

it.each(['cpu', 'wasm'] as const)('opens %s when asked to', async (name) => {
  expect(await openBackend(name)).toEqual({ name, version: '4.22.0', passedOver: [] });
  expect(getBackend()).toBe(name);
});

it('says how to get one that is not installed', async () => {
  await expect(openBackend('tfjs-node')).rejects.toMatchObject({
    message: 'the backend tfjs-node cannot be loaded: it is not installed',
    fix: expect.stringContaining('npm install @tensorflow/tfjs-node'),
  });
});

it('says so when one is installed without its native library', async () => {
  await using folder = await createFixture({
    'node_modules/@tensorflow/tfjs-node/package.json': '{"name":"@tensorflow/tfjs-node"}',
  });
  using _ = vi.spyOn(process, 'cwd').mockReturnValue(folder.path);
  await expect(openBackend('tfjs-node')).rejects.toThrow('its native library was never downloaded into');
});

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
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

it('takes less than 1 MB of code beside the binaries', () => {
  const vendored = path.join(import.meta.dirname, '../../dist/vendor');
  const others = /^(web-tree-sitter|gpt2-tokenizer)\./;
  const code = readdirSync(vendored).filter((name) => name.endsWith('.js') && !others.test(name));
  expect(code).toEqual(expect.arrayContaining(['tensorflow.js', 'tensorflow-backends.js']));
  expect(code.reduce((sum, name) => sum + statSync(path.join(vendored, name)).size, 0)).toBeLessThan(1e6);
});

import { readdir, writeFile } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { loadArtifacts, saveArtifacts, type SavedArtifact } from '../../src/engine/artifacts-folder.js';
import { defineCollector } from '../../src/engine/define.js';

const hubAssets = defineCollector({
  artifact: 'hub-assets',
  tier: 'static',
  title: 'listing assets',
  deadlineS: () => 1,
  collect: async () => ({ assets: [], unknownCalls: 2 }),
});
const about = { tool: { name: 'moe-check', version: '0' }, target: '/dashboard' };

const saved = (collected: Pick<SavedArtifact, 'state' | 'value' | 'reason' | 'error'>) => [
  { artifact: 'hub-assets', durationMs: 7, ...collected },
];

it.each([
  { state: 'ok' as const, value: { assets: [], unknownCalls: 2 } },
  { state: 'skipped' as const, reason: 'said no' },
  { state: 'failed' as const, error: { name: 'CannotLook', message: 'no', fix: 'yes' } },
])('reads back what it saved: $state', async (collected) => {
  await using folder = await createFixture();
  await saveArtifacts(folder.path, saved(collected), about);
  const loaded = await loadArtifacts(folder.path, [hubAssets]);
  expect(loaded.target).toBe('/dashboard');
  expect(loaded.looks.get('hub-assets')).toMatchObject({ collected, durationMs: 7 });
  expect((await readdir(folder.path)).sort()).toEqual(['hub-assets.json', 'manifest.json']);
});

it('refuses what is not as its schema says, naming file and place', async () => {
  await using folder = await createFixture();
  await saveArtifacts(folder.path, saved({ state: 'ok', value: { assets: [], unknownCalls: 2 } }), about);
  await writeFile(
    folder.getPath('hub-assets.json'),
    JSON.stringify({ artifact: 'hub-assets', durationMs: 1, state: 'ok', value: { assets: 'none', unknownCalls: 2 } }),
  );
  await expect(loadArtifacts(folder.path, [hubAssets])).rejects.toThrow(
    /hub-assets\.json .*value\/assets must be array/,
  );
});

it('refuses a folder without a manifest, or with somebody else’s', async () => {
  await using folder = await createFixture({ 'manifest.json': '{"name": "web app"}' });
  await expect(loadArtifacts(folder.path, [hubAssets])).rejects.toThrow(/manifest\.json is not what --save-artifacts/);
  await using empty = await createFixture();
  await expect(loadArtifacts(empty.path, [hubAssets])).rejects.toThrow(/manifest\.json could not be read/);
});

it('says when it cannot write', async () => {
  await using folder = await createFixture({ file: 'in the way' });
  const unwritable = folder.getPath('file/below');
  await expect(saveArtifacts(unwritable, saved({ state: 'skipped', reason: '' }), about)).rejects.toThrow(
    /could not be saved/,
  );
});

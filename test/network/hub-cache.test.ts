import { mkdirSync, readFileSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectCache, isPinned } from '../../src/network/hub-cache.js';
import { readHubEnvironment } from '../../src/network/hub-environment.js';
import type { HubAsset } from '../../src/network/types.js';
import { shardedModel, startFakeHub, type FakeHub } from './fake-hub.js';
import { cleanEnvironment, runClient } from './real-client.js';

const commit = shardedModel.commit;
let hub: FakeHub;
let place: { home: string; env: Record<string, string> };
let repository: string;
let snapshot: string;

beforeEach(async () => {
  const wikitext = {
    kind: 'dataset' as const,
    commit: 'b'.repeat(40),
    files: { 'README.md': '#', 'train.csv': 'a,b' },
  };
  hub = await startFakeHub({ 'org/moe': shardedModel, wikitext });
  place = cleanEnvironment(hub.url);
  repository = join(place.home, 'hf/hub/models--org--moe');
  snapshot = join(repository, 'snapshots', commit);
});

afterEach(async () => {
  await hub.stop();
  rmSync(place.home, { recursive: true });
});

const asset = (change: Partial<HubAsset> = {}): HubAsset => ({
  kind: 'model',
  repo: 'org/moe',
  revision: 'main',
  files: [],
  loads: ['model', 'tokenizer'],
  localOnly: false,
  askedBy: [],
  ...change,
});
const inspect = (change: Partial<HubAsset> = {}, env: Record<string, string> = {}, transformers?: string) =>
  inspectCache(asset(change), readHubEnvironment({ ...place.env, ...env }, transformers), place.home);
const download = (call: string) =>
  runClient(`from huggingface_hub import *\nimport json\n${call}\nprint(json.dumps(1))`, place.env);

test('what snapshot_download has brought is complete, by branch and by commit', async () => {
  await download('snapshot_download("org/moe")');
  expect(inspect()).toEqual({ state: 'complete', snapshot, missing: [] });
  expect(inspect({ revision: commit })).toMatchObject({ state: 'complete' });
  expect(inspect({ loads: ['snapshot', 'config', 'other'] })).toMatchObject({ state: 'complete' });
  expect(inspect({ loads: ['files'], files: ['config.json'] })).toMatchObject({ state: 'complete' });
});

test('nothing is there before, of another revision, kind or name, or in another folder', async () => {
  expect(inspect()).toEqual({ state: 'absent', missing: [] });
  await download('snapshot_download("org/moe")');
  for (const other of [{ revision: 'v1' }, { kind: 'dataset' as const }, { repo: 'moe' }, { revision: '../main' }]) {
    expect(inspect(other)).toEqual({ state: 'absent', missing: [] });
  }
  expect(inspect({}, { HF_HUB_CACHE: join(place.home, 'empty') })).toMatchObject({ state: 'absent' });
  expect(inspect({ cacheFolder: 'own' })).toMatchObject({ state: 'absent' });
  const old = { TRANSFORMERS_CACHE: join(place.home, 'old') };
  expect(inspect({}, old, '4.57.0')).toMatchObject({ state: 'absent' });
  expect(inspect({}, old, '5.18.0')).toMatchObject({ state: 'complete' });
  expect(inspect({ loads: ['files'] }, old, '4.57.0')).toMatchObject({ state: 'complete' });
});

test('one downloaded file is enough for who asks for that file, and partial for a model', async () => {
  await download('hf_hub_download("org/moe", "config.json")');
  expect(inspect({ loads: ['files'], files: ['config.json'] })).toMatchObject({ state: 'complete' });
  expect(inspect({ loads: ['config'] })).toMatchObject({ state: 'complete' });
  expect(inspect()).toEqual({ state: 'partial', snapshot, missing: ['model.safetensors', 'tokenizer.json'] });
});

test('a model lacks the shards that its index names', async () => {
  await download('snapshot_download("org/moe", ignore_patterns="*00002-of*")');
  expect(inspect()).toEqual({ state: 'partial', snapshot, missing: ['model-00002-of-00002.safetensors'] });
});

test('a link whose blob is gone counts as missing', async () => {
  await download('snapshot_download("org/moe")');
  unlinkSync(realpathSync(join(snapshot, 'tokenizer.json')));
  expect(inspect({ loads: ['snapshot'] })).toEqual({ state: 'partial', snapshot, missing: ['tokenizer.json'] });
});

test('a file that the Hub said does not exist is not missing, but for who asks for it by name', async () => {
  await download(
    'try:\n  hf_hub_download("org/moe", "adapter_config.json")\nexcept Exception: pass\nsnapshot_download("org/moe")',
  );
  expect(inspect({ loads: ['adapter'] })).toMatchObject({ state: 'complete' });
  expect(inspect({ loads: ['files'], files: ['adapter_config.json'] })).toMatchObject({ state: 'partial' });
});

test('a file left half downloaded makes a snapshot partial; a left-over of another does not', async () => {
  await download('snapshot_download("org/moe", ignore_patterns="tokenizer.json")');
  expect(inspect({ loads: ['snapshot'] })).toMatchObject({ state: 'complete' });
  const { files } = JSON.parse(readFileSync(join(repository, 'trees', `${commit}.json`), 'utf8'));
  writeFileSync(join(repository, 'blobs', `${files['config.json'].blob_id}.0badcafe.incomplete`), '');
  expect(inspect({ loads: ['snapshot'] })).toMatchObject({ state: 'complete' });
  writeFileSync(join(repository, 'blobs', `${files['tokenizer.json'].blob_id}.0badcafe.incomplete`), '');
  expect(inspect({ loads: ['snapshot'] })).toMatchObject({ state: 'partial', missing: ['tokenizer.json'] });
});

test('a dataset is there once `datasets` has prepared it, whatever the Hub’s own cache holds', async () => {
  const dataset = { kind: 'dataset' as const, repo: 'wikitext', loads: ['dataset' as const] };
  await download('snapshot_download("wikitext", repo_type="dataset")');
  expect(inspect({ ...dataset, loads: ['snapshot'] })).toMatchObject({ state: 'complete' });
  expect(inspect(dataset)).toMatchObject({ state: 'absent' });
  expect(inspect({ ...dataset, loads: ['dataset', 'snapshot'] })).toMatchObject({ missing: ['prepared Arrow files'] });

  const prepared = join(place.home, 'hf/datasets/org___my_set/raw-v1/0.0.0/abc');
  const own = { ...dataset, repo: 'org/MySet' };
  mkdirSync(prepared, { recursive: true });
  writeFileSync(join(prepared, 'dataset_info.json'), '{}');
  expect(inspect(own)).toMatchObject({ state: 'absent' });
  writeFileSync(join(prepared, 'my_set-train.arrow'), '');
  expect(inspect(own)).toMatchObject({ state: 'complete' });
  expect(inspect({ ...own, config: 'raw-v1' })).toMatchObject({ state: 'complete' });
  expect(inspect({ ...own, config: 'other' })).toMatchObject({ state: 'absent' });
  expect(inspect({ ...own, cacheFolder: 'elsewhere' })).toMatchObject({ state: 'absent' });
});

test('local_dir: the files live there', async () => {
  const folder = join(place.home, 'weights');
  await download(`hf_hub_download("org/moe", "config.json", local_dir=${JSON.stringify(folder)})`);
  const own = { localFolder: 'weights', loads: ['files' as const] };
  expect(inspect({ ...own, files: ['config.json'] })).toMatchObject({ state: 'complete' });
  expect(inspect({ ...own, files: ['tokenizer.json'] })).toMatchObject({ state: 'absent' });
});

test('only a commit asked for by file needs no word to the Hub', () => {
  expect(isPinned(asset({ revision: commit, loads: ['files'] }))).toBe(true);
  expect(isPinned(asset({ revision: commit, loads: ['model'] }))).toBe(false);
  expect(isPinned(asset({ loads: ['files'] }))).toBe(false);
});

import { readdirSync, readFileSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  damagedInSnapshot,
  damagedMemos,
  interruptedDownloads,
} from '../../../src/collectors/leftovers/cache-files.js';
import { exec } from '../../../src/util/exec.js';
import { startFakeHub, type FakeHub } from '../../network/fake-hub.js';
import { cleanEnvironment, runClient } from '../../network/real-client.js';
import { python } from '../../python.js';

/** A file of safetensors with one tensor of so many bytes. */
function safetensors(bytes: number): string {
  const header = JSON.stringify({
    __metadata__: { format: 'pt' },
    w: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return `${length.toString('latin1')}${header}${'x'.repeat(bytes)}`;
}

const files = {
  'config.json': '{}',
  'model.safetensors': safetensors(100),
  'model-two.safetensors': safetensors(0),
  'tokenizer/__init__.py': '',
  'merges.txt': 'a b',
};

describe('the cache that the real client fills', () => {
  let hub: FakeHub;
  beforeAll(async () => {
    hub = await startFakeHub({ 'me/model': { commit: 'a'.repeat(40), files } });
  });
  afterAll(() => hub.stop());

  async function download() {
    const { home, env } = cleanEnvironment(hub.url);
    const script =
      "import json; from huggingface_hub import snapshot_download; print(json.dumps(snapshot_download('me/model')))";
    const snapshot = String(await runClient(script, env));
    return {
      snapshot,
      repository: path.dirname(path.dirname(snapshot)),
      [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
    };
  }
  const blobOf = (snapshot: string, file: string) =>
    path.resolve(path.dirname(path.join(snapshot, file)), readlinkSync(path.join(snapshot, file)));

  it('is fine as it is, files that are rightly empty included', async () => {
    await using cache = await download();
    expect(readdirSync(cache.snapshot)).toContain('config.json');
    expect(await damagedInSnapshot(cache.snapshot)).toEqual([]);
    expect(await interruptedDownloads(cache.repository)).toEqual([]);
  });

  it('is damaged where a blob is empty or ends before its header says', async () => {
    await using cache = await download();
    truncateSync(blobOf(cache.snapshot, 'config.json'), 0);
    const whole = Buffer.byteLength(files['model.safetensors']);
    truncateSync(blobOf(cache.snapshot, 'model.safetensors'), whole - 1);
    truncateSync(blobOf(cache.snapshot, 'model-two.safetensors'), 5);
    const found = await damagedInSnapshot(cache.snapshot);
    expect(
      found
        .map(({ file, ...rest }) => ({ name: path.basename(file), ...rest }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ).toEqual([
      { name: 'config.json', state: 'empty', bytes: 0 },
      { name: 'model-two.safetensors', state: 'truncated', bytes: 5 },
      { name: 'model.safetensors', state: 'truncated', bytes: whole - 1, expectedBytes: whole },
    ]);
  });

  it('holds downloads that were not finished, but not what is left of those that were', async () => {
    await using cache = await download();
    const blob = path.basename(blobOf(cache.snapshot, 'config.json'));
    writeFileSync(path.join(cache.repository, `blobs/${blob}.0a1b.incomplete`), 'x');
    const begun = path.join(cache.repository, `blobs/${'0'.repeat(40)}.incomplete`);
    writeFileSync(begun, 'half');
    expect(await interruptedDownloads(cache.repository)).toEqual([{ file: begun, state: 'interrupted', bytes: 4 }]);
  });
});

describe('a folder with weights', () => {
  it.each([
    ['whole', safetensors(10), []],
    ['longer than its header says', `${safetensors(10)}x`, []],
    ['empty', '', ['empty']],
    ['without its header', safetensors(10).slice(0, 20), ['truncated']],
    ['that is a web page', '<!doctype html><html>', ['truncated']],
    [
      'that is a pointer of git lfs',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 548105171\n',
      ['truncated'],
    ],
  ])('sees safetensors that are %s', async (_, content, states) => {
    await using folder = await createFixture({
      'sub/model.safetensors': Buffer.from(content, 'latin1'),
      'notes.txt': '',
    });
    expect((await damagedInSnapshot(folder.path)).map(({ state }) => state)).toEqual(states);
  });

  it('is fine when it is not there', async () => {
    expect(await damagedInSnapshot('/no/such/folder')).toEqual([]);
    expect(await interruptedDownloads('/no/such/folder')).toEqual([]);
    expect(await damagedMemos('/no/such/folder')).toEqual([]);
  });
});

describe('results that Streamlit keeps on disk', () => {
  it('are damaged when Python cannot read them any more, and only then', async () => {
    await using cache = await createFixture({ 'other.txt': '' });
    const script =
      'import pickle, sys\nfor p in (2, 3, 4, 5): open(f"{sys.argv[1]}/a-{p}.memo", "wb").write(pickle.dumps({"x": [1.5] * 50}, protocol=p))';
    await exec(python, ['-c', script, cache.path]);
    expect(readdirSync(cache.path)).toContain('a-5.memo');
    expect(await damagedMemos(cache.path)).toEqual([]);
    const whole = readFileSync(cache.getPath('a-5.memo'));
    writeFileSync(cache.getPath('b-empty.memo'), '');
    writeFileSync(cache.getPath('b-cut.memo'), whole.subarray(0, whole.length - 10));
    writeFileSync(cache.getPath('b-text.memo'), 'garbage');
    const found = await damagedMemos(cache.path);
    expect(found.map(({ file, state }) => [path.basename(file), state]).sort()).toEqual([
      ['b-cut.memo', 'truncated'],
      ['b-empty.memo', 'empty'],
      ['b-text.memo', 'truncated'],
    ]);
  });
});

import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { findSources } from '../../src/metrics/find-sources.js';
import { fixtures, read, readText } from './reading.js';

describe('what a path holds', () => {
  it('finds every run below a folder, by what the files hold', async () => {
    const found = await findSources(fixtures);
    expect(
      found.map(({ path: at, format }) => [path.relative(fixtures, at).split(path.sep).join('/'), format]),
    ).toEqual([
      ['lightning/lightning_logs/version_0/metrics.csv', 'csv'],
      ['mlflow/mlruns/0/8f2e6c1b7d3a4f5e9c0b1a2d3e4f5a6b', 'mlflow'],
      ['tensorboard-scalars', 'tensorboard'],
      ['tensorboard-tensors', 'tensorboard'],
    ]);
  });

  it('passes over tables and lists that are data', async () => {
    await using fixture = await createFixture({
      'data/train.jsonl': '{"prompt":"step by step","epoch_name":1}\n',
      'data/train.csv': 'text,label\nstep,1\n',
      'log.jsonl': '{"global_step":1,"loss":2}\n',
      'log.csv': 'loss,Epoch\n2,1\n',
    });
    const found = await findSources(fixture.path);
    expect(found.map((source) => path.basename(source.path))).toEqual(['log.csv', 'log.jsonl']);
    expect(await findSources(fixture.getPath('data/train.csv'))).toMatchObject([{ format: 'csv' }]);
  });

  it('passes over what was deleted in MLflow, unless it is named', async () => {
    const run = (stage: string) => ({ 'meta.yaml': `lifecycle_stage: ${stage}\n`, metrics: { loss: '1 2.5 0\n' } });
    await using fixture = await createFixture({
      '0': { a: run('active'), b: run('deleted') },
      '.trash': { c: run('active') },
    });
    expect((await findSources(fixture.path)).map((source) => path.basename(source.path))).toEqual(['a']);
    expect(await findSources(fixture.getPath('0/b'))).toMatchObject([{ format: 'mlflow' }]);
  });

  it.each([
    ['packed.jsonl.gz', Buffer.from([0x1f, 0x8b, 8, 0]), 'is compressed with gzip'],
    ['array.json', '[\n{"step": 1, "loss": 2},\n{"step": 2, "loss": 1}\n]\n', 'holds a JSON array'],
    ['array.jsonl', '[{"step": 1, "loss": 2}]\n', 'holds a JSON array'],
  ])('says what %s is', async (name, content, words) => {
    await expect(readText(name, content)).rejects.toThrow(words);
  });

  it.each([
    ['notes.txt', 'a b c'],
    ['model.bin', Buffer.from([0, 1, 2, 44, 0])],
    ['package.json', '{\n  "name": "x"\n}\n'],
  ])('does not take %s for metrics', async (name, content) => {
    await expect(readText(name, content)).rejects.toThrow(/holds no metrics in a known format/);
  });

  it('says so when there is nothing', async () => {
    await using fixture = await createFixture({ empty: {} });
    await expect(read(fixture.getPath('empty'))).rejects.toThrow(/there are no metrics in/);
    await expect(read(fixture.getPath('nowhere'))).rejects.toThrow(/there is no such file or folder/);
  });
});

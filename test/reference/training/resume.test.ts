import { appendFile, copyFile, mkdir, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFiles } from '../../../src/metrics/run-folder.js';
import { openBackend } from '../../../src/reference/backend.js';
import { train, type Training } from '../../../src/reference/training/train.js';
import { metricsOf, requestOf } from './runs.js';

let fixture: FsFixture;
beforeAll(async () => {
  await openBackend('cpu');
  fixture = await createFixture();
  await train(requestOf(fixture.getPath('whole')));
});
afterAll(() => fixture.rm());

/** A run as a kill -9 in step 10 leaves it: the checkpoint of step 8, ten records, no summary. */
async function killed(name: string): Promise<ReturnType<typeof runFiles>> {
  const folder = fixture.getPath(name);
  const controller = new AbortController();
  await train(
    requestOf(folder, {
      signal: controller.signal,
      onStep: ({ done }) => void (done === 10 && controller.abort()),
    }),
  );
  const files = runFiles(folder);
  await rm(path.join(files.checkpoints, 'step-00000010.safetensors'));
  await rm(files.summary);
  return files;
}

const newest = (files: ReturnType<typeof runFiles>): string =>
  path.join(files.checkpoints, 'step-00000008.safetensors');

async function resume(name: string): Promise<Training> {
  const training = await train(requestOf(fixture.getPath(name), { resume: true }));
  expect(training.summary.outcome).toBe('finished');
  expect(metricsOf(fixture.getPath(name))).toBe(metricsOf(fixture.getPath('whole')));
  expect(await readdir(runFiles(fixture.getPath(name)).checkpoints)).not.toContain(expect.stringContaining('.tmp'));
  return training;
}

describe('a run that was killed', () => {
  it('between two steps goes on from its checkpoint', async () => {
    await killed('between');
    expect(await resume('between')).toMatchObject({
      resumedFrom: 8,
      notes: ['2 records from step 8 on are dropped, and made again'],
    });
  });

  it('within a line goes on without it, and says so', async () => {
    const { metrics } = await killed('within-a-line');
    await appendFile(metrics, '{"step":10,"los');
    expect((await resume('within-a-line')).notes).toEqual([
      'the last line of metrics.jsonl was cut off: its 15 bytes are dropped',
      '2 records from step 8 on are dropped, and made again',
    ]);
  });

  it('within a checkpoint goes on from the one before it, and says so', async () => {
    const files = await killed('within-a-checkpoint');
    const unfinished = `${newest(files).replace('08', '12')}.tmp`;
    await copyFile(newest(files), unfinished);
    await truncate(unfinished, 1000);
    expect(await resume('within-a-checkpoint')).toMatchObject({
      resumedFrom: 8,
      notes: [
        'the checkpoint step-00000012.safetensors.tmp was left out: it was never finished',
        '2 records from step 8 on are dropped, and made again',
      ],
    });
  });

  it.each([0, 5, 1000, 20_000])(
    'with a newest checkpoint of %i bytes goes on from the one before it',
    async (bytes) => {
      const name = `torn-${bytes}`;
      const files = await killed(name);
      const torn = newest(files).replace('08', '09');
      await copyFile(newest(files), torn);
      await truncate(torn, bytes);
      const { resumedFrom, notes } = await resume(name);
      expect(resumedFrom).toBe(8);
      expect(notes[0]).toMatch(/^the checkpoint step-00000009\.safetensors was left out: it/);
    },
  );

  it('with a checkpoint in which one bit is another begins anew, when there is no other', async () => {
    const files = await killed('flipped');
    const bytes = await readFile(newest(files));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
    await writeFile(newest(files), bytes);
    const { resumedFrom, notes } = await resume('flipped');
    expect(resumedFrom).toBeUndefined();
    expect(notes).toEqual([
      'the checkpoint step-00000008.safetensors was left out: its data is cut off, or not what was written',
      '10 records from step 0 on are dropped, and made again',
    ]);
  });

  it('before its first checkpoint, its first record or its manifest begins anew', async () => {
    const early = await killed('early');
    await rm(newest(early));
    expect((await resume('early')).resumedFrom).toBeUndefined();

    const recordless = await killed('recordless');
    await rm(newest(recordless));
    await rm(recordless.metrics);
    await resume('recordless');

    const blank = runFiles(fixture.getPath('blank'));
    await mkdir(blank.checkpoints, { recursive: true });
    await writeFile(`${blank.manifest}.4711.tmp`, '{"sch');
    await resume('blank');
    expect(await readdir(fixture.getPath('blank'))).toEqual([
      'checkpoints',
      'manifest.json',
      'metrics.jsonl',
      'summary.json',
    ]);
  });

  it('with its checkpoints removed begins anew', async () => {
    const { checkpoints } = await killed('removed');
    await rm(checkpoints, { recursive: true });
    const { resumedFrom, notes } = await resume('removed');
    expect(resumedFrom).toBeUndefined();
    expect(notes).toEqual(['10 records from step 0 on are dropped, and made again']);
  });

  it('after its last record only ends', async () => {
    const folder = fixture.getPath('ended');
    await train(requestOf(folder));
    await rm(runFiles(folder).summary);
    await writeFile(`${runFiles(folder).summary}.4711.tmp`, '{');
    const { summary, resumedFrom } = await resume('ended');
    expect(resumedFrom).toBe(12);
    expect(summary.final).toMatchObject({ step: 11, eval_loss: expect.any(Number) });
    expect(await readdir(folder)).not.toContain('summary.json.4711.tmp');
  });

  it.each<[string, (lines: string[]) => string[], number]>([
    ['its last', (lines) => lines.slice(0, 5), 5],
    ['one', (lines) => lines.toSpliced(3, 1), 3],
    ['all', () => [], 0],
  ])('is not gone on with when it has lost records: %s', async (which, without, first) => {
    const files = await killed(`lost-${which}`);
    const before = without((await readFile(files.metrics, 'utf8')).trimEnd().split('\n')).map((line) => `${line}\n`);
    await writeFile(files.metrics, before.join(''));
    const again = train(requestOf(fixture.getPath(`lost-${which}`), { resume: true }));
    await expect(again).rejects.toThrow(`metrics.jsonl lacks step ${first}, and 8 were done`);
    expect(await readFile(files.metrics, 'utf8')).toBe(before.join(''));
    expect(await readdir(fixture.getPath(`lost-${which}`))).not.toContain('run.lock');
  });

  it('is not taken for finished when it has lost records, or all of its metrics', async () => {
    const folder = fixture.getPath('lost-later');
    await train(requestOf(folder));
    const { metrics } = runFiles(folder);
    const lines = (await readFile(metrics, 'utf8')).split('\n');
    const again = () => train(requestOf(folder, { resume: true }));
    await writeFile(metrics, lines.toSpliced(4, 1).join('\n'));
    await expect(again()).rejects.toThrow('metrics.jsonl lacks step 4, and 12 were done');
    await rm(metrics);
    await expect(again()).rejects.toThrow('metrics.jsonl could not be read: there is no such file or folder');
    expect(await readdir(folder)).toEqual(['checkpoints', 'manifest.json', 'summary.json']);
    await writeFile(metrics, lines.join('\n'));
    expect((await again()).summary.outcome).toBe('finished');
  });

  it('is not taken for one where a folder holds something else', async () => {
    await mkdir(fixture.getPath('photos'));
    await writeFile(fixture.getPath('photos/a.jpg'), '');
    const run = train(requestOf(fixture.getPath('photos'), { resume: true }));
    await expect(run).rejects.toThrow(/is not empty/);
    expect(await readdir(fixture.getPath('photos'))).toEqual(['a.jpg']);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { MetricsWriter } from '../../src/metrics/metrics-writer.js';
import { encodeRecord } from '../../src/metrics/record.js';
import { readManifest, readSummary, runFiles, writeSummary, type RunSummary } from '../../src/metrics/run-folder.js';
import { goodRecord, goodRecords, jsonl } from './records.js';
import { writeRun } from './run.js';

const root = path.join(import.meta.dirname, '../..');

const summary: RunSummary = {
  schema: 'moe-run-summary/1',
  outcome: 'finished',
  steps: 3,
  wallTimeS: 1.5,
  endedAt: '2026-11-26T00:00:01.000Z',
  resumed: 0,
  final: { loss: 1 },
};

describe('a run folder', () => {
  it('holds a manifest, metrics, checkpoints and, in the end, a summary', async () => {
    await using fixture = await createFixture({});
    const folder = await writeRun(fixture.getPath('run'), goodRecords(3));
    expect((await readdir(folder)).sort()).toEqual(['checkpoints', 'manifest.json', 'metrics.jsonl']);
    expect(await readManifest(folder)).toMatchObject({
      seed: 1,
      combination: { architecture: 'ghost', training: 'geometric' },
    });
    await expect(readSummary(folder)).rejects.toThrow(/summary.json could not be read: there is no such file/);
    await writeSummary(folder, summary);
    expect(await readSummary(folder)).toEqual(summary);
    expect(await readFile(runFiles(folder).metrics, 'utf8')).toBe(jsonl(goodRecords(3)));
  });

  it('is never written over', async () => {
    await using fixture = await createFixture({ 'run/notes.txt': 'mine' });
    const folder = fixture.getPath('run');
    await expect(writeRun(folder, goodRecords(1))).rejects.toThrow(/is not empty/);
    expect(await readdir(folder)).toEqual(['notes.txt']);
    const file = fixture.getPath('run/notes.txt');
    await expect(MetricsWriter.create(file)).rejects.toThrow(/is there already/);
  });

  it('says which file of it is not as expected', async () => {
    await using fixture = await createFixture({});
    const folder = await writeRun(fixture.getPath('run'), goodRecords(1));
    const { manifest } = runFiles(folder);
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"ghost"', '"spirit"'));
    await expect(readManifest(folder)).rejects.toThrow(
      /manifest.json is no manifest of a run: \/combination\/architecture/,
    );
    await writeFile(manifest, '{"schema":');
    await expect(readManifest(folder)).rejects.toThrow(/manifest.json is no manifest of a run: it is not one JSON/);
  });
});

describe('the writer', () => {
  it('says what is not finite', () => {
    const record = { ...goodRecord(0), loss: Number.NaN, expert_loads: { primary: [0.5, Infinity, 0.5] } };
    expect(JSON.parse(encodeRecord(record))).toMatchObject({
      loss: null,
      expert_loads: { primary: [0.5, null, 0.5] },
      non_finite: ['loss', 'expert_loads.primary[1]'],
    });
    expect(encodeRecord(goodRecord(0))).toBe(JSON.stringify(goodRecord(0)));
  });

  it('drops a torn last line on resume, and says so, wherever it was torn', async () => {
    const records = goodRecords(4);
    const whole = jsonl(records);
    const kept = Buffer.byteLength(jsonl(records.slice(0, 3)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: kept, max: whole.length }), async (cut) => {
        await using fixture = await createFixture({ 'm.jsonl': whole.slice(0, cut) });
        const file = fixture.getPath('m.jsonl');
        const { writer, dropped } = await MetricsWriter.resume(file);
        // But for its line break the last record is whole.
        const isWhole = cut >= whole.length - 1;
        expect(dropped).toEqual({ tornBytes: isWhole ? 0 : cut - kept, records: 0 });
        if (!isWhole) await writer.append(goodRecord(3));
        await writer.append(goodRecord(4));
        await writer.close();
        expect(await readFile(file, 'utf8')).toBe(jsonl(goodRecords(5)));
      }),
      { numRuns: 60 },
    );
  });

  it('drops what was written after the step that is resumed from', async () => {
    await using fixture = await createFixture({ 'm.jsonl': `${jsonl(goodRecords(10))}{"step":10,"lo` });
    const file = fixture.getPath('m.jsonl');
    const { writer, dropped } = await MetricsWriter.resume(file, 6);
    await writer.close();
    expect(dropped).toEqual({ tornBytes: 14, records: 3 });
    expect(await readFile(file, 'utf8')).toBe(jsonl(goodRecords(7)));
  });

  it('changes nothing where a line in the middle is broken', async () => {
    const text = `${jsonl(goodRecords(2))}{"step":\n${jsonl([goodRecord(3)])}`;
    await using fixture = await createFixture({ 'm.jsonl': text });
    const file = fixture.getPath('m.jsonl');
    await expect(MetricsWriter.resume(file)).rejects.toThrow(/line 3 is not one whole JSON object/);
    expect(await readFile(file, 'utf8')).toBe(text);
    await expect(MetricsWriter.resume(fixture.getPath('none'))).rejects.toThrow(/there is no such file/);
  });

  it('names a full disk, and leaves whole lines only', async () => {
    await using fixture = await createFixture({});
    const file = fixture.getPath('m.jsonl');
    const program = `
      import { MetricsWriter } from ${JSON.stringify(path.join(root, 'dist/metrics/metrics-writer.cjs'))};
      process.on('SIGXFSZ', () => undefined);
      const writer = await MetricsWriter.create(${JSON.stringify(file)});
      for (let step = 0; ; step++) await writer.append({ step, padding: 'x'.repeat(500) });
    `;
    // A limit on the size of files stands in for the full disk: the kernel writes what fits, then says no.
    const child = spawn('bash', [
      '-c',
      'ulimit -f 4; exec "$0" --input-type=module -e "$1"',
      process.execPath,
      program,
    ]);
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(stderr).toMatch(/MetricsError: .*m\.jsonl could not be written: the file is too large/);
    const written = await readFile(file, 'utf8');
    expect(written.endsWith('}\n')).toBe(true);
    expect(written.length).toBeGreaterThan(3000);
  });
});

it('a folder that cannot be written is an error in words', async () => {
  await expect(writeRun(path.join(import.meta.filename, 'run'), goodRecords(1))).rejects.toThrow(
    /could not be written/,
  );
});

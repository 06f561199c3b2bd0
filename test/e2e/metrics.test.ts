import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { goodRecords, jsonl } from '../metrics/records.js';
import { writeRun } from '../metrics/run.js';
import { moeCheck, root, transcript } from './moe-check.js';

let fixture: FsFixture;
const cwd = () => path.resolve(fixture.path);

beforeAll(async () => {
  fixture = await createFixture({
    'own.schema.json': JSON.stringify({ properties: { loss: { type: 'number', maximum: 1 } }, required: ['ppl'] }),
  });
  const good = goodRecords(40);
  const odd = good.map((record) =>
    record.step < 20 ? record : { ...record, learning_rate: record.learning_rate * 1.02 },
  );
  await writeRun(fixture.getPath('good'), good);
  await writeRun(fixture.getPath('odd'), odd, { config: { optimizer: { lr: 0.51 }, auxWeight: 0.1 } });
  const text = jsonl(
    good.map((record) => (record.step === 7 ? { ...record, loss: null, non_finite: ['loss'] } : record)),
  );
  await writeFile(
    fixture.getPath('bad.jsonl'),
    `${text.replaceAll('"orthogonality_preservation"', '"orthogonality"')}{"step":`,
  );
});
afterAll(() => fixture.rm());

async function documentOf(args: readonly string[], schema: string): Promise<unknown> {
  const { stdout, exitCode, stderr } = await moeCheck([...args, '--json'], { cwd: cwd() });
  const document: unknown = JSON.parse(stdout);
  const isExpected = await validatorOf(schema);
  if (!isExpected(document)) throw new Error(firstComplaint(isExpected.errors));
  return { document, exitCode, stderr };
}

describe('validate, compare and golden update', () => {
  it('say what they found', async () => {
    const told: string[] = [];
    await cp(path.join(root, 'fixtures/metrics/lightning'), path.join(cwd(), 'lightning'), { recursive: true });
    for (const args of [
      ['validate', 'good'],
      ['validate', 'bad.jsonl'],
      ['validate', 'bad.jsonl', '--schema', 'own.schema.json'],
      ['validate', 'lightning'],
      ['compare', 'odd', 'good'],
      ['golden', 'update', 'good', '--reason', 'the first'],
      ['compare', 'good'],
      ['compare', 'odd'],
      ['golden', 'update', 'odd', '--reason', 'a higher rate'],
      ['golden', 'update', 'odd', '--reason', 'a higher rate'],
      ['compare', 'odd'],
    ]) {
      told.push(await transcript(args, { cwd: cwd() }));
    }
    await expect(told.join('\n')).toMatchFileSnapshot('transcripts/metrics.txt');
  });

  it('print one document that follows its schema', async () => {
    expect(await documentOf(['validate', 'good'], 'validation')).toMatchObject({
      exitCode: 0,
      stderr: '',
      document: { verdict: 'valid', runs: [{ format: 'moe-metrics', records: 40, problems: [] }] },
    });
    expect(await documentOf(['validate', 'bad.jsonl'], 'validation')).toMatchObject({ exitCode: 1 });
    expect(await documentOf(['compare', 'odd', 'good'], 'comparison')).toMatchObject({
      exitCode: 1,
      document: { verdict: 'different', lanes: [{ divergences: [{ metric: 'learning_rate', step: 20 }] }, {}, {}] },
    });
    const update = ['golden', 'update', 'good', '--reason', 'x', '--golden', 'own.json'];
    expect(await documentOf(update, 'golden-update')).toMatchObject({ exitCode: 0, document: { outcome: 'created' } });
    const isGolden = await validatorOf('golden');
    expect(isGolden(JSON.parse(await readFile(fixture.getPath('own.json'), 'utf8')))).toBe(true);
  });
});

import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { findSources } from '../../src/metrics/find-sources.js';
import { crc32c, maskedCrc32c } from '../../src/metrics/readers/crc32c.js';
import { readSource } from '../../src/metrics/readers/read.js';
import type { Row } from '../../src/metrics/source.js';
import { fixtures, read, readText } from './reading.js';
import { goodRecords, jsonl } from './records.js';

const scalars = 'tensorboard-scalars/events.out.tfevents.1700000000.host.1.0';

const loss = (step: number) => 0.5 + 3 * Math.exp(-step / 8);

const values = ({ rows }: { rows: readonly Row[] }) => rows.map((row) => row.values);

describe('TensorBoard', () => {
  it('reads what SummaryWriter writes', async () => {
    const { format, rows, damages } = await read(path.join(fixtures, 'tensorboard-scalars'));
    expect({ format, damages, count: rows.length }).toEqual({ format: 'tensorboard', damages: [], count: 24 });
    for (const [step, { values }] of rows.entries()) {
      expect(values).toEqual({
        step,
        loss: Math.fround(loss(step)),
        'train/learning_rate': Math.fround(1e-3 * (1 - step / 24)),
        ...(step % 8 === 7 && { eval_loss: Math.fround(loss(step) + 0.1) }),
      });
    }
  });

  it('reads scalars that come as tensors, from several files of one run', async () => {
    const read24 = await read(path.join(fixtures, 'tensorboard-tensors'));
    expect(values(read24)).toEqual(Array.from({ length: 48 }, (_, step) => ({ step, loss: Math.fround(loss(step)) })));
    expect(read24.damages).toEqual([]);
  });

  const bytes = readFileSync(path.join(fixtures, scalars));
  /** Where the records of the file begin. */
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += 16 + Number(bytes.readBigUInt64LE(at))) starts.push(at);
  const start = (index: number) => starts[index] ?? 0;
  const name = 'events.out.tfevents.1';

  it('names a broken CRC by its offset, and reads the rest', async () => {
    const whole = await readText(name, bytes);
    for (const [inRecord, what] of [
      [14, 'the CRC of the data is broken'],
      [8, 'the CRC of the length is broken'],
      [1, 'the CRC of the length is broken'],
    ] as const) {
      const broken = Buffer.from(bytes);
      const at = start(10) + inRecord;
      broken[at] = (broken[at] ?? 0) ^ 0x40;
      const { rows, damages } = await readText(name, broken);
      expect(damages).toEqual([{ file: name, offset: start(10), what, torn: false }]);
      expect(rows.length).toBeGreaterThanOrEqual(whole.rows.length - 1);
      expect(rows.at(-1)).toEqual(whole.rows.at(-1));
    }
  });

  it('loses one record at most to a flipped byte, wherever it is', async () => {
    const { rows } = await readText(name, bytes);
    const scalarsIn = (read: readonly Row[]) => read.reduce((sum, row) => sum + Object.keys(row.values).length - 1, 0);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ mask;
        const found = await readText(name, flipped);
        expect(found.damages).toMatchObject([{ offset: starts.findLast((start) => start <= at), torn: false }]);
        expect(scalarsIn(found.rows)).toBeGreaterThanOrEqual(scalarsIn(rows) - 1);
      }),
      { numRuns: 150 },
    );
  });

  it('names a record that is cut off, at the end and in the middle', async () => {
    const last = start(starts.length - 1);
    const { rows, damages } = await readText(name, bytes.subarray(0, last + 20));
    expect(damages).toMatchObject([{ offset: last, torn: true, what: expect.stringContaining('cut off') }]);
    expect(rows).toHaveLength(24);
    const header = await readText(name, bytes.subarray(0, last + 5));
    expect(header.damages).toMatchObject([{ offset: last, torn: true, what: 'the record is cut off in its header' }]);

    const middle = Buffer.concat([bytes.subarray(0, start(10) + 20), bytes.subarray(start(11))]);
    const { damages: lost, rows: rest } = await readText(name, middle);
    expect(lost).toMatchObject([{ offset: start(10), torn: false, what: 'the CRC of the data is broken' }]);
    expect(rest.length).toBeGreaterThanOrEqual(23);
  });

  it('takes a record that is no event for damage', async () => {
    const data = Buffer.from([0x10, ...Array.from({ length: 11 }, () => 0xff)]);
    const frame = Buffer.alloc(12);
    frame.writeBigUInt64LE(BigInt(data.length));
    frame.writeUInt32LE(maskedCrc32c(frame.subarray(0, 8)), 8);
    const footer = Buffer.alloc(4);
    footer.writeUInt32LE(maskedCrc32c(data));
    const { damages } = await readText(name, Buffer.concat([bytes, frame, data, footer]));
    expect(damages).toMatchObject([{ offset: bytes.length, what: 'the record holds no TensorBoard event' }]);
  });

  it('computes the CRC-32C of RFC 3720, appendix B.4', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });
});

describe('CSV', () => {
  it('merges the sparse rows of Lightning by step', async () => {
    const { format, rows, damages } = await read(path.join(fixtures, 'lightning'));
    expect({ format, damages, count: rows.length }).toEqual({ format: 'csv', damages: [], count: 18 });
    expect(rows.map(({ values }) => values['step'])).toEqual(Array.from({ length: 18 }, (_, index) => 2 * index + 1));
    expect(rows.filter(({ values }) => 'val_loss' in values && 'train_loss' in values)).toHaveLength(3);
    expect(rows.every(({ values }) => typeof values['train_loss'] === 'number')).toBe(true);
  });

  it('names a header that changes by its offset, and goes on with it', async () => {
    const before = 'step,loss\n0,2\n1,1.5\n';
    const found = await readText('m.csv', `${before}step,loss,acc\n2,1.2,0.5\n3,nan,0.6\n`);
    expect(found.damages).toEqual([
      { file: 'm.csv', line: 4, offset: before.length, what: 'the header changes: with acc', torn: false },
    ]);
    expect(values(found)).toEqual([
      { step: 0, loss: 2 },
      { step: 1, loss: 1.5 },
      { step: 2, loss: 1.2, acc: 0.5 },
      { step: 3, loss: Number.NaN, acc: 0.6 },
    ]);
  });

  it('names a column that is there twice', async () => {
    const found = await readText('m.csv', 'step,loss,loss\n0,2,3\n');
    expect(found.damages).toMatchObject([{ line: 1, what: 'several columns are called "loss"; the last counts' }]);
    expect(values(found)).toEqual([{ step: 0, loss: 3 }]);
  });

  it('names rows that do not fit the header, and a last one that was cut off', async () => {
    const found = await readText('m.csv', 'step,loss,acc\n0,2,1\n1,2,3,4\n2,3,4\n3,1');
    expect(found.damages).toEqual([
      { file: 'm.csv', line: 3, offset: 20, what: '4 cells under a header of 3', torn: false },
      { file: 'm.csv', line: 5, offset: 34, what: '2 cells under a header of 3', torn: true },
    ]);
    expect(values(found)).toHaveLength(2);
  });

  it('reads quotes, other delimiters, a BOM and CRLF', async () => {
    const found = await readText('m.csv', '\uFEFFstep;"a;b"\r\n0;"1"\r\n1;-inf\r\n');
    expect(values(found)).toEqual([
      { step: 0, 'a;b': 1 },
      { step: 1, 'a;b': Number.NEGATIVE_INFINITY },
    ]);
    const unclosed = await readText('m.csv', 'step,loss\n0,1\n1,"2\n2,3\n');
    expect(unclosed.damages).toMatchObject([{ line: 3, offset: 14, what: 'a quote is never closed' }]);
    expect(values(unclosed)).toEqual([{ step: 0, loss: 1 }]);
  });
});

describe('MLflow', () => {
  it('reads the file store, a row a step', async () => {
    const { format, rows, damages } = await read(path.join(fixtures, 'mlflow'));
    expect({ format, damages, count: rows.length }).toEqual({ format: 'mlflow', damages: [], count: 24 });
    expect(rows[7]?.values).toEqual({
      step: 7,
      loss: loss(7),
      learning_rate: 1e-3 * (1 - 7 / 24),
      'eval/loss': expect.closeTo(loss(7) + 0.1),
    });
  });

  it('names lines that are none by their offset', async () => {
    const found = await readText('loss', '1700000000000 2.5 0\n1700000000000 x 1\n1700000000000 nan 2\n170000');
    expect(found.damages).toEqual([
      { file: 'loss', line: 2, offset: 20, what: 'not a line of "timestamp value step"', torn: false },
      { file: 'loss', line: 4, offset: 58, what: 'not a line of "timestamp value step"', torn: true },
    ]);
    expect(values(found)).toEqual([
      { step: 0, loss: 2.5 },
      { step: 2, loss: Number.NaN },
    ]);
  });
});

describe('JSONL', () => {
  it('names what does not parse by its offset, and reads the rest', async () => {
    const first = '{"step":0,"note":"é\\"NaN"}\n';
    const found = await readText(
      'm.jsonl',
      `${first}{"step":1,\n[1]\n{"step":2,"loss":NaN,"low":-Infinity}\n{"step":3,"lo`,
    );
    expect(found.damages).toEqual([
      { file: 'm.jsonl', line: 2, offset: 28, what: 'not one whole JSON object', torn: false },
      { file: 'm.jsonl', line: 3, offset: 39, what: 'not a JSON object but a list', torn: false },
      { file: 'm.jsonl', line: 5, offset: 81, what: 'not one whole JSON object', torn: true },
    ]);
    expect(values(found)).toEqual([
      { step: 0, note: 'é"NaN' },
      { step: 2, loss: Number.NaN, low: Number.NEGATIVE_INFINITY },
    ]);
  });

  it('names a line that is not UTF-8, alone among others', async () => {
    const bad = Buffer.concat([Buffer.from('{"a":1}\n{"b":"'), Buffer.from([0xff]), Buffer.from('"}\n{"c":1}\n')]);
    const found = await readText('m.jsonl', bad);
    expect(found.damages).toEqual([{ file: 'm.jsonl', line: 2, offset: 8, what: 'not UTF-8 text', torn: false }]);
    expect(found.rows).toEqual([
      { values: { a: 1 }, line: 1 },
      { values: { c: 1 }, line: 3 },
    ]);
  });

  it('keeps lines and offsets right beyond one chunk', async () => {
    const text = jsonl(goodRecords(1500));
    const found = await readText('m.jsonl', `${text}broken\n${text}`);
    expect(found.damages).toMatchObject([{ line: 1501, offset: Buffer.byteLength(text) }]);
    expect(found.rows).toHaveLength(3000);
    expect(found.rows.at(-1)?.line).toBe(3001);
  });

  it('passes over a line that is too long, without keeping it', async () => {
    await using fixture = await createFixture({ 'm.jsonl': '{"step":0}\n' });
    const file = fixture.getPath('m.jsonl');
    for (let megabytes = 0; megabytes < 66; megabytes += 2) appendFileSync(file, Buffer.alloc(2 << 20, 'x'));
    appendFileSync(file, '\n{"step":1}\n');
    const { rows, damages } = await read(file);
    expect(damages).toMatchObject([{ line: 2, offset: 11, what: 'the line is too long for a record' }]);
    expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  });
});

it.each(['tensorboard-scalars', 'lightning', 'mlflow'])('stops when it is told to: %s', async (name) => {
  const [source] = await findSources(path.join(fixtures, name));
  if (source === undefined) throw new Error('no source');
  const reason = new Error('interrupted');
  await expect(readSource(source, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
});

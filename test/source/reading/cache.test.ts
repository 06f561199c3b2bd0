import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ReadingCache, type Entry } from '../../../src/source/reading/cache.js';

const entry: Entry = { facts: '{"path":"ä.py"}', packed: Buffer.from([1, 2, 3, 0, 255]) };
const bytes = Buffer.from('x = 1\n');

async function folder(): Promise<string> {
  const fixture = await createFixture({});
  onTestFinished(() => fixture.rm());
  return path.join(fixture.path, 'cache');
}

function filesIn(cache: string): string[] {
  return readdirSync(cache, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(cache, name))
    .filter((file) => statSync(file).isFile());
}

test('gives back what was put, and writes whole files only', async () => {
  const at = await folder();
  const cache = new ReadingCache(at, 'salt');
  const key = cache.keyOf(bytes, 'a.py');
  expect(cache.get(key)).toBeUndefined();
  cache.put(key, entry);
  expect(cache.get(key)).toEqual(entry);
  expect(new ReadingCache(at, 'salt').get(key)).toEqual(entry);
  expect(filesIn(at)).toHaveLength(1);
});

test('the key is of everything that decides the answer', async () => {
  const at = await folder();
  const key = new ReadingCache(at, 'salt').keyOf(bytes, 'a.py');
  expect(new ReadingCache(at, 'salt').keyOf(bytes, 'a.py')).toBe(key);
  expect(new ReadingCache(at, 'pepper').keyOf(bytes, 'a.py')).not.toBe(key);
  expect(new ReadingCache(at, 'salt').keyOf(bytes, 'b.py')).not.toBe(key);
  expect(new ReadingCache(at, 'salt').keyOf(Buffer.from('x = 2\n'), 'a.py')).not.toBe(key);
});

describe('a damaged entry counts as missing, and is written anew', () => {
  const damage: Record<string, (file: string) => void> = {
    'one byte': (file) => {
      const whole = readFileSync(file);
      whole[whole.length - 2] = 7;
      writeFileSync(file, whole);
    },
    'its length field': (file) => {
      const whole = readFileSync(file);
      whole.writeUInt32LE(0xffff_ffff, 4);
      writeFileSync(file, whole);
    },
    'cut short': (file) => truncateSync(file, 10),
    'cut within its head': (file) => truncateSync(file, 5),
    empty: (file) => truncateSync(file, 0),
    'something else': (file) => writeFileSync(file, 'not an entry of ours, but long enough to be one'),
  };
  test.each(Object.keys(damage))('%s', async (name) => {
    const at = await folder();
    const cache = new ReadingCache(at, 'salt');
    const key = cache.keyOf(bytes, 'a.py');
    cache.put(key, entry);
    damage[name]?.(filesIn(at)[0] ?? '');
    expect(cache.get(key)).toBeUndefined();
    cache.put(key, entry);
    expect(cache.get(key)).toEqual(entry);
  });
});

test('a folder that cannot be made is no reason to stop', async () => {
  const at = await folder();
  writeFileSync(at, 'a file in its place');
  const cache = new ReadingCache(at, 'salt');
  const key = cache.keyOf(bytes, 'a.py');
  cache.put(key, entry);
  expect(cache.get(key)).toBeUndefined();
});

test('the oldest go once a part of the cache is beyond its share', async () => {
  const at = await folder();
  const big = { facts: '{}', packed: Buffer.alloc(1000) };
  const shard = 'ab';
  const keys = Array.from({ length: 6 }, (_, index) => `${shard}${String(index).repeat(62)}`);
  for (const [index, key] of keys.entries()) {
    new ReadingCache(at, 'salt').put(key, big);
    const when = new Date(2026, 0, 1 + index);
    utimesSync(path.join(at, shard, key.slice(2)), when, when);
  }
  const limited = new ReadingCache(at, 'salt', 3100 * 256);
  limited.put(`${shard}${'f'.repeat(62)}`, big);
  expect(keys.map((key) => limited.get(key) !== undefined)).toEqual([false, false, false, true, true, true]);
  expect(limited.get(`${shard}${'f'.repeat(62)}`)).toEqual(big);
});

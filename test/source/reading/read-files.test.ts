import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { expect, onTestFinished, test } from 'vitest';
import { largestFileBytes } from '../../../src/source/facts/facts.js';
import { readFiles } from '../../../src/source/reading/read-files.js';
import { Reader, type ReadRequest } from '../../../src/source/reading/reader.js';
import { ReaderThread } from '../../../src/source/reading/thread.js';

const never = new AbortController().signal;
const code = (name: string, functions: number): string =>
  Array.from({ length: functions }, (_, i) => `def ${name}_${i}(a, b=${i}):\n    return a.${name}[b] + ${i}\n`).join(
    '',
  );

async function sources(files: Record<string, string>) {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  const request: ReadRequest = { root: fixture.path, callees: [], apis: [] };
  const listed = Object.keys(files).map((file) => ({
    path: file,
    bytes: statSync(path.join(fixture.path, file)).size,
  }));
  return { request, listed };
}

test('threads say what this thread says, in the order of the files', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`m${i}.py`, code(`f${i}`, i % 7 === 0 ? 6000 : 30)]),
  );
  const { request, listed } = await sources({ ...files, 'bad.py': '\0', 'latin.py': '# coding: latin-1\nx = "ä"\n' });
  expect(Math.max(...listed.map(({ bytes }) => bytes))).toBeGreaterThan(256 * 1024);
  const readings = await readFiles(request, listed, never);
  const reader = new Reader(request);
  const alone = [];
  for (const { path } of listed) alone.push(await reader.read(path));
  expect(readings.map(({ facts }) => facts)).toEqual(alone.map(({ facts }) => facts));
  expect(readings.map(({ packed }) => packed && Buffer.from(packed).toString('hex'))).toEqual(
    alone.map(({ packed }) => packed && Buffer.from(packed).toString('hex')),
  );
});

test('a file beyond the limit is not even opened, one that is gone is a problem', async () => {
  const { request, listed } = await sources({ 'big.py': '', 'gone.py': 'x = 1\n' });
  rmSync(path.join(request.root, 'gone.py'));
  const files = listed.map((file) => (file.path === 'big.py' ? { ...file, bytes: largestFileBytes + 1 } : file));
  const [big, gone] = await readFiles(request, files, never);
  expect(big?.facts.problem).toMatchObject({ kind: 'too-large' });
  expect(gone?.facts.problem).toEqual({ kind: 'unreadable', message: 'it cannot be read (ENOENT)' });
});

test('an interrupted reading ends its threads and throws the reason', async () => {
  const { request, listed } = await sources({
    'a.py': code('a', 30_000),
    'b.py': code('b', 30_000),
    'c.py': 'x = 1\n',
  });
  const interrupt = new AbortController();
  const reason = new Error('interrupted');
  setTimeout(() => interrupt.abort(reason), 50);
  await expect(readFiles(request, listed, interrupt.signal)).rejects.toBe(reason);
  await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([]);
});

const large = { 'large.py': code('a', 9000), 'good.py': 'x = 1\n' };
const limits = { megabytes: 1024, ms: 60_000 };

test('a file that takes all memory costs that file only', async () => {
  const { request } = await sources(large);
  const thread = new ReaderThread(request, { ...limits, megabytes: 12 });
  onTestFinished(() => thread.end());
  const message = 'it takes more memory than any code should';
  expect((await thread.read('large.py')).facts).toMatchObject({ problem: { kind: 'too-large', message } });
  expect((await thread.read('good.py')).facts.definitions).toEqual(['x']);
});

test('a file that takes no end is given up', async () => {
  const { request } = await sources(large);
  const thread = new ReaderThread(request, { ...limits, ms: 100 });
  onTestFinished(() => thread.end());
  const message = 'it takes too long to read';
  expect((await thread.read('large.py')).facts).toMatchObject({ problem: { kind: 'too-large', message } });
});

test('what fails on a thread for another reason is no problem of the file', async () => {
  const { request } = await sources(large);
  const thread = new ReaderThread({ ...request, apis: [{ api: 'x[', module: 'x' }] }, limits);
  onTestFinished(() => thread.end());
  await expect(thread.read('good.py')).rejects.toThrow(/Invalid regular expression/);
});

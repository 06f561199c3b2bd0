import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { createFixture } from 'fs-fixture';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runFiles } from '../../src/metrics/run-folder.js';
import { lockRun } from '../../src/metrics/run-lock.js';

let fixture: Awaited<ReturnType<typeof createFixture>>;
let folder: string;
beforeEach(async () => {
  fixture = await createFixture({});
  folder = fixture.getPath('run');
  lockRun(folder)();
});
afterEach(() => fixture.rm());

const heldBy = (pid: number, host = hostname()): void =>
  writeFileSync(runFiles(folder).lock, JSON.stringify({ pid, host }));

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}

it('a run is locked until it is given free', () => {
  const unlock = lockRun(folder);
  expect(readdirSync(folder)).toEqual(['run.lock']);
  unlock();
  expect(readdirSync(folder)).toEqual([]);
});

it('the lock of a process that lives is respected', () => {
  heldBy(process.ppid);
  expect(() => lockRun(folder)).toThrow(`process ${process.ppid} writes to ${folder}`);
  expect(readdirSync(folder)).toEqual(['run.lock']);
});

it('the lock of a process that is dead is taken over', async () => {
  heldBy(await deadProcess());
  lockRun(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

it('of another host it is not known which process lives', async () => {
  heldBy(await deadProcess(), 'elsewhere');
  expect(() => lockRun(folder)).toThrow(/process \d+ on elsewhere writes to/);
});

it('a lock that names nobody is taken over, unless it was made just now', () => {
  const { lock } = runFiles(folder);
  writeFileSync(lock, '');
  expect(() => lockRun(folder)).toThrow(`another process writes to ${folder}`);
  utimesSync(lock, 1, 1);
  lockRun(folder)();
  expect(existsSync(lock)).toBe(false);
});

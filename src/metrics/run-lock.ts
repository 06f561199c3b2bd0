import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileError, MetricsError } from './errors.js';
import { makeRunFolder, runFiles } from './run-folder.js';

/** Who writes to a run: `run.lock` in its folder, while it does. */
interface Holder {
  pid: number;
  host: string;
}

/**
 * Keeps every other process from writing to a run, until the function that is returned is called or this process exits.
 * The lock of a process that is dead is taken over. It is not known by its age: a step may keep the process busy for longer
 * than any time in which it had to show that it lives.
 * @throws MetricsError when another process writes there, or the folder cannot be written
 */
export function lockRun(folder: string): () => void {
  const { lock } = runFiles(folder);
  makeRunFolder(folder);
  try {
    if (!create(lock)) {
      clear(folder, lock);
      if (!create(lock)) throw inUse(folder, holderOf(lock));
    }
  } catch (error) {
    throw error instanceof MetricsError ? error : fileError(lock, 'written', error);
  }
  const unlock = (): void => {
    process.off('exit', unlock);
    rmSync(lock, { force: true });
  };
  process.on('exit', unlock);
  return unlock;
}

/** Whether there was none. */
function create(lock: string): boolean {
  let handle: number;
  try {
    handle = openSync(lock, 'wx');
  } catch (error) {
    if (isError(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    const holder: Holder = { pid: process.pid, host: hostname() };
    writeFileSync(handle, `${JSON.stringify(holder)}\n`);
    return true;
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** Takes the lock of a dead process away. */
function clear(folder: string, lock: string): void {
  assertFree(folder, lock);
  // Of several processes that find it one gets it; what another one gets may be the lock of the one that was faster.
  const away = `${lock}.${process.pid}.tmp`;
  try {
    renameSync(lock, away);
  } catch (error) {
    if (isError(error, 'ENOENT')) return;
    throw error;
  }
  try {
    assertFree(folder, away);
  } catch (error) {
    renameSync(away, lock);
    throw error;
  }
  rmSync(away);
}

/** @throws MetricsError when the holder of a lock may be alive */
function assertFree(folder: string, lock: string): void {
  const holder = holderOf(lock);
  if (holder === undefined ? isBeingWritten(lock) : holder.host !== hostname() || isOther(holder.pid)) {
    throw inUse(folder, holder);
  }
}

function inUse(folder: string, holder?: Holder): MetricsError {
  const where = holder === undefined || holder.host === hostname() ? '' : ` on ${holder.host}`;
  const who = holder === undefined ? 'another process' : `process ${holder.pid}${where}`;
  return new MetricsError(
    `${who} writes to ${folder}`,
    `Wait until it has ended, or stop it. If it is no moe-check, delete ${runFiles(folder).lock}.`,
  );
}

/** Undefined when it tells nobody: it is not written yet, its writer was killed meanwhile, or it is gone by now. */
function holderOf(lock: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(lock, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, host }: Partial<Record<keyof Holder, unknown>> = { ...value };
  return typeof pid === 'number' && typeof host === 'string';
}

/** Whether a process of this host lives and is not this one: after a restart of a container the number may be the same. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives and belongs to somebody else.
    return isError(error, 'EPERM');
  }
}

/** Whether it was made a moment ago, and may not hold its holder yet. */
function isBeingWritten(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Math.abs(Date.now() - made) < 1000;
}

function isError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { MetricsError } from '../../metrics/errors.js';
import { assertComplete, MetricsWriter, type Dropped, type Resumed } from '../../metrics/metrics-writer.js';
import type { Values } from '../../metrics/record.js';
import { lockRun } from '../../metrics/run-lock.js';
import {
  assertVacant,
  createRun,
  makeRunFolder,
  readManifest,
  readSummary,
  runFiles,
  type RunManifest,
  type RunSummary,
} from '../../metrics/run-folder.js';
import { type Checkpoint, latestCheckpoint } from './checkpoint.js';

/** A run to go on with, from its first step or from a checkpoint. */
export interface Begun {
  writer: MetricsWriter;
  checkpoint?: Checkpoint;
  /** The last record before the step that comes next. */
  last?: Values;
  /** What an earlier end of the run had left unfinished, in sentences. */
  notes: readonly string[];
  /** Lets other processes write to the run. */
  unlock(): void;
}

/**
 * Lays out a new run.
 * @throws MetricsError when the folder holds something already, or cannot be written
 */
export async function beginRun(folder: string, manifest: RunManifest): Promise<Begun> {
  await assertVacant(folder);
  return locked(folder, async () => ({ writer: await createRun(folder, manifest), notes: [] }));
}

/**
 * Goes on with the run in a folder, wherever it was ended; begins it where there is none yet.
 * @returns its summary when it has finished
 * @throws MetricsError when it is a run of other settings or on another backend, or cannot be gone on with, or another
 *   process does
 */
export async function resumeRun(folder: string, manifest: RunManifest): Promise<Begun | { finished: RunSummary }> {
  const files = runFiles(folder);
  const names = await namesIn(folder);
  if (!names.includes(path.basename(files.manifest))) {
    if (!(await isUnfinishedLayout(folder, names))) await assertVacant(folder);
    return locked(folder, async () => {
      await removeAll(
        folder,
        names.filter((name) => name !== path.basename(files.lock)),
      );
      return { writer: await createRun(folder, manifest), notes: [] };
    });
  }
  assertSameRun(folder, await readManifest(folder), manifest);
  if (names.includes(path.basename(files.summary))) {
    const summary = await readSummary(folder);
    if (summary.outcome === 'finished') {
      await assertComplete(files.metrics, summary.steps);
      return { finished: summary };
    }
  }
  return locked(folder, () => goOn(folder));
}

/** Begins under a lock of the folder, which stays until the run is closed. */
async function locked(folder: string, begin: () => Promise<Omit<Begun, 'unlock'>>): Promise<Begun> {
  const unlock = lockRun(folder);
  try {
    return { ...(await begin()), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function goOn(folder: string): Promise<Omit<Begun, 'unlock'>> {
  const files = runFiles(folder);
  const names = await namesIn(folder);
  makeRunFolder(files.checkpoints);
  const { checkpoint, damaged } = await latestCheckpoint(files.checkpoints);
  const step = checkpoint?.model.step ?? 0;
  const { writer, dropped, last }: Resumed =
    step > 0 || names.includes(path.basename(files.metrics))
      ? await MetricsWriter.resume(files.metrics, step - 1)
      : { writer: await MetricsWriter.create(files.metrics), dropped: { tornBytes: 0, records: 0 } };
  await removeAll(folder, [path.basename(files.summary), ...names.filter(isUnfinished)]);
  const notes = [
    ...damaged.map(({ file, reason }) => `the checkpoint ${file} was left out: ${reason}`),
    ...droppedNotes(dropped, step),
  ];
  return {
    writer,
    ...(checkpoint !== undefined && { checkpoint: { ...checkpoint, resumed: checkpoint.resumed + 1 } }),
    ...(last !== undefined && { last }),
    notes,
  };
}

function droppedNotes({ tornBytes, records }: Dropped, step: number): string[] {
  return [
    ...(tornBytes > 0 ? [`the last line of metrics.jsonl was cut off: its ${tornBytes} bytes are dropped`] : []),
    ...(records > 0 ? [`${records} records from step ${step} on are dropped, and made again`] : []),
  ];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

/** What a process leaves behind that is killed while it writes a file whole, or takes over a lock. */
const isUnfinished = (name: string): boolean => /^(manifest\.json|summary\.json|run\.lock)\.\d+\.tmp$/.test(name);

/** A run that was killed before it had a manifest has no step; its folder may be laid out anew. */
async function isUnfinishedLayout(folder: string, names: readonly string[]): Promise<boolean> {
  const { checkpoints, lock } = runFiles(folder);
  const ours = new Set([checkpoints, lock].map((file) => path.basename(file)));
  if (!names.every((name) => isUnfinished(name) || ours.has(name))) return false;
  return (await namesIn(checkpoints)).length === 0;
}

function assertSameRun(folder: string, before: RunManifest, now: RunManifest): void {
  const settings = Object.keys({ ...before.config, ...now.config })
    .map((key) => [key, before.config[key], now.config[key]] as const)
    .concat([['backend', before.backend.name, now.backend.name]]);
  const other = settings.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is));
  if (other.length === 0) {
    assertSameData(folder, before.data, now.data);
    return;
  }
  const words = other.map(([key, was, is]) => `${key} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`);
  throw new MetricsError(
    `the run in ${folder} was begun with other settings: ${words.join(', ')}`,
    'Resume it with its own settings, or train in another folder with --out.',
  );
}

function assertSameData(folder: string, before: RunManifest['data'], now: RunManifest['data']): void {
  if (before === undefined || now === undefined || before.sha256 === now.sha256) return;
  const sizes = before.bytes === now.bytes ? '' : `: it had ${before.bytes} bytes and has ${now.bytes}`;
  throw new MetricsError(
    `${now.file} is not any more what the run in ${folder} was begun with${sizes}`,
    'Bring the data back to resume the run, or train in another folder with --out.',
  );
}

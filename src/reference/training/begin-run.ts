import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { MetricsError } from '../../metrics/errors.js';
import { MetricsWriter, type Dropped, type Resumed } from '../../metrics/metrics-writer.js';
import type { Values } from '../../metrics/record.js';
import {
  createRun,
  layOut,
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
}

/**
 * Lays out a new run.
 * @throws MetricsError when the folder holds something already, or cannot be written
 */
export async function beginRun(folder: string, manifest: RunManifest): Promise<Begun> {
  return { writer: await createRun(folder, manifest), notes: [] };
}

/**
 * Goes on with the run in a folder, wherever it was ended; begins it where there is none yet.
 * @returns its summary when it has finished
 * @throws MetricsError when it is a run of other settings or on another backend, or cannot be gone on with
 */
export async function resumeRun(folder: string, manifest: RunManifest): Promise<Begun | { finished: RunSummary }> {
  const files = runFiles(folder);
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (!names.includes(path.basename(files.manifest))) {
    await removeUnfinishedLayout(folder, names);
    return beginRun(folder, manifest);
  }
  assertSameRun(folder, await readManifest(folder), manifest);
  if (names.includes(path.basename(files.summary))) {
    const summary = await readSummary(folder);
    if (summary.outcome === 'finished') return { finished: summary };
    await rm(files.summary);
  }
  await Promise.all(names.filter(isUnfinished).map((name) => rm(path.join(folder, name), { force: true })));

  layOut(folder);
  const { checkpoint, damaged } = await latestCheckpoint(files.checkpoints);
  const step = checkpoint?.model.step ?? 0;
  const { writer, dropped, last }: Resumed = names.includes(path.basename(files.metrics))
    ? await MetricsWriter.resume(files.metrics, step - 1)
    : { writer: await MetricsWriter.create(files.metrics), dropped: { tornBytes: 0, records: 0 } };
  if (step > 0 && last?.['step'] !== step - 1) {
    await writer.close();
    throw new MetricsError(
      `${files.metrics} lacks step ${step - 1}, after which the checkpoint goes on`,
      'Train anew in another folder.',
    );
  }
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

/** What `writeWhole` leaves behind when it is killed. */
const isUnfinished = (name: string): boolean => /^(manifest|summary)\.json\.\d+\.tmp$/.test(name);

/** A run that was killed before it had a manifest has no step; its folder may be laid out anew. */
async function removeUnfinishedLayout(folder: string, names: readonly string[]): Promise<void> {
  const checkpoints = path.basename(runFiles(folder).checkpoints);
  if (!names.every((name) => isUnfinished(name) || name === checkpoints)) return;
  const inside = names.includes(checkpoints) ? await readdir(path.join(folder, checkpoints)) : [];
  if (inside.length === 0) await rm(folder, { recursive: true, force: true });
}

function assertSameRun(folder: string, before: RunManifest, now: RunManifest): void {
  const settings = Object.keys({ ...before.config, ...now.config })
    .map((key) => [key, before.config[key], now.config[key]] as const)
    .concat([['backend', before.backend.name, now.backend.name]]);
  const other = settings.filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is));
  if (other.length === 0) return;
  const words = other.map(([key, was, is]) => `${key} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`);
  throw new MetricsError(
    `the run in ${folder} was begun with other settings: ${words.join(', ')}`,
    'Resume it with its own settings, or train in another folder with --out.',
  );
}

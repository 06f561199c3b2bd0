import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../util/make-folder.js';
import { writeWhole } from '../util/write-whole.js';
import { fileError, MetricsError } from './errors.js';
import { MetricsWriter } from './metrics-writer.js';
import { readDocument } from './read-document.js';
import type { ArchitectureMode, TrainingMode } from './record.js';

/** `manifest.json` of a run: what was trained, with what, and how to do it again. */
export interface RunManifest {
  schema: 'moe-run/1';
  /** Id of the schema that its records follow. */
  metrics: 'moe-metrics/1';
  tool: { name: string; version: string };
  /** Version of Node. */
  node: string;
  backend: { name: string; version?: string };
  /** Commit that was checked out, where there was one. */
  gitRevision?: string;
  seed: number;
  combination: { architecture: ArchitectureMode; training: TrainingMode };
  /** The whole config, as resolved. */
  config: Readonly<Record<string, unknown>>;
  /** The file of the data, where it is one. */
  data?: { file: string; bytes: number; sha256: string };
  /** ISO 8601, UTC. */
  startedAt: string;
}

/** `summary.json` of a run that has come to an end. */
export interface RunSummary {
  schema: 'moe-run-summary/1';
  outcome: 'finished' | 'interrupted' | 'failed';
  /** Why, when it failed. */
  reason?: string;
  /** Steps that were done. */
  steps: number;
  wallTimeS: number;
  /** ISO 8601, UTC. */
  endedAt: string;
  /** How often it was resumed. */
  resumed: number;
  /** Metrics of the last step, as far as they are finite. */
  final: Readonly<Record<string, number>>;
}

/** The layout of a run folder. */
export function runFiles(folder: string) {
  return {
    manifest: path.join(folder, 'manifest.json'),
    metrics: path.join(folder, 'metrics.jsonl'),
    checkpoints: path.join(folder, 'checkpoints'),
    summary: path.join(folder, 'summary.json'),
    /** Only there while a process writes to the run. */
    lock: path.join(folder, 'run.lock'),
  };
}

/** @throws MetricsError when a folder holds something, but for a lock */
export async function assertVacant(folder: string): Promise<void> {
  const lock = path.basename(runFiles(folder).lock);
  const there: readonly string[] = await readdir(folder).catch(() => []);
  if (there.some((name) => name !== lock)) {
    throw new MetricsError(`${folder} is not empty`, 'Resume the run in it, or name another folder.');
  }
}

/**
 * Lays out a new run and opens its metrics.
 * @throws MetricsError when the folder holds something already, or cannot be written
 */
export async function createRun(folder: string, manifest: RunManifest): Promise<MetricsWriter> {
  const files = runFiles(folder);
  await assertVacant(folder);
  makeRunFolder(files.checkpoints);
  await write(files.manifest, manifest);
  return MetricsWriter.create(files.metrics);
}

/** @throws MetricsError when the folder of a run, or one in it, is not there and cannot be made */
export function makeRunFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileError(folder, 'written', error);
  }
}

/** @throws MetricsError when it cannot be written */
export async function writeSummary(folder: string, summary: RunSummary): Promise<void> {
  await write(runFiles(folder).summary, summary);
}

/** @throws MetricsError when there is none, or it is not what `createRun` writes */
export async function readManifest(folder: string): Promise<RunManifest> {
  return readDocument(runFiles(folder).manifest, 'run-manifest', 'manifest of a run');
}

/** @throws MetricsError when there is none (the run has not ended), or it is not what `writeSummary` writes */
export async function readSummary(folder: string): Promise<RunSummary> {
  return readDocument(runFiles(folder).summary, 'run-summary', 'summary of a run');
}

async function write(file: string, content: RunManifest | RunSummary): Promise<void> {
  await writeWhole(file, `${JSON.stringify(content, null, 2)}\n`).catch((error: unknown) => {
    throw fileError(file, 'written', error);
  });
}

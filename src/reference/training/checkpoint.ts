import { open, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../../metrics/errors.js';
import type { GhostState } from '../ghosts.js';
import type { ModelState } from '../model.js';
import { DamagedTensorFile, decodeTensors, encodeTensors } from './safetensors.js';

/** All that a run needs to go on as if it had never stopped. The data is a function of seed and step. */
export interface Checkpoint {
  model: ModelState;
  /** Seconds that were spent on training so far. */
  wallTimeS: number;
  /** How often the run was resumed so far. */
  resumed: number;
}

/** Two: should the newest ever be damaged, the one before it is there. */
const kept = 2;
const pattern = /^step-\d+\.safetensors$/;

/**
 * Writes `step-00000050.safetensors` whole or not at all, on the disk before it has that name, and takes away all but the
 * newest two.
 * @returns its path
 * @throws MetricsError when it cannot be written; those before it stay
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<string> {
  const { tensors, ...about } = checkpoint.model;
  const { wallTimeS, resumed } = checkpoint;
  const metadata = { format: 'moe-checkpoint/1', state: JSON.stringify({ ...about, wallTimeS, resumed }) };
  const file = path.join(folder, `step-${String(about.step).padStart(8, '0')}.safetensors`);
  const unfinished = `${file}.tmp`;
  try {
    await writeDurably(unfinished, encodeTensors({ tensors, metadata }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw fileError(file, 'written', error);
  }
  const older = (await namesIn(folder)).slice(kept);
  await Promise.all(older.map((name) => rm(path.join(folder, name), { force: true })));
  return file;
}

/** The newest checkpoint that can be read, and those that are newer and cannot. */
export interface Latest {
  checkpoint?: Checkpoint;
  damaged: readonly { file: string; reason: string }[];
}

/** Looks for the newest checkpoint that is whole; one that is not, or was never finished, is taken away. */
export async function latestCheckpoint(folder: string): Promise<Latest> {
  const damaged: { file: string; reason: string }[] = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.tmp'))) {
    damaged.push({ file: name, reason: 'it was never finished' });
    await rm(path.join(folder, name), { force: true });
  }
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    try {
      return { checkpoint: decodeCheckpoint(await readFile(file)), damaged };
    } catch (error) {
      if (!(error instanceof DamagedTensorFile)) throw fileError(file, 'read', error);
      damaged.push({ file: name, reason: error.message });
      await rm(file);
    }
  }
  return { damaged };
}

function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeTensors(bytes);
  const state: unknown = metadata['format'] === 'moe-checkpoint/1' ? JSON.parse(metadata['state'] ?? 'null') : null;
  if (!isState(state)) throw new DamagedTensorFile('it is no checkpoint of a run');
  const { wallTimeS, resumed, ...model } = state;
  return { model: { ...model, tensors }, wallTimeS, resumed };
}

type State = Omit<ModelState, 'tensors'> & Pick<Checkpoint, 'wallTimeS' | 'resumed'>;

function isState(value: unknown): value is State {
  if (typeof value !== 'object' || value === null) return false;
  const { step, overlap, wallTimeS, resumed, ghosts }: Partial<Record<keyof State, unknown>> = { ...value };
  return [step, overlap, wallTimeS, resumed].every((each) => typeof each === 'number') && isGhosts(ghosts);
}

function isGhosts(value: unknown): value is GhostState {
  if (typeof value !== 'object' || value === null) return false;
  const { levels, phases, window }: Partial<Record<keyof GhostState, unknown>> = { ...value };
  return [levels, phases, window].every((each) => Array.isArray(each));
}

/** Newest first; the steps in the names have the same width. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder))
    .filter((name) => pattern.test(name))
    .sort()
    .toReversed();
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { firstComplaint, validatorOf } from '../util/json-schema.js';
import { makeFolder } from '../util/make-folder.js';
import { writeWhole } from '../util/write-whole.js';
import type { Look, Looks } from './collect.js';
import { UsageError } from './errors.js';
import type { ArtifactKey, Artifacts, Collector, SerializedError } from './types.js';

/** What `manifest.json` in a folder of saved artifacts says. */
export interface ArtifactsManifest {
  schema: 'moe-check-artifacts/1';
  tool: { name: string; version: string };
  /** Absolute path of what was looked at. */
  target: string;
  artifacts: readonly string[];
}

/** One saved look; with state ok, `value` is held against the artifact's own schema. */
export interface SavedArtifact {
  artifact: string;
  durationMs: number;
  state: 'ok' | 'skipped' | 'failed';
  value?: unknown;
  reason?: string;
  error?: SerializedError;
  because?: string;
}

const manifestName = 'manifest.json';

/**
 * Writes every artifact to `DIR/<key>.json`, each file whole or not at all, the manifest last: a folder without one
 * was not finished.
 * @throws UsageError when the folder cannot be written.
 */
export async function saveArtifacts(
  folder: string,
  looks: readonly SavedArtifact[],
  about: Pick<ArtifactsManifest, 'tool' | 'target'>,
): Promise<void> {
  try {
    makeFolder(folder);
    await rm(path.join(folder, manifestName), { force: true });
    for (const look of looks) await writeWhole(path.join(folder, `${look.artifact}.json`), json(look));
    const artifacts = looks.map((look) => look.artifact);
    const manifest: ArtifactsManifest = { schema: 'moe-check-artifacts/1', ...about, artifacts };
    await writeWhole(path.join(folder, manifestName), json(manifest));
  } catch (error) {
    throw new UsageError(`the artifacts could not be saved in ${folder}: ${messageOf(error)}`);
  }
}

/**
 * Reads saved artifacts back, each held against its schema.
 * @throws UsageError naming the file and what was expected in it.
 */
export async function loadArtifacts(
  folder: string,
  collectors: readonly Collector[],
): Promise<{ target: string; looks: Looks }> {
  const manifest = await read<ArtifactsManifest>(path.join(folder, manifestName), 'artifacts-manifest');
  const looks = new Map<ArtifactKey, Look>();
  for (const collector of collectors) {
    const { artifact } = collector;
    if (!manifest.artifacts.includes(artifact)) continue;
    const file = path.join(folder, `${artifact}.json`);
    const saved = await read<SavedArtifact>(file, 'saved-artifact');
    looks.set(artifact, {
      artifact,
      collector,
      collected: await restore(file, artifact, saved),
      durationMs: saved.durationMs,
    });
  }
  return { target: manifest.target, looks };
}

async function restore(file: string, artifact: ArtifactKey, saved: SavedArtifact): Promise<Look['collected']> {
  switch (saved.state) {
    case 'ok': {
      const isValue = await validatorOf<Artifacts[ArtifactKey]>(`artifacts/${artifact}`);
      if (isValue(saved.value)) return { state: 'ok', value: saved.value };
      throw new UsageError(`${file} does not hold a "${artifact}" artifact: value${firstComplaint(isValue.errors)}`);
    }
    case 'skipped':
      return { state: 'skipped', reason: saved.reason ?? 'no reason was saved' };
    case 'failed':
      return { state: 'failed', error: saved.error ?? { name: 'Error', message: 'no error was saved' } };
    default:
      return saved.state satisfies never;
  }
}

async function read<T>(file: string, schema: string): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} could not be read: ${messageOf(error)}`,
      'Save artifacts first, with --save-artifacts.',
    );
  }
  const isExpected = await validatorOf<T>(schema);
  if (isExpected(content)) return content;
  throw new UsageError(`${file} is not what --save-artifacts writes: ${firstComplaint(isExpected.errors)}`);
}

function json(content: unknown): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

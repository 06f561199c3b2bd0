import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import { InvalidReferenceConfig, type ReferenceConfig, resolveReferenceConfig } from '../reference/config.js';
import type { Target } from '../reference/training/target.js';
import { packageFile } from '../util/package-root.js';
import { asConfigError, conforming } from './conforming.js';
import { type RawConfig, readConfig } from './read-config.js';

/** What a training config file says, as `schemas/train-config.schema.json` has it. */
type TrainConfigFile = Partial<ReferenceConfig> & { $schema?: string; target?: Target };

/** A training as it is asked for. */
export interface TrainConfig {
  reference: ReferenceConfig;
  target?: Target;
}

/**
 * Reads a training config. What is `given` beside the file wins over it; undefined takes a key away. A path of data counts
 * from the folder of the file.
 * @throws UsageError when it cannot be read, ConfigError naming line, key and what was expected when it is not right, or
 *   asks for what cannot be
 */
export async function loadTrainConfig(
  file: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<TrainConfig> {
  const raw = withGiven(await readConfig(file), given);
  const { $schema: _, target, ...settings } = await conforming<TrainConfigFile>(raw, 'train-config');
  const { data = 'markov' } = settings;
  const place = data === 'markov' ? data : path.resolve(path.dirname(file), data);
  try {
    const reference = resolveReferenceConfig({ ...settings, data: place });
    return { reference, ...(target !== undefined && { target }) };
  } catch (error) {
    if (!(error instanceof InvalidReferenceConfig)) throw error;
    throw asConfigError(
      file,
      error.problems.map(({ key, message }) => ({ message, position: raw.positionOf([key]) })),
    );
  }
}

/** The files of the configs that come with the package, one a combination. */
export async function referenceConfigs(): Promise<readonly string[]> {
  const folder = packageFile('fixtures/configs');
  return (await readdir(folder)).sort().map((name) => path.join(folder, name));
}

function withGiven(raw: RawConfig, given: Readonly<Record<string, unknown>>): RawConfig {
  if (raw.value === null || typeof raw.value !== 'object' || Array.isArray(raw.value)) return raw;
  const value = Object.fromEntries(Object.entries({ ...raw.value, ...given }).filter(([, each]) => each !== undefined));
  return { ...raw, value, positionOf: (at) => (Object.hasOwn(given, String(at[0])) ? undefined : raw.positionOf(at)) };
}

/**
 * Settings given as `key=value`, each value read as YAML.
 * @throws UsageError when one is not of that form
 */
export async function parseSettings(words: readonly string[]): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  const entries = words.map((word): [string, unknown] => {
    const [, key, value] = /^([\w.]+)=(.+)$/.exec(word) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`--set takes key=value, not "${word}"`, 'For example --set lr=0.003');
    }
    return [key, parse(value)];
  });
  return Object.fromEntries(entries);
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import { InvalidReferenceConfig, type ReferenceConfig, resolveReferenceConfig } from '../reference/config.js';
import type { Target } from '../reference/training/target.js';
import { packageFile } from '../util/package-root.js';
import { asConfigError, conforming } from './conforming.js';
import { type KeyPath, type RawConfig, readConfig } from './read-config.js';

/** What a training config file says, as `schemas/train-config.schema.json` has it. */
type TrainConfigFile = Partial<ReferenceConfig> & { $schema?: string; target?: Target };

/** Values beside a config file by their keys, `target.loss` being that of `loss` in `target`. */
export type Given = Readonly<Record<string, unknown>>;

/** A training as it is asked for. */
export interface TrainConfig {
  reference: ReferenceConfig;
  target?: Target;
}

/**
 * Reads a training config. What is `given` beside the file, by the flag that `flagOf` names for its key, wins over it;
 * undefined takes a key away. A path of data counts from the folder of the file.
 * @throws UsageError when it cannot be read, or a flag is not right, ConfigError naming line, key and what was expected when it is not right, or
 *   asks for what cannot be
 */
export async function loadTrainConfig(
  file: string,
  given: Given = {},
  flagOf = (key: string): string => `--set ${key}`,
): Promise<TrainConfig> {
  if (!['.yaml', '.yml', '.json'].includes(path.extname(file))) {
    throw new UsageError(`${file} is no training config: its name ends in .yaml, .yml or .json`);
  }
  const raw = withGiven(await readConfig(file), given, flagOf);
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
      error.problems.map(({ key, message }) => ({
        message,
        position: raw.positionOf([key]),
        flag: raw.flagOf?.([key]),
      })),
    );
  }
}

/** The files of the configs that come with the package, one a combination. */
export async function referenceConfigs(): Promise<readonly string[]> {
  const folder = packageFile('fixtures/configs');
  return (await readdir(folder)).sort().map((name) => path.join(folder, name));
}

function withGiven(raw: RawConfig, given: Given, flagOf: (key: string) => string): RawConfig {
  if (raw.value === null || typeof raw.value !== 'object' || Array.isArray(raw.value)) return raw;
  const value = Object.entries(given).reduce(
    (config, [key, each]) => withMember(config, key.split('.'), each),
    raw.value,
  );
  const keyOf = (at: KeyPath): string | undefined => {
    const path = `${at.join('.')}.`;
    return Object.keys(given).find((key) => path.startsWith(`${key}.`) || `${key}.`.startsWith(path));
  };
  return {
    ...raw,
    value,
    flagOf(at) {
      const key = at.length === 0 ? undefined : keyOf(at);
      return key === undefined ? undefined : flagOf(key);
    },
  };
}

/** An object with another value at the path; undefined takes the member away. */
function withMember(object: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const entries = Object.entries(object).filter(([name]) => name !== key);
  const before: unknown = Object.entries(object).find(([name]) => name === key)?.[1];
  const isMap = typeof before === 'object' && before !== null && !Array.isArray(before);
  const member = rest.length === 0 ? value : withMember(isMap ? before : {}, rest, value);
  return Object.fromEntries(member === undefined ? entries : [...entries, [key, member]]);
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
    try {
      return [key, parse(value)];
    } catch {
      throw new UsageError(`--set ${key}: "${value}" is no YAML`, 'Put a text with special characters in quotes.');
    }
  });
  return Object.fromEntries(entries);
}

import type { Severity, Tier } from '../engine/types.js';
import type { FactorValue, Overrides } from '../plots/combinations.js';
import type { Expected } from '../plots/types.js';
import { conforming } from './conforming.js';
import { readConfig } from './read-config.js';

/** What a config file says, as `schemas/config.schema.json` has it. Times are in seconds. */
export interface ConfigFile {
  entry?: string;
  python?: string;
  modules?: readonly string[];
  symbols?: readonly string[];
  exclude?: readonly string[];
  imports?: { timeout?: number };
  launch?: {
    command?: readonly string[];
    health?: string;
    port?: number;
    args?: readonly string[];
    env?: Readonly<Record<string, string>>;
    timeout?: number;
  };
  network?: { endpoints?: readonly { url: string; timeout?: number }[]; timeout?: number };
  metrics?: { runs?: readonly string[]; schema?: string };
  plots?: {
    list?: string;
    config?: string;
    factors?: Readonly<Record<string, readonly FactorValue[]>>;
    overrides?: Overrides;
    combinations?: readonly Overrides[];
    expected?: Expected;
  };
  checks?: { only?: readonly string[]; skip?: readonly string[] };
  failOn?: Severity;
  tier?: Tier;
}

/**
 * Reads and validates a config file.
 * @throws UsageError when it cannot be read, ConfigError naming line, key and what was expected when it is not right.
 */
export async function loadConfigFile(file: string): Promise<ConfigFile> {
  return conforming<ConfigFile>(await readConfig(file), 'config');
}

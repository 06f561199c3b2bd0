/** Where the environment is recorded, below the dashboard's root. */
export const recordFile = '.moe-check/environment.json';

/** What an environment was like when everything was green. */
export interface EnvironmentRecord {
  schema: 'moe-check-environment/1';
  /** ISO 8601, UTC. */
  recordedAt: string;
  /** `3.11.7` */
  python: string;
  /** `CPython` */
  implementation: string;
  /** Versions by normalized name, sorted. */
  packages: Readonly<Record<string, string>>;
}

/** What of the `distributions` artifact is worth remembering. */
interface Environment {
  environment: Readonly<Record<string, string>>;
  installed: readonly { name: string; version: string; editable: boolean }[];
}

/** The record of an environment. Working copies are left out: their version says little about their code. */
export function environmentRecord({ environment, installed }: Environment, now: Date): EnvironmentRecord {
  const versions = installed.filter(({ editable }) => !editable).map(({ name, version }) => [name, version] as const);
  return {
    schema: 'moe-check-environment/1',
    recordedAt: now.toISOString(),
    python: environment['python_full_version'] ?? '',
    implementation: environment['platform_python_implementation'] ?? '',
    // Of two versions under one name, the first on sys.path is the one in force.
    packages: Object.fromEntries(versions.toReversed().sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
  };
}

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import type { Settings, Severity, Tier } from '../engine/types.js';
import type { ConfigFile } from './config-file.js';
import { cacheFolder, lookedAt } from './cache-folder.js';
import { findConfig } from './find-config.js';

/** What the command line says; absent members were not given. */
export interface Flags {
  /** A config file to read instead of the one that would be found. */
  config?: string;
  python?: string;
  /** Seconds for each look: one import, the launch, one step on the network. */
  timeoutS?: number;
  only?: readonly string[];
  skip?: readonly string[];
  tier?: Tier;
  failOn?: Severity;
  train?: boolean;
  /** False: keep nothing of the sources between runs, and use nothing that was kept of them. */
  cache?: boolean;
}

/**
 * The settings of one run: flags over config over defaults. `target` is the dashboard's folder, or its entry script.
 * Asking for checks by `--only` also overrules what the config skips; `--skip` adds to it.
 * @throws UsageError when there is no such target or interpreter, or the config is not right.
 */
export async function resolveSettings(target: string, flags: Flags = {}, cwd = process.cwd()): Promise<Settings> {
  const { root, script } = locate(path.resolve(cwd, target), target);
  lookedAt.add(root);
  const configFile = flags.config === undefined ? await findConfig(root) : path.resolve(cwd, flags.config);
  const config: ConfigFile = configFile === undefined ? {} : await load(configFile);
  const base = configFile === undefined ? root : path.dirname(configFile);

  const entry = script ?? (config.entry === undefined ? undefined : path.resolve(base, config.entry));
  const python =
    flags.python === undefined
      ? config.python && interpreter(config.python, base, `"python" in ${configFile}`)
      : interpreter(flags.python, cwd, '--python');
  const cache = flags.cache === false ? undefined : cacheFolder(root);
  const { imports = {}, launch = {}, network = {}, metrics = {}, plots = {}, checks = {} } = config;
  return {
    root,
    ...(configFile === undefined ? {} : { configFile }),
    ...(entry === undefined ? {} : { entry: inside(root, entry) }),
    ...(python === undefined ? {} : { python }),
    ...(config.modules === undefined ? {} : { modules: config.modules }),
    symbols: config.symbols ?? [],
    exclude: (config.exclude ?? []).map((glob) => rebase(glob, base, root)),
    imports: { timeoutS: flags.timeoutS ?? imports.timeout ?? 60 },
    launch: {
      ...(launch.command === undefined ? {} : { command: launch.command }),
      ...(launch.health === undefined ? {} : { health: launch.health }),
      ...(launch.port === undefined ? {} : { port: launch.port }),
      args: launch.args ?? [],
      env: launch.env ?? {},
      timeoutS: flags.timeoutS ?? launch.timeout ?? 60,
    },
    network: {
      endpoints: (network.endpoints ?? []).map(({ url, timeout }) => ({ url, timeoutS: timeout ?? 2 })),
      timeoutS: flags.timeoutS ?? network.timeout ?? 5,
    },
    metrics: {
      runs: (metrics.runs ?? []).map((run) => path.relative(root, path.resolve(base, run)) || '.'),
      ...(metrics.schema === undefined ? {} : { schema: path.resolve(base, metrics.schema) }),
    },
    train: flags.train ?? false,
    ...(cache === undefined ? {} : { cache }),
    plots: { overrides: {}, ...plots },
    only: flags.only ?? checks.only ?? [],
    skip: [...(flags.only === undefined ? (checks.skip ?? []) : []), ...(flags.skip ?? [])],
    tier: flags.tier ?? config.tier ?? 'launch',
    failOn: flags.failOn ?? config.failOn ?? 'error',
  };
}

/** The YAML, TOML and schema machinery is only loaded where there is a config. */
async function load(file: string): Promise<ConfigFile> {
  const { loadConfigFile } = await import('./config-file.js');
  return loadConfigFile(file);
}

/** The folder to look at; of a script the folder it stands in, which is what its imports start from. */
function locate(absolute: string, given: string): { root: string; script?: string } {
  const fix = 'Name the folder of the dashboard, or its entry script.';
  let stats;
  try {
    stats = statSync(absolute, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(
      `${given} cannot be looked at: ${error instanceof Error ? error.message : String(error)}`,
      fix,
    );
  }
  if (stats === undefined) throw new UsageError(`there is no such path: ${given}`, fix);
  if (stats.isDirectory()) return { root: absolute };
  if (absolute.endsWith('.py')) return { root: path.dirname(absolute), script: absolute };
  throw new UsageError(`${given} is neither a folder nor a Python file`, fix);
}

function inside(root: string, entry: string): string {
  const relative = path.relative(root, entry);
  if (relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw new UsageError(`the entry ${entry} lies outside of ${root}`, `moe-check preflight ${path.dirname(entry)}`);
  }
  return relative.split(path.sep).join('/');
}

/** An interpreter given as a path, or as a command to look up on PATH; absolute, links not resolved. */
function interpreter(given: string, base: string, source: string): string {
  const home = given.startsWith('~/') ? path.join(homedir(), given.slice(2)) : given;
  const places = given.includes(path.sep)
    ? [path.resolve(base, home)]
    : (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.resolve(folder, given));
  const found = places.find(isExecutable);
  if (found !== undefined) return found;
  throw new UsageError(`${source} names ${given}, which is no program that can be run`, 'Name a Python interpreter.');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A glob of the config, which counts from the config's folder, as one that counts from the root. */
function rebase(glob: string, base: string, root: string): string {
  const from = path.relative(base, root).split(path.sep).join('/');
  return from === '' || glob.startsWith('**/') ? path.posix.normalize(glob) : path.posix.relative(from, glob);
}

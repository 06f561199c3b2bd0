import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadTrainConfig, parseSettings, referenceConfigs, type TrainConfig } from '../config/train-config.js';
import { UsageError } from '../engine/errors.js';
import { compareWithGolden } from '../metrics/compare/compare-runs.js';
import { readGolden, usualGolden } from '../metrics/compare/golden.js';
import { openRun } from '../metrics/compare/open-run.js';
import { wordsFor } from '../metrics/compare/words.js';
import { readManifest, runFiles } from '../metrics/run-folder.js';
import { validatePath } from '../metrics/validate/validate-path.js';
import { type BackendName, BackendUnavailable, backendNames, openBackend } from '../reference/backend.js';
import { architectures, trainingModes } from '../reference/config.js';
import { DataError } from '../reference/data/read-text.js';
import { OutOfMemory } from '../reference/training/out-of-memory.js';
import {
  type TrainedRun,
  type TrainingProblem,
  type TrainingReport,
  trainingReport,
} from '../reference/training/report.js';
import { isJudgeable, shortfallsOf } from '../reference/training/target.js';
import { RunCutShort, type StepDone, train, type Training } from '../reference/training/train.js';
import { exec } from '../util/exec.js';
import { tool } from '../util/tool.js';

/** What the command line asks for; absent members were not given. */
export interface TrainFlags {
  config?: string | undefined;
  /** Every combination of the config, or every reference config where none is named. */
  all: boolean;
  steps?: number | undefined;
  seed?: number | undefined;
  backend?: BackendName | undefined;
  out?: string | undefined;
  resume: boolean;
  /** `key=value` */
  set?: readonly string[] | undefined;
  /** Judge each run at once. */
  check: boolean;
}

export interface Watcher {
  signal: AbortSignal;
  onStep(run: string, step: StepDone): void;
}

interface PlannedRun extends TrainConfig {
  name: string;
  folder: string;
}

/**
 * Trains what is asked for, one run after the other.
 * @throws UsageError, ConfigError or MetricsError for what cannot be: nothing is written then that was not there, or what
 *   was written stays
 */
export async function trainRuns(flags: TrainFlags, { signal, onStep }: Watcher): Promise<TrainingReport> {
  const planned = await planRuns(flags);
  if (flags.check) for (const run of planned) assertJudgeable(run);
  const backend = await openBackend(await backendOf(flags, planned)).catch(asUsageError);
  const gitRevision = await headRevision();
  const about = {
    tool: tool(),
    backend: { name: backend.name, version: backend.version },
    ...(gitRevision !== undefined && { gitRevision }),
  };
  const runs: TrainedRun[] = [];
  for (const run of planned) {
    const { reference: config, folder, name } = run;
    const request = { config, folder, about, resume: flags.resume, signal };
    const { training, cutShort } = await train({ ...request, onStep: (step) => onStep(name, step) }).then(
      (training) => ({ training, cutShort: false }),
      asCutShort,
    );
    const judgement = flags.check && !cutShort ? await judge(training, run, signal) : {};
    runs.push({ ...trainedRun(training, run), ...judgement });
    if (training.summary.outcome === 'interrupted' || cutShort) break;
  }
  return trainingReport(tool(), backend, runs);
}

async function planRuns({ config, all, steps, seed, out, set = [] }: TrainFlags): Promise<readonly PlannedRun[]> {
  if (out === '') throw new UsageError('--out names no folder', 'Leave it out to train into runs/COMBINATION.');
  const flagOf = (key: string): string =>
    key === 'max_steps' && steps !== undefined
      ? '--steps'
      : key === 'seed' && seed !== undefined
        ? '--seed'
        : `--set ${key}`;
  const given = {
    ...(await parseSettings(set)),
    ...(steps !== undefined && { max_steps: steps }),
    ...(seed !== undefined && { seed }),
  };
  const named = ({ reference, ...more }: TrainConfig, folder?: string): PlannedRun => {
    const name = `${reference.architecture}-${reference.training}`;
    return { ...more, reference, name, folder: folder ?? path.join(out ?? 'runs', name) };
  };
  if (!all) {
    if (config === undefined)
      throw new UsageError('there is nothing to train', 'Name a config with --config, or --all.');
    return [named(await loadTrainConfig(config, given, flagOf), out)];
  }
  if (config === undefined) {
    const files = await referenceConfigs();
    return Promise.all(files.map(async (file) => named(await loadTrainConfig(file, given, flagOf))));
  }
  const combinations = architectures.flatMap((architecture) =>
    trainingModes.map((training) => ({
      architecture,
      training,
      ...(architecture !== 'ghost' && { ghosts: undefined }),
    })),
  );
  return Promise.all(
    combinations.map(async (each) => named(await loadTrainConfig(config, { ...given, ...each }, flagOf))),
  );
}

/** The backend that is asked for; else, where a run is resumed, the one it was begun on. */
async function backendOf(
  { backend, resume }: TrainFlags,
  planned: readonly PlannedRun[],
): Promise<BackendName | undefined> {
  const begun = planned.find(({ folder }) => existsSync(runFiles(folder).manifest));
  if (backend !== undefined || !resume || begun === undefined) return backend;
  const { name } = (await readManifest(begun.folder)).backend;
  return backendNames.find((known) => known === name);
}

/** The commit that is checked out, where there is one. */
async function headRevision(): Promise<string | undefined> {
  const { stdout, exitCode } = await exec('git', ['rev-parse', 'HEAD']);
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** A run that could not be written to its end is reported as far as it came; those after it would hardly fare better. */
function asCutShort(error: unknown): { training: Training; cutShort: true } {
  if (!(error instanceof RunCutShort)) return asUsageError(error);
  const note = 'once it can be written again, the same command with --resume goes on';
  return { training: { ...error.training, notes: [...error.training.notes, note] }, cutShort: true };
}

/** What the user can do something about, as such. */
function asUsageError(error: unknown): never {
  if (error instanceof BackendUnavailable) throw new UsageError(error.message, error.fix);
  if (error instanceof OutOfMemory) throw new UsageError(error.message, 'Lower batch_size, context or embed_dim.');
  if (error instanceof DataError) throw new UsageError(error.message, error.fix);
  throw error;
}

/** @throws UsageError for a target that a run on its data cannot be held against */
function assertJudgeable({ reference, target = {} }: PlannedRun): void {
  if (target.above_floor === undefined || isJudgeable(target, reference.data === 'markov')) return;
  throw new UsageError(
    `the target cannot be judged: above_floor counts from the floor of the built-in data, that of ${reference.data} is unknown`,
    'Give the target a loss, in nats: --set target.loss=3',
  );
}

async function judge(
  training: Training,
  run: PlannedRun,
  signal: AbortSignal,
): Promise<Pick<TrainedRun, 'judgedBy' | 'problems'>> {
  if (training.summary.outcome === 'interrupted') return { problems: [] };
  const { folder, target = {}, name } = run;
  const reports = await validatePath(folder, undefined, signal);
  const invalid = reports
    .flatMap(({ problems }) => problems)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }): TrainingProblem => ({ code: 'invalid', message, fix: `moe-check validate ${folder}` }));
  const golden = usualGolden({ combination: name });
  const hasGolden = existsSync(golden);
  return {
    judgedBy: [
      ...(isJudgeable(target, training.ended.floor !== undefined) ? ['target' as const] : []),
      ...(hasGolden ? ['golden' as const] : []),
    ],
    problems: [
      ...shortfallsOf(training.ended, target),
      ...invalid,
      ...(hasGolden ? await divergences(folder, golden, signal) : []),
    ],
  };
}

async function divergences(folder: string, golden: string, signal: AbortSignal): Promise<readonly TrainingProblem[]> {
  const { lanes } = await compareWithGolden(await openRun(folder), await readGolden(golden), signal);
  return lanes.flatMap(({ lane, divergences: [first] }): readonly TrainingProblem[] =>
    first === undefined
      ? []
      : [
          {
            code: 'diverged',
            message: `${lane}: ${wordsFor(first)} (${golden})`,
            fix: `moe-check compare ${folder}`,
          },
        ],
  );
}

function trainedRun({ summary, ended, resumedFrom, notes }: Training, run: PlannedRun): TrainedRun {
  const { loss, perplexity } = summary.final;
  return {
    folder: run.folder,
    combination: run.name,
    ...ended,
    of: run.reference.max_steps,
    wallTimeS: summary.wallTimeS,
    ...(loss !== undefined && { loss }),
    ...(perplexity !== undefined && { perplexity }),
    ...(resumedFrom !== undefined && { resumedFrom }),
    notes,
  };
}

import { setImmediate } from 'node:timers/promises';
import { MetricsError } from '../../metrics/errors.js';
import { type MetricsRecord, type Values, visitNumbers } from '../../metrics/record.js';
import { type RunManifest, type RunSummary, runFiles, writeSummary } from '../../metrics/run-folder.js';
import type { ReferenceConfig } from '../config.js';
import { type Dataset, openDataset } from '../data/dataset.js';
import { createModel, type ReferenceModel } from '../model.js';
import { type Begun, beginRun, resumeRun } from './begin-run.js';
import { writeCheckpoint } from './checkpoint.js';
import { assertFits, asOutOfMemory } from './out-of-memory.js';
import type { Ended } from './target.js';

export interface TrainRequest {
  config: ReferenceConfig;
  /** The run folder. */
  folder: string;
  /** What of the manifest the config does not say. The backend must be the one that is open. */
  about: Pick<RunManifest, 'tool' | 'backend' | 'gitRevision'>;
  /** Go on with the run in the folder, where there is one. */
  resume?: boolean;
  /** Stops the training after the step it is in, with a checkpoint. */
  signal?: AbortSignal;
  onStep?: (step: StepDone) => void;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** A step as somebody sees it who watches. */
export interface StepDone {
  /** Steps that are done, and that there are. */
  done: number;
  of: number;
  loss: number;
  tokensPerS: number;
}

/** What came of a training. */
export interface Training {
  summary: RunSummary;
  ended: Ended;
  /** The step it went on from. */
  resumedFrom?: number;
  notes: readonly string[];
}

/** A run that could not be written any more: the disk is full, or its folder is gone. */
export class RunCutShort extends MetricsError {
  readonly training: Training;
  constructor(message: string, training: Training) {
    super(message);
    this.training = training;
  }
}

/**
 * Trains a model from its config to a run folder: a record a step, an evaluation and a checkpoint now and then, a summary.
 * Same seed, same backend: the same records but for the times at the end of each, interrupted and resumed or not.
 * @throws MetricsError when the folder cannot be used, or another process writes to it
 * @throws RunCutShort when it cannot be written any more; what was written stays
 * @throws DataError, OutOfMemory
 */
export async function train(request: TrainRequest): Promise<Training> {
  const { config, folder, clock = wallClock } = request;
  assertFits(config);
  const data = await openDataset(config);
  const manifest = manifestOf(request, data, clock());
  const run = request.resume === true ? await resumeRun(folder, manifest) : await beginRun(folder, manifest);
  if ('finished' in run) {
    const { finished: summary } = run;
    return { summary, ended: endOf(summary, data, config), resumedFrom: summary.steps, notes: [] };
  }

  try {
    return await trainRun(request, data, run);
  } finally {
    run.unlock();
  }
}

async function trainRun(request: TrainRequest, data: Dataset, run: Begun): Promise<Training> {
  const { config, folder, clock = wallClock } = request;
  const resumedFrom = run.checkpoint?.model.step;
  const steps = new Steps(run, clock);
  const trainingOf = (summary: RunSummary): Training => ({
    summary,
    ended: endOf(summary, data, config),
    ...(resumedFrom !== undefined && { resumedFrom }),
    notes: run.notes,
  });
  try {
    const { outcome, reason } = await trainAll(request, data, steps).finally(() => run.writer.close());
    const summary = steps.summary(outcome, reason);
    await writeSummary(folder, summary);
    return trainingOf(summary);
  } catch (error) {
    const cause = asOutOfMemory(error, config);
    const summary = steps.summary('failed', cause.message);
    await writeSummary(folder, summary).catch(() => undefined);
    throw cause instanceof MetricsError ? new RunCutShort(cause.message, trainingOf(summary)) : cause;
  }
}

type Outcome = Pick<RunSummary, 'outcome' | 'reason'>;

async function trainAll(request: TrainRequest, data: Dataset, steps: Steps): Promise<Outcome> {
  const { config, folder, signal, onStep } = request;
  const { writer, checkpoint } = steps.run;
  const model = createModel(config);
  const keepCheckpoint = async (): Promise<void> => {
    // A checkpoint never stands on records that could still be lost.
    await writer.sync();
    const about = { wallTimeS: steps.wallTimeS(), resumed: steps.resumed };
    await writeCheckpoint(runFiles(folder).checkpoints, { model: model.state(), ...about });
  };
  try {
    if (checkpoint !== undefined) model.restore(checkpoint.model);
    while (model.step < config.max_steps) {
      // Between two steps, signals and whatever else waits get their turn.
      await setImmediate();
      if (signal?.aborted === true) {
        await keepCheckpoint();
        return { outcome: 'interrupted' };
      }
      const record = steps.timed(() => stepOf(model, data), config);
      await writer.append(record);
      onStep?.({ done: model.step, of: config.max_steps, loss: record.loss, tokensPerS: record.tokens_per_s });
      const broken = firstNonFinite(record);
      if (broken !== undefined) return { outcome: 'failed', reason: `${broken} is not finite at step ${record.step}` };
      if (isDue(model.step, config.checkpoint_every, config)) await keepCheckpoint();
    }
    return { outcome: 'finished' };
  } finally {
    model.dispose();
  }
}

/** One step, evaluated after it where that is due. */
function stepOf(model: ReferenceModel, data: Dataset): Omit<MetricsRecord, 'wall_time_s' | 'tokens_per_s'> {
  const { record } = model.trainStep(data.trainBatch(model.step));
  if (!isDue(model.step, model.config.eval_every, model.config)) return record;
  const { loss, perplexity } = model.evaluate(data.evalBatches);
  return { ...record, eval_loss: loss, perplexity };
}

const isDue = (done: number, every: number, { max_steps }: ReferenceConfig): boolean =>
  done % every === 0 || done === max_steps;

/** The steps of a run, with what the clock says of them. */
class Steps {
  readonly run: Begun;
  readonly resumed: number;
  private readonly clock: () => number;
  private readonly started: number;
  private last: Values;

  constructor(run: Begun, clock: () => number) {
    this.run = run;
    this.clock = clock;
    this.started = clock() - (run.checkpoint?.wallTimeS ?? 0) * 1000;
    this.resumed = run.checkpoint?.resumed ?? 0;
    this.last = run.last ?? {};
  }

  wallTimeS(): number {
    return thousandths((this.clock() - this.started) / 1000);
  }

  /** A step's record, the times at its end: all before them is the same for the same seed and backend. */
  timed(
    step: () => Omit<MetricsRecord, 'wall_time_s' | 'tokens_per_s'>,
    { batch_size, context }: ReferenceConfig,
  ): MetricsRecord {
    const before = this.clock();
    const record = step();
    const seconds = Math.max(this.clock() - before, 0.001) / 1000;
    const tokensPerS = thousandths((batch_size * context) / seconds);
    const complete = { ...record, wall_time_s: this.wallTimeS(), tokens_per_s: tokensPerS };
    this.last = complete;
    return complete;
  }

  summary(outcome: RunSummary['outcome'], reason?: string): RunSummary {
    const { last } = this;
    const numbers = Object.entries(last).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    );
    return {
      schema: 'moe-run-summary/1',
      outcome,
      ...(reason !== undefined && { reason }),
      steps: typeof last['step'] === 'number' ? last['step'] + 1 : 0,
      wallTimeS: this.wallTimeS(),
      endedAt: new Date(this.clock()).toISOString(),
      resumed: this.resumed,
      final: Object.fromEntries(numbers),
    };
  }
}

function endOf(summary: RunSummary, { floor }: Dataset, config: ReferenceConfig): Ended {
  const { outcome, reason, steps, final } = summary;
  const evalLoss = final['eval_loss'];
  return {
    outcome,
    ...(reason !== undefined && { reason }),
    steps,
    ...(evalLoss !== undefined && { evalLoss }),
    evalTokens: config.eval_batches * config.batch_size * config.context,
    ...(floor !== undefined && { floor }),
  };
}

function firstNonFinite(record: MetricsRecord): string | undefined {
  let first: string | undefined;
  visitNumbers({ ...record }, (name, value) => {
    if (!Number.isFinite(value)) first ??= name;
  });
  return first;
}

function manifestOf({ config, about }: TrainRequest, { source }: Dataset, now: number): RunManifest {
  return {
    schema: 'moe-run/1',
    metrics: 'moe-metrics/1',
    node: process.version,
    ...about,
    seed: config.seed,
    combination: { architecture: config.architecture, training: config.training },
    config: { ...config },
    ...(source !== undefined && { data: source }),
    startedAt: new Date(now).toISOString(),
  };
}

/** Finer than Date.now, and never set back. */
const wallClock = (): number => performance.timeOrigin + performance.now();

const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

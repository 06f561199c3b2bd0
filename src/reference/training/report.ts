import type { OpenBackend } from '../backend.js';
import type { Ended, Shortfall } from './target.js';

/** What came of one training, as it is reported. */
export interface TrainedRun extends Ended {
  /** The run folder, as it is named to the user. */
  folder: string;
  /** `ghost-geometric` */
  combination: string;
  /** Steps that there are. */
  of: number;
  wallTimeS: number;
  /** Of the last step, in nats. */
  loss?: number;
  perplexity?: number;
  /** The step it went on from. */
  resumedFrom?: number;
  /** What an earlier end of the run had left unfinished. */
  notes: readonly string[];
  /** With --check: what it was judged by beside its schema and invariants. */
  judgedBy?: readonly ('target' | 'golden')[];
  /** With --check: what is wrong with the run. */
  problems?: readonly TrainingProblem[];
}

/** Something that is wrong with a run. */
export interface TrainingProblem {
  /** `invalid`: the metrics break their schema or an invariant. `diverged`: they are not those of the golden. */
  code: Shortfall['code'] | 'invalid' | 'diverged';
  message: string;
  fix: string;
}

/** What `moe-check train --json` prints. */
export interface TrainingReport {
  schema: 'moe-check-training/1';
  tool: { name: string; version: string };
  backend: OpenBackend;
  verdict: 'trained' | 'failed' | 'interrupted';
  exitCode: number;
  runs: readonly TrainedRun[];
}

/** Failed, 1, when a run failed or has a problem; interrupted, 130, when one was. */
export function trainingReport(
  tool: TrainingReport['tool'],
  backend: OpenBackend,
  runs: readonly TrainedRun[],
): TrainingReport {
  const interrupted = runs.some(({ outcome }) => outcome === 'interrupted');
  const failed = runs.some(({ outcome, problems = [] }) => outcome === 'failed' || problems.length > 0);
  const [verdict, exitCode] = interrupted
    ? (['interrupted', 130] as const)
    : failed
      ? (['failed', 1] as const)
      : (['trained', 0] as const);
  return { schema: 'moe-check-training/1', tool, backend, verdict, exitCode, runs };
}

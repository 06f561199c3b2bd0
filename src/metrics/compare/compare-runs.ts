import { MetricsError } from '../errors.js';
import type { Problem } from '../validate/problems.js';
import { validateSource } from '../validate/validate-source.js';
import type { Divergence } from './divergences.js';
import { compareWithEnvelope } from './envelope.js';
import { compareExactly, type StepwiseResult } from './exact.js';
import { stepsIn, type Golden, type RunFacts } from './golden.js';
import type { OpenRun } from './open-run.js';
import { stepsOf, type Steps } from './steps.js';

/** One of the three ways in which a run is compared, each with its own verdict. */
export interface Lane {
  lane: 'exact' | 'envelope' | 'invariants';
  verdict: 'passed' | 'failed' | 'not-applicable';
  /** Why it is not applicable. */
  reason?: string;
  /** The first in causal order first. */
  divergences: readonly Divergence[];
  /** What breaks an invariant. */
  problems: readonly Problem[];
  /** Steps that were compared. */
  steps: number;
  /** Steps of the run after the last that is known of the other. */
  beyond: number;
  newMetrics: readonly string[];
}

/** A setting of the run that is not that of the other, by its key in the config. */
export interface Difference {
  key: string;
  expected: string;
  actual: string;
}

/** What `moe-check compare --json` prints. */
export interface Comparison {
  schema: 'moe-check-comparison/1';
  tool: { name: string; version: string };
  run: string;
  /** The golden, or the other run. */
  expected: string;
  verdict: 'same' | 'different' | 'unknown';
  exitCode: number;
  /** Settings that differ: what most likely explains all else. */
  differences: readonly Difference[];
  lanes: readonly Lane[];
}

export type Lanes = Pick<Comparison, 'differences' | 'lanes'>;

/**
 * Compares a run with a golden.
 * @throws MetricsError when they are of different combinations, or a file cannot be read
 */
export async function compareWithGolden(run: OpenRun, golden: Golden, signal?: AbortSignal): Promise<Lanes> {
  const { facts, schema } = run;
  assertSameCombination(golden.run, facts);
  const steps = () => stepsOf(run.source, schema, signal);
  return {
    differences: differencesOf(golden.run.config, facts.config),
    lanes: [
      await exactLane(golden.run, golden.metrics, run, stepsIn(golden.exact), signal),
      golden.envelope === undefined
        ? notApplicable('envelope', 'the golden has no envelope; golden update --seeds gives it one')
        : laneOf('envelope', await compareWithEnvelope(golden.envelope, steps())),
      await invariantsLane(run, signal),
    ],
  };
}

/** Compares a run with another that is taken to be right. */
export async function compareWithRun(run: OpenRun, expected: OpenRun, signal?: AbortSignal): Promise<Lanes> {
  assertSameCombination(expected.facts, run.facts);
  const steps = stepsOf(expected.source, expected.schema, signal);
  return {
    differences: differencesOf(expected.facts.config, run.facts.config),
    lanes: [
      await exactLane(expected.facts, expected.schema.id, run, steps, signal),
      notApplicable('envelope', 'one run has no envelope'),
      await invariantsLane(run, signal),
    ],
  };
}

/** Different, 1, when a lane failed; unknown, 3, when values were compared in none. */
export function comparisonOf(
  about: Pick<Comparison, 'tool' | 'run' | 'expected'>,
  { differences, lanes }: Lanes,
): Comparison {
  const failed = lanes.some((lane) => lane.verdict === 'failed');
  const compared = lanes.some((lane) => lane.lane !== 'invariants' && lane.verdict === 'passed');
  const [verdict, exitCode] = failed
    ? (['different', 1] as const)
    : compared
      ? (['same', 0] as const)
      : (['unknown', 3] as const);
  return { schema: 'moe-check-comparison/1', ...about, verdict, exitCode, differences, lanes };
}

async function exactLane(
  expected: RunFacts,
  schemaId: string,
  { source, schema, facts }: OpenRun,
  steps: Steps,
  signal: AbortSignal | undefined,
): Promise<Lane> {
  if (schemaId !== schema.id) return notApplicable('exact', `other records: ${schemaId} and ${schema.id}`);
  for (const key of ['backend', 'seed'] as const) {
    const [wanted, got] = [expected[key], facts[key]];
    if (wanted !== undefined && got !== undefined && wanted !== got) {
      return notApplicable('exact', `another ${key}: ${wanted} and ${got}`);
    }
  }
  return laneOf('exact', await compareExactly(steps, stepsOf(source, schema, signal)));
}

async function invariantsLane({ source, schema }: OpenRun, signal: AbortSignal | undefined): Promise<Lane> {
  const { problems, records } = await validateSource(source, schema, signal);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const none = { divergences: [], beyond: 0, newMetrics: [] };
  return {
    lane: 'invariants',
    verdict: errors.length === 0 ? 'passed' : 'failed',
    problems: errors,
    steps: records,
    ...none,
  };
}

function laneOf(lane: 'exact' | 'envelope', result: StepwiseResult): Lane {
  // Where not one step is common there is nothing that could be called the same.
  const passed = result.divergences.length === 0 && result.steps > 0;
  return { lane, verdict: passed ? 'passed' : 'failed', problems: [], ...result };
}

function notApplicable(lane: Lane['lane'], reason: string): Lane {
  const none = { divergences: [], problems: [], steps: 0, beyond: 0, newMetrics: [] };
  return { lane, verdict: 'not-applicable', reason, ...none };
}

function assertSameCombination(expected: RunFacts, actual: RunFacts): void {
  const [wanted, got] = [expected.combination, actual.combination];
  if (wanted === undefined || got === undefined || wanted === got) return;
  throw new MetricsError(`a run of ${got} is not comparable with one of ${wanted}`, 'Compare runs of one combination.');
}

function differencesOf(expected: RunFacts['config'] = {}, actual: RunFacts['config'] = {}): readonly Difference[] {
  const [wanted, got] = [leavesOf(expected), leavesOf(actual)];
  if (wanted.size === 0 || got.size === 0) return [];
  return [...new Set([...wanted.keys(), ...got.keys()])]
    .filter((key) => wanted.get(key) !== got.get(key))
    .map((key) => ({ key, expected: wanted.get(key) ?? 'nothing', actual: got.get(key) ?? 'nothing' }));
}

function leavesOf(config: Readonly<Record<string, unknown>>, above = ''): Map<string, string> {
  return new Map(
    Object.entries(config).flatMap(([key, value]): [string, string][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [...leavesOf({ ...value }, `${above}${key}.`)]
        : [[`${above}${key}`, JSON.stringify(value)]],
    ),
  );
}

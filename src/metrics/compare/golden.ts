import path from 'node:path';
import { MetricsError } from '../errors.js';
import { readDocument } from '../read-document.js';
import type { Envelope } from './envelope.js';
import type { Step } from './steps.js';

/** What a golden knows of the run that it was taken from; a run without a manifest says less. */
export interface RunFacts {
  /** `ghost-geometric` */
  combination?: string;
  backend?: string;
  seed?: number;
  config?: Readonly<Record<string, unknown>>;
}

/** Who moved a golden, and why. */
export interface Provenance {
  reason: string;
  /** ISO 8601, UTC. */
  at: string;
  tool: { name: string; version: string };
  node: string;
  /** Commit the run was made from. */
  gitRevision?: string;
  /** Metrics that were moved. */
  moved: readonly string[];
}

/** The values of a metric, at all steps of the golden or at those that are named. */
export interface Series {
  steps?: readonly number[];
  values: readonly number[];
}

/** What a run is expected to be, `schemas/golden.schema.json`. */
export interface Golden {
  schema: 'moe-golden/1';
  /** Id of the schema its records follow. */
  metrics: string;
  run: RunFacts;
  /** Newest last. */
  provenance: readonly Provenance[];
  exact: { steps: readonly number[]; metrics: Readonly<Record<string, Series>> };
  envelope?: Envelope;
}

/**
 * Reads a golden.
 * @throws MetricsError when it is none, or holds what is not finite
 */
export async function readGolden(file: string): Promise<Golden> {
  // What is not finite (null, or 1e999, which reads as Infinity) is no number to the schema.
  const content = await readDocument<Golden>(file, 'golden', 'golden', fix);
  const ragged = Object.entries(content.exact.metrics).find(
    ([, { steps = [], values }]) => values.length !== (steps.length || content.exact.steps.length),
  );
  if (ragged !== undefined) throw new MetricsError(`${file} is refused: ${ragged[0]} has not one value a step`, fix);
  return content;
}

const fix = 'Write it anew with moe-check golden update.';

/**
 * Where the golden of a run is looked for when none is named: `.moe-check/goldens/COMBINATION.json` in the working folder.
 * @throws MetricsError when it is not known of which combination the run is
 */
export function usualGolden({ combination }: RunFacts): string {
  if (combination === undefined) {
    throw new MetricsError('the run does not say of which combination it is', 'Name its golden with --golden FILE.');
  }
  return path.join('.moe-check', 'goldens', `${combination}.json`);
}

/** One metric a line, so that a change of it is a change of one line. */
export function formatGolden({ exact, envelope, ...head }: Golden): string {
  const rows = (metrics: Readonly<Record<string, unknown>>) =>
    Object.entries(metrics)
      .map(([metric, series]) => `      ${JSON.stringify(metric)}: ${JSON.stringify(series)}`)
      .join(',\n');
  const parts = [
    ...Object.entries(head).map(
      ([key, value]) => `  "${key}": ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`,
    ),
    `  "exact": {\n    "steps": ${JSON.stringify(exact.steps)},\n    "metrics": {\n${rows(exact.metrics)}\n    }\n  }`,
  ];
  if (envelope !== undefined) {
    const { metrics, ...about } = envelope;
    const facts = Object.entries(about).map(([key, value]) => `    "${key}": ${JSON.stringify(value)},\n`);
    parts.push(`  "envelope": {\n${facts.join('')}    "metrics": {\n${rows(metrics)}\n    }\n  }`);
  }
  return `{\n${parts.join(',\n')}\n}\n`;
}

/**
 * The exact part of a golden, of a run in rising order of steps.
 * @throws MetricsError when a value is not finite, or there is no step
 */
export async function exactOf(run: AsyncIterable<Step>): Promise<Golden['exact']> {
  const steps: number[] = [];
  const series = new Map<string, { steps: number[]; values: number[] }>();
  for await (const { step, numbers } of run) {
    steps.push(step);
    for (const [metric, value] of numbers) {
      if (!Number.isFinite(value)) throw new MetricsError(`${metric} is not finite at step ${step}: that is no golden`);
      const own = series.get(metric) ?? { steps: [], values: [] };
      series.set(metric, own);
      own.steps.push(step);
      own.values.push(value);
    }
  }
  if (steps.length === 0) throw new MetricsError('the run has no step: that is no golden');
  const metrics = [...series].map(([metric, own]) => [
    metric,
    own.steps.length === steps.length ? { values: own.values } : own,
  ]);
  return { steps, metrics: Object.fromEntries(metrics) };
}

/** The steps that a golden holds. */
export function* stepsIn({ steps, metrics }: Golden['exact']): Generator<Step, void, undefined> {
  const indexed = Object.entries(metrics).map(
    ([metric, series]) =>
      [metric, new Map(series.values.map((value, index) => [(series.steps ?? steps)[index], value]))] as const,
  );
  for (const step of steps) {
    const numbers = new Map<string, number>();
    for (const [metric, values] of indexed) {
      const value = values.get(step);
      if (value !== undefined) numbers.set(metric, value);
    }
    yield { step, numbers };
  }
}

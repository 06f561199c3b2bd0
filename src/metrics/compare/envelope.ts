import { MetricsError } from '../errors.js';
import { Divergences, type Band } from './divergences.js';
import type { StepwiseResult } from './exact.js';
import type { Step, Steps } from './steps.js';

/** With fewer seeds the outermost values say too little about the next one. */
export const fewestSeeds = 20;

const probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;

/** How a metric spreads over seeds: for each step the quantiles at `probabilities`. */
export interface Envelope {
  /** How many runs it was made of. */
  seeds: number;
  probabilities: readonly number[];
  metrics: Readonly<Record<string, { steps: readonly number[]; quantiles: readonly (readonly number[])[] }>>;
}

/**
 * The envelope of runs that differ in their seed alone.
 * @throws MetricsError when there are too few, or a value is not finite
 */
export async function envelopeOf(runs: readonly Steps[]): Promise<Envelope> {
  if (runs.length < fewestSeeds) {
    throw new MetricsError(`an envelope takes ${fewestSeeds} runs or more, and there are ${runs.length}`);
  }
  const values = new Map<string, Map<number, number[]>>();
  for (const run of runs) {
    for (let item = await run.next(); item.done !== true; item = await run.next()) gather(item.value, values);
  }
  const metrics = [...values].map(([metric, bySteps]) => {
    // What some runs alone have, such as a step that not all came to, says nothing about the others.
    const whole = [...bySteps].filter(([, each]) => each.length === runs.length).sort(([a], [b]) => a - b);
    return [
      metric,
      { steps: whole.map(([step]) => step), quantiles: whole.map(([, each]) => quantilesOf(each)) },
    ] as const;
  });
  return { seeds: runs.length, probabilities, metrics: Object.fromEntries(metrics) };
}

function gather({ step, numbers }: Step, values: Map<string, Map<number, number[]>>): void {
  for (const [metric, value] of numbers) {
    if (!Number.isFinite(value)) throw new MetricsError(`${metric} at step ${step} of a seed is not finite`);
    const bySteps = values.get(metric) ?? new Map<number, number[]>();
    values.set(metric, bySteps);
    const soFar = bySteps.get(step);
    if (soFar === undefined) bySteps.set(step, [value]);
    else soFar.push(value);
  }
}

/** By linear interpolation between the values next to each other. */
function quantilesOf(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return probabilities.map((probability) => {
    const at = probability * (sorted.length - 1);
    const [low = 0, high = low] = sorted.slice(Math.floor(at), Math.floor(at) + 2);
    return low + (high - low) * (at - Math.floor(at));
  });
}

/** Holds each step of a run against the envelope. */
export async function compareWithEnvelope({ metrics }: Envelope, actual: Steps): Promise<StepwiseResult> {
  const divergences = new Divergences();
  const bands = new Map(Object.entries(metrics).map(([metric, series]) => [metric, bandsOf(series)]));
  const awaited = new Set([...bands.values()].flatMap((bySteps) => [...bySteps.keys()]));
  const lastStep = [...awaited].reduce((last, step) => Math.max(last, step), 0);
  let [steps, beyond] = [0, 0];
  for (let item = await actual.next(); item.done !== true; item = await actual.next()) {
    const { step, numbers } = item.value;
    if (step > lastStep) beyond += 1;
    else if (awaited.delete(step)) steps += 1;
    for (const [metric, bySteps] of bands) {
      const within = bySteps.get(step);
      const value = numbers.get(metric);
      if (within === undefined) continue;
      if (value === undefined) divergences.add({ kind: 'missing-metric', metric, step, within });
      else if (!Number.isFinite(value)) divergences.addNonFinite(metric, step, undefined, value);
      else if (value < within.low || value > within.high) {
        divergences.add({ kind: 'value', metric, step, actual: value, within });
      }
    }
  }
  for (const step of awaited) divergences.add({ kind: 'missing-step', metric: 'step', step });
  return { divergences: divergences.list(), steps, beyond, newMetrics: [] };
}

/**
 * The bounds for each step. One run in ten lies outside of 20 others by chance at any one step, so the range of the seeds
 * is widened by its own width on each side: for a normal spread that is more than 5 standard deviations from the middle.
 * The steps next to it count as well, for a jump (a ghost that wakes) may come a step sooner or later. A metric that is
 * the same for every seed in every step, such as the learning rate, must be that number, but for rounding.
 */
function bandsOf({ steps, quantiles }: Envelope['metrics'][string]): ReadonlyMap<number, Band> {
  const ranges = quantiles.map((each) => ({ low: each[0] ?? 0, high: each.at(-1) ?? 0 }));
  const isFixed = ranges.every(({ low, high }) => low === high);
  return new Map(
    steps.map((step, index) => {
      const near = isFixed ? ranges.slice(index, index + 1) : ranges.slice(Math.max(0, index - 1), index + 2);
      const low = Math.min(...near.map((range) => range.low));
      const high = Math.max(...near.map((range) => range.high));
      const margin = high - low + 1e-6 * Math.max(Math.abs(low), Math.abs(high));
      return [step, { low: low - margin, high: high + margin }];
    }),
  );
}

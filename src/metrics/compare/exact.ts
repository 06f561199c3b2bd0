import { Divergences, type Divergence } from './divergences.js';
import type { Step, Steps } from './steps.js';

/** What came of comparing two runs step by step. */
export interface StepwiseResult {
  divergences: readonly Divergence[];
  /** Steps that both have. */
  steps: number;
  /** Steps of the run after the last one that is known of the expected one. */
  beyond: number;
  /** Metrics that the expected one does not have. */
  newMetrics: readonly string[];
}

/** Compares two runs bit for bit, each metric as a float32; streaming, both in rising order of steps. */
export async function compareExactly(expected: Steps, actual: Steps): Promise<StepwiseResult> {
  const divergences = new Divergences();
  const newMetrics = new Set<string>();
  let [steps, beyond] = [0, 0];
  let [wanted, got] = [await next(expected), await next(actual)];
  while (wanted !== undefined || got !== undefined) {
    if (wanted === undefined) {
      beyond += 1;
      got = await next(actual);
    } else if (got === undefined || wanted.step < got.step) {
      divergences.add({ kind: 'missing-step', metric: 'step', step: wanted.step });
      wanted = await next(expected);
    } else if (got.step < wanted.step) {
      divergences.add({ kind: 'extra-step', metric: 'step', step: got.step });
      got = await next(actual);
    } else {
      compareStep(wanted, got, divergences, newMetrics);
      steps += 1;
      [wanted, got] = [await next(expected), await next(actual)];
    }
  }
  return { divergences: divergences.list(), steps, beyond, newMetrics: [...newMetrics] };
}

function compareStep(wanted: Step, got: Step, divergences: Divergences, newMetrics: Set<string>): void {
  const { step } = wanted;
  for (const [metric, expected] of wanted.numbers) {
    const actual = got.numbers.get(metric);
    if (actual === undefined) divergences.add({ kind: 'missing-metric', metric, step, expected });
    else divergences.addUnlessSame(metric, step, expected, actual);
  }
  for (const [metric, actual] of got.numbers) {
    if (wanted.numbers.has(metric)) continue;
    newMetrics.add(metric);
    if (!Number.isFinite(actual)) divergences.addNonFinite(metric, step, undefined, actual);
  }
}

async function next(steps: Steps): Promise<Step | undefined> {
  const { done, value } = await steps.next();
  return done === true ? undefined : value;
}

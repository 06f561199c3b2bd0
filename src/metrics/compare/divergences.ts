import { causalRank } from './causal-order.js';
import { ulpsBetween } from './ulps.js';

/** Bounds of a metric in one step, inclusive. */
export interface Band {
  low: number;
  high: number;
}

/** How a difference goes on after the step in which it began. */
export type Trend = 'once' | 'grows' | 'steady' | 'shrinks';

/** One metric, or one step, that is not as expected: where first, and how it goes on. */
export interface Divergence {
  kind: 'value' | 'non-finite' | 'missing-metric' | 'missing-step' | 'extra-step';
  /** `step` when a whole step is missing, or is one too many. */
  metric: string;
  /** The first step in which it is so. */
  step: number;
  /** Absent: there is none, or it is not finite. */
  expected?: number;
  actual?: number;
  /** The bounds within which it was expected, in the lane of the envelope. */
  within?: Band;
  /** Distance in float32 numbers, in the exact lane. */
  ulps?: number;
  /** In how many steps. */
  steps: number;
  trend?: Trend;
}

/** Divergences that are kept: far more than anybody reads, and bounded. */
const mostKept = 500;

interface Kept {
  divergence: Divergence;
  firstDistance: number;
  laterDistance: number;
}

/** Gathers what diverges, in constant memory: of each metric the first step, and whether it grows. */
export class Divergences {
  private readonly kept = new Map<string, Kept>();

  add(found: Omit<Divergence, 'steps' | 'trend'>): void {
    const key = `${found.kind} ${found.metric}`;
    const distance = distanceOf(found);
    const before = this.kept.get(key);
    if (before !== undefined) {
      before.divergence.steps += 1;
      before.laterDistance += distance;
    } else if (this.kept.size < mostKept) {
      this.kept.set(key, { divergence: { ...found, steps: 1 }, firstDistance: distance, laterDistance: 0 });
    }
  }

  /** A value that is not the expected one, bit for bit. */
  addUnlessSame(metric: string, step: number, expected: number, actual: number): void {
    if (!Number.isFinite(actual) || !Number.isFinite(expected)) this.addNonFinite(metric, step, expected, actual);
    else if (Math.fround(expected) !== Math.fround(actual)) {
      this.add({ kind: 'value', metric, step, expected, actual, ulps: ulpsBetween(expected, actual) });
    }
  }

  addNonFinite(metric: string, step: number, expected: number | undefined, actual: number): void {
    this.add({
      kind: 'non-finite',
      metric,
      step,
      ...(Number.isFinite(expected) && { expected: Number(expected) }),
      ...(Number.isFinite(actual) && { actual }),
    });
  }

  /** The first in causal order first: by step, and within a step by what depends on what. */
  list(): readonly Divergence[] {
    return [...this.kept.values()]
      .map(({ divergence, firstDistance, laterDistance }) =>
        divergence.kind === 'value'
          ? { ...divergence, trend: trendOf(divergence.steps, firstDistance, laterDistance) }
          : divergence,
      )
      .sort((a, b) => a.step - b.step || rankOf(a) - rankOf(b));
  }
}

function rankOf({ kind, metric }: Divergence): number {
  return kind === 'missing-step' || kind === 'extra-step' ? -1 : causalRank(metric);
}

function distanceOf({ expected, actual, within }: Omit<Divergence, 'steps' | 'trend'>): number {
  if (actual === undefined) return 0;
  if (within !== undefined) return Math.max(within.low - actual, actual - within.high);
  return expected === undefined ? 0 : Math.abs(actual - expected);
}

/** Compares the distance in the first step with the mean of those after it. */
function trendOf(steps: number, first: number, later: number): Trend {
  if (steps === 1) return 'once';
  const mean = later / (steps - 1);
  return mean > 2 * first ? 'grows' : mean < first / 2 ? 'shrinks' : 'steady';
}

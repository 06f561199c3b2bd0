import type { Divergence } from './divergences.js';

/** A divergence in one sentence. */
export function wordsFor({ kind, metric, step, expected, actual, within, ulps, steps, trend }: Divergence): string {
  const often = steps === 1 ? '' : `, and in ${steps - 1} more`;
  switch (kind) {
    case 'missing-step':
      return steps === 1 ? `step ${step} is not there` : `${steps} steps are not there, step ${step} the first of them`;
    case 'extra-step':
      return steps === 1
        ? `step ${step} is one too many`
        : `${steps} steps are too many, step ${step} the first of them`;
    case 'missing-metric':
      return `${metric} is not there from step ${step} on${often}`;
    case 'non-finite':
      return `${metric} is not finite at step ${step}${often}`;
    case 'value': {
      const wanted = within === undefined ? String(expected) : `${short(within.low)} to ${short(within.high)}`;
      const apart = ulps === undefined ? '' : ` (${ulps} ULP${ulps === 1 ? '' : 's'})`;
      const goesOn = steps === 1 ? ', there alone' : `${often}; it ${trend === 'steady' ? 'stays so' : (trend ?? '')}`;
      return `step ${step}: ${metric} is ${String(actual)}, expected ${wanted}${apart}${goesOn}`;
    }
    default:
      return kind satisfies never;
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

import { type Tensor, add, div, mul, sqrt, square, sub, tidy } from '#tensorflow';
import type { PlacedParameter } from './parameters.js';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** The vector of all parameters and the two moments of its gradient. */
export interface Optimized {
  parameters: Tensor;
  m: Tensor;
  v: Tensor;
}

/** ½(1 + cos(π t / max_steps)), t from 0. */
export function cosineSchedule(step: number, maxSteps: number): number {
  return 0.5 * (1 + Math.cos((Math.PI * step) / maxSteps));
}

/** The learning rates of a step: of everything but rotations and ghosts, of the rotations, of each ghost. */
export interface LearningRates {
  base: number;
  rotation: number;
  ghosts: readonly number[];
}

/** The rate of every single parameter, in the order of the vector. */
export function ratePerParameter(specs: readonly PlacedParameter[], E: number, rates: LearningRates): Float32Array {
  const last = specs.at(-1);
  const vector = new Float32Array(last === undefined ? 0 : last.offset + last.size);
  for (const { group, offset, size, shape } of specs) {
    vector.fill(group === 'rotation' ? rates.rotation : rates.base, offset, offset + size);
    if (group !== 'experts') continue;
    const one = size / (shape[0] ?? 1);
    for (const [g, rate] of rates.ghosts.entries())
      vector.fill(rate, offset + (E + g) * one, offset + (E + g + 1) * one);
  }
  return vector;
}

/** The weight decay of every single parameter: none for rotations, whose optimiser is plain Adam. */
export function decayPerParameter(specs: readonly PlacedParameter[], decay: number): Float32Array {
  const last = specs.at(-1);
  const vector = new Float32Array(last === undefined ? 0 : last.offset + last.size).fill(decay);
  for (const { group, offset, size } of specs) if (group === 'rotation') vector.fill(0, offset, offset + size);
  return vector;
}

/**
 * One step of AdamW (0.9, 0.999, 1e-8): p ← p − lr · (decay · p + m̂ / (√v̂ + ε)). The old state is left to the caller.
 * @param step from 0
 */
export function adamW(old: Optimized, gradient: Tensor, step: number, rates: Tensor, decay: Tensor): Optimized {
  const [parameters, m, v] = tidy(() => {
    const m = add(mul(old.m, beta1), mul(gradient, 1 - beta1));
    const v = add(mul(old.v, beta2), mul(square(gradient), 1 - beta2));
    const mHat = div(m, 1 - beta1 ** (step + 1));
    const root = add(div(sqrt(v), Math.sqrt(1 - beta2 ** (step + 1))), epsilon);
    const direction = add(mul(decay, old.parameters), div(mHat, root));
    return [sub(old.parameters, mul(rates, direction)), m, v];
  });
  return { parameters, m, v };
}

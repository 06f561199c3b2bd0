import type { MetricsRecord } from '../../src/metrics/record.js';

const [experts, inputs, classes, batch] = [3, 2, 3, 16];

/** What may be done wrong in a training. */
export interface ToyOptions {
  seed?: number;
  learningRate?: number;
  auxWeight?: number;
  /** Every label is that of the sample before. */
  shiftLabels?: boolean;
  /** Two experts begin with each other's weights, their gates left alone. */
  swapExperts?: boolean;
  steps?: number;
}

/**
 * A real training, small enough to be done a hundred times in a test: a softmax gate over linear classifiers, stochastic
 * gradient descent on cross-entropy and a load-balancing loss, with gradients by central differences.
 */
export function toyTraining(options: ToyOptions = {}): MetricsRecord[] {
  const {
    seed = 1,
    learningRate = 0.5,
    auxWeight = 0.1,
    shiftLabels = false,
    swapExperts = false,
    steps = 40,
  } = options;
  const random = randomFrom(seed);
  const parameters = Array.from({ length: experts * (classes + 1) * inputs }, () => (random() - 0.5) / 2);
  if (swapExperts) swap(parameters, classes * inputs);
  const truth = randomFrom(99);
  const teacher = Array.from({ length: classes * inputs }, () => truth() * 6 - 3);
  return Array.from({ length: steps }, (_, step) => {
    const data = Array.from({ length: batch }, () => Array.from({ length: inputs }, () => random() * 2 - 1));
    const own = data.map((x) => argmax(matrixTimes(teacher, x, 0)));
    const labels = shiftLabels ? own.map((_, index) => own.at(index - 1) ?? 0) : own;
    const now = forward(parameters, data, labels, auxWeight);
    const gradient = parameters.map((value, index) => {
      const at = (shifted: number) => forward(parameters.with(index, shifted), data, labels, auxWeight).loss;
      return (at(value + 1e-4) - at(value - 1e-4)) / 2e-4;
    });
    const rate = learningRate * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    for (const [index, slope] of gradient.entries()) parameters[index] = (parameters[index] ?? 0) - rate * slope;
    return {
      step,
      epoch: 0,
      wall_time_s: step + Math.random(),
      tokens_per_s: 1000 * Math.random(),
      architecture_mode: 'gnn' as const,
      training_mode: 'standard' as const,
      loss: Math.fround(now.loss),
      task_loss: Math.fround(now.taskLoss),
      learning_rate: rate,
      grad_norm: Math.fround(Math.hypot(...gradient)),
      expert_loads: { primary: now.loads.map(Math.fround) },
      ...Object.fromEntries(now.loads.map((load, index) => [`expert_${index}_activation`, Math.fround(load)])),
    };
  });
}

function forward(
  parameters: readonly number[],
  data: readonly number[][],
  labels: readonly number[],
  auxWeight: number,
) {
  const loads = Array.from({ length: experts }, () => 0);
  let taskLoss = 0;
  for (const [sample, x] of data.entries()) {
    const gate = softmax(matrixTimes(parameters, x, experts * classes * inputs, experts));
    const logits = Array.from({ length: classes }, () => 0);
    for (const [expert, share] of gate.entries()) {
      loads[expert] = (loads[expert] ?? 0) + share / batch;
      for (const [index, value] of matrixTimes(parameters, x, expert * classes * inputs).entries()) {
        logits[index] = (logits[index] ?? 0) + share * value;
      }
    }
    taskLoss -= Math.log(softmax(logits)[labels[sample] ?? 0] ?? 1) / batch;
  }
  const balance = experts * loads.reduce((sum, load) => sum + load * load, 0);
  return { loss: taskLoss + auxWeight * balance, taskLoss, loads };
}

function matrixTimes(matrix: readonly number[], x: readonly number[], from: number, rows = classes): number[] {
  const product: number[] = [];
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < inputs; column++)
      sum += (x[column] ?? 0) * (matrix[from + row * inputs + column] ?? 0);
    product.push(sum);
  }
  return product;
}

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function argmax(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

/** Experts 0 and 1. */
function swap(parameters: number[], size: number): void {
  const first = parameters.slice(0, size);
  parameters.splice(0, size, ...parameters.slice(size, 2 * size));
  parameters.splice(size, size, ...first);
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

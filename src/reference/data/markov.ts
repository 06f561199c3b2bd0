import type { ReferenceConfig } from '../config.js';
import { type Uniform, uniform } from '../random.js';
import type { Batch } from './batch.js';

/**
 * The built-in data: a mixture of Markov chains over the vocabulary, as many as there are primary experts, one chain a
 * sequence. What a predictor can reach at best is known exactly.
 */
export interface MarkovMixture {
  /** Each chain's transitions [V][V]: row by row the probabilities of the next token. */
  chains: readonly (readonly Float64Array[])[];
}

/**
 * How uneven a chain's transitions are: a row's probabilities are proportional to exp(sharpness · u), u uniform. At 8 a
 * token has a handful of likely successors.
 */
const sharpness = 8;

/** The mixture of a config, drawn from its seed. */
export function markovMixture({ experts, vocab_size: V, seed }: ReferenceConfig): MarkovMixture {
  const chains = Array.from({ length: experts }, (_, chain) => {
    const next = uniform(seed, `markov/${chain}`);
    return Array.from({ length: V }, () => {
      const row = Float64Array.from({ length: V }, () => Math.exp(sharpness * next()));
      const total = row.reduce((sum, weight) => sum + weight, 0);
      return row.map((weight) => weight / total);
    });
  });
  return { chains };
}

/**
 * A batch of a split at a position. The chain of a sequence is drawn evenly and so is its first token; the same position
 * gives the same batch, whatever was drawn before. Without end, so the epoch is always 0.
 */
export function markovBatch(
  { chains }: MarkovMixture,
  config: Pick<ReferenceConfig, 'batch_size' | 'context' | 'vocab_size' | 'seed'>,
  split: 'train' | 'eval',
  position: number,
): Batch {
  const { batch_size: B, context: T, vocab_size: V, seed } = config;
  const next = uniform(seed, `${split}/${position}`);
  const ids = new Int32Array(B * (T + 1));
  for (let b = 0; b < B; b++) {
    const chain = chains[Math.floor(next() * chains.length)] ?? [];
    let token = Math.floor(next() * V);
    for (let t = 0; t <= T; t++) {
      ids[b * (T + 1) + t] = token;
      token = draw(chain[token] ?? new Float64Array(V), next);
    }
  }
  return { ids, sequences: B, epoch: 0 };
}

/** An index, drawn with the probabilities of a row that sums to 1. */
function draw(row: Float64Array, next: Uniform): number {
  let rest = next();
  const found = row.findIndex((probability) => (rest -= probability) < 0);
  return found < 0 ? row.length - 1 : found;
}

/**
 * The mean loss in nats of the best predictor there is, on these very sequences. It knows the chains but not which one a
 * sequence comes from, and keeps the exact odds of each (forward filtering): p(next) = Σ_c p(c | tokens so far) p_c(next).
 * A mean loss below it on evaluation data means that the model has seen what it was to predict.
 */
export function bayesFloor({ chains }: MarkovMixture, batches: Iterable<Batch>): number {
  let loss = 0;
  let tokens = 0;
  for (const { ids, sequences } of batches) {
    const length = ids.length / sequences;
    for (let b = 0; b < sequences; b++) {
      loss += sequenceLoss(chains, ids.subarray(b * length, (b + 1) * length));
      tokens += length - 1;
    }
  }
  return loss / tokens;
}

function sequenceLoss(chains: MarkovMixture['chains'], tokens: Int32Array): number {
  let odds: number[] = chains.map(() => 1 / chains.length);
  let loss = 0;
  for (let t = 1; t < tokens.length; t++) {
    const from = tokens[t - 1] ?? 0;
    const to = tokens[t] ?? 0;
    const joint = odds.map((share, c) => share * (chains[c]?.[from]?.[to] ?? 0));
    const probability = joint.reduce((sum, value) => sum + value, 0);
    loss -= Math.log(probability);
    odds = joint.map((value) => value / probability);
  }
  return loss;
}

import {
  type ReferenceConfig,
  architectures,
  resolveReferenceConfig,
  trainingModes,
} from '../../src/reference/config.js';
import type { Batch } from '../../src/reference/data/batch.js';
import { uniform } from '../../src/reference/random.js';

/** Small enough that a step takes milliseconds. */
export const small = {
  embed_dim: 8,
  heads: 2,
  layers: 2,
  experts: 3,
  vocab_size: 11,
  context: 6,
  batch_size: 2,
  rotation_angles: 3,
  max_steps: 20,
  seed: 5,
};

/** The eight combinations, at the small size. */
export const combinations: readonly (readonly [string, ReferenceConfig])[] = architectures.flatMap((architecture) =>
  trainingModes.map((training) => {
    const config = resolveReferenceConfig({ ...small, architecture, training });
    return [`${architecture} × ${training}`, config] as const;
  }),
);

/** Tokens drawn evenly, in as many sequences as a batch of the config has. */
export function randomBatch({ batch_size, context, vocab_size }: ReferenceConfig, position = 0): Batch {
  const next = uniform(1, `test/${position}`);
  const ids = Int32Array.from({ length: batch_size * (context + 1) }, () => Math.floor(next() * vocab_size));
  return { ids, sequences: batch_size, epoch: 0 };
}

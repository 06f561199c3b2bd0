import type { ReferenceConfig } from './config.js';

/**
 * About how many bytes a training step holds at once: parameters with gradient, moments and their successors, and the
 * activations that the backward pass needs. In closed form, so that it can be asked before anything is allocated.
 */
export function bytesNeeded(config: ReferenceConfig): number {
  const { embed_dim: D, vocab_size: V, context: T, batch_size: B, heads: H, layers: L } = config;
  const N = config.experts + config.ghosts;
  const rows = B * T;
  const edges = { all_pairs: N ** 2 / 2, all_triplets: N ** 3 / 6, all: 1 }[config.hyperedges];
  const coupler = config.architecture === 'gnn' ? 0 : (config.coupler_layers + 1) * D ** 2 + N * edges;
  const parameters = 2 * V * D + T * D + L * (12 * N * D ** 2 + coupler);
  const activations = L * N * (rows * 40 * D + 3 * B * H * T ** 2) + 4 * rows * V;
  return 4 * (8 * parameters + activations);
}

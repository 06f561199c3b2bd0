import { type Tensor, div, matMul, maximum, mul, ones, reshape, softplus, sum, tensor2d, transpose } from '#tensorflow';
import type { HyperedgeStrategy } from './config.js';
import { gelu, linear } from './tensor-ops.js';

/** The hyperedges over n experts, each as the experts it joins, in lexicographic order. */
export function hyperedges(n: number, strategy: HyperedgeStrategy): number[][] {
  const all = Array.from({ length: n }, (_, i) => i);
  if (strategy === 'all') return [all];
  const pairs = all.flatMap((i) => all.slice(i + 1).map((j) => [i, j]));
  if (strategy === 'all_pairs') return pairs;
  return pairs.flatMap(([i = 0, j = 0]) => all.slice(j + 1).map((k) => [i, j, k]));
}

/** H [N, M]: 1 where expert n is on hyperedge m. */
export function incidence(n: number, edges: readonly (readonly number[])[]): Tensor {
  const rows = Array.from({ length: n }, (_, i) => edges.map((edge) => (edge.includes(i) ? 1 : 0)));
  return tensor2d(rows, [n, edges.length], 'float32');
}

/** The weights of the hyperedges [M]: softplus of the raw ones, or all 1. */
export function edgeWeights(raw: Tensor | undefined, edges: number): Tensor {
  return raw === undefined ? ones([edges]) : softplus(raw);
}

/**
 * P = D⁻¹ H W B⁻¹ Hᵀ [N, N]: how the experts of a token hear each other. D is the weighted degree of an expert (0⁻¹ = 0),
 * B the size of an edge, W the edge weights.
 */
export function propagation(H: Tensor, weights: Tensor): Tensor {
  const weighted = mul(H, reshape(weights, [1, -1]));
  const degree = sum(weighted, 1, true);
  const spread = transpose(div(H, sum(H, 0, true)));
  // An expert on no edge has a row of zeros, which stays one.
  return matMul(div(weighted, maximum(degree, 1e-12)), spread);
}

/** Z ← GELU(P Z Θ_i + b_i) for each convolution, for Z [N, R, D]. */
export function convolve(Z: Tensor, P: Tensor, convolutions: readonly { weight: Tensor; bias: Tensor }[]): Tensor {
  const [N = 0] = Z.shape;
  return convolutions.reduce((Z, { weight, bias }) => {
    const heard = reshape(matMul(P, reshape(Z, [N, -1])), Z.shape);
    return gelu(linear(heard, weight, bias));
  }, Z);
}

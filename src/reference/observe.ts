import {
  type Tensor,
  div,
  eye,
  log,
  matMul,
  maximum,
  mean,
  mul,
  neg,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  add,
} from '#tensorflow';

export interface HypergraphObservation {
  /** P [N, N] */
  connections: Tensor;
  /** [M] */
  weights: Tensor;
}

/** What a layer shows of its experts; losses are made of it, and metrics. */
export interface LayerObservation {
  /** L_orth: how far the experts' mean updates are from orthogonal to each other. */
  overlap: Tensor;
  /** ‖yₙ − x‖ of every expert and token, [N, R]. */
  strength: Tensor;
  saturation: Tensor;
  hypergraph?: HypergraphObservation;
}

/**
 * @param x what went into the layer, [R, D]
 * @param y what every expert made of it, [N, R, D], primary experts first
 * @param E how many of them are primary
 */
export function observe(x: Tensor, y: Tensor, E: number): LayerObservation {
  const [, R = 0, D = 0] = y.shape;
  const update = sub(y, x);
  const overlap = orthogonalityLoss(slice(mean(update, 1), [0, 0], [E, D]));
  // The addend keeps the gradient of the root finite where an expert changes nothing; elsewhere float32 does not see it.
  const strength = sqrt(add(sum(square(update), 2), 1e-30));
  const rest = sub(x, mean(slice(y, [0, 0, 0], [E, R, D]), 0));
  return { overlap, strength, saturation: mul(sub(1, overlap), unbiasedVariance(reshape(rest, [1, -1]))) };
}

/** MSE(M Mᵀ, I), M the rows of `updates` [E, D] at unit length. */
function orthogonalityLoss(updates: Tensor): Tensor {
  const [E = 0] = updates.shape;
  const length = sqrt(sum(square(updates), 1, true));
  const M = div(updates, maximum(length, 1e-12));
  return mean(square(sub(matMul(M, M, false, true), eye(E))));
}

/** The sample variance, n − 1 below, over the last axis. */
export function unbiasedVariance(x: Tensor): Tensor {
  const n = x.shape.at(-1) ?? 0;
  return div(sum(square(sub(x, mean(x, -1, true))), -1), n - 1);
}

/** Each expert's share of the work on a token [.., E, R]: its strength among those of the primary experts. */
export function sharesOf(strength: Tensor, E: number): Tensor {
  return div(strength, sum(primary(strength, E), 0, true));
}

/** The first E rows of [N, R]. */
export function primary(strength: Tensor, E: number): Tensor {
  const [, R = 0] = strength.shape;
  return slice(strength, [0, 0], [E, R]);
}

/** 1 − the mean entropy of the tokens' shares [E, R] over ln E: 0 when all experts do the same, 1 when one does all. */
export function specialization(shares: Tensor): Tensor {
  const [E = 0] = shares.shape;
  const entropy = neg(sum(mul(shares, log(add(shares, 1e-12))), 0));
  return sub(1, div(mean(entropy), Math.log(E)));
}

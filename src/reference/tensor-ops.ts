import {
  type Tensor,
  add,
  customGrad,
  div,
  erf,
  exp,
  gather,
  log,
  matMul,
  max,
  mean,
  mul,
  neg,
  oneHot,
  pad,
  reshape,
  rsqrt,
  scatterND,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  tidy,
} from '#tensorflow';

/**
 * An operation with a gradient of its own: where the stock one is missing on a backend, wrong, or slow.
 * `forward` gives the value and the tensors that `backward` needs; `backward` turns the gradient of the value into those
 * of the inputs, in their order.
 */
function differentiable<S extends readonly Tensor[]>(
  inputs: readonly Tensor[],
  forward: () => { value: Tensor; saved: S },
  backward: (dy: Tensor, saved: S) => Tensor[],
): Tensor {
  const operation = customGrad((...args) => {
    const save = args.at(-1);
    const { value, saved } = forward();
    if (typeof save === 'function') save([...saved]);
    // TensorFlow.js hands back copies of what was saved, in the same order.
    return { value, gradFunc: (dy: Tensor, kept: Tensor[]) => tidy(() => backward(dy, kept as unknown as S)) };
  });
  return operation(...inputs);
}

/** x · w + b, for x [..., I], w [I, O] and b [O]. */
export function linear(x: Tensor, w: Tensor, b: Tensor): Tensor {
  const [I = 0, O = 0] = w.shape;
  return add(reshape(matMul(reshape(x, [-1, I]), w), [...x.shape.slice(0, -1), O]), b);
}

/** a [N or 1, I, J] · b [N, J, K]: a product for each of N experts. The stock gradient knows no [1, I, J]. */
export function expertProduct(a: Tensor, b: Tensor): Tensor {
  return differentiable(
    [a, b],
    () => ({ value: matMul(a, b), saved: [a, b] as const }),
    (dy, [a, b]) => {
      const da = matMul(dy, b, false, true);
      return [a.shape[0] === 1 ? sum(da, 0, true) : da, matMul(a, dy, true, false)];
    },
  );
}

/** x [N, R, I] · w [N, I, O] + b [N, O]: a linear layer of each of N experts. */
export function expertLinear(x: Tensor, w: Tensor, b: Tensor): Tensor {
  return add(expertProduct(x, w), perExpert(b));
}

/** v [N, D] as [N, 1, D], to be combined with rows [N, R, D]. */
export function perExpert(v: Tensor): Tensor {
  const [N = 0, D = 0] = v.shape;
  return reshape(v, [N, 1, D]);
}

/**
 * Attention in which a token sees itself and what came before it.
 * @param q [M, T, d] for M = experts × sequences × heads; so are k, v and the result
 * @param mask [T, T], 0 where attention is allowed and very negative elsewhere
 */
export function causalAttention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor): Tensor {
  const scale = 1 / Math.sqrt(q.shape[2] ?? 1);
  return differentiable(
    [q, k, v],
    () => {
      const shares = softmax(add(mul(matMul(q, k, false, true), scale), mask));
      return { value: matMul(shares, v), saved: [q, k, v, shares] as const };
    },
    (dy, [q, k, v, shares]) => {
      const dShares = matMul(dy, v, false, true);
      const dScores = mul(mul(shares, sub(dShares, sum(mul(dShares, shares), -1, true))), scale);
      return [matMul(dScores, k), matMul(dScores, q, true, false), matMul(shares, dy, true, false)];
    },
  );
}

/** (x − mean) / √(variance + 1e-5) over the last axis: layer normalisation before gain and bias. */
export function normalize(x: Tensor): Tensor {
  return differentiable(
    [x],
    () => {
      const centred = sub(x, mean(x, -1, true));
      const inverse = rsqrt(add(mean(square(centred), -1, true), 1e-5));
      const value = mul(centred, inverse);
      return { value, saved: [value, inverse] as const };
    },
    (dy, [value, inverse]) => {
      const along = mul(value, mean(mul(dy, value), -1, true));
      return [mul(inverse, sub(sub(dy, mean(dy, -1, true)), along))];
    },
  );
}

/** Layer normalisation over the last axis, with a gain and a bias for each of its entries. */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  return add(mul(normalize(x), gain), bias);
}

/** The exact GELU, x Φ(x) with Φ the normal distribution function. */
export function gelu(x: Tensor): Tensor {
  return differentiable(
    [x],
    () => {
      const phi = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
      return { value: mul(x, phi), saved: [x, phi] as const };
    },
    (dy, [x, phi]) => {
      const density = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return [mul(dy, add(phi, mul(x, density)))];
    },
  );
}

/** Rows of `table` [V, D] for ids [R] (int32), as [R, D]. The stock gradient of gather is missing on wasm. */
export function embed(table: Tensor, ids: Tensor): Tensor {
  const [V = 0, D = 0] = table.shape;
  return differentiable(
    [table],
    () => ({ value: gather(table, ids), saved: [ids] as const }),
    (dy, [ids]) => [scatterND(reshape(ids, [-1, 1]), dy, [V, D])],
  );
}

/**
 * ‖v‖ of a long vector. Summed in parts: wasm adds up one number after the other in float32, and over a hundred thousand
 * of them loses the fifth digit.
 */
export function lengthOf(v: Tensor): Tensor {
  const parts = 256;
  const squares = pad(square(v), [[0, (parts - (v.size % parts)) % parts]]);
  return sqrt(sum(sum(reshape(squares, [parts, -1]), 1)));
}

/** Mean cross-entropy in nats of logits [R, V] against the ids [R] (int32) that really came. */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  const [R = 1, V = 0] = logits.shape;
  return differentiable(
    [logits],
    () => {
      const shifted = sub(logits, max(logits, -1, true));
      const logShares = sub(shifted, log(sum(exp(shifted), -1, true)));
      const came = oneHot(targets, V);
      return { value: div(neg(sum(mul(logShares, came))), R), saved: [logShares, came] as const };
    },
    (dy, [logShares, came]) => [mul(sub(exp(logShares), came), div(dy, R))],
  );
}

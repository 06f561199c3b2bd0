import {
  type Tensor,
  add,
  concat,
  cos,
  div,
  eye,
  matMul,
  mul,
  pad,
  reshape,
  sin,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tensor2d,
} from '#tensorflow';
import type { RotationKind } from './config.js';

/** The angles of the experts [E, k] in radians: bound · tanh θ. */
export function rotationAngles(theta: Tensor, bound: number): Tensor {
  return mul(tanh(theta), bound);
}

/**
 * A rotation [E, D, D] for each expert, orthogonal and of determinant +1.
 * @param angles [E, k]; 2k ≤ D for givens, k < D for the others
 */
export function rotations(kind: RotationKind, angles: Tensor, D: number): Tensor {
  switch (kind) {
    case 'givens':
      return givens(angles, D);
    case 'householder':
      return householder(angles, D);
    case 'learned':
      return exponential(angles, D);
  }
}

/**
 * A turn by angle i in plane (2i, 2i+1). The planes are disjoint, so the product of the turns is a sum:
 * I + Σ_i (cos a_i − 1)(e_p e_pᵀ + e_q e_qᵀ) + sin a_i (e_q e_pᵀ − e_p e_qᵀ), p = 2i, q = 2i + 1.
 */
function givens(angles: Tensor, D: number): Tensor {
  const [E = 0, k = 0] = angles.shape;
  const onPlanes = (entries: (p: number, q: number) => readonly (readonly [number, number, number])[]): Tensor => {
    const planes = new Float32Array(k * D * D);
    for (let i = 0; i < k; i++)
      for (const [from, to, value] of entries(2 * i, 2 * i + 1)) planes[i * D * D + from * D + to] = value;
    return tensor2d(planes, [k, D * D]);
  };
  const diagonal = onPlanes((p, q) => [
    [p, p, 1],
    [q, q, 1],
  ]);
  const skew = onPlanes((p, q) => [
    [q, p, 1],
    [p, q, -1],
  ]);
  const turns = add(matMul(sub(cos(angles), 1), diagonal), matMul(sin(angles), skew));
  return add(reshape(turns, [E, D, D]), eye(D));
}

/** (I − 2uuᵀ)(I − 2e₁e₁ᵀ) with u ∝ e₁ + (0, angles, 0…): two reflections make a rotation. */
function householder(angles: Tensor, D: number): Tensor {
  const [E = 0] = angles.shape;
  const u = add(behindFirst(angles, D), firstAxis(D));
  const outer = mul(reshape(u, [E, D, 1]), reshape(u, [E, 1, D]));
  const reflection = sub(eye(D), div(mul(outer, 2), reshape(sum(square(u), 1), [E, 1, 1])));
  return mul(reflection, sub(1, mul(firstAxis(D), 2)));
}

/** The exponential map: a turn by |w| in the plane (e₁, w), w = (0, angles, 0…). */
function exponential(angles: Tensor, D: number): Tensor {
  const [E = 0] = angles.shape;
  const w = behindFirst(angles, D);
  // The addend keeps the gradient of the root finite where all angles are zero; elsewhere float32 does not see it.
  const phi = sqrt(add(sum(square(w), 1, true), 1e-24));
  const direction = reshape(div(w, phi), [E, D, 1]);
  const row = reshape(div(w, phi), [E, 1, D]);
  const first = reshape(firstAxis(D), [D, 1]);
  const turn = (f: (phi: Tensor) => Tensor): Tensor => reshape(f(phi), [E, 1, 1]);
  const skew = sub(mul(direction, firstAxis(D)), mul(first, row));
  const plane = add(mul(first, firstAxis(D)), mul(direction, row));
  return add(add(mul(turn(sin), skew), mul(sub(turn(cos), 1), plane)), eye(D));
}

/** (0, angles, 0…) for each expert, [E, D]. */
function behindFirst(angles: Tensor, D: number): Tensor {
  const [, k = 0] = angles.shape;
  return pad(angles, [
    [0, 0],
    [1, D - 1 - k],
  ]);
}

/** e₁ as a row [1, D]. */
function firstAxis(D: number): Tensor {
  return concat([eye(1), tensor2d(new Float32Array(D - 1), [1, D - 1])], 1);
}

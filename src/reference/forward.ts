import {
  type Tensor,
  add,
  concat,
  matMul,
  mul,
  reshape,
  slice,
  split,
  tensor2d,
  tensor3d,
  transpose,
} from '#tensorflow';
import type { ReferenceConfig } from './config.js';
import { rotations } from './geometry.js';
import { convolve, edgeWeights, propagation } from './hypergraph.js';
import { type HypergraphObservation, type LayerObservation, observe } from './observe.js';
import type { Parameters } from './parameters.js';
import {
  causalAttention,
  embed,
  expertLinear,
  expertProduct,
  gelu,
  layerNorm,
  linear,
  perExpert,
} from './tensor-ops.js';

/** What the forward pass needs beside the parameters and the tokens. */
export interface Circumstances {
  /** [N], the level of each expert: 1 for a primary one, 0 to 1 for a ghost. */
  levels: readonly number[];
  /** [E, k], radians; absent in the standard mode. */
  angles?: Tensor;
  /** H [N, M]; absent without hypergraph coupling. */
  incidence?: Tensor;
}

export interface Output {
  /** [B·T, V] */
  logits: Tensor;
  layers: LayerObservation[];
}

/**
 * The logits for every token of a batch.
 * @param ids [B, T], int32
 */
export function forward(config: ReferenceConfig, p: Parameters, ids: Tensor, given: Circumstances): Output {
  const [B = 0, T = 0] = ids.shape;
  const D = config.embed_dim;
  const R = given.angles && rotations(config.rotation, given.angles, D);
  const mask = causalMask(T);
  const positions = slice(parameter(p, 'pos'), [0, 0], [T, D]);
  let x = reshape(add(reshape(embed(parameter(p, 'tok'), reshape(ids, [-1])), [B, T, D]), positions), [B * T, D]);
  const layers = Array.from({ length: config.layers }, (_, l) => {
    const of = (name: string): Tensor => parameter(p, `layers.${l}.${name}`);
    const y = experts(x, R, of, { config, B, T, mask });
    const observation = observe(x, y, config.experts);
    const coupled = couple(y, of, config, given);
    x = add(x, coupled.out);
    return coupled.hypergraph === undefined ? observation : { ...observation, hypergraph: coupled.hypergraph };
  });
  const last = layerNorm(x, parameter(p, 'norm.gain'), parameter(p, 'norm.bias'));
  return { logits: linear(last, parameter(p, 'head.weight'), parameter(p, 'head.bias')), layers };
}

function parameter(p: Parameters, name: string): Tensor {
  const tensor = p[name];
  if (tensor === undefined) throw new Error(`there is no parameter ${name}`);
  return tensor;
}

type Lookup = (name: string) => Tensor;
interface Shape {
  config: ReferenceConfig;
  B: number;
  T: number;
  mask: Tensor;
}

/** What every expert makes of x [R, D]: y [N, R, D]. With rotations, primary expert n sees x Rₙᵀ and gives y Rₙ. */
function experts(x: Tensor, R: Tensor | undefined, of: Lookup, shape: Shape): Tensor {
  const { experts: E, ghosts: G } = shape.config;
  const [rows = 0, D = 0] = x.shape;
  const shared = reshape(x, [1, rows, D]);
  if (R === undefined) return expertBlock(shared, of, shape);
  const turned = expertProduct(shared, transpose(R, [0, 2, 1]));
  const seen = G === 0 ? turned : concat([turned, ...Array<Tensor>(G).fill(shared)]);
  const y = expertBlock(seen, of, shape);
  if (G === 0) return expertProduct(y, R);
  const [primary, ghosts] = split(y, [E, G]);
  return concat([expertProduct(primary ?? y, R), ...(ghosts === undefined ? [] : [ghosts])]);
}

/** r + W_down GELU(W_up LN2(r)), r = x + MHA(LN1(x)), for x [N or 1, R, D] of each expert. */
function expertBlock(x: Tensor, of: Lookup, shape: Shape): Tensor {
  const h = layerNorm(x, perExpert(of('ln1.gain')), perExpert(of('ln1.bias')));
  const r = add(x, attention(h, of, shape));
  const up = expertLinear(
    layerNorm(r, perExpert(of('ln2.gain')), perExpert(of('ln2.bias'))),
    of('ffn.up.weight'),
    of('ffn.up.bias'),
  );
  return add(r, expertLinear(gelu(up), of('ffn.down.weight'), of('ffn.down.bias')));
}

/** Multi-head causal self-attention of each expert over each sequence, for h [N, B·T, D]. */
function attention(h: Tensor, of: Lookup, { config, B, T, mask }: Shape): Tensor {
  const [N = 0, rows = 0, D = 0] = h.shape;
  const H = config.heads;
  const d = D / H;
  const qkv = expertLinear(h, of('attn.qkv.weight'), of('attn.qkv.bias'));
  const byHead = transpose(reshape(qkv, [N * B, T, 3 * H, d]), [0, 2, 1, 3]);
  const [q, k, v] = split(reshape(byHead, [N * B, 3, H * T * d]), 3, 1).map((part) => reshape(part, [N * B * H, T, d]));
  if (q === undefined || k === undefined || v === undefined) throw new Error('split gave fewer parts than asked for');
  const heard = transpose(reshape(causalAttention(q, k, v, mask), [N * B, H, T, d]), [0, 2, 1, 3]);
  return expertLinear(reshape(heard, [N, rows, D]), of('attn.out.weight'), of('attn.out.bias'));
}

/** [T, T]: 0 on and below the diagonal, very negative above. */
function causalMask(T: number): Tensor {
  const mask = new Float32Array(T * T);
  for (let t = 0; t < T; t++) mask.fill(-1e9, t * T + t + 1, (t + 1) * T);
  return tensor2d(mask, [T, T]);
}

/** The layer's contribution [R, D] from its experts' y [N, R, D], and the hypergraph it went through. */
function couple(
  y: Tensor,
  of: Lookup,
  config: ReferenceConfig,
  { levels, incidence }: Circumstances,
): { out: Tensor; hypergraph?: HypergraphObservation } {
  const total = levels.reduce((sum, level) => sum + level, 0);
  const shares = levels.map((level) => level / total);
  if (incidence === undefined) return { out: weightedSum(shares, y) };

  const raw = config.learnable_edges ? of('coupler.edge') : undefined;
  const weights = edgeWeights(raw, incidence.shape[1] ?? 0);
  const P = propagation(incidence, weights);
  const convolutions = Array.from({ length: config.coupler_layers }, (_, i) => ({
    weight: of(`coupler.${i}.weight`),
    bias: of(`coupler.${i}.bias`),
  }));
  const Z = convolve(mul(y, tensor3d([...levels], [levels.length, 1, 1])), P, convolutions);
  const mean = weightedSum(
    levels.map(() => 1 / total),
    Z,
  );
  const mixed = gelu(linear(mean, of('coupler.mix.weight'), of('coupler.mix.bias')));
  return {
    out: layerNorm(mixed, of('coupler.norm.gain'), of('coupler.norm.bias')),
    hypergraph: { connections: P, weights },
  };
}

/** Σ_n w_n z_n for z [N, R, D]: a row of weights times the experts as rows. */
function weightedSum(weights: readonly number[], z: Tensor): Tensor {
  const [N = 0, rows = 0, D = 0] = z.shape;
  return reshape(matMul(tensor2d([...weights], [1, N]), reshape(z, [N, rows * D])), [rows, D]);
}

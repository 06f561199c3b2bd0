import { type Tensor, concat, reshape, slice, tidy } from '#tensorflow';
import type { ReferenceConfig } from './config.js';
import { hyperedges } from './hypergraph.js';
import { normals } from './random.js';

/** What updates a parameter: AdamW; Adam at the rate of the rotations; or AdamW at a rate of its own for each ghost. */
type Group = 'base' | 'experts' | 'rotation';

export interface ParameterSpec {
  name: string;
  shape: readonly number[];
  /** The constant it starts at, or the standard deviation it is drawn with. */
  initial: { constant: number } | { deviation: number };
  group: Group;
}

/** A parameter's place in the vector of all of them. */
export interface PlacedParameter extends ParameterSpec {
  offset: number;
  size: number;
}

/** The parameters by name. Expert tensors are stacked on axis 0, primary first; a linear's weight is [in, out]. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** softplus⁻¹(1): the raw weight of a hyperedge that weighs 1. */
const rawOfOne = Math.log(Math.E - 1);

/** Every trainable parameter of a config, in the order in which checkpoints and the flat vector hold them. */
export function parameterSpecs(config: ReferenceConfig): PlacedParameter[] {
  const { embed_dim: D, vocab_size: V, init_std } = config;
  const weight = { deviation: init_std };
  const zeros = { constant: 0 };
  const ones = { constant: 1 };
  const base = (name: string, shape: number[], initial: ParameterSpec['initial']): ParameterSpec => ({
    name,
    shape,
    initial,
    group: 'base',
  });
  const norm = (name: string): ParameterSpec[] => [base(`${name}.gain`, [D], ones), base(`${name}.bias`, [D], zeros)];
  const linear = (name: string, width: number): ParameterSpec[] => [
    base(`${name}.weight`, [D, width], weight),
    base(`${name}.bias`, [width], zeros),
  ];

  const expert = (layer: string): ParameterSpec[] => {
    const N = config.experts + config.ghosts;
    const stacked = (name: string, shape: number[], initial: ParameterSpec['initial']): ParameterSpec => ({
      name: `${layer}${name}`,
      shape: [N, ...shape],
      initial,
      group: 'experts',
    });
    return [
      stacked('ln1.gain', [D], ones),
      stacked('ln1.bias', [D], zeros),
      stacked('attn.qkv.weight', [D, 3 * D], weight),
      stacked('attn.qkv.bias', [3 * D], zeros),
      stacked('attn.out.weight', [D, D], weight),
      stacked('attn.out.bias', [D], zeros),
      stacked('ln2.gain', [D], ones),
      stacked('ln2.bias', [D], zeros),
      stacked('ffn.up.weight', [D, 4 * D], weight),
      stacked('ffn.up.bias', [4 * D], zeros),
      stacked('ffn.down.weight', [4 * D, D], weight),
      stacked('ffn.down.bias', [D], zeros),
    ];
  };
  const coupler = (layer: string): ParameterSpec[] => {
    const q = `${layer}coupler.`;
    const edges = hyperedges(config.experts + config.ghosts, config.hyperedges).length;
    const convolutions = Array.from({ length: config.coupler_layers }, (_, i) => [
      base(`${q}${i}.weight`, [D, D], { deviation: 0.2 }),
      base(`${q}${i}.bias`, [D], zeros),
    ]);
    return [
      ...(config.learnable_edges ? [base(`${q}edge`, [edges], { constant: rawOfOne })] : []),
      ...convolutions.flat(),
      ...linear(`${q}mix`, D),
      ...norm(`${q}norm`),
    ];
  };
  const layers = Array.from({ length: config.layers }, (_, l) => [
    ...expert(`layers.${l}.`),
    ...(config.architecture === 'gnn' ? [] : coupler(`layers.${l}.`)),
  ]);
  const theta: ParameterSpec = {
    name: 'rotation.theta',
    shape: [config.experts, config.rotation_angles],
    initial: { deviation: 0.1 },
    group: 'rotation',
  };
  return placed([
    base('tok', [V, D], weight),
    base('pos', [config.context, D], weight),
    ...layers.flat(),
    ...norm('norm'),
    ...linear('head', V),
    ...(config.training === 'geometric' ? [theta] : []),
  ]);
}

function placed(specs: readonly ParameterSpec[]): PlacedParameter[] {
  let offset = 0;
  return specs.map((spec) => {
    const size = spec.shape.reduce((product, length) => product * length, 1);
    offset += size;
    return { ...spec, size, offset: offset - size };
  });
}

/** How many numbers the parameters are together. */
export function parameterCount(specs: readonly PlacedParameter[]): number {
  return specs.reduce((sum, { size }) => sum + size, 0);
}

/** The values training starts from; a parameter's draw depends on the seed and its name alone. */
export function initialParameters(specs: readonly PlacedParameter[], seed: number): Float32Array {
  const flat = new Float32Array(parameterCount(specs));
  for (const { name, initial, offset, size } of specs) {
    if ('constant' in initial) flat.fill(initial.constant, offset, offset + size);
    else flat.set(normals(size, initial.deviation, seed, `parameters/${name}`), offset);
  }
  return flat;
}

/** The parameters as tensors of their own shapes, in the order of the specs, cut from the vector of all of them. */
export function unflatten(flat: Tensor, specs: readonly PlacedParameter[]): Tensor[] {
  return tidy(() => specs.map(({ shape, offset, size }) => reshape(slice(flat, offset, size), [...shape])));
}

/** The inverse of `unflatten`: one vector, in the order of the specs. */
export function flatten(tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map((tensor) => reshape(tensor, [-1])));
}

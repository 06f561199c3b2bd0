import { type Tensor, tensor1d } from '#tensorflow';
import type { Optimized } from './optimizer.js';
import { type PlacedParameter, parameterCount } from './parameters.js';

/** Tensors by name, each row by row. */
export type SavedTensors = ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>;

const prefixes = { parameters: '', m: 'adam.m.', v: 'adam.v.' } as const;

/** The state of an optimiser that has not taken a step. */
export function startOptimizing(initial: Float32Array): Optimized {
  const zeros = (): Tensor => tensor1d(new Float32Array(initial.length));
  return { parameters: tensor1d(initial), m: zeros(), v: zeros() };
}

/** The parts of a vector of all parameters, by the parameters' names. */
export function byName(specs: readonly PlacedParameter[], flat: Float32Array): Map<string, Float32Array> {
  return new Map(specs.map(({ name, offset, size }) => [name, flat.slice(offset, offset + size)]));
}

export function saveOptimized(optimized: Optimized, specs: readonly PlacedParameter[]): SavedTensors {
  const parts = (['parameters', 'm', 'v'] as const).map((part) => {
    const flat = optimized[part].dataSync<'float32'>();
    return specs.map(({ name, shape, offset, size }) => {
      const values = flat.slice(offset, offset + size);
      return [`${prefixes[part]}${name}`, { shape, values }] as const;
    });
  });
  return new Map(parts.flat());
}

/** @throws Error naming the tensor that is missing or of another shape */
export function loadOptimized(saved: SavedTensors, specs: readonly PlacedParameter[]): Optimized {
  const load = (prefix: string): Float32Array => {
    const flat = new Float32Array(parameterCount(specs));
    for (const { name, shape, offset, size } of specs) {
      const tensor = saved.get(`${prefix}${name}`);
      if (tensor === undefined) throw new Error(`the tensor ${prefix}${name} is missing`);
      if (tensor.shape.join() !== shape.join() || tensor.values.length !== size) {
        throw new Error(`the tensor ${prefix}${name} is [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`);
      }
      flat.set(tensor.values, offset);
    }
    return flat;
  };
  const [parameters, m, v] = [load(prefixes.parameters), load(prefixes.m), load(prefixes.v)];
  return { parameters: tensor1d(parameters), m: tensor1d(m), v: tensor1d(v) };
}

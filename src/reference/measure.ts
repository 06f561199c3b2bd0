import { type Tensor, concat, mean, mul, reshape, stack, tensor2d } from '#tensorflow';
import type { ReferenceConfig } from './config.js';
import type { Losses } from './losses.js';
import { type LayerObservation, primary, sharesOf, specialization } from './observe.js';

/** What a forward pass shows, whatever the combination; the record shows of it what belongs to the combination. */
export interface Measurements {
  loss: number;
  taskLoss: number;
  /** L_orth */
  overlap: number;
  /** [E + G]: shares of the work; those of the primary experts sum to 1, those of ghosts are weighed by level. */
  loads: number[];
  specialization: number;
  /** Of this step alone, before any averaging. */
  saturation: number;
  geometric?: {
    /** [E][k], radians */
    angles: number[][];
    rotationLoss: number;
    specializationLoss: number;
  };
  /** Means over layers: P [N][N] and the edge weights [M]. */
  hypergraph?: { connections: number[][]; weights: number[] };
}

type Measured = Record<Exclude<keyof Measurements, 'geometric' | 'hypergraph'>, Tensor> & {
  geometric?: { angles: Tensor; rotationLoss: Tensor; specializationLoss: Tensor };
  hypergraph?: { connections: Tensor; weights: Tensor };
};

/** Measures a forward pass. */
export function measure(
  config: ReferenceConfig,
  losses: Losses,
  layers: readonly LayerObservation[],
  angles: Tensor | undefined,
  levels: readonly number[],
): Measurements {
  const E = config.experts;
  const weights = tensor2d([...levels], [levels.length, 1]);
  const shares = layers.map(({ strength }) => mul(sharesOf(strength, E), weights));
  const overLayers = (tensors: readonly Tensor[]): Tensor => mean(stack([...tensors]), 0);
  const hypergraphs = layers.flatMap(({ hypergraph }) => (hypergraph === undefined ? [] : [hypergraph]));
  return read({
    loss: losses.total,
    taskLoss: losses.task,
    overlap: losses.orthogonality,
    loads: overLayers(shares.map((share) => mean(share, 1))),
    specialization: overLayers(shares.map((share) => specialization(primary(share, E)))),
    saturation: overLayers(layers.map(({ saturation }) => saturation)),
    ...(angles !== undefined &&
      losses.geometric !== undefined && {
        geometric: {
          angles,
          rotationLoss: losses.geometric.rotation,
          specializationLoss: losses.geometric.specialization,
        },
      }),
    ...(hypergraphs.length > 0 && {
      hypergraph: {
        connections: overLayers(hypergraphs.map(({ connections }) => connections)),
        weights: overLayers(hypergraphs.map(({ weights }) => weights)),
      },
    }),
  });
}

/** Reads the measurements from the device, in one go. */
function read(measured: Measured): Measurements {
  const { geometric, hypergraph, loads, ...scalars } = measured;
  const parts = [
    scalars.loss,
    scalars.taskLoss,
    scalars.overlap,
    scalars.specialization,
    scalars.saturation,
    loads,
    ...(geometric === undefined ? [] : [geometric.rotationLoss, geometric.specializationLoss, geometric.angles]),
    ...(hypergraph === undefined ? [] : [hypergraph.connections, hypergraph.weights]),
  ];
  const values = concat(parts.map((part) => reshape(part, [-1]))).dataSync();
  let position = 0;
  const take = (count: number): number[] => [...values.subarray(position, (position += count))];
  const scalar = (): number => take(1)[0] ?? Number.NaN;
  const matrix = ({ shape: [rows = 0, columns = 0] }: Tensor): number[][] =>
    Array.from({ length: rows }, () => take(columns));
  return {
    loss: scalar(),
    taskLoss: scalar(),
    overlap: scalar(),
    specialization: scalar(),
    saturation: scalar(),
    loads: take(loads.size),
    ...(geometric !== undefined && {
      geometric: { rotationLoss: scalar(), specializationLoss: scalar(), angles: matrix(geometric.angles) },
    }),
    ...(hypergraph !== undefined && {
      hypergraph: { connections: matrix(hypergraph.connections), weights: take(hypergraph.weights.size) },
    }),
  };
}

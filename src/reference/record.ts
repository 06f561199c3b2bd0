import type { ReferenceConfig } from './config.js';
import { type GhostState, meanSaturation } from './ghosts.js';
import { hasOrthogonalityLoss } from './losses.js';
import type { Measurements } from './measure.js';

/**
 * A step's record by the schema `moe-metrics/1`, without what the clock says (`wall_time_s`, `tokens_per_s`): the same
 * seed and backend give the same record.
 */
export interface StepRecord {
  step: number;
  epoch: number;
  architecture_mode: ReferenceConfig['architecture'];
  training_mode: ReferenceConfig['training'];
  loss: number;
  task_loss: number;
  learning_rate: number;
  grad_norm: number;
  expert_loads: { primary: number[]; ghost?: number[] };
  orthogonality_preservation?: number;
  expert_specialization?: number;
  active_ghosts?: number;
  ghost_activations?: number[];
  ghost_learning_rates?: number[];
  saturation_level?: number;
  rotation_angles?: number[][];
  avg_rotation_magnitude?: number;
  rotation_efficiency?: number;
  geometric_components?: {
    task_loss: number;
    orthogonality_loss: number;
    rotation_efficiency_loss: number;
    specialization_loss: number;
    total_loss: number;
  };
  expert_connections?: number[][];
  hyperedge_weights?: number[];
  [activation: `expert_${number}_activation`]: number;
  [activation: `ghost_expert_${number}_activation`]: number;
  [magnitude: `expert_${number}_rotation_magnitude`]: number;
}

/** What a step knows beside its measurements. */
export interface StepContext {
  step: number;
  epoch: number;
  learningRate: number;
  ghostLearningRates: readonly number[];
  /** The levels during this step, and the window with this step's saturation. */
  ghosts: GhostState;
}

/** What belongs into the record of this combination. */
export function stepRecord(
  config: ReferenceConfig,
  seen: Measurements & { gradNorm: number },
  context: StepContext,
): StepRecord {
  const { experts: E, ghosts: G } = config;
  const primaryLoads = seen.loads.slice(0, E);
  const ghostLoads = seen.loads.slice(E);
  const orthogonal = hasOrthogonalityLoss(config);
  return {
    step: context.step,
    epoch: context.epoch,
    architecture_mode: config.architecture,
    training_mode: config.training,
    loss: seen.loss,
    task_loss: seen.taskLoss,
    learning_rate: context.learningRate,
    grad_norm: seen.gradNorm,
    expert_loads: { primary: primaryLoads, ...(G > 0 && { ghost: ghostLoads }) },
    ...numbered('expert', 'activation', primaryLoads),
    ...numbered('ghost_expert', 'activation', ghostLoads),
    ...(orthogonal && { orthogonality_preservation: 1 - seen.overlap }),
    ...((orthogonal || config.training === 'geometric') && { expert_specialization: seen.specialization }),
    ...(G > 0 && ghostMetrics(context)),
    ...geometricMetrics(seen),
    ...(seen.hypergraph !== undefined && {
      expert_connections: seen.hypergraph.connections,
      hyperedge_weights: seen.hypergraph.weights,
    }),
  };
}

function numbered<P extends string, S extends string>(prefix: P, suffix: S, values: readonly number[]) {
  const entries = values.map((value, i): [`${P}_${number}_${S}`, number] => [`${prefix}_${i}_${suffix}`, value]);
  return Object.fromEntries(entries) as Record<`${P}_${number}_${S}`, number>;
}

function ghostMetrics({ ghosts, ghostLearningRates }: StepContext) {
  return {
    active_ghosts: ghosts.levels.filter((level) => level > 0).length,
    ghost_activations: [...ghosts.levels],
    ghost_learning_rates: [...ghostLearningRates],
    saturation_level: meanSaturation(ghosts),
  };
}

function geometricMetrics(seen: Measurements) {
  if (seen.geometric === undefined) return {};
  const { angles, rotationLoss, specializationLoss } = seen.geometric;
  const magnitudes = angles.map((of) => Math.hypot(...of));
  return {
    rotation_angles: angles,
    ...numbered('expert', 'rotation_magnitude', magnitudes),
    avg_rotation_magnitude: magnitudes.reduce((sum, each) => sum + each, 0) / magnitudes.length,
    rotation_efficiency: Math.exp(-rotationLoss),
    geometric_components: {
      task_loss: seen.taskLoss,
      orthogonality_loss: seen.overlap,
      rotation_efficiency_loss: rotationLoss,
      specialization_loss: specializationLoss,
      total_loss: seen.loss,
    },
  };
}

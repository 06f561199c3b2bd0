import type { ArchitectureMode, MetricsRecord, TrainingMode } from '../../src/metrics/record.js';

const experts = 4;
const ghosts = 2;

/** A record as a healthy training of this combination writes it. `noise` is what differs from seed to seed. */
export function goodRecord(
  step: number,
  architecture: ArchitectureMode = 'ghost',
  training: TrainingMode = 'geometric',
  noise = 0,
): MetricsRecord {
  const isGhost = architecture === 'ghost';
  const isCoupled = architecture !== 'gnn';
  const taskLoss = Math.fround(1 + 2.5 * Math.exp(-step / 10) + noise);
  const orthogonality = Math.fround(0.02 + 0.005 * Math.sin(step) + noise / 50);
  const tilt = 0.02 * Math.sin(step / 3) + noise / 10;
  const primary = [0.25 + tilt, 0.25 - tilt, 0.24, 0.26].map(Math.fround);
  const levels = [Math.min(1, step / 10), 0];
  const ghostShares = levels.map((level) => level / 8);
  const angles = primary.map((share) => [share, 0.1 + tilt, 0.2, 0.3]);
  const norms = angles.map((own) => Math.hypot(...own));
  const geometric = training === 'geometric';
  const loss = geometric ? taskLoss + 0.5 * orthogonality : taskLoss + (isCoupled ? 0.1 * orthogonality : 0);
  return {
    step,
    epoch: Math.floor(step / 10),
    wall_time_s: step * 0.1,
    tokens_per_s: 1000 + step,
    architecture_mode: architecture,
    training_mode: training,
    loss,
    task_loss: taskLoss,
    learning_rate: 1e-3 * (0.5 + 0.5 * Math.cos((Math.PI * step) / 100)),
    grad_norm: 3 * Math.exp(-step / 20) + noise,
    expert_loads: { primary, ...(isGhost && { ghost: ghostShares }) },
    ...flat('expert_%_activation', primary),
    ...(isGhost && {
      ...flat('ghost_expert_%_activation', ghostShares),
      active_ghosts: levels.filter((level) => level > 0).length,
      ghost_activations: levels,
      ghost_learning_rates: levels.map((level) => level * 1e-4),
      saturation_level: 0.2 + tilt,
    }),
    ...((architecture === 'orthogonal' || isGhost || geometric) && {
      orthogonality_preservation: 1 - orthogonality,
      expert_specialization: 0.02 + Math.abs(tilt),
    }),
    ...(isCoupled && {
      expert_connections: square(isGhost ? experts + ghosts : experts),
      hyperedge_weights: [1, 1, 1, 1, 1, 1],
    }),
    ...(geometric && {
      rotation_angles: angles,
      ...flat('expert_%_rotation_magnitude', norms),
      avg_rotation_magnitude: norms.reduce((sum, norm) => sum + norm, 0) / norms.length,
      rotation_efficiency: Math.exp(-0.03 - tilt ** 2),
      geometric_components: {
        task_loss: taskLoss,
        orthogonality_loss: orthogonality,
        rotation_efficiency_loss: 0.03,
        specialization_loss: 0,
        total_loss: loss,
      },
    }),
    ...(step % 10 === 9 && { eval_loss: taskLoss + 0.1, perplexity: Math.exp(taskLoss + 0.1) }),
  };
}

export function goodRecords(
  count: number,
  ...combination: [ArchitectureMode?, TrainingMode?, number?]
): MetricsRecord[] {
  return Array.from({ length: count }, (_, step) => goodRecord(step, ...combination));
}

export function jsonl(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function flat(pattern: string, values: readonly number[]): Record<`expert_${number}_activation`, number> {
  return Object.fromEntries(values.map((value, index) => [pattern.replace('%', String(index)), value]));
}

function square(size: number): number[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 1 / size));
}

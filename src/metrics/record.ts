/** The combinations: what the model is, and how it is trained. */
export const architectureModes = ['gnn', 'hgnn', 'orthogonal', 'ghost'] as const;
export type ArchitectureMode = (typeof architectureModes)[number];
export const trainingModes = ['standard', 'geometric'] as const;
export type TrainingMode = (typeof trainingModes)[number];

/** The id of `schemas/metrics-record.schema.json`, which says what each metric means and when it must be there. */
export const recordSchemaId = 'moe-metrics/1';

/**
 * One record of `metrics.jsonl`: what one training step says of itself. Units and meanings stand in the schema. E primary
 * experts, G ghosts, N = E + G, k angles an expert, M hyperedges.
 */
export interface MetricsRecord {
  step: number;
  epoch: number;
  /** Seconds since the training began. */
  wall_time_s: number;
  tokens_per_s: number;
  architecture_mode: ArchitectureMode;
  training_mode: TrainingMode;
  /** Nats. */
  loss: number;
  /** Nats. */
  task_loss: number;
  learning_rate: number;
  grad_norm: number;
  /** [E] summing to 1, and [G]. */
  expert_loads: { primary: readonly number[]; ghost?: readonly number[] };
  orthogonality_preservation?: number;
  expert_specialization?: number;
  active_ghosts?: number;
  /** [G] */
  ghost_activations?: readonly number[];
  /** [G] */
  ghost_learning_rates?: readonly number[];
  saturation_level?: number;
  /** [E][k], radians. */
  rotation_angles?: readonly (readonly number[])[];
  avg_rotation_magnitude?: number;
  rotation_efficiency?: number;
  geometric_components?: {
    task_loss: number;
    orthogonality_loss: number;
    rotation_efficiency_loss: number;
    specialization_loss: number;
    total_loss: number;
  };
  /** [N][N] */
  expert_connections?: readonly (readonly number[])[];
  /** [M] */
  hyperedge_weights?: readonly number[];
  eval_loss?: number;
  perplexity?: number;
  [activation: `expert_${number}_activation`]: number;
  [activation: `ghost_expert_${number}_activation`]: number;
  [magnitude: `expert_${number}_rotation_magnitude`]: number;
}

/** Values of one step, from whatever source, by name. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * A record as its line in `metrics.jsonl`, without the line break. What is not finite becomes null, its name
 * (`expert_loads.primary[2]`) one of `non_finite`.
 */
export function encodeRecord(record: MetricsRecord): string {
  const nonFinite: string[] = [];
  const members = finiteMembers(record, '', nonFinite);
  return JSON.stringify(nonFinite.length === 0 ? record : { ...members, non_finite: nonFinite });
}

function finiteMembers(object: object, prefix: string, nonFinite: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, finiteValue(value, `${prefix}${key}`, nonFinite)]),
  );
}

function finiteValue(value: unknown, name: string, nonFinite: string[]): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    nonFinite.push(name);
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => finiteValue(item, `${name}[${index}]`, nonFinite));
  return typeof value === 'object' && value !== null ? finiteMembers(value, `${name}.`, nonFinite) : value;
}

/**
 * Calls `visit` for every number in a record, with its name: `loss`, `expert_loads.primary[0]`. What is named in
 * `non_finite` comes as NaN; any other null is no number, and left out.
 */
export function visitNumbers(values: Values, visit: (name: string, value: number) => void): void {
  const named = values['non_finite'];
  for (const key in values) if (key !== 'non_finite') visitValue(key, values[key], visit);
  if (Array.isArray(named)) for (const name of named) visit(String(name), Number.NaN);
}

function visitValue(name: string, value: unknown, visit: (name: string, value: number) => void): void {
  if (typeof value === 'number') visit(name, value);
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) visitValue(`${name}[${index}]`, value[index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) visitValue(`${name}.${key}`, member, visit);
  }
}

const stepNames = ['step', 'global_step', '_step'];

/** The step that values belong to, where they say so. */
export function stepOf(values: Values): number | undefined {
  for (const name of stepNames) {
    const step = values[name];
    if (typeof step === 'number' && Number.isFinite(step)) return step;
  }
  return undefined;
}

export function isStepName(name: string): boolean {
  return stepNames.includes(name);
}

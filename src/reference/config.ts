import { nearest } from '../util/nearest.js';
import { bytesNeeded } from './memory.js';

export const architectures = ['gnn', 'hgnn', 'orthogonal', 'ghost'] as const;
export const trainingModes = ['standard', 'geometric'] as const;
export const hyperedgeStrategies = ['all_pairs', 'all_triplets', 'all'] as const;
export const ghostSchedules = ['gradual', 'binary', 'selective'] as const;
export const lrCouplings = ['inverse', 'complementary'] as const;
export const rotationKinds = ['givens', 'householder', 'learned'] as const;
export const rotationSchedules = ['fixed', 'curriculum', 'adaptive'] as const;
export const tokenizers = ['byte', 'gpt2'] as const;

export type RotationKind = (typeof rotationKinds)[number];
export type HyperedgeStrategy = (typeof hyperedgeStrategies)[number];

/** Everything that determines a training run, except for the backend. The names are those of a training config file. */
export interface ReferenceConfig {
  architecture: (typeof architectures)[number];
  training: (typeof trainingModes)[number];
  /** E, the primary experts. */
  experts: number;
  /** G, at least 1 in the ghost architecture, 0 in every other. */
  ghosts: number;
  layers: number;
  /** D. */
  embed_dim: number;
  heads: number;
  /** V. With text as data it is the tokenizer's. */
  vocab_size: number;
  /** T, the longest sequence. */
  context: number;
  /** B, sequences a step. */
  batch_size: number;
  hyperedges: HyperedgeStrategy;
  learnable_edges: boolean;
  coupler_layers: number;
  /** k, angles of an expert. */
  rotation_angles: number;
  rotation: RotationKind;
  rotation_schedule: (typeof rotationSchedules)[number];
  /** Radians; an angle is max_rotation · tanh θ. */
  max_rotation: number;
  ghost_schedule: (typeof ghostSchedules)[number];
  lr_coupling: (typeof lrCouplings)[number];
  /** The saturation above which a ghost wakes. */
  ghost_threshold: number;
  /** The level at which a ghost starts, and what it gains a step. */
  activation_rate: number;
  /** Steps over which saturation is averaged. */
  saturation_window: number;
  /** Of the standard mode. */
  lr: number;
  /** Of the geometric mode, for all but rotations and ghosts. */
  expert_lr: number;
  /** Of the rotations. */
  geometric_lr: number;
  ghost_lr: number;
  weight_decay: number;
  /** Weight of L_orth in the standard mode of orthogonal and ghost. */
  lambda_orth: number;
  /** Weights of the geometric losses. */
  w_orth: number;
  w_rot: number;
  w_spec: number;
  /** Standard deviation of the initial weights. */
  init_std: number;
  /** The length of the cosine schedule. */
  max_steps: number;
  seed: number;
  /** `markov`, or the path of a text or JSONL file. */
  data: string;
  tokenizer: (typeof tokenizers)[number];
  /** Batches of the evaluation split that an evaluation runs through. */
  eval_batches: number;
  /** Steps from one evaluation to the next; the last step is always evaluated. */
  eval_every: number;
  /** Steps from one checkpoint to the next; the last step always has one. */
  checkpoint_every: number;
}

export interface ConfigProblem {
  key: string;
  message: string;
  /** The name that was probably meant. */
  suggestion?: string;
}

/** A config that cannot be trained, with everything that is wrong in it. */
export class InvalidReferenceConfig extends Error {
  override readonly name = 'InvalidReferenceConfig';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(({ message, suggestion }) => message + (suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`))
        .join('\n'),
    );
    this.problems = problems;
  }
}

type Values = { readonly [K in keyof ReferenceConfig]: unknown };
interface Field<T> {
  fallback: T | ((given: Readonly<Record<string, unknown>>) => T);
  /** What the value must be; undefined when it is. */
  complaint(value: unknown): { expected: string; suggestion?: string } | undefined;
}

const oneOf = <const T extends string>(names: readonly T[], fallback: T): Field<T> => ({
  fallback,
  complaint(value) {
    if (names.some((name) => name === value)) return undefined;
    const suggestion = nearest(String(value), names);
    return { expected: `one of ${names.join(', ')}`, ...(suggestion === undefined ? {} : { suggestion }) };
  },
});
const integer = (fallback: Field<number>['fallback'], least: number, most = 2 ** 31 - 1): Field<number> => ({
  fallback,
  complaint: (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : { expected: `a whole number from ${least}${most < 2 ** 31 - 1 || Number(value) > most ? ` to ${most}` : ''}` },
});
/** A finite number, `least` included unless it has to be more. */
const real = (fallback: number, least: number, most = Number.MAX_VALUE, moreThan = false): Field<number> => ({
  fallback,
  complaint: (value) =>
    typeof value === 'number' && (moreThan ? value > least : value >= least) && value <= most
      ? undefined
      : {
          expected: `a number ${moreThan ? 'above' : 'from'} ${least}${most < Number.MAX_VALUE ? ` up to ${most}` : ''}`,
        },
});
const flag = (fallback: boolean): Field<boolean> => ({
  fallback,
  complaint: (value) => (typeof value === 'boolean' ? undefined : { expected: 'true or false' }),
});

const vocabularies = { markov: 32, byte: 256, gpt2: 50_257 };
const vocabularyOf = ({ data = 'markov', tokenizer }: Readonly<Record<string, unknown>>): number =>
  data === 'markov' ? vocabularies.markov : vocabularies[tokenizer === 'gpt2' ? 'gpt2' : 'byte'];

const fields: { readonly [K in keyof ReferenceConfig]: Field<ReferenceConfig[K]> } = {
  architecture: oneOf(architectures, 'gnn'),
  training: oneOf(trainingModes, 'standard'),
  experts: integer(4, 2, 64),
  ghosts: integer((given) => (given['architecture'] === 'ghost' ? 2 : 0), 0, 64),
  layers: integer(2, 1),
  embed_dim: integer(32, 2),
  heads: integer(4, 1),
  vocab_size: integer(vocabularyOf, 2),
  context: integer(32, 1),
  batch_size: integer(8, 1),
  hyperedges: oneOf(hyperedgeStrategies, 'all_pairs'),
  learnable_edges: flag(true),
  coupler_layers: integer(2, 1),
  rotation_angles: integer(4, 1),
  rotation: oneOf(rotationKinds, 'givens'),
  rotation_schedule: oneOf(rotationSchedules, 'fixed'),
  max_rotation: real(2, 0, undefined, true),
  ghost_schedule: oneOf(ghostSchedules, 'gradual'),
  lr_coupling: oneOf(lrCouplings, 'inverse'),
  ghost_threshold: real(1e-6, 0, undefined, true),
  activation_rate: real(0.25, 0, 1, true),
  saturation_window: integer(4, 1),
  lr: real(1e-3, 0, undefined, true),
  expert_lr: real(1e-3, 0, undefined, true),
  geometric_lr: real(1e-2, 0, undefined, true),
  ghost_lr: real(1e-3, 0, undefined, true),
  weight_decay: real(0.01, 0),
  lambda_orth: real(0.1, 0),
  w_orth: real(0.5, 0),
  w_rot: real(0.2, 0),
  w_spec: real(0.3, 0),
  init_std: real(0.2, 0, undefined, true),
  max_steps: integer(200, 1),
  seed: integer(0, 0),
  data: {
    fallback: 'markov',
    complaint: (value) =>
      typeof value === 'string' && value !== '' ? undefined : { expected: 'markov or the path of a file' },
  },
  tokenizer: oneOf(tokenizers, 'byte'),
  eval_batches: integer(8, 1),
  eval_every: integer(50, 1),
  checkpoint_every: integer(50, 1),
};

/**
 * Fills in the defaults and refuses what cannot be trained, before anything is allocated.
 * @throws InvalidReferenceConfig with every problem, not just the first.
 */
export function resolveReferenceConfig(given: Readonly<Record<string, unknown>>): ReferenceConfig {
  const known = Object.keys(fields);
  const unknown = Object.keys(given).flatMap((key): ConfigProblem[] => {
    if (known.includes(key)) return [];
    const suggestion = nearest(key, known);
    return [{ key, message: `unknown key ${key}`, ...(suggestion === undefined ? {} : { suggestion }) }];
  });
  const values = Object.fromEntries(
    Object.entries(fields).map(([key, { fallback }]) => [
      key,
      given[key] ?? (typeof fallback === 'function' ? fallback(given) : fallback),
    ]),
  );
  const wrong = Object.entries(fields).flatMap(([key, field]): ConfigProblem[] => {
    const complaint = field.complaint(values[key]);
    if (complaint === undefined) return [];
    const { expected, ...suggestion } = complaint;
    return [{ key, message: `${key} is ${shown(values[key])}, expected ${expected}`, ...suggestion }];
  });
  const problems = [...unknown, ...wrong];
  if (problems.length > 0 || !isResolved(values)) throw new InvalidReferenceConfig(problems);
  const impossible = contradictions(values);
  if (impossible.length > 0) throw new InvalidReferenceConfig(impossible);
  return values;
}

/** JSON would have null for what is not finite. */
const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));

function isResolved(values: object): values is ReferenceConfig {
  return Object.entries(values).every(([key, value]) => key in fields && fieldOf(key)?.complaint(value) === undefined);
}

function fieldOf(key: string): Field<unknown> | undefined {
  return Object.entries(fields).find(([name]) => name === key)?.[1];
}

/** The most that fits a WebAssembly heap. */
const mostBytes = 2 ** 32;

function contradictions(config: ReferenceConfig): ConfigProblem[] {
  const { architecture, experts: E, ghosts: G, embed_dim: D, heads, rotation_angles: k } = config;
  const problems: ConfigProblem[] = [];
  const refuse = (key: keyof Values, message: string): void => void problems.push({ key, message });

  if (D % heads !== 0) refuse('heads', `embed_dim ${D} is not divisible by heads ${heads}`);
  if (architecture === 'ghost' && G < 1) refuse('ghosts', 'the ghost architecture needs at least 1 ghost');
  if (architecture !== 'ghost' && G > 0) refuse('ghosts', `ghosts is ${G}, but only the ghost architecture has ghosts`);
  if (architecture !== 'gnn' && config.hyperedges === 'all_triplets' && E < 3) {
    refuse('experts', `all_triplets needs at least 3 experts, there are ${E}`);
  }
  if (config.training === 'geometric') {
    const [most, why] = config.rotation === 'givens' ? [Math.floor(D / 2), '2k ≤ D'] : [D - 1, 'k < D'];
    if (k > most) {
      refuse(
        'rotation_angles',
        `rotation_angles ${k} is too many for ${config.rotation}: ${why}, and embed_dim is ${D}`,
      );
    }
  }
  if (config.data === 'markov' && config.tokenizer !== 'byte') {
    refuse(
      'tokenizer',
      `tokenizer is ${config.tokenizer}, but the built-in data is tokens already: name a file as data`,
    );
  }
  const vocabulary = vocabularyOf({ ...config });
  if (config.data !== 'markov' && config.vocab_size !== vocabulary) {
    refuse('vocab_size', `vocab_size is ${config.vocab_size}, but the ${config.tokenizer} tokenizer has ${vocabulary}`);
  }
  const bytes = bytesNeeded(config);
  if (bytes > mostBytes) {
    refuse(
      'embed_dim',
      `these sizes need about ${(bytes / 1e9).toFixed(1)} GB, and ${mostBytes / 2 ** 30} GB is all there is`,
    );
  }
  return problems;
}

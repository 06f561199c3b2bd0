import { type Tensor, dispose, engine, keep, reshape, slice, tensor1d, tensor2d, valueAndGrads } from '#tensorflow';
import type { ReferenceConfig } from './config.js';
import type { Batch } from './data/batch.js';
import { type Circumstances, type Output, forward } from './forward.js';
import { rotationAngles } from './geometry.js';
import { type GhostState, advanceGhosts, dormantGhosts, ghostLearningRates, observeSaturation } from './ghosts.js';
import { hyperedges, incidence } from './hypergraph.js';
import { losses } from './losses.js';
import { type Measurements, measure } from './measure.js';
import { adamW, cosineSchedule, decayPerParameter, ratePerParameter } from './optimizer.js';
import {
  type Parameters,
  type PlacedParameter,
  flatten,
  initialParameters,
  parameterSpecs,
  unflatten,
} from './parameters.js';
import { type StepRecord, stepRecord } from './record.js';
import { rotationBound } from './rotation-schedule.js';
import { type SavedTensors, byName, loadOptimized, saveOptimized, startOptimizing } from './saved-tensors.js';
import { crossEntropy, lengthOf } from './tensor-ops.js';

/** All that a run needs to go on as if it had never stopped: same backend, same bytes. */
export interface ModelState {
  /** The next step; the data is a function of it. */
  step: number;
  ghosts: GhostState;
  /** L_orth of the last step, which an adaptive rotation follows. */
  overlap: number;
  /** Parameters under their names, their moments as `adam.m.NAME` and `adam.v.NAME`. */
  tensors: SavedTensors;
}

export interface StepResult {
  record: StepRecord;
  /** What the record is made of, whatever the combination. */
  measurements: Measurements & { gradNorm: number };
}

export interface Evaluation {
  /** Mean cross-entropy in nats. */
  loss: number;
  perplexity: number;
}

/** A model in training. Its tensors live on the backend that was open when it was made. */
export interface ReferenceModel {
  readonly config: ReferenceConfig;
  readonly parameters: readonly PlacedParameter[];
  /** The next step, from 0. */
  readonly step: number;
  /** One step of training. */
  trainStep(batch: Batch): StepResult;
  /** The logits [B, T, V], row by row, for all but the last token of each sequence. */
  logits(batch: Batch): Float32Array;
  /** The gradient of the loss with respect to each parameter, without a step. */
  gradients(batch: Batch): ReadonlyMap<string, Float32Array>;
  /** Mean loss over batches, and its exponential. Changes nothing. */
  evaluate(batches: Iterable<Batch>): Evaluation;
  state(): ModelState;
  /** @throws Error naming the tensor that is missing or of another size */
  restore(state: ModelState): void;
  /** Frees the tensors; the model is of no use afterwards. */
  dispose(): void;
}

/** A model at its seed's initial values. */
export function createModel(config: ReferenceConfig): ReferenceModel {
  const specs = parameterSpecs(config);
  const { experts: E, ghosts: G } = config;
  const H = config.architecture === 'gnn' ? undefined : incidence(E + G, hyperedges(E + G, config.hyperedges));
  const decay = tensor1d(decayPerParameter(specs, config.weight_decay));
  let optimized = startOptimizing(initialParameters(specs, config.seed));
  let step = 0;
  let overlap = 1;
  let ghosts = dormantGhosts(config);

  const run = (named: Parameters, ids: Tensor): Output & Circumstances => {
    const theta = named['rotation.theta'];
    const given: Circumstances = {
      levels: [...Array<number>(E).fill(1), ...ghosts.levels],
      ...(theta !== undefined && { angles: rotationAngles(theta, rotationBound(config, step, overlap)) }),
      ...(H !== undefined && { incidence: H }),
    };
    return { ...forward(config, named, ids, given), ...given };
  };

  const predict = (ids: Tensor): Tensor => run(named(specs, unflatten(optimized.parameters, specs)), ids).logits;

  /** The gradient of the loss as one vector, and what the forward pass showed. Within a scope. */
  const differentiate = (batch: Batch): { gradient: Tensor; measurements: Measurements } => {
    const { inputs, targets } = split(batch);
    const seen: Measurements[] = [];
    const { grads } = valueAndGrads((...tensors: Tensor[]) => {
      const { logits, layers, angles, levels } = run(named(specs, tensors), inputs);
      const parts = losses(config, crossEntropy(logits, targets), layers, angles);
      seen.push(measure(config, parts, layers, angles, levels));
      return parts.total;
    })(unflatten(optimized.parameters, specs));
    const [measurements] = seen;
    if (measurements === undefined) throw new Error('the loss was not computed');
    return { gradient: flatten(grads), measurements };
  };

  return {
    config,
    parameters: specs,
    get step() {
      return step;
    },

    trainStep(batch) {
      const cosine = cosineSchedule(step, config.max_steps);
      const base = (config.training === 'geometric' ? config.expert_lr : config.lr) * cosine;
      const ghostRates = ghostLearningRates(ghosts, cosine, config);
      const rates = { base, rotation: config.geometric_lr * cosine, ghosts: ghostRates };
      const old = optimized;
      const measurements = scoped(() => {
        const { gradient, measurements } = differentiate(batch);
        const rate = tensor1d(ratePerParameter(specs, E, rates));
        optimized = adamW(old, gradient, step, rate, decay);
        for (const tensor of Object.values(optimized)) keep(tensor);
        return { ...measurements, gradNorm: lengthOf(gradient).dataSync()[0] ?? Number.NaN };
      });
      dispose(Object.values(old));

      const during = observeSaturation(ghosts, measurements.saturation, config);
      const context = { step, epoch: batch.epoch, learningRate: base, ghostLearningRates: ghostRates, ghosts: during };
      ghosts = advanceGhosts(during, config);
      overlap = measurements.overlap;
      step += 1;
      return { record: stepRecord(config, measurements, context), measurements };
    },

    logits(batch) {
      return scoped(() => predict(split(batch).inputs).dataSync<'float32'>());
    },

    gradients(batch) {
      const gradient = scoped(() => {
        return differentiate(batch).gradient.dataSync<'float32'>();
      });
      return byName(specs, gradient);
    },

    evaluate(batches) {
      let sum = 0;
      let tokens = 0;
      for (const batch of batches) {
        const loss = scoped(() => {
          const { inputs, targets } = split(batch);
          return crossEntropy(predict(inputs), targets).dataSync()[0] ?? Number.NaN;
        });
        sum += loss * batch.sequences;
        tokens += batch.sequences;
      }
      return { loss: sum / tokens, perplexity: Math.exp(sum / tokens) };
    },

    state: () => ({ step, overlap, ghosts, tensors: saveOptimized(optimized, specs) }),

    restore(state) {
      const restored = loadOptimized(state.tensors, specs);
      dispose(Object.values(optimized));
      optimized = restored;
      ({ step, overlap, ghosts } = state);
    },

    dispose() {
      dispose([...Object.values(optimized), decay, ...(H === undefined ? [] : [H])]);
    },
  };
}

/** Frees all tensors that `work` makes and does not keep; `tidy` for results that hold none. */
function scoped<T>(work: () => T): T {
  engine().startScope();
  try {
    return work();
  } finally {
    engine().endScope();
  }
}

/** The tokens a batch shows, [B, T], and those that come after each of them, [B·T]. */
function split({ ids, sequences }: Batch): { inputs: Tensor; targets: Tensor } {
  const all = tensor2d(ids, [sequences, ids.length / sequences], 'int32');
  const T = ids.length / sequences - 1;
  return {
    inputs: slice(all, [0, 0], [sequences, T]),
    targets: reshape(slice(all, [0, 1], [sequences, T]), [-1]),
  };
}

const named = (specs: readonly PlacedParameter[], tensors: readonly Tensor[]): Parameters =>
  Object.fromEntries(specs.flatMap(({ name }, i) => tensors.slice(i, i + 1).map((tensor) => [name, tensor])));

import { type Tensor, abs, add, div, mean, mul, relu, square, stack, sub, transpose } from '#tensorflow';
import type { ReferenceConfig } from './config.js';
import { type LayerObservation, primary, unbiasedVariance } from './observe.js';

/** What is minimised, and the parts it is made of. All scalars. */
export interface Losses {
  total: Tensor;
  task: Tensor;
  /** L_orth, the mean over layers. */
  orthogonality: Tensor;
  /** Of the geometric mode. */
  geometric?: { rotation: Tensor; specialization: Tensor };
}

/**
 * standard: task (+ λ_orth L_orth with the orthogonality loss); geometric: task + w_orth L_orth + w_rot L_rot + w_spec L_spec.
 * @param angles [E, k], in the geometric mode
 */
export function losses(
  config: ReferenceConfig,
  task: Tensor,
  layers: readonly LayerObservation[],
  angles: Tensor | undefined,
): Losses {
  const orthogonality = mean(stack(layers.map(({ overlap }) => overlap)));
  if (angles === undefined) {
    const weight = hasOrthogonalityLoss(config) ? config.lambda_orth : 0;
    return { total: weight === 0 ? task : add(task, mul(orthogonality, weight)), task, orthogonality };
  }
  const rotation = rotationLoss(angles);
  const specialization = specializationLoss(layers, config.experts);
  const weighted = [mul(orthogonality, config.w_orth), mul(rotation, config.w_rot), mul(specialization, config.w_spec)];
  return {
    total: weighted.reduce((sum, part) => add(sum, part), task),
    task,
    orthogonality,
    geometric: { rotation, specialization },
  };
}

/** Whether the architecture trains its experts to be orthogonal. */
export function hasOrthogonalityLoss({ architecture }: ReferenceConfig): boolean {
  return architecture === 'orthogonal' || architecture === 'ghost';
}

/** L_rot = mean(a²) + mean(relu(|a| − 1)²): small angles, and no large ones. */
function rotationLoss(angles: Tensor): Tensor {
  return add(mean(square(angles)), mean(square(relu(sub(abs(angles), 1)))));
}

/** L_spec = relu(1 − mean over tokens and layers of the unbiased variance over experts of ‖yₙ − x‖). */
function specializationLoss(layers: readonly LayerObservation[], E: number): Tensor {
  const variances = layers.map(({ strength }) => mean(unbiasedVariance(transpose(primary(strength, E)))));
  const total = variances.reduce((sum, variance) => add(sum, variance));
  return relu(sub(1, div(total, layers.length)));
}

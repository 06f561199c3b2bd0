import type { StepResult } from '../../src/reference/model.js';
import { type GoldenStep, readGolden } from './goldens.js';

/** The largest differences that float32 may make, from the same initial parameters. */
const tolerance = { exact: 1e-12, logits: 1e-5, loss: 5e-6, metric: 2e-5, gradNorm: 5e-5, parameterNorm: 1e-4 };

/** Numbers that should be equal, and how far they may be apart. */
interface Comparison {
  what: string;
  actual: ArrayLike<number>;
  wanted: readonly number[];
  most: number;
}

/** Trains a golden's model on its batches. @returns what is further from the golden than it may be, in words */
export function deviations(name: string): string[] {
  const { expected, batches, model: start } = readGolden(name);
  const model = start();
  const logits = batches.slice(0, 1).map((batch) => model.logits(batch));
  const steps = batches.map((batch) => model.trainStep(batch));
  const { tensors } = model.state();
  model.dispose();

  const comparisons: Comparison[] = [
    ...logits.map((actual) => ({ what: 'logits', actual, wanted: expected.logits0, most: tolerance.logits })),
    { what: 'steps', actual: [steps.length], wanted: [expected.steps.length], most: 0 },
    ...expected.steps.flatMap((golden, t) => steps.slice(t, t + 1).flatMap((step) => compareStep(step, golden))),
    ...Object.entries(expected.final_parameter_norms)
      // The exact gradient of the keys' bias is zero, and Adam makes steps of the rounding noise in its place.
      .filter(([parameter]) => !parameter.endsWith('attn.qkv.bias'))
      .map(([what, norm]) => {
        const actual = [Math.hypot(...(tensors.get(what)?.values ?? [Number.NaN]))];
        return { what: `norm of ${what}`, actual, wanted: [norm], most: tolerance.parameterNorm };
      }),
  ];
  return comparisons.flatMap(({ what, actual, wanted, most }) => {
    const apart = wanted.map((value, i) => Math.abs((actual[i] ?? Number.NaN) - value));
    const equal = actual.length === wanted.length && apart.every((difference) => difference <= most);
    return equal ? [] : [`${what}: ${Math.max(...apart)} apart, allowed are ${most}`];
  });
}

function compareStep({ record, measurements }: StepResult, golden: GoldenStep): Comparison[] {
  const at = (what: string, actual: number | undefined, wanted: number, most: number): Comparison => ({
    what: `${what} at step ${golden.step}`,
    actual: [actual ?? Number.NaN],
    wanted: [wanted],
    most,
  });
  const { exact, loss, metric, gradNorm } = tolerance;
  const all = [
    at('step', record.step, golden.step, exact),
    at('loss', record.loss, golden.loss, loss),
    at('task_loss', record.task_loss, golden.task_loss, loss),
    at('grad_norm', record.grad_norm, golden.grad_norm, gradNorm),
    at('learning_rate', record.learning_rate, golden.learning_rate, exact),
    at('orthogonality', 1 - measurements.overlap, golden.orthogonality_preservation, metric),
    at('specialization', measurements.specialization, golden.expert_specialization, metric),
    ...golden.expert_loads.map((load, n) => at(`load of expert ${n}`, record.expert_loads.primary[n], load, metric)),
    at('active_ghosts', record.active_ghosts ?? 0, golden.active_ghosts, exact),
    ...golden.ghost_activations.map((level, g) => at(`ghost ${g}`, record.ghost_activations?.[g], level, exact)),
  ];
  if (golden.active_ghosts > 0) {
    all.push(at('saturation_level', record.saturation_level, golden.saturation_level, metric));
  }
  if (golden.rotation_efficiency_loss !== undefined) {
    const components = record.geometric_components;
    const efficiency = Math.exp(-golden.rotation_efficiency_loss);
    all.push(
      at('L_rot', components?.rotation_efficiency_loss, golden.rotation_efficiency_loss, metric),
      at('rotation_efficiency', record.rotation_efficiency, efficiency, metric),
      at('L_spec', components?.specialization_loss, golden.specialization_loss ?? Number.NaN, metric),
      at('magnitude', record.avg_rotation_magnitude, golden.avg_rotation_magnitude ?? Number.NaN, metric),
    );
  }
  return all;
}

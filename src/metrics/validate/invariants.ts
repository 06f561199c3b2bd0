import type { Values } from '../record.js';
import { missingMetric, type Complaint } from './complaints.js';

/** Shares in bfloat16 sum to 1 within this. */
const sumTolerance = 0.01;
/** Numbers that are one and the same, computed twice in float32. */
const relativeTolerance = 1e-3;

/**
 * What of a record contradicts itself, by the relations between the metrics of moe-metrics/1. What is not there, or has
 * another shape than the schema says, is left to the schema.
 */
export function brokenInvariants(values: Values): readonly Complaint[] {
  const broken: Complaint[] = [];
  const expect = (holds: boolean, metric: string, message: string) => {
    if (!holds) broken.push({ code: 'invariant', metric, message });
  };
  const loads = values['expert_loads'];
  const shares: object = typeof loads === 'object' && loads !== null ? loads : {};
  const primary = numbersIn(Reflect.get(shares, 'primary'));
  const ghost = numbersIn(Reflect.get(shares, 'ghost'));
  if (primary !== undefined) broken.push(...mirrored('expert', primary, values));
  if (ghost !== undefined) broken.push(...mirrored('ghost_expert', ghost, values));

  const levels = numbersIn(values['ghost_activations']);
  const active = values['active_ghosts'];
  if (levels !== undefined && typeof active === 'number') {
    const awake = levels.filter((level) => level > 0).length;
    const text = `active_ghosts is ${active}, but ${awake} of ${levels.length} ghost_activations are above 0`;
    expect(active === awake, 'active_ghosts', text);
  }
  if (levels !== undefined && ghost !== undefined) {
    const text = `ghost_activations has ${levels.length} ghosts, expert_loads.ghost ${ghost.length}`;
    expect(levels.length === ghost.length, 'ghost_activations', text);
  }
  const rates = numbersIn(values['ghost_learning_rates']);
  if (levels !== undefined && rates !== undefined) {
    const text = `ghost_learning_rates has ${rates.length} ghosts, ghost_activations ${levels.length}`;
    expect(levels.length === rates.length, 'ghost_learning_rates', text);
  }
  const parts = values['geometric_components'];
  const total: unknown = typeof parts === 'object' && parts !== null ? Reflect.get(parts, 'total_loss') : undefined;
  broken.push(...same(['geometric_components.total_loss', total], ['loss', values['loss']]));
  const evalLoss = values['eval_loss'];
  const exp = typeof evalLoss === 'number' ? Math.exp(evalLoss) : undefined;
  broken.push(...same(['perplexity', values['perplexity']], ['exp(eval_loss)', exp]));
  broken.push(...rotations(values, primary?.length));
  return broken;
}

/** Whether the items of a list add up, within the rounding of bfloat16. */
export function sumsUp(items: unknown, sum: number): string | undefined {
  const numbers = numbersIn(items);
  if (numbers === undefined || numbers.length === 0) return undefined;
  const total = numbers.reduce((a, b) => a + b, 0);
  return Math.abs(total - sum) <= sumTolerance ? undefined : `sums to ${Number(total.toPrecision(6))}, not ${sum}`;
}

/** `expert_0_activation` and on must say what the list of shares says. */
function mirrored(prefix: string, shares: readonly number[], values: Values): readonly Complaint[] {
  const complaints: Complaint[] = [];
  for (let index = 0; index < shares.length; index++) {
    const name = `${prefix}_${index}_activation`;
    if (values[name] === undefined) complaints.push(missingMetric(name));
    const list = prefix === 'expert' ? 'primary' : 'ghost';
    complaints.push(...same([name, values[name]], [`expert_loads.${list}[${index}]`, shares[index]]));
  }
  return complaints;
}

function rotations(values: Values, experts: number | undefined): readonly Complaint[] {
  const angles = values['rotation_angles'];
  if (!Array.isArray(angles)) return [];
  const complaints: Complaint[] = [];
  if (experts !== undefined && experts !== angles.length) {
    const message = `rotation_angles has ${angles.length} experts, expert_loads.primary ${experts}`;
    complaints.push({ code: 'invariant', metric: 'rotation_angles', message });
  }
  const norms = angles.map((own) => Math.hypot(...(numbersIn(own) ?? [Number.NaN])));
  for (const [index, norm] of norms.entries()) {
    const name = `expert_${index}_rotation_magnitude`;
    if (values[name] === undefined) complaints.push(missingMetric(name));
    complaints.push(...same([name, values[name]], [`the norm of rotation_angles[${index}]`, norm]));
  }
  const mean = norms.reduce((sum, norm) => sum + norm / norms.length, 0);
  complaints.push(
    ...same(['avg_rotation_magnitude', values['avg_rotation_magnitude']], ['the mean of the norms', mean]),
  );
  return complaints;
}

type Named = readonly [name: string, value: unknown];

/** Two numbers that are one and the same; what is no finite number is not held against the other. */
function same([name, value]: Named, [otherName, other]: Named): readonly Complaint[] {
  const [a, b] = [finite(value), finite(other)];
  if (a === undefined || b === undefined || isSame(a, b)) return [];
  return [{ code: 'invariant', metric: name, message: `${name} is ${a}, ${otherName} is ${b}` }];
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function numbersIn(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((item) => Number.isFinite(item)) ? value : undefined;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= relativeTolerance * Math.max(Math.abs(a), Math.abs(b)) + 1e-6;
}

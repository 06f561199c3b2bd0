import { valueAt } from '../names.js';
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
  const primary = numbersIn(valueAt(values, ['expert_loads', 'primary']));
  const ghost = numbersIn(valueAt(values, ['expert_loads', 'ghost']));
  mirrored('expert', 'primary', primary, values, broken);
  mirrored('ghost_expert', 'ghost', ghost, values, broken);

  const levels = numbersIn(values['ghost_activations']);
  if (levels !== undefined) {
    const awake = levels.filter((level) => level > 0).length;
    const active = values['active_ghosts'];
    if (differ(active, awake)) {
      broken.push(contradiction('active_ghosts', active, 'the number of ghost_activations above 0', awake));
    }
    sameLength('ghost_activations', levels, 'expert_loads.ghost', ghost, broken);
    const rates = numbersIn(values['ghost_learning_rates']);
    sameLength('ghost_learning_rates', rates, 'ghost_activations', levels, broken);
  }
  const { loss, eval_loss: evalLoss, perplexity } = values;
  const total = valueAt(values, ['geometric_components', 'total_loss']);
  if (differ(total, loss)) broken.push(contradiction('geometric_components.total_loss', total, 'loss', loss));
  const exp = typeof evalLoss === 'number' ? Math.exp(evalLoss) : undefined;
  if (differ(perplexity, exp)) broken.push(contradiction('perplexity', perplexity, 'exp(eval_loss)', exp));
  rotations(values, primary, broken);
  return broken;
}

/** Whether the items of a list add up, within the rounding of bfloat16; if not, what is wrong. */
export function sumsUp(items: unknown, sum: number): string | undefined {
  const numbers = numbersIn(items);
  if (numbers === undefined || numbers.length === 0) return undefined;
  const total = numbers.reduce((a, b) => a + b, 0);
  return Math.abs(total - sum) <= sumTolerance ? undefined : `sums to ${Number(total.toPrecision(6))}, not ${sum}`;
}

/** `expert_0_activation` and on must say what the list of shares says. */
function mirrored(
  prefix: 'expert' | 'ghost_expert',
  list: 'primary' | 'ghost',
  shares: readonly number[] | undefined,
  values: Values,
  broken: Complaint[],
): void {
  if (shares === undefined) return;
  for (let index = 0; index < shares.length; index++) {
    const name = `${prefix}_${index}_activation`;
    const [flat, share] = [values[name], shares[index]];
    if (flat === undefined) broken.push(missingMetric(name));
    else if (differ(flat, share)) broken.push(contradiction(name, flat, `expert_loads.${list}[${index}]`, share));
  }
}

function rotations(values: Values, primary: readonly number[] | undefined, broken: Complaint[]): void {
  const angles = values['rotation_angles'];
  if (!Array.isArray(angles)) return;
  sameLength('rotation_angles', angles, 'expert_loads.primary', primary, broken);
  let sum = 0;
  for (let index = 0; index < angles.length; index++) {
    const norm = normOf(angles[index]);
    const name = `expert_${index}_rotation_magnitude`;
    const magnitude = values[name];
    sum += norm;
    if (magnitude === undefined) broken.push(missingMetric(name));
    else if (differ(magnitude, norm)) {
      broken.push(contradiction(name, magnitude, `the norm of rotation_angles[${index}]`, norm));
    }
  }
  const name = 'avg_rotation_magnitude';
  const [average, mean] = [values[name], sum / angles.length];
  if (differ(average, mean)) broken.push(contradiction(name, average, 'the mean of the norms', mean));
}

function sameLength(
  name: string,
  list: readonly unknown[] | undefined,
  otherName: string,
  other: readonly unknown[] | undefined,
  broken: Complaint[],
): void {
  if (list === undefined || other === undefined || list.length === other.length) return;
  broken.push(contradiction(name, `a list of ${list.length}`, otherName, `one of ${other.length}`));
}

function contradiction(name: string, value: unknown, otherName: string, other: unknown): Complaint {
  return { code: 'invariant', metric: name, message: `${name} is ${String(value)}, ${otherName} is ${String(other)}` };
}

/** Whether two numbers that should be one and the same are not; what is no finite number is not held against the other. */
function differ(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number' || !Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) > relativeTolerance * Math.max(Math.abs(a), Math.abs(b)) + 1e-6;
}

function numbersIn(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  for (const item of value) if (!Number.isFinite(item)) return undefined;
  return value;
}

function normOf(value: unknown): number {
  const numbers = numbersIn(value);
  let squares = numbers === undefined ? Number.NaN : 0;
  for (const number of numbers ?? []) squares += number * number;
  return Math.sqrt(squares);
}

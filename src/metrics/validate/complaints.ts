import type { ErrorObject } from 'ajv';
import { nearest } from '../../util/nearest.js';
import { keysOf, nameOf, placeOf, valueAt } from '../names.js';
import type { Values } from '../record.js';
import type { OldName, RecordSchema } from '../record-schema.js';
import type { Problem } from './problems.js';

export type Complaint = Pick<Problem, 'code' | 'metric' | 'message' | 'suggestion'> &
  Partial<Pick<Problem, 'severity'>>;

const ranges = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);

/** What the schema has against a record, in our words; each metric once. */
export function complaintsOf(
  errors: readonly ErrorObject[],
  values: Values,
  { annotations, names }: RecordSchema,
): readonly Complaint[] {
  const renames = annotations.flatMap(({ path, renamedFrom }) =>
    renamedFrom.map((old) => ({ old, now: path.join('.') })),
  );
  const missing = new Set(errors.map((error) => missingName(error, values)));
  const renamed = renames.filter(({ old, now }) => missing.has(now) && isThere(old, values));
  const explained = new Set(renamed.flatMap(({ old, now }) => [old.name, now]));
  const complaints = errors.flatMap((error) => {
    const path = keysOf(error.instancePath);
    const absent = missingName(error, values);
    if (absent !== undefined) {
      const near = nearest(
        absent,
        Object.keys(values).filter((name) => !names(name)),
      );
      return explained.has(absent) ? [] : [{ ...missingMetric(absent), ...(near && { suggestion: near }) }];
    }
    // Ajv also says that a branch was not met, besides what in it was not.
    if (error.keyword === 'if' || explained.has(path[0] ?? '')) return [];
    return complaintAbout(error, path, values);
  });
  const old = renamed.map(({ old: { name }, now }) => ({
    code: 'renamed-metric' as const,
    metric: name,
    message: `${name} is called ${now} today`,
    suggestion: now,
  }));
  const byMetric = new Map([...old, ...complaints].map((each) => [`${each.code} ${each.metric}`, each]));
  return [...byMetric.values()];
}

export function missingMetric(metric: string): Complaint {
  return { code: 'missing-metric', metric, message: `${metric} is not there` };
}

/** The name a metric has today, when this is one that it had before. */
export function isThere({ name, type }: OldName, values: Values): boolean {
  const value = values[name];
  return value !== undefined && (type === undefined || typeof value === type);
}

function missingName({ keyword, instancePath, params }: ErrorObject, values: Values): string | undefined {
  if (keyword !== 'required' && keyword !== 'dependentRequired') return undefined;
  return nameOf([...keysOf(instancePath), String(params['missingProperty'])], values);
}

function complaintAbout(error: ErrorObject, path: readonly string[], values: Values): readonly Complaint[] {
  const value = valueAt(values, path);
  const metric = nameOf(path, values);
  // NaN and Infinity are found with or without a schema.
  if (typeof value === 'number' && !Number.isFinite(value)) return [];
  if (error.keyword === 'type' && value === null) return [nonFinite(metric, 'null', placeOf(path, values))];
  const code = ranges.has(error.keyword) ? 'invariant' : 'schema';
  return [
    { code, metric, message: `${placeOf(path, values) || 'the record'} is ${show(value)}, but ${expectation(error)}` },
  ];
}

/** `place` is where in the metric: `metrics.aux.z`, `l[1]`. */
export function nonFinite(metric: string, value: string, place = metric): Complaint {
  return { code: 'non-finite', metric, message: `${place} is not finite: ${value}` };
}

function expectation({ keyword, params, message }: ErrorObject): string {
  const allowed: unknown = params['allowedValues'];
  if (keyword === 'enum' && Array.isArray(allowed)) return `must be one of ${allowed.map(String).join(', ')}`;
  return message ?? 'is not as expected';
}

function show(value: unknown): string {
  const text = Array.isArray(value) ? `a list of ${value.length}` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

import type { ValidateFunction } from 'ajv';
import { validatorFor } from '../util/json-schema.js';
import { packageFile } from '../util/package-root.js';
import { readRegular } from '../util/regular-file.js';
import { fileError, MetricsError } from './errors.js';
import { isObject } from './readers/jsonl.js';
import { recordSchemaId } from './record.js';
import type { Source } from './source.js';

/** A name that a metric had once; with a type where that name is one of another metric today. */
export interface OldName {
  name: string;
  type?: string;
}

/** What a schema says of a metric beyond its shape, by `x-` keywords in `properties`. */
export interface Annotation {
  /** `expert_loads`, `primary`. */
  path: readonly string[];
  /** It never stands still in a training that learns. */
  moves: boolean;
  sumsTo?: number;
  renamedFrom: readonly OldName[];
  /** It says something of the training, and not only of the machine. */
  compared: boolean;
}

/** What records are judged by. */
export interface RecordSchema {
  /** `moe-metrics/1`, the file of a project's own, or `none`. */
  id: string;
  /** Absent: nothing is known of what must be there. */
  validate?: ValidateFunction;
  annotations: readonly Annotation[];
  /** Whether a schema names this metric; true of every name where there is no schema. */
  names(metric: string): boolean;
}

const ours = packageFile('schemas/metrics-record.schema.json');

/**
 * What a source is judged by: the project's own schema where there is one, ours for records that say which combination
 * they are of, and for any other no schema at all; what they share with ours by name is still known to move, or to be an
 * old name.
 * @throws MetricsError when the project's schema cannot be used
 */
export async function schemaFor({ format }: Pick<Source, 'format'>, own?: string): Promise<RecordSchema> {
  if (own !== undefined) return load(own, own);
  const known = await load(ours, recordSchemaId);
  return format === 'moe-metrics' ? known : { id: 'none', annotations: known.annotations, names: () => true };
}

async function load(file: string, id: string): Promise<RecordSchema> {
  const bytes = await readRegular(file).catch((error: unknown) => {
    throw fileError(file, 'read', error);
  });
  try {
    const schema: unknown = JSON.parse(bytes.toString('utf8'));
    if (!isObject(schema)) throw new Error('it is not an object');
    const patterns = Object.keys(membersOf(schema['patternProperties'])).map((pattern) => new RegExp(pattern, 'u'));
    const properties = membersOf(schema['properties']);
    return {
      id,
      validate: await validatorFor(schema),
      annotations: annotationsIn(properties, []),
      names: (metric) =>
        metric === 'non_finite' ||
        Object.hasOwn(properties, metric) ||
        patterns.some((pattern) => pattern.test(metric)),
    };
  } catch (error) {
    throw new MetricsError(
      `${file} cannot be used as a JSON Schema: ${error instanceof Error ? error.message : String(error)}`,
      'docs/metrics.md says how to bring a schema of your own.',
    );
  }
}

function annotationsIn(properties: Record<string, unknown>, above: readonly string[]): readonly Annotation[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isObject(schema)) return [];
    const path = [...above, name];
    const sumsTo = schema['x-sums-to'];
    const renamedFrom = oldNames(schema['x-renamed-from']);
    const moves = schema['x-moves'] === true;
    const compared = schema['x-compared'] !== false;
    const says = moves || !compared || renamedFrom.length > 0 || typeof sumsTo === 'number';
    const own = { path, moves, renamedFrom, compared, ...(typeof sumsTo === 'number' ? { sumsTo } : {}) };
    return [...(says ? [own] : []), ...annotationsIn(membersOf(schema['properties']), path)];
  });
}

function oldNames(value: unknown): readonly OldName[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return [{ name: each }];
    if (!isObject(each) || typeof each['name'] !== 'string') return [];
    return [{ name: each['name'], ...(typeof each['type'] === 'string' ? { type: each['type'] } : {}) }];
  });
}

function membersOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

import type { ErrorObject } from 'ajv';
import { UsageError } from '../engine/errors.js';
import { validatorOf } from '../util/json-schema.js';
import { nearest } from '../util/nearest.js';
import { ConfigError, type Position } from './config-error.js';
import type { KeyPath, RawConfig } from './read-config.js';

/** Something that is wrong in a config, and where. */
export interface ConfigComplaint {
  message: string;
  position?: Position | undefined;
  /** The flag that is to blame rather than the file. */
  flag?: string | undefined;
  fix?: string;
}

/**
 * The value of a config file that follows one of our schemas; `T` must be the type that the schema says.
 * @throws ConfigError naming line, key and what was expected when it does not; UsageError naming the flag that gave the value
 */
export async function conforming<T>(raw: RawConfig, schema: string): Promise<T> {
  const isExpected = await validatorOf<T>(schema);
  if (isExpected(raw.value)) return raw.value;
  const complaints = (isExpected.errors ?? [])
    // Ajv also says that a map is wrong because the name of one of its keys is: the name alone is the news.
    .filter((error) => error.keyword !== 'propertyNames')
    .map((error) => describe(error, raw));
  throw asConfigError(raw.file, complaints);
}

/** How many complaints are told: the rest of a file that is quite another one is no news. */
const mostTold = 5;

/** All that is wrong as one error, first what is about flags, then what is about the file in its order. */
export function asConfigError(file: string, complaints: readonly ConfigComplaint[]): UsageError {
  const [first, ...others] = [...complaints].sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return new ConfigError(file, 'the config is not as expected');
  const told = others.slice(0, mostTold - 1).map((each) => `; also ${placed(each)}`);
  const untold = others.length - told.length;
  const more = `${told.join('')}${untold > 0 ? `; and ${untold} more` : ''}`;
  if (first.flag !== undefined) return new UsageError(`${placed(first)}${more}`, first.fix);
  return new ConfigError(file, `${first.message}${more}`, first.position, first.fix);
}

const rank = ({ flag, position }: ConfigComplaint): number => (flag === undefined ? (position?.line ?? 0) : -1);

function placed({ flag, position, message }: ConfigComplaint): string {
  if (flag !== undefined) return `${flag}: ${message}`;
  return position === undefined ? message : `line ${position.line}: ${message}`;
}

function describe(error: ErrorObject, raw: RawConfig): ConfigComplaint {
  const path = pathOf(error, raw.value);
  const name = path.length === 0 ? 'the config' : `"${path.join('.')}"`;
  const found = valueAt(raw.value, path);
  return { position: raw.positionOf(path), flag: raw.flagOf?.(path), ...words(error, name, found) };
}

function words(error: ErrorObject, name: string, found: unknown): { message: string; fix?: string } {
  const params: Record<string, unknown> = error.params;
  const expected = (what: string) => ({ message: `${name} must be ${what}, not ${show(found)}` });
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = knownKeys(error);
      const near = nearest(String(params['additionalProperty']), known);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      return { message: `unknown key ${name}${hint}`, fix: `Known here: ${known.join(', ')}.` };
    }
    case 'type': {
      const types = [params['type']].flat().map(String);
      if (types.join() === 'number' && typeof found === 'number') return expected('a finite number');
      const quote =
        types.join() === 'string' && typeof found !== 'object' ? { fix: `Put it in quotes: "${String(found)}".` } : {};
      return { ...expected(types.map((type) => kinds[type] ?? type).join(' or ')), ...quote };
    }
    case 'required':
      return { message: `${name} lacks the key "${String(params['missingProperty'])}"` };
    case 'enum': {
      const values = Array.isArray(params['allowedValues']) ? params['allowedValues'].map(String) : [];
      const near = typeof found === 'string' ? nearest(found, values) : undefined;
      const { message } = expected(`one of ${values.join(', ')}`);
      return { message: near === undefined ? message : `${message}; did you mean "${near}"?` };
    }
    case 'minimum':
      return expected(`at least ${String(params['limit'])}`);
    case 'exclusiveMinimum':
      return expected(`more than ${String(params['limit'])}`);
    case 'maximum':
      return expected(`at most ${String(params['limit'])}`);
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return { message: `${name} must not be empty`, fix: 'Leave the key out to have it found.' };
    case 'uniqueItems':
      return { message: `${name} holds the same item twice` };
    case 'pattern':
      return patternWords(error, name, found);
    default:
      return { message: `${name} ${error.message ?? 'is not as expected'}` };
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
};

/** What a pattern stands for, by the key it belongs to. */
const shapes: readonly [key: RegExp, shape: string][] = [
  [/\/modules\//, 'a dotted module name such as core.config'],
  [/\/(?:symbols|list|config)\//, 'module:name, such as core.architecture:MoEModel.forward'],
  [/\/health\//, 'a path such as /health, or an http address'],
  [/\/url\//, 'an address such as https://host/path or tcp://host:port'],
  [/propertyNames/, 'the name of an environment variable'],
];

function patternWords(error: ErrorObject, name: string, found: unknown): { message: string } {
  const shape = shapes.find(([key]) => key.test(error.schemaPath))?.[1] ?? `like ${String(error.params['pattern'])}`;
  const value = error.propertyName ?? found;
  return { message: `${name} must be ${shape}, not ${show(value)}` };
}

/** The keys and indices of what an error is about: the unknown key itself rather than the map it stands in. */
function pathOf(error: ErrorObject, value: unknown): KeyPath {
  const path: (string | number)[] = [];
  for (const part of error.instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(value, path)) ? Number(key) : key);
  }
  const own: unknown =
    error.keyword === 'additionalProperties' ? error.params['additionalProperty'] : error.propertyName;
  return typeof own === 'string' ? [...path, own] : path;
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let at = value;
  for (const key of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.entries(at).find(([name]) => name === String(key))?.[1];
  }
  return at;
}

function knownKeys(error: ErrorObject): readonly string[] {
  const properties: unknown = error.parentSchema?.['properties'];
  return properties !== null && typeof properties === 'object' ? Object.keys(properties) : [];
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON would have null for what is not finite.
  if (typeof value === 'number') return String(value);
  const text = Array.isArray(value)
    ? 'a list'
    : value !== null && typeof value === 'object'
      ? 'a map'
      : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

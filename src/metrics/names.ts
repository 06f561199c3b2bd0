import type { Values } from './record.js';

/** The keys that a JSON pointer (RFC 6901) names: `/train~1loss/0` is `train/loss`, `0`. */
export function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The name of a metric by the keys that lead to it, indices of lists left out: `expert_loads.primary`. */
export function nameOf(path: readonly string[], values: Values): string {
  return path.filter((_, depth) => !isIndex(path, depth, values)).join('.');
}

/** The same, with the indices: `expert_loads.primary[2]`. */
export function placeOf(path: readonly string[], values: Values): string {
  const parts = path.map((key, depth) =>
    isIndex(path, depth, values) ? `[${key}]` : `${depth === 0 ? '' : '.'}${key}`,
  );
  return parts.join('');
}

export function valueAt(values: Values, path: readonly string[]): unknown {
  let at: unknown = values;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined;
  }
  return at;
}

/** A key of an object may be a number as well: only what it is looked up in tells. */
function isIndex(path: readonly string[], depth: number, values: Values): boolean {
  return Array.isArray(valueAt(values, path.slice(0, depth)));
}

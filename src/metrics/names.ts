import type { Values } from './record.js';

/** The name of a metric by the keys that lead to it, indices left out: `expert_loads.primary`. */
export function nameOf(path: readonly string[]): string {
  return path.filter((part) => !/^\d+$/.test(part)).join('.');
}

export function valueAt(values: Values, path: readonly string[]): unknown {
  let at: unknown = values;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined;
  }
  return at;
}

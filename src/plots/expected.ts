import { nearest } from '../util/nearest.js';
import type { Combination, FactorValue } from './combinations.js';
import type { Condition, Expected } from './types.js';

/** The conditions under which a plot type is expected: one of them must hold. */
export function conditionsOf(given: Condition | readonly Condition[]): readonly Condition[] {
  return isList(given) ? given : [given];
}

/** Undefined where no matrix is pinned; a plot type that is not in a pinned one is expected nowhere. */
export function isExpected(
  expected: Expected | undefined,
  plotType: string,
  { overrides }: Combination,
): boolean | undefined {
  return expected === undefined
    ? undefined
    : conditionsOf(expected[plotType] ?? []).some((condition) =>
        Object.entries(condition).every(([factor, allowed]) => {
          const value = overrides[factor];
          return value !== undefined && allowedBy(allowed).includes(value);
        }),
      );
}

/** What is wrong with a pinned matrix, in words that follow its name: a factor, or a value, that no combination has. */
export function complaintAbout(expected: Expected, combinations: readonly Combination[]): string | undefined {
  const values = new Map<string, Set<FactorValue>>();
  for (const { overrides } of combinations) {
    for (const [factor, value] of Object.entries(overrides)) {
      values.set(factor, (values.get(factor) ?? new Set()).add(value));
    }
  }
  for (const [plotType, given] of Object.entries(expected)) {
    for (const [factor, allowed] of conditionsOf(given).flatMap((condition) => Object.entries(condition))) {
      const known = values.get(factor);
      if (known === undefined) {
        return `says "${factor}" of ${plotType}, which no combination has${meant(factor, values.keys())}`;
      }
      const wrong = allowedBy(allowed).find((value) => !known.has(value));
      if (wrong !== undefined) {
        const near = meant(String(wrong), [...known].map(String));
        return `says ${factor}: ${String(wrong)} of ${plotType}, which no combination has${near}`;
      }
    }
  }
  return undefined;
}

function meant(name: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const near = nearest(name, all);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return all.length === 0 ? '' : `; there are ${all.join(', ')}`;
}

function allowedBy(allowed: FactorValue | readonly FactorValue[]): readonly FactorValue[] {
  return isList(allowed) ? allowed : [allowed];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

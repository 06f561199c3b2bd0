import type { Expression } from '../../source/syntax/tree.js';

/**
 * A step into a value: what is under a key, what iterating gives, or `any` part of it, the item at an index where that
 * is known.
 */
export type Step = { kind: 'key'; key: string } | { kind: 'element' } | { kind: 'any'; index?: number };
export type Path = readonly Step[];

export const any: Step = { kind: 'any' };
export const element: Step = { kind: 'element' };

export function key(name: string): Step {
  return { kind: 'key', key: name };
}

/** The steps of `value[index]`; a slice is the whole. */
export function stepsOf(index: Expression): Path {
  if (index.kind === 'Slice') return [];
  if (index.kind === 'Tuple' && index.elements.some(({ kind }) => kind === 'Slice')) {
    const named = index.elements.find(({ kind }) => kind === 'Constant');
    return named?.kind === 'Constant' && typeof named.value === 'string' ? [key(named.value)] : [];
  }
  if (index.kind !== 'Constant') return [any];
  if (typeof index.value === 'string') return [key(index.value)];
  return [typeof index.value === 'number' ? { kind: 'any', index: index.value } : any];
}

/** What is left of a path after the steps that lead to a part; undefined when they lead elsewhere, empty when it asks for less. */
export function pathInto(part: Path, asked: Path): Path | undefined {
  const [first, ...inner] = part;
  const [wanted, ...rest] = asked;
  if (first === undefined) return asked;
  if (wanted === undefined) return [];
  if (first.kind === 'key') {
    if (wanted.kind === 'key' && wanted.key !== first.key) return undefined;
    return pathInto(inner, rest);
  }
  // Of records in a list, the column is asked for.
  return wanted.kind === 'key' ? pathInto(inner, asked) : pathInto(inner, rest);
}

export function keyOfPath(path: Path): string {
  return path
    .map((step) =>
      step.kind === 'key' ? `[${step.key}]` : `.${step.kind}${step.kind === 'any' ? (step.index ?? '') : ''}`,
    )
    .join('');
}

import type { Analysis } from '../source/analysis.js';
import { argumentFor } from '../source/values/module-index.js';
import type { Module } from '../source/program.js';
import type { Argument, Expression, Statement } from '../source/syntax/tree.js';
import { expressionsIn, expressionsOf, statementsIn } from '../source/syntax/walk.js';
import type { FunctionValue } from '../source/values/values.js';
import { textOf } from './texts.js';

/** A key, and where it is written. */
export interface Written {
  key: string;
  module: Module;
  at: number;
}

/** The keys that a helper is handed, by the name that it has for them: `draw(history, "loss")` of `def draw(h, key)`. */
export type Bound = ReadonlyMap<string, readonly Written[]>;

export const nothingBound: Bound = new Map();

/** Which argument a call gives for which parameter, as far as neither stands behind a `*`. */
export function handedTo(
  { node: { params }, self }: Pick<FunctionValue, 'node' | 'self'>,
  args: readonly Argument[],
): readonly { name: string; value: Expression }[] {
  const own = params.slice(self === undefined ? 0 : 1);
  return own.flatMap(({ name, keywordOnly, splat }, index) => {
    const value = splat === undefined ? argumentFor(args, name, keywordOnly ? undefined : index) : undefined;
    return value === undefined || value === 'unknown' ? [] : [{ name, value }];
  });
}

/** The keys that an argument is: a text, a list of texts, or what the caller was handed itself. */
export function writtenKeys(
  argument: Expression,
  { analysis, module, bound }: { analysis: Analysis; module: Module; bound: Bound },
): readonly Written[] {
  if (argument.kind === 'Name' && bound.has(argument.id)) return bound.get(argument.id) ?? [];
  const keys = textsIn(argument).map((each) => ({ key: textOf(analysis, module, each), module, at: each.at }));
  return keys.flatMap(({ key, ...written }) => (key === undefined || !/[^{}]/.test(key) ? [] : [{ key, ...written }]));
}

/** A text itself, or those of a list that is written out. */
function textsIn(argument: Expression): readonly Expression[] {
  switch (argument.kind) {
    case 'List':
    case 'Tuple':
      return argument.elements;
    case 'ListComp':
      return [argument.element];
    case 'BinOp':
      return argument.left.kind === 'List' || argument.left.kind === 'ListComp'
        ? [...textsIn(argument.left), ...textsIn(argument.right)]
        : [argument];
    default:
      return [argument];
  }
}

/** With the names that loops in a body give the keys of a list: `for key in keys`. */
export function boundWithin(body: readonly Statement[], given: Bound): Bound {
  if (given.size === 0) return given;
  const bound = new Map(given);
  const bind = (target: Expression, iterable: Expression): void => {
    const keys = iterable.kind === 'Name' ? bound.get(iterable.id) : undefined;
    if (keys !== undefined && target.kind === 'Name') bound.set(target.id, keys);
  };
  for (const statement of statementsIn(body)) {
    if (statement.kind === 'For') bind(statement.target, statement.iterable);
    for (const held of expressionsOf(statement))
      for (const part of expressionsIn(held))
        if ('clauses' in part) for (const { target, iterable } of part.clauses) bind(target, iterable);
  }
  return bound;
}

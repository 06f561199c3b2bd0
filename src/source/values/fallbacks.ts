import type { Module } from '../program.js';
import type { Expression, Statement } from '../syntax/tree.js';
import { dottedName, expressionsHeldBy, statementsIn } from '../syntax/walk.js';

const known = new WeakMap<Module, ReadonlySet<Expression>>();

/**
 * What `except AttributeError` asks an object for in place of what the `try` asked it for: an object of another kind
 * comes there, `return a.matrix` and then `return a.coefs`.
 */
export function fallbacksIn(module: Module): ReadonlySet<Expression> {
  const before = known.get(module);
  if (before !== undefined) return before;
  const found = new Set<Expression>();
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind !== 'Try') continue;
    const asked = new Set(attributesIn(statement.body).map(({ object }) => dottedName(object)));
    asked.delete(undefined);
    for (const { type, body } of statement.handlers) {
      const types = type?.kind === 'Tuple' ? type.elements : [type];
      if (!types.some((each) => each !== undefined && dottedName(each) === 'AttributeError')) continue;
      for (const attribute of attributesIn(body)) if (asked.has(dottedName(attribute.object))) found.add(attribute);
    }
  }
  known.set(module, found);
  return found;
}

function attributesIn(block: readonly Statement[]) {
  return expressionsHeldBy(statementsIn(block)).filter((each) => each.kind === 'Attribute');
}

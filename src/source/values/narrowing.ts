import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Expression, Name, Statement } from '../syntax/tree.js';
import { dottedName, expressionsHeldBy, statementsIn } from '../syntax/walk.js';
import { conditionsOf, type Guard } from './guards.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import { anything, keyOf, union, type ClassValue, type Value, type Values } from './values.js';

/** What an expression may be where it stands: tests of its type around it leave fewer possibilities. */
export function narrowed(expression: Expression, values: Values, module: Module, infer: Infer): Values {
  if (expression.kind !== 'Name' && expression.kind !== 'Attribute') return values;
  const place = indexOf(module).places.get(expression);
  if (place?.guard === undefined) return values;
  const name = dottedName(expression);
  if (name === undefined) return values;
  let left = isSubjectOfCase(name, place.guard) ? anything : values;
  for (const { test, holds } of conditionsOf(place.guard)) {
    if (isBoundBetween(name, test.at, expression.at, module)) continue;
    const tested = test.kind === 'Call' ? test.args[0]?.value : undefined;
    if (test.kind === 'Call' && tested !== undefined && dottedName(tested) === name) {
      // In a comprehension the name may be its own.
      if (isOfOtherScope(tested, expression, module)) continue;
      left = byCall(test, holds, left, module, infer);
    } else if (test.kind === 'Compare') {
      if (mentionsType(test, name)) left = anything;
      else if (holds) left = byInequality(test, name, left, module, infer);
    }
  }
  return left;
}

/** Two names that are spelt alike and belong to different scopes. */
function isOfOtherScope(one: Expression, other: Expression, module: Module): boolean {
  const [a, b] = [one, other].map((each) => {
    const root = rootOf(each);
    const scope = root === undefined ? undefined : namesOf(module.syntax).scopeAt(root);
    return root === undefined || scope === undefined ? undefined : namesOf(module.syntax).resolve(root.id, scope);
  });
  return a !== b;
}

function rootOf(expression: Expression): Name | undefined {
  if (expression.kind === 'Attribute') return rootOf(expression.object);
  return expression.kind === 'Name' ? expression : undefined;
}

/** Bound anew after the test, so that the test says nothing of it any more. */
function isBoundBetween(name: string, from: number, to: number, module: Module): boolean {
  return (
    boundAt(module)
      .get(name)
      ?.some((at) => at > from && at < to) ?? false
  );
}

const places = new WeakMap<Module, ReadonlyMap<string, readonly number[]>>();

/**
 * Where a module's text binds names and attributes, by their dotted names: with the last that their statement reads, for
 * the test before `x = x.astype(float)` still holds in it.
 */
function boundAt(module: Module): ReadonlyMap<string, readonly number[]> {
  const known = places.get(module);
  if (known !== undefined) return known;
  const { stored } = indexOf(module);
  const found = new Map<string, number[]>();
  for (const statement of statementsIn(module.syntax.body)) {
    if (!binding.has(statement.kind)) continue;
    const parts = expressionsHeldBy([statement]);
    const last = parts.reduce((end, { at }) => Math.max(end, at), 0);
    for (const part of parts) {
      const name = stored.has(part) ? dottedName(part) : undefined;
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), last]);
    }
  }
  places.set(module, found);
  return found;
}

/** Statements that the index of a module has the targets of. */
const binding: ReadonlySet<Statement['kind']> = new Set(['Assign', 'AnnAssign', 'For', 'With', 'Delete']);

function byCall(
  test: Extract<Expression, { kind: 'Call' }>,
  holds: boolean,
  values: Values,
  module: Module,
  infer: Infer,
): Values {
  const called = dottedName(test.callee);
  if (called === 'isinstance' || called === 'issubclass') {
    const types = test.args[1]?.value;
    return types === undefined ? anything : byType(values, typesIn(types, module, infer), holds, infer);
  }
  if (called === 'hasattr' && holds) {
    const asked = test.args[1]?.value;
    if (asked?.kind !== 'Constant' || typeof asked.value !== 'string') return anything;
    const having = values.known.filter((value) => infer.attributeOf(value, String(asked.value)) !== undefined);
    return having.length === 0 && !values.open ? values : { known: having, open: values.open };
  }
  return called === 'callable' && holds ? anything : values;
}

/** What is tested to be another constant is not that one: `if mode != UNKNOWN: TABLE[mode]`. */
function byInequality(
  { left, ops, comparators }: Extract<Expression, { kind: 'Compare' }>,
  name: string,
  values: Values,
  module: Module,
  infer: Infer,
): Values {
  const [right, ...more] = comparators;
  if (right === undefined || more.length > 0 || ops[0] !== '!=') return values;
  const other = dottedName(left) === name ? right : dottedName(right) === name ? left : undefined;
  if (other === undefined || !values.known.some(({ kind }) => kind === 'constant')) return values;
  const { known, open } = infer.valuesOf(other, module);
  const [only, ...others] = known;
  if (open || only?.kind !== 'constant' || others.length > 0) return values;
  const rest = values.known.filter((value) => value.kind !== 'constant' || value.value !== only.value);
  return rest.length === 0 ? values : { known: rest, open: values.open };
}

/** Undefined when one of the types cannot be told. */
function typesIn(types: Expression, module: Module, infer: Infer): readonly ClassValue[] | undefined {
  const all = types.kind === 'Tuple' ? types.elements : [types];
  const found = union(all.map((each) => infer.valuesOf(each, module)));
  const own = found.known.filter((value) => value.kind === 'class');
  return found.open || own.length < found.known.length ? undefined : own;
}

function byType(values: Values, types: readonly ClassValue[] | undefined, holds: boolean, infer: Infer): Values {
  if (types === undefined) return holds ? anything : values;
  const isOne = (value: Value): boolean =>
    value.kind === 'instance' &&
    infer.hierarchy.ancestors(value.of).some((each) => types.some((type) => keyOf(type) === keyOf(each)));
  const left = values.known.filter((value) => isOne(value) === holds);
  if (left.length > 0) return { known: left, open: holds ? false : values.open };
  if (!holds) return anything;
  return { known: types.map((of) => ({ kind: 'instance', of, exact: false })), open: false };
}

/** `type(x) is A`, `x.__class__ == A`, `type(x).__name__ == "A"` */
function mentionsType({ left, comparators }: Extract<Expression, { kind: 'Compare' }>, name: string): boolean {
  return [left, ...comparators].some((side) => {
    const type = side.kind === 'Attribute' && side.name === '__name__' ? side.object : side;
    const isOfType = type.kind === 'Call' && dottedName(type.callee) === 'type';
    return isOfType ? dottedName(type.args[0]?.value ?? type) === name : dottedName(type) === `${name}.__class__`;
  });
}

function isSubjectOfCase(name: string, guard: Guard): boolean {
  for (let each: Guard | undefined = guard; each !== undefined; each = each.outer) {
    if (each.what.kind === 'case' && dottedName(each.what.subject) === name) return true;
  }
  return false;
}

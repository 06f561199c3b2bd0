import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Call, Expression, Name } from '../syntax/tree.js';
import { dottedName, expressionsIn } from '../syntax/walk.js';
import { conditionsOf, type Condition } from '../values/guards.js';
import { indexOf, placeOf } from '../values/module-index.js';
import type { KeyPattern } from './patterns.js';

export function isText(
  expression: Expression,
): expression is Extract<Expression, { kind: 'Constant' }> & { value: string } {
  return expression.kind === 'Constant' && typeof expression.value === 'string';
}

/** The tests in force where a name stands that say something of it. */
export function conditionsOn(name: Name, module: Module): Condition[] {
  const guard = indexOf(module).places.get(name)?.guard;
  return [...conditionsOf(guard)].filter(({ test }) => mentions(test, name.id));
}

/** A test in force tells apart how a function is called: the names that one parameter takes may not come there. */
export function isOfSomeCalls(name: Name, module: Module): boolean {
  const place = indexOf(module).places.get(name);
  const params = new Set(place?.function?.params.map((parameter) => parameter.name));
  if (!params.has(name.id)) return false;
  return [...conditionsOf(place?.guard)].some(({ test }) =>
    expressionsIn(test).some((part) => part.kind === 'Name' && part.id !== name.id && params.has(part.id)),
  );
}

/** Those of them after which the name was not bound again: unlike `if key.startswith("a"): key = key[1:]`. */
export function conditionsStillOn(name: Name, module: Module): Condition[] {
  const names = namesOf(module.syntax);
  const { definitions } = names.definitionsReaching(name);
  return conditionsOn(name, module).filter(({ test }) => {
    for (const part of expressionsIn(test)) {
      if (part.kind !== 'Name' || part.id !== name.id) continue;
      const before = names.definitionsReaching(part).definitions;
      if (!definitions.every((definition) => before.includes(definition))) return false;
    }
    return true;
  });
}

/** A test around holds only if it is something, and not an empty text, `None` or 0: `if self.key: d[self.key]`. */
export function isTruthy(expression: Expression, module: Module): boolean {
  const name = dottedName(expression);
  if (name === undefined) return false;
  return [...conditionsOf(placeOf(expression, module)?.guard)].some(
    ({ test, holds }) => holds && dottedName(test) === name,
  );
}

function mentions(test: Expression, name: string): boolean {
  switch (test.kind) {
    case 'Name':
      return test.id === name;
    case 'Compare':
      return [test.left, ...test.comparators].some((side) => mentions(side, name));
    case 'Call':
      return (
        (test.callee.kind === 'Attribute' && mentions(test.callee.object, name)) ||
        test.args.some(({ value }) => mentions(value, name))
      );
    case 'BoolOp':
      return mentions(test.left, name) || mentions(test.right, name);
    case 'UnaryOp':
      return mentions(test.operand, name);
    default:
      return false;
  }
}

/** `key.startswith("a")`, `key.endswith("b")`, `"c" in key`, `key == "d"` */
export function followedUnder({ test, holds }: Condition, name: string): KeyPattern | undefined {
  if (!holds) return undefined;
  if (test.kind === 'Call') return startsOrEnds(test, name);
  if (test.kind !== 'Compare' || test.ops.length !== 1) return undefined;
  const [other] = test.comparators;
  if (other === undefined) return undefined;
  if (test.ops[0] === 'in' && isText(test.left) && other.kind === 'Name' && other.id === name)
    return ['', test.left.value, ''];
  if (test.ops[0] !== '==') return undefined;
  const text = [test.left, other].find(isText);
  return text === undefined ? undefined : [text.value];
}

function startsOrEnds({ callee, args }: Call, name: string): KeyPattern | undefined {
  if (callee.kind !== 'Attribute' || callee.object.kind !== 'Name' || callee.object.id !== name) return undefined;
  const text = args[0]?.value;
  if (text === undefined || !isText(text)) return undefined;
  if (callee.name === 'startswith') return [text.value, ''];
  return callee.name === 'endswith' ? ['', text.value] : undefined;
}

import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Expression, Name } from '../syntax/tree.js';
import { isEnum } from '../values/attributes.js';
import type { Value } from '../values/values.js';
import { iterablesBehind, pathTo, type Iterable } from './iterables.js';
import { conditionsOn, conditionsStillOn, followedUnder, isOfSomeCalls, isText, isTruthy } from './key-tests.js';
import { constants, mostKeys, product, union, type KeySet } from './key-products.js';
import { isHandedByUncertainCalls, writtenElsewhere } from './keys-elsewhere.js';
import { anyKey } from './patterns.js';
import type { World } from './world.js';

const unknownKey: KeySet = { patterns: [], isOpen: true, from: [], isNarrowed: false };

/** `%d`, `%02d`, `%(name)s`: Python's conversions. */
const conversion = /%(?:\(\w+\))?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa]/g;

/** Longer ways from a key to its text are not followed. */
const deepest = 4;

/** What an expression that is used as a key may be. */
export function keySetOf(expression: Expression, module: Module, world: World, depth = 0): KeySet {
  if (depth > deepest) return unknownKey;
  switch (expression.kind) {
    case 'Constant':
      return expression.value === undefined ? unknownKey : constants([textOf(expression.value)]);
    case 'JoinedStr':
      return concatenated(expression.parts, module, world, depth);
    case 'BinOp':
      if (expression.op === '+') return concatenated([expression.left, expression.right], module, world, depth);
      if (expression.op === '%' && isText(expression.left))
        return formatted(expression.left.value, conversion, { '%%': '%' });
      return unknownKey;
    case 'Call': {
      const { callee } = expression;
      if (callee.kind === 'Attribute' && callee.name === 'format' && isText(callee.object))
        return formatted(callee.object.value, /\{[^{}]*\}/g, { '{{': '{', '}}': '}' });
      break;
    }
    case 'IfExp':
      return union([expression.body, expression.orelse].map((each) => keySetOf(each, module, world, depth + 1)));
    default:
  }
  const known = byValues(expression, module, world);
  if (known !== undefined) return known;
  return expression.kind === 'Name' ? ofName(expression, module, world, depth) : unknownKey;
}

/** Undefined unless the inference knows every text that it may be. */
function byValues(expression: Expression, module: Module, world: World): KeySet | undefined {
  const values = world.inference.valuesOf(expression, module);
  // A parameter that is `None` unless it is given is tested before it is used.
  const truthy = isTruthy(expression, module);
  const known = values.known.filter(
    (value) => value.kind !== 'constant' || (truthy ? Boolean(value.value) : value.value !== null),
  );
  if (values.open || known.length === 0 || known.length > mostKeys) return undefined;
  const texts = known.map((value) => keyOfValue(value, world));
  if (texts.some((text) => text === undefined)) return undefined;
  if (expression.kind === 'Name' && isHandedByUncertainCalls(expression, module, world)) return undefined;
  const from = iterablesBehind(expression, module, world);
  if (from === undefined || from.some((each) => isMapping(each, world))) return undefined;
  const isNarrowed =
    expression.kind === 'Name' && (conditionsOn(expression, module).length > 0 || isOfSomeCalls(expression, module));
  return { ...constants(texts.flatMap((text) => text ?? [])), from, isNarrowed };
}

function isMapping({ iterable, module }: Iterable, { inference }: World): boolean {
  return inference
    .valuesOf(iterable, module)
    .known.some(
      (value) =>
        (value.kind === 'container' && value.type === 'dict') ||
        (value.kind === 'outside-instance' && /[Dd]ict$|Mapping$/.test(value.of)),
    );
}

/** A text is itself, members of enums and other constants get a text that no other key has. */
function keyOfValue(value: Value, world: World): string | undefined {
  if (value.kind === 'constant') return textOf(value.value);
  if (value.kind !== 'instance' || value.member === undefined || !isEnum(value.of, world.inference)) return undefined;
  const isOfText = world.inference.hierarchy
    .outsideBases(value.of)
    .some((base) => /(?:^|\.)(?:str|StrEnum|IntEnum|int)$/.test(base));
  if (!isOfText) return `\0${value.of.module.path}\0${value.of.node.name}.${value.member.name}`;
  const [only, ...others] = value.member.value.known;
  return only === undefined || others.length > 0 ? undefined : keyOfValue(only, world);
}

function ofName(name: Name, module: Module, world: World, depth: number): KeySet {
  const { definitions } = namesOf(module.syntax).definitionsReaching(name);
  if (definitions.length === 0) return unknownKey;
  const following = conditionsStillOn(name, module)
    .map((condition) => followedUnder(condition, name.id))
    .filter((pattern) => pattern !== undefined);
  const sets = definitions.map((definition): KeySet => {
    const elsewhere = writtenElsewhere(definition, name, module, world, (each, home) =>
      keySetOf(each, home, world, depth + 1),
    );
    if (elsewhere !== undefined) return elsewhere;
    if (definition.kind === 'assignment' && definition.value !== undefined)
      return keySetOf(definition.value, module, world, depth + 1);
    if (definition.kind !== 'for') return unknownKey;
    const path = pathTo(name.id, definition.node.target);
    const from = path === undefined ? undefined : keysIterated(definition.node.iterable, path);
    if (from === undefined || !mayBeMapping(from, module, world)) return unknownKey;
    return { ...constants([]), taken: { from, following, prefix: '', suffix: '' } };
  });
  const all = union(sets);
  if (!all.isOpen || following.length === 0) return all;
  // Whatever it is, it follows what it was tested for.
  return { ...all, patterns: [...all.patterns, ...following.slice(0, 1)], isOpen: false };
}

/** Methods of a dict that give what is kept in it. */
const givesValue = /^(?:get|pop|setdefault)$/;

/** False for a text, whose letters are gone through, and for what a method from outside gives: `"loss,lr".split(",")`. */
function mayBeMapping(from: Expression, module: Module, world: World): boolean {
  if (from.kind === 'Constant' || from.kind === 'JoinedStr') return false;
  if (from.kind !== 'Name') return true;
  return namesOf(module.syntax)
    .definitionsReaching(from)
    .definitions.every((definition) => {
      const value = definition.kind === 'assignment' ? definition.value : undefined;
      if (value?.kind === 'Constant' || value?.kind === 'JoinedStr') return false;
      if (value?.kind !== 'Call' || value.callee.kind !== 'Attribute' || givesValue.test(value.callee.name))
        return true;
      return world.inference.valuesOf(value.callee, module).known.some(({ kind }) => kind === 'function');
    });
}

/** The dict whose keys a loop goes through: `d`, `d.keys()`, `d.items()` with the first of each pair. */
function keysIterated(iterable: Expression, path: readonly number[]): Expression | undefined {
  if (iterable.kind === 'Call' && iterable.args.length <= 1) {
    const { callee, args } = iterable;
    if (callee.kind === 'Attribute' && args.length === 0) {
      const isKeys = callee.name === 'keys' ? path.length === 0 : callee.name === 'items' && path.join() === '0';
      return isKeys ? callee.object : undefined;
    }
    const [inner] = args;
    if (callee.kind !== 'Name' || inner === undefined) return undefined;
    if (/^(?:list|tuple|sorted|set|reversed|iter)$/.test(callee.id)) return keysIterated(inner.value, path);
    return callee.id === 'enumerate' && path[0] === 1 ? keysIterated(inner.value, path.slice(1)) : undefined;
  }
  return path.length === 0 && iterable.kind !== 'Call' ? iterable : undefined;
}

function concatenated(parts: readonly (string | Expression)[], module: Module, world: World, depth: number): KeySet {
  let sets: KeySet = constants(['']);
  for (const part of parts) {
    const next = typeof part === 'string' ? constants([part]) : partOf(part, module, world, depth);
    sets = product(sets, next, (inner, outer) => isHeldBeside(inner, outer, module));
  }
  return sets;
}

/** A loop gives both a key of the outer dict and what is under it: `for key, inner in outer.items()`. */
function isHeldBeside(inner: Expression, outer: Expression, module: Module): boolean {
  if (inner.kind !== 'Name') return false;
  const [definition, ...others] = namesOf(module.syntax).definitionsReaching(inner).definitions;
  if (definition?.kind !== 'for' || others.length > 0) return false;
  const { target, iterable } = definition.node;
  return pathTo(inner.id, target)?.join() === '1' && keysIterated(iterable, [0]) === outer;
}

/** A part that may be any text is a gap. */
function partOf(part: Expression, module: Module, world: World, depth: number): KeySet {
  const isMade = part.kind === 'Call' && part.callee.kind === 'Name' && part.callee.id === 'str';
  const set = keySetOf(isMade ? (part.args[0]?.value ?? part) : part, module, world, depth + 1);
  return set.isOpen ? { patterns: [anyKey], isOpen: false, from: set.from, isNarrowed: set.isNarrowed } : set;
}

/** @param escapes signs that stand twice for themselves. */
function formatted(text: string, gap: RegExp, escapes: Readonly<Record<string, string>>): KeySet {
  // A sign that no text of a program has keeps them apart from the gaps meanwhile.
  const kept = Object.keys(escapes).reduce((all, twice, at) => all.replaceAll(twice, `\0${at}`), text);
  const restored = (part: string) =>
    Object.values(escapes).reduce((all, once, at) => all.replaceAll(`\0${at}`, once), part);
  return { patterns: [kept.split(gap).map(restored)], isOpen: false, from: [], isNarrowed: false };
}

/** Numbers and `None` are keys of their own. */
export function textOf(value: string | number | boolean | null): string {
  return typeof value === 'string' ? value : `\0${String(value)}`;
}

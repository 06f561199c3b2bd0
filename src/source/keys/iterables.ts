import type { Definition } from '../names/definitions.js';
import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Argument, Call, Expression, Name, Parameter } from '../syntax/tree.js';
import { partsOf } from '../syntax/walk.js';
import { isEnum } from '../values/attributes.js';
import type { Inference } from '../values/inference.js';
import { indexOf, type AnyFunction } from '../values/module-index.js';
import { ownerOf } from '../values/names.js';
import { argumentsFor } from '../values/parameters.js';
import type { FunctionValue } from '../values/values.js';
import type { World } from './world.js';

/** Longer ways are not followed, and more places are not told apart. */
const deepest = 4;
const most = 40;

/** A list or dict that something is taken from one by one. */
export interface Iterable {
  iterable: Expression;
  module: Module;
}

/** What the names in an expression are taken from one by one; undefined where that is too much to follow. */
export function iterablesBehind(
  expression: Expression,
  module: Module,
  world: World,
  depth = 0,
): readonly Iterable[] | undefined {
  const found: Iterable[] = [];
  for (const name of namesThatMatter(expression, module, world.inference)) {
    const behind = iterablesOfName(name, module, world, depth);
    if (behind === undefined || found.length > most) return undefined;
    found.push(...behind);
  }
  return found;
}

/** The names in an expression, but for those in calls that give objects of a certain class, whatever they are given. */
function* namesThatMatter(expression: Expression, module: Module, inference: Inference): Generator<Name> {
  if (expression.kind === 'Name') yield expression;
  if (expression.kind === 'Call' && givesObject(expression, module, inference)) return;
  // A dict or list is one, whatever is in it, until something is taken out of it.
  if (displays.has(expression.kind)) return;
  const isOfDisplay = expression.kind === 'Subscript' && displays.has(expression.object.kind);
  const parts = isOfDisplay ? [...partsOf(expression.object), expression.index] : partsOf(expression);
  for (const part of parts) yield* namesThatMatter(part, module, inference);
}

const displays: ReadonlySet<Expression['kind']> = new Set([
  'Dict',
  'DictComp',
  'GeneratorExp',
  'List',
  'ListComp',
  'Set',
  'SetComp',
  'Tuple',
]);

/** `Model(…)` of a class that nobody picks from a list, or a function of which an annotation says what it gives. */
function givesObject({ callee }: Call, module: Module, inference: Inference): boolean {
  const { known, open } = inference.valuesOf(callee, module);
  if (open || known.length === 0) return false;
  return known.every((value) => {
    if (value.kind === 'class') return callee.kind === 'Name' && callee.id === value.node.name;
    return (
      value.kind === 'function' && 'returns' in value.node && saysObject(value.node.returns, value.module, inference)
    );
  });
}

/** An annotation names a class of the repository: whatever lists it came through, what is there is an object of it. */
function saysObject(annotation: Expression | undefined, module: Module, inference: Inference): boolean {
  if (annotation === undefined) return false;
  const { known, open } = inference.annotated(annotation, module);
  return !open && known.some((value) => value.kind === 'instance' && !isEnum(value.of, inference));
}

function iterablesOfName(name: Name, module: Module, world: World, depth: number): readonly Iterable[] | undefined {
  const found: Iterable[] = [];
  for (const definition of namesOf(module.syntax).definitionsReaching(name).definitions) {
    const behind = iterablesOfDefinition(definition, name, module, world, depth);
    if (behind === undefined) return undefined;
    found.push(...behind);
  }
  return found;
}

function iterablesOfDefinition(
  definition: Definition,
  name: Name,
  module: Module,
  world: World,
  depth: number,
): readonly Iterable[] | undefined {
  const from = (iterable: Expression, path: readonly number[] = []) =>
    containersIn(iterable, path).map((each) => ({ iterable: each, module }));
  switch (definition.kind) {
    case 'for':
      return from(definition.node.iterable, pathTo(name.id, definition.node.target));
    case 'assignment': {
      const { value } = definition;
      if (value === undefined) return definition.from === undefined ? [] : from(definition.from);
      if (value.kind === 'Constant') return [];
      return depth < deepest ? iterablesBehind(value, module, world, depth + 1) : undefined;
    }
    case 'parameter': {
      const fn = functionWith(definition.node, name, module);
      const isSelf = fn?.params[0] === definition.node && 'owner' in ownerOf(fn, module);
      if (fn?.kind !== 'FunctionDef' || isSelf) return [];
      if (saysObject(definition.node.annotation, module, world.inference)) return [];
      const of = { kind: 'function', module, node: fn, ...ownerOf(fn, module) } as const;
      return iterablesOfParameter(of, definition.node, world, depth);
    }
    default:
      return [];
  }
}

/** The function whose parameter a name stands for. */
export function functionWith(parameter: Parameter, name: Name, module: Module): AnyFunction | undefined {
  let fn = indexOf(module).places.get(name)?.function;
  while (fn !== undefined && !fn.params.includes(parameter)) fn = indexOf(module).functions.get(fn)?.function;
  return fn;
}

/** Whatever the calls of a function hand on for a parameter one by one. */
function iterablesOfParameter(
  fn: FunctionValue,
  parameter: Parameter,
  world: World,
  depth: number,
): readonly Iterable[] | undefined {
  const { iterablesOf } = world;
  if (parameter.splat !== undefined) return undefined;
  if (iterablesOf.has(parameter)) return iterablesOf.get(parameter);
  // Functions that call each other hand on what is found elsewhere.
  iterablesOf.set(parameter, []);
  const { given } = argumentsFor(fn, parameter, fn.node.params.indexOf(parameter), world.inference);
  let found: Iterable[] | undefined = given.length > most || depth >= deepest ? undefined : [];
  for (const { value, module } of found === undefined ? [] : given) {
    if (value.kind === 'Constant' || found === undefined) continue;
    const behind = iterablesBehind(value, module, world, depth + 1);
    found = behind === undefined || found.length > most ? undefined : [...found, ...behind];
  }
  iterablesOf.set(parameter, found);
  return found;
}

/**
 * `a`, `b` and `c.d` of `zip(a, sorted(b), c.d.keys())`.
 * @param path to what is taken, where that is known: of `zip` only one is then meant.
 */
function containersIn(iterable: Expression, path: readonly number[]): readonly Expression[] {
  if (iterable.kind === 'BinOp') return [iterable.left, iterable.right].flatMap((side) => containersIn(side, path));
  if (iterable.kind === 'Tuple') return [];
  if (iterable.kind !== 'Call') return [iterable];
  const { callee, args } = iterable;
  if (callee.kind === 'Attribute' && /^(?:items|keys|values)$/.test(callee.name))
    return containersIn(callee.object, []);
  const called = callee.kind === 'Name' ? callee.id : '';
  const [at, ...rest] = path;
  const taken = called === 'zip' && at !== undefined && isPlain(args) ? args.slice(at, at + 1) : args;
  const inner = called === 'zip' || called === 'enumerate' ? rest : path;
  const isWrapper = /^(?:zip|enumerate|sorted|list|tuple|set|reversed|iter)$/.test(called);
  return isWrapper ? taken.flatMap(({ value }) => containersIn(value, inner)) : [iterable];
}

function isPlain(args: readonly Argument[]): boolean {
  return args.every(({ splat, name }) => splat === undefined && name === undefined);
}

/** The indices that lead to a name in a target: [1] for `b` in `a, b`. */
export function pathTo(name: string, target: Expression): readonly number[] | undefined {
  if (target.kind === 'Name') return target.id === name ? [] : undefined;
  if (target.kind !== 'Tuple' && target.kind !== 'List') return undefined;
  for (const [at, element] of target.elements.entries()) {
    const path = pathTo(name, element);
    if (path !== undefined) return [at, ...path];
  }
  return undefined;
}

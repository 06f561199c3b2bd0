import type { Definition } from '../names/definitions.js';
import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Expression, FunctionDef, Name, Parameter } from '../syntax/tree.js';
import type { Inference } from '../values/inference.js';
import { ownerOf } from '../values/names.js';
import { argumentsFor } from '../values/parameters.js';
import type { CallUse } from '../values/uses.js';
import type { ContainerValue } from '../values/values.js';
import { functionWith, pathTo } from './iterables.js';
import { union, type KeySet } from './key-products.js';
import { conditionsOn, isOfSomeCalls } from './key-tests.js';
import type { World } from './world.js';

/** More lists and calls than this are not told apart. */
const most = 40;

type KeyOf = (expression: Expression, module: Module) => KeySet;

/**
 * What a name is as a key that a loop takes from lists which are written out, or that all calls hand on: for texts that
 * are put together (`f"expert_{i}/load"`), of which the inference only knows that they are some. Undefined where that is not all.
 */
export function writtenElsewhere(
  definition: Definition,
  name: Name,
  module: Module,
  world: World,
  keyOf: KeyOf,
): KeySet | undefined {
  const found =
    definition.kind === 'for' && pathTo(name.id, definition.node.target)?.length === 0
      ? ofElements(definition.node.iterable, module, world, keyOf)
      : definition.kind === 'parameter'
        ? ofArguments(definition.node, name, module, world, keyOf)
        : undefined;
  if (found === undefined || found.isOpen) return undefined;
  const isNarrowed = conditionsOn(name, module).length > 0 || isOfSomeCalls(name, module);
  return { ...found, isNarrowed: isNarrowed || found.isNarrowed };
}

function ofElements(iterable: Expression, module: Module, { inference }: World, keyOf: KeyOf): KeySet | undefined {
  const { known, open } = inference.valuesOf(iterable, module);
  if (open || known.length === 0 || known.length > most) return undefined;
  const sets: KeySet[] = [{ patterns: [], isOpen: false, from: [{ iterable, module }], isNarrowed: false }];
  for (const value of known) {
    const elements = value.kind === 'container' ? elementsIn(value) : undefined;
    if (value.kind !== 'container' || elements === undefined) return undefined;
    const grown = inference.grown(value);
    if (grown.open || grown.known.length > 0) return undefined;
    sets.push(...elements.map((each) => keyOf(each, value.module)));
  }
  return union(sets);
}

/** Of a list, tuple or set; undefined where not all of them are written there. */
function elementsIn({ node }: ContainerValue): readonly Expression[] | undefined {
  if (node.kind === 'ListComp' || node.kind === 'SetComp') return [node.element];
  if (node.kind !== 'List' && node.kind !== 'Tuple' && node.kind !== 'Set') return undefined;
  return node.elements.some(({ kind }) => kind === 'Starred') ? undefined : node.elements;
}

function ofArguments(
  parameter: Parameter,
  name: Name,
  module: Module,
  { inference }: World,
  keyOf: KeyOf,
): KeySet | undefined {
  const node = functionWith(parameter, name, module);
  if (node?.kind !== 'FunctionDef' || parameter.splat !== undefined) return undefined;
  const fn = { kind: 'function', module, node, ...ownerOf(node, module) } as const;
  const { given, open } = argumentsFor(fn, parameter, node.params.indexOf(parameter), inference);
  if (open || given.length > most) return undefined;
  const certain = given.filter(({ by }) => isCallOf(node, by, inference));
  if (certain.length === 0) return undefined;
  const keys = union(certain.map((argument) => keyOf(argument.value, argument.module)));
  return certain.length < given.length ? { ...keys, isPartial: true } : keys;
}

/** Some call that may be one of the function around is asked of something unknown: `other.get(key)`. */
export function isHandedByUncertainCalls(name: Name, module: Module, { inference }: World): boolean {
  for (const definition of namesOf(module.syntax).definitionsReaching(name).definitions) {
    if (definition.kind !== 'parameter') continue;
    const node = functionWith(definition.node, name, module);
    if (node?.kind !== 'FunctionDef') continue;
    const fn = { kind: 'function', module, node, ...ownerOf(node, module) } as const;
    const { given } = argumentsFor(fn, definition.node, node.params.indexOf(definition.node), inference);
    if (given.some(({ by }) => !isCallOf(node, by, inference))) return true;
  }
  return false;
}

function isCallOf(node: FunctionDef, { call, module }: CallUse, inference: Inference): boolean {
  return inference
    .valuesOf(call.callee, module)
    .known.some((value) =>
      node.name === '__init__' ? value.kind === 'class' : value.kind === 'function' && value.node === node,
    );
}

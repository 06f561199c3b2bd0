import type { Module } from '../program.js';
import type { Argument, Call, Expression } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import { isClassMethod, isStatic } from '../values/class-info.js';
import { takeInto, type Reader } from './uses.js';
import { leftByDecorator } from '../values/decorators.js';
import { isCalledAsWritten } from '../values/results.js';
import type { ClassValue, FunctionValue } from '../values/values.js';
import type { AnyFunction } from '../values/module-index.js';
import type { Cell, Thing } from './things.js';
import { isDataclass, type Callable, type World } from './world.js';

/** What a call gives: single arguments, those behind `*` and `**`, and where what it gives goes. */
export interface Invocation {
  positional: readonly { cell: Cell; isSpread: boolean }[];
  named: readonly { name: string; cell: Cell; text?: Expression }[];
  /** `**kwargs` */
  spread: readonly Cell[];
  result: Cell;
  module: Module;
  at: number;
  /** The function that the call stands in. */
  fn: AnyFunction | undefined;
}

export function invocationOf(
  { args, at }: Pick<Call, 'args' | 'at'>,
  result: Cell,
  module: Module,
  reader: Reader,
): Invocation {
  const cells = args.map((argument): Argument & { cell: Cell } => ({
    ...argument,
    cell: reader.cellOf(argument.value, module),
  }));
  for (const { cell, value } of cells) {
    if (value.kind !== 'Dict' && !(value.kind === 'Call' && dottedName(value.callee) === 'dict')) continue;
    for (const thing of cell.things) if (thing.kind === 'mapping') thing.isArgument = true;
  }
  return {
    positional: cells
      .filter(({ name, splat }) => name === undefined && splat !== '**')
      .map(({ cell, splat }) => ({ cell, isSpread: splat === '*' })),
    named: cells.flatMap(({ name, cell, value }) => (name === undefined ? [] : { name, cell, text: value })),
    spread: cells.filter(({ splat }) => splat === '**').map(({ cell }) => cell),
    result,
    module,
    at,
    fn: reader.world.functionRead,
  };
}

/** Hands everything that a call is given to code of which nothing is known. */
export function handOutArguments({ positional, named, spread }: Invocation, { flow }: World): void {
  for (const { cell } of [...positional, ...named]) flow.handOut(cell);
  for (const cell of spread) flow.handOut(cell);
}

/** A function of the repository is called. */
export function invokeFunction(value: FunctionValue, call: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const callable = world.callable(value);
  callable.isCalled = true;
  const { node } = value;
  if (node.kind === 'FunctionDef' && !isCalledAsWritten(node, value.module, world.inference)) {
    handOutArguments(call, world);
    world.openCallable(callable, false);
    return flow.open(call.result);
  }
  give(callable, node.params.slice(isBound(value) ? 1 : 0), call, reader);
  const rest = node.params.find(({ splat }) => splat === '**');
  // What one override of a method leaves in `**kwargs`, another may take by name.
  if (rest !== undefined && value.self?.kind === 'instance' && !value.self.exact)
    world.extraOf(callable, rest.name, 'mapping').isReadWhole = true;
  if (node.kind === 'FunctionDef' && world.isGenerator(value))
    return flow.add(call.result, world.generatorOf(callable));
  flow.edge(callable.result, call.result);
}

/** Its first parameter is taken by the object or class it was taken from. */
function isBound({ self, node }: FunctionValue): boolean {
  if (self === undefined || node.kind === 'Lambda' || isStatic(node)) return false;
  return self.kind === 'instance' || isClassMethod(node);
}

function give(
  callable: Callable,
  params: Callable['node']['params'],
  { positional, named, spread, module, at, fn }: Invocation,
  reader: Reader,
): void {
  const { flow } = reader.world;
  const cellOf = (name: string): Cell | undefined => callable.params.get(name);
  const plain = params.filter(({ splat, keywordOnly }) => splat === undefined && !keywordOnly);
  const rest = params.find(({ splat }) => splat === '*');
  const keywords = params.find(({ splat }) => splat === '**');
  const spreadAt = positional.findIndex(({ isSpread }) => isSpread);
  for (const [position, { cell, isSpread }] of positional.entries()) {
    const isAfterSpread = spreadAt !== -1 && position >= spreadAt;
    const value = isSpread ? reader.world.newCell() : cell;
    if (isSpread) flow.loadElements(cell, value);
    const targets = isAfterSpread ? plain.slice(spreadAt) : plain.slice(position, position + 1);
    for (const { name } of targets) {
      const target = cellOf(name);
      if (target !== undefined) flow.edge(value, target);
    }
    if (rest !== undefined && (isAfterSpread || targets.length === 0)) {
      flow.putRest(reader.world.extraOf(callable, rest.name, 'sequence'), value);
    } else if (targets.length === 0) flow.handOut(value);
  }
  for (const { name, cell, text } of named) {
    const target = params.some((each) => each.name === name && each.splat === undefined) ? cellOf(name) : undefined;
    if (target !== undefined) flow.edge(cell, target);
    else if (keywords === undefined) flow.handOut(cell);
    else {
      const holder = reader.world.extraOf(callable, keywords.name, 'mapping');
      flow.store(holder, { module, at: text?.at ?? at, fn, pattern: [name], relays: [], isConstant: false }, cell);
    }
  }
  for (const cell of spread) {
    for (const { name, splat } of params) {
      const target = splat === undefined ? cellOf(name) : undefined;
      if (target !== undefined) flow.load(cell, name, target);
    }
    if (keywords !== undefined)
      takeInto(reader.world.extraOf(callable, keywords.name, 'mapping'), cell, undefined, undefined, reader);
    flow.watch(cell, (thing) => {
      if (thing.kind !== 'mapping') return;
      thing.isReadWhole = true;
      thing.isPassedOn = true;
    });
  }
}

/** `@register("loss")` gives a function or class back, and may have put it where others call it. */
export function readDecorators(decorators: readonly Expression[], thing: Thing, module: Module, reader: Reader): void {
  const { world } = reader;
  for (const decorator of decorators) {
    const cell = reader.cellOf(decorator, module);
    if (leftByDecorator(decorator, module, world.inference) !== 'given back') continue;
    const given = world.newCell();
    world.flow.add(given, thing);
    const { at } = decorator;
    const call = { named: [], spread: [], result: world.newCell(), module, at, fn: undefined };
    world.flow.watch(
      cell,
      (called) => {
        if (called.kind !== 'function') return world.flow.handOut(given);
        invokeFunction(called.value, { ...call, positional: [{ cell: given, isSpread: false }] }, reader);
      },
      () => world.flow.handOut(given),
    );
  }
}

/** A class of the repository is called: `__init__` gets the arguments, or the fields of a dataclass do. */
export function invokeClass(of: ClassValue, call: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow, inference } = world;
  const init = inference.attributeOf(of, '__init__')?.known.find((each) => each.kind === 'function');
  const outside = inference.hierarchy.outsideBases(of);
  if (init !== undefined) {
    const self = { kind: 'instance', of, exact: true } as const;
    invokeFunction({ ...init, self }, { ...call, result: world.newCell() }, reader);
  } else if (outside.some((base) => /(?:^|\.)TypedDict$/.test(base))) {
    const holder = world.newHolder('mapping', call.module, call.at);
    for (const { name, cell, text } of call.named)
      flow.store(
        holder,
        { module: call.module, at: text?.at ?? call.at, fn: call.fn, pattern: [name], relays: [], isConstant: false },
        cell,
      );
    if (call.spread.length > 0 || call.positional.length > 0) flow.openHolder(holder);
    return flow.add(call.result, holder);
  } else {
    const fields = fieldsOf(of, world);
    if (fields === undefined || call.spread.length > 0 || call.positional.some(({ isSpread }) => isSpread)) {
      handOutArguments(call, world);
      for (const name of fields ?? []) flow.open(world.attribute(of, name));
    } else {
      for (const [at, { cell }] of call.positional.entries()) {
        const name = fields[at];
        if (name !== undefined) flow.edge(cell, world.attribute(of, name));
      }
      for (const { name, cell } of call.named) flow.edge(cell, world.attribute(of, name));
    }
  }
  if (world.isMoreThanItsText(of)) flow.open(call.result);
}

/** The fields of a dataclass or NamedTuple in order, those of its bases first; undefined for other classes. */
export function fieldsOf(of: ClassValue, { inference }: World): readonly string[] | undefined {
  const isTuple = inference.hierarchy.outsideBases(of).some((base) => /(?:^|\.)NamedTuple$/.test(base));
  const ancestors = inference.hierarchy.ancestors(of);
  if (!isTuple && !ancestors.some(({ node }) => isDataclass(node))) return undefined;
  const names = ancestors.toReversed().flatMap(({ node }) =>
    node.body.flatMap((statement) => {
      if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') return [];
      return /(?:^|\.)ClassVar$/.test(annotationName(statement.annotation)) ? [] : statement.target.id;
    }),
  );
  return [...new Set(names)];
}

function annotationName(annotation: Expression): string {
  return dottedName(annotation.kind === 'Subscript' ? annotation.object : annotation) ?? '';
}

/** Functions and classes that others may call: with anything. */
export function handOutWithMethods(thing: Thing, world: World): void {
  if (thing.kind === 'function') return world.openCallable(world.callable(thing.value), false);
  if (thing.kind !== 'class') return;
  const init = world.inference.attributeOf(thing.value, '__init__')?.known ?? [];
  for (const each of init) if (each.kind === 'function') world.openCallable(world.callable(each), false);
  for (const name of fieldsOf(thing.value, world) ?? []) world.flow.open(world.attribute(thing.value, name));
}

import type { Module } from '../program.js';
import type { Call, Expression } from '../syntax/tree.js';
import { classInfoOf } from '../values/class-info.js';
import { classesBehindSuper } from '../values/super-calls.js';
import { keyOf, type FunctionValue, type Value } from '../values/values.js';
import { handOutArguments, invocationOf, invokeClass, invokeFunction, type Invocation } from './callables.js';
import { callOfContainer, fills } from './container-methods.js';
import type { Cell, Thing } from './things.js';
import { iterablesBehind } from './iterables.js';
import { callOutside, isHarmlessMethod } from './outside-calls.js';
import { recordAsDict } from './records.js';
import { filledThrough } from './strangers.js';
import type { Reader } from './uses.js';
import { placeOf } from '../values/module-index.js';

/** Kinds of values that say nothing of what a call of them does. */
const isVague = /^(?:outside-instance|container|constant)$/;

/** What a call gives, and what it does with what it is given. */
export function readCall(call: Call, module: Module, reader: Reader): Cell {
  const { world } = reader;
  const { callee } = call;
  const result = world.newCell();
  const object = callee.kind === 'Attribute' ? reader.cellOf(callee.object, module) : undefined;
  const invocation = invocationOf(call, result, module, reader);
  if (callee.kind === 'Attribute' && callee.name === '_asdict') {
    recordAsDict(callee.object, invocation, reader);
    return result;
  }
  const called = new Set<string>();
  const caller = placeOf(callee, module)?.function;
  const invoke = (thing: Thing): void => {
    if (thing.kind !== 'function' && thing.kind !== 'class') return world.flow.open(result);
    const key = keyOf(thing.value);
    if (called.has(key)) return;
    called.add(key);
    if (thing.kind === 'class') return invokeClass(thing.value, invocation, reader);
    world.addCallee(caller, thing.value.node);
    invokeFunction(thing.value, invocation, reader);
  };
  const values = world.inference.valuesOf(callee, module);
  for (const value of values.known) {
    const things = thingsCalled(value, reader);
    for (const thing of things) invoke(thing);
    if (value.kind === 'outside') callOutside(value.name, call, invocation, reader);
    else if (value.kind === 'instance' && things.length === 0) callUnknown(callee, invocation, reader);
  }
  // Of what is taken out of a list one by one, the inference knows what the display of the list shows.
  const behind = callee.kind === 'Subscript' ? [] : iterablesBehind(callee, module, world);
  if (behind === undefined) callUnknown(callee, invocation, reader);
  for (const { iterable, module: home } of behind ?? []) {
    world.flow.watchGrowth(reader.cellOf(iterable, home), () => callUnknown(callee, invocation, reader));
  }
  // What an annotation calls a Callable may be known here all the same.
  const isKnown = !values.open && values.known.length > 0 && !values.known.some(({ kind }) => isVague.test(kind));
  if (isKnown) return result;
  if (callee.kind === 'Attribute' && object !== undefined) {
    callMethod(callee, object, call, invocation, reader, invoke);
  } else {
    const cell = reader.cellOf(callee, module);
    world.flow.watch(cell, invoke, () => callUnknown(callee, invocation, reader));
  }
  return result;
}

/** The functions and classes that run when a value is called: overrides of a method in subclasses too. */
function thingsCalled(value: Value, { world }: Reader): readonly Thing[] {
  switch (value.kind) {
    case 'class':
      return [world.classThing(value)];
    case 'function':
      return [value, ...overridesOf(value, world)].map((each) => world.functionThing(each));
    case 'instance':
      return ['__call__', 'forward'].flatMap((name) =>
        (world.inference.attributeOf(value, name)?.known ?? [])
          .filter((each) => each.kind === 'function')
          .map((each) => world.functionThing(each)),
      );
    default:
      return [];
  }
}

function overridesOf(value: FunctionValue, { inference }: Reader['world']): readonly FunctionValue[] {
  const { self, node } = value;
  if (self?.kind !== 'instance' || self.exact || node.kind === 'Lambda') return [];
  return inference.members
    .ofDescendants(self.of, node.name)
    .flatMap(({ member, owner }) =>
      member.kind === 'function' && member.node !== node
        ? { kind: 'function' as const, module: owner.module, node: member.node, owner, self: { ...self, of: owner } }
        : [],
    );
}

/** A method of something that the inference does not know: of a container, or of a function kept in an attribute. */
function callMethod(
  callee: Extract<Expression, { kind: 'Attribute' }>,
  object: Cell,
  call: Call,
  invocation: Invocation,
  reader: Reader,
  invoke: (thing: Thing) => void,
): void {
  const { world } = reader;
  const { flow } = world;
  const owners = world.inference.valuesOf(callee.object, invocation.module).known;
  if (owners.some(({ kind }) => kind === 'instance' || kind === 'class' || kind === 'module')) {
    flow.watch(reader.cellOf(callee, invocation.module), invoke, () => callUnknown(callee, invocation, reader));
  }
  const onHolder = callOfContainer(callee, call, object, invocation, reader);
  const filled = fills(callee.name) ? filledThrough(callee.object, object, invocation.module, reader) : object;
  flow.watch(
    filled,
    (thing) => (thing.kind === 'function' || thing.kind === 'class' ? flow.open(invocation.result) : onHolder(thing)),
    () => callUnknown(callee, invocation, reader),
  );
}

function callUnknown(callee: Expression, invocation: Invocation, { world }: Reader): void {
  world.flow.open(invocation.result);
  if (callee.kind !== 'Attribute') return handOutArguments(invocation, world);
  if (!world.hasFunction(callee.name) && isHarmlessMethod(callee.name)) return readArguments(invocation, world);
  handOutArguments(invocation, world);
  const behind = classesBehindSuper(callee.object, invocation.module, world.inference);
  if (behind === undefined) return world.callOpenly(callee.name);
  for (const owner of behind.values()) {
    for (const member of classInfoOf(owner.node, owner.module).body.get(callee.name) ?? [])
      if (member.kind === 'function')
        world.openCallable(world.callable({ module: owner.module, node: member.node }), true);
  }
}

/** What is printed, logged or drawn is only looked at; functions among it may be called. */
export function readArguments({ positional, named, spread }: Invocation, { flow }: Reader['world']): void {
  for (const { cell } of [...positional, ...named]) flow.readWhole(cell);
  for (const cell of spread) flow.readWhole(cell);
}

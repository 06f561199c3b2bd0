import type { Attribute, Call, Expression } from '../syntax/tree.js';
import { isGrowing } from '../values/growth.js';
import { handOutArguments, type Invocation } from './callables.js';
import type { Cell, Holder } from './things.js';
import { keySetOf } from './key-sets.js';
import { readUnder, storeUnder, takeInto, type Reader } from './uses.js';
import type { World } from './world.js';

const puts = /^(?:append|appendleft|add|put|put_nowait|push|insert|send)$/;
const extendsBy = /^(?:extend|extendleft|update|union|difference|intersection|__iadd__)$/;
const gives = /^(?:get|get_nowait|pop|popleft|popitem|recv)$/;
const givesItself = /^(?:copy|union|difference|intersection|symmetric_difference)$/;
const asksOnly =
  /^(?:index|count|sort|reverse|remove|discard|clear|rotate|task_done|qsize|empty|full|join|isdisjoint|issubset|issuperset|move_to_end|keys|__len__|__contains__)$/;

/** Whether a method of that name puts something into what it is asked of. */
export function fills(method: string): boolean {
  return method === 'setdefault' || puts.test(method) || extendsBy.test(method);
}

/**
 * What a method of a dict, list, set, deque or queue does, as far as the receiver turns out to be one.
 * @param object what the method is asked of.
 */
export function callOfContainer(
  callee: Extract<Expression, { kind: 'Attribute' }>,
  call: Call,
  object: Cell,
  invocation: Invocation,
  reader: Reader,
): (holder: Holder) => void {
  const { name } = callee;
  const { flow } = reader.world;
  if (puts.test(name) || extendsBy.test(name))
    for (const read of reader.world.readsAt.get(callee.object) ?? []) read.isFilling = true;
  const asked = name === 'get' || name === 'pop' ? readByMethod(callee, call, object, invocation, reader) : undefined;
  let pairs: Holder | undefined;
  return (holder) => {
    if (holder.kind === 'sequence') return onSequence(callee, holder, invocation, reader);
    switch (name) {
      case 'get':
      case 'pop':
        if (name === 'pop') holder.isShrunk = true;
        if (asked !== undefined) flow.edge(asked, invocation.result);
        return;
      case 'setdefault':
        return setDefault(call, holder, invocation, reader);
      case 'update':
        return update(holder, invocation, reader);
      case 'items': {
        holder.isReadWhole = true;
        pairs ??= pairsOf(invocation, reader);
        return flow.edge(holder.all, flow.field(pairs, '\x001'));
      }
      case 'values': {
        holder.isReadWhole = true;
        pairs ??= reader.world.newHolder('sequence', invocation.module, invocation.at);
        flow.putRest(pairs, holder.all);
        return flow.add(invocation.result, pairs);
      }
      case 'copy':
        return flow.add(invocation.result, holder);
      case 'keys':
        holder.isReadWhole = true;
        return;
      case 'clear':
        holder.isShrunk = true;
        return;
      case 'move_to_end':
        return;
      default:
        handOutArguments(invocation, reader.world);
        flow.open(invocation.result);
        flow.handOutThing(holder);
    }
  };
}

/** `d.items()`: a list of pairs, the second of which is any value of the dict. */
function pairsOf({ module, at, result }: Invocation, { world }: Reader): Holder {
  const pair = world.newHolder('sequence', module, at);
  const all = world.newHolder('sequence', module, at);
  const cell = world.newCell();
  world.flow.add(cell, pair);
  world.flow.putRest(all, cell);
  world.flow.add(result, all);
  return pair;
}

/** `d.get(key)`, `d.get(key, default)`, `d.pop(key)`, `d.pop(key, default)` */
function readByMethod(
  callee: Extract<Expression, { kind: 'Attribute' }>,
  call: Call,
  object: Cell,
  { module, positional }: Invocation,
  reader: Reader,
): Cell | undefined {
  const [key, fallback] = call.args;
  if (key === undefined || key.name !== undefined || key.splat !== undefined) return undefined;
  const how = callee.name === 'pop' && fallback === undefined ? 'item' : 'default';
  const read = readUnder(object, callee.object, key.value, how, { node: call, module }, reader);
  const [, given] = positional;
  if (given === undefined) return read;
  const either = reader.world.newCell();
  reader.world.flow.edge(read, either);
  reader.world.flow.edge(given.cell, either);
  return either;
}

function setDefault(
  call: Call,
  holder: Holder,
  { positional, module, at, fn, result }: Invocation,
  reader: Reader,
): void {
  const { world } = reader;
  const key = call.args[0]?.value;
  if (key === undefined) return world.flow.openHolder(holder);
  const value = positional[1]?.cell ?? world.newCell();
  const base = world.newCell();
  world.flow.add(base, holder);
  storeUnder(base, keySetOf(key, module, world), value, { text: call.args[1]?.value, module, at, fn }, reader);
  world.flow.edge(holder.all, result);
  if (holder.isOpen) world.flow.open(result);
}

function update(holder: Holder, { positional, named, spread, module, at, fn }: Invocation, reader: Reader): void {
  const base = reader.world.newCell();
  reader.world.flow.add(base, holder);
  for (const { cell, isSpread } of positional) {
    if (isSpread) reader.world.flow.openHolder(holder);
    else takeInto(holder, cell, undefined, undefined, reader);
  }
  for (const cell of spread) takeInto(holder, cell, undefined, undefined, reader);
  for (const { name, cell, text } of named) {
    const key = { patterns: [[name]], isOpen: false, from: [], isNarrowed: false };
    storeUnder(base, key, cell, { text, module, at: text?.at ?? at, fn }, reader);
  }
}

/** The inference puts there what a method does. */
function isSeen({ name, object }: Attribute, { spot }: Holder, { module }: Invocation, { inference }: World): boolean {
  if (!isGrowing(name)) return false;
  return inference
    .valuesOf(object, module)
    .known.some((value) => value.kind === 'container' && value.module === spot.module && value.node.at === spot.at);
}

function onSequence(callee: Attribute, holder: Holder, invocation: Invocation, { world }: Reader): void {
  const { flow } = world;
  const { name } = callee;
  const { positional, result } = invocation;
  if (puts.test(name)) {
    for (const { cell } of positional) flow.putRest(holder, cell, isSeen(callee, holder, invocation, world));
  } else if (extendsBy.test(name)) {
    for (const { cell } of positional) flow.putElements(holder, cell, isSeen(callee, holder, invocation, world));
  } else if (gives.test(name)) flow.edge(holder.all, result);
  else if (!givesItself.test(name) && !asksOnly.test(name)) {
    handOutArguments(invocation, world);
    flow.open(result);
    flow.handOutThing(holder);
  }
  if (givesItself.test(name)) flow.add(result, holder);
}

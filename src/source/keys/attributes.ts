import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Attribute, Expression } from '../syntax/tree.js';
import { classTaken, isStatic } from '../values/class-info.js';
import { isProperty } from '../values/results.js';
import type { ClassValue, InstanceValue, Value } from '../values/values.js';
import type { Cell } from './things.js';
import { storeUnder, type Reader } from './uses.js';

/** `object.name` */
export function readAttribute({ object: owner, name }: Attribute, module: Module, reader: Reader): Cell {
  const { world } = reader;
  const cell = world.newCell();
  // What its class has, an object has as well.
  const object = classTaken(owner) ?? owner;
  const base = reader.cellOf(object, module);
  const values = world.inference.valuesOf(object, module);
  for (const value of values.known) readMember(value, name, base, cell, reader);
  if (!values.open) return cell;
  // The session state that was handed around under another name.
  const isSession = base.holds(world.session) && !base.isOpen;
  if (isSession) readSession(name, cell, reader);
  else world.flow.open(cell);
  return cell;
}

/** What a name of an object, class or module may hold. */
export function readMember(value: Value, name: string, base: Cell, cell: Cell, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  switch (value.kind) {
    case 'instance':
    case 'class':
      return readFromClass(value, name, cell, reader);
    case 'module': {
      if (namesOf(value.module.syntax).module.bound.has(name))
        return flow.edge(world.variable(value.module, name), cell);
      return flow.open(cell);
    }
    case 'outside':
      if (value.name === 'streamlit.session_state') return readSession(name, cell, reader);
      if (`${value.name}.${name}` === 'streamlit.session_state') return flow.add(cell, world.session);
      return flow.open(cell);
    case 'constant':
      return;
    default:
      return base.holds(world.session) ? readSession(name, cell, reader) : flow.open(cell);
  }
}

/** What was stored in the session state; what nobody stored may come from a widget. */
function readSession(name: string, cell: Cell, { world }: Reader): void {
  world.flow.edge(world.flow.field(world.session, name), cell);
}

function readFromClass(self: InstanceValue | ClassValue, name: string, cell: Cell, reader: Reader): void {
  const { world } = reader;
  const { flow, inference } = world;
  const of = self.kind === 'class' ? self : self.of;
  if (self.kind === 'instance' && self.member !== undefined) return;
  const isExact = self.kind === 'class' || self.exact;
  const members = isExact ? inference.members.of(of, name) : inference.members.ofAny(of, name);
  flow.edge(world.attribute(of, name), cell);
  if (members.length === 0) return flow.open(cell);
  for (const { member, owner } of members) {
    if (member.kind === 'class')
      flow.add(cell, world.classThing({ kind: 'class', module: owner.module, node: member.node }));
    if (member.kind !== 'function') continue;
    const value = { kind: 'function', module: owner.module, node: member.node, owner } as const;
    if (isProperty(member.node)) flow.edge(world.callable(value).result, cell);
    else flow.add(cell, world.functionThing(isStatic(member.node) ? value : { ...value, self }));
  }
}

/** `object.name = value` */
export function storeAttribute(
  { object: owner, name, at }: Attribute,
  value: Cell,
  module: Module,
  text: Expression | undefined,
  reader: Reader,
): void {
  const { world } = reader;
  const { flow } = world;
  const object = classTaken(owner) ?? owner;
  const base = reader.cellOf(object, module);
  const values = world.inference.valuesOf(object, module);
  for (const each of values.known) {
    switch (each.kind) {
      case 'instance':
        flow.edge(value, world.attribute(each.of, name));
        break;
      case 'class':
        flow.edge(value, world.attribute(each, name));
        break;
      case 'module':
        flow.edge(value, world.variable(each.module, name));
        break;
      case 'outside':
        if (each.name === 'streamlit.session_state')
          storeInSession(base, name, value, { text, module, at, fn: world.functionRead }, reader);
        else world.storeOpenly(name, value);
        break;
      case 'constant':
        break;
      default:
        if (base.holds(world.session))
          storeInSession(base, name, value, { text, module, at, fn: world.functionRead }, reader);
        else world.storeOpenly(name, value);
    }
  }
  if (values.open && base.holds(world.session))
    storeInSession(base, name, value, { text, module, at, fn: world.functionRead }, reader);
  else if (values.open) world.storeOpenly(name, value);
}

function storeInSession(
  base: Cell,
  name: string,
  value: Cell,
  spot: Parameters<typeof storeUnder>[3],
  reader: Reader,
): void {
  storeUnder(base, { patterns: [[name]], isOpen: false, from: [], isNarrowed: false }, value, spot, reader);
}

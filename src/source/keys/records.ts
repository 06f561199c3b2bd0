import type { ClassDef, Expression } from '../syntax/tree.js';
import type { ClassValue } from '../values/values.js';
import { fieldsOf, type Invocation } from './callables.js';
import type { Reader } from './uses.js';
import { isDataclass } from './world.js';

/** `asdict(record)`, `record._asdict()`: a dict with the fields of the class, of each class that the record may be of. */
export function recordAsDict(record: Expression, { module, result }: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow, inference } = world;
  const values = inference.valuesOf(record, module);
  if (values.open) flow.open(result);
  for (const value of values.known) {
    if (value.kind === 'constant') continue;
    if (value.kind !== 'instance') {
      flow.open(result);
      continue;
    }
    const classes = value.exact ? [value.of] : [value.of, ...inference.hierarchy.descendants(value.of)];
    for (const of of classes) addFields(of, result, reader);
  }
}

/** @param around classes whose objects hold one of this class: what holds objects of its own class, to any depth, is not told. */
function addFields(
  of: ClassValue,
  result: Invocation['result'],
  reader: Reader,
  around: ReadonlySet<ClassDef> = new Set(),
): void {
  const { world } = reader;
  const { flow } = world;
  const fields = fieldsOf(of, world);
  if (fields === undefined || around.has(of.node) || world.inference.hierarchy.isOpen(of)) return flow.open(result);
  const holder = world.newHolder('mapping', of.module, of.node.at);
  const within = new Set([...around, of.node]);
  for (const name of fields) {
    const spot = { module: of.module, at: of.node.at, fn: undefined };
    const value = world.newCell();
    flow.edge(world.attribute(of, name), value);
    for (const nested of recordsUnder(of, name, world)) addFields(nested, value, reader, within);
    flow.store(holder, { ...spot, pattern: [name], relays: [], isConstant: false }, value);
  }
  flow.add(result, holder);
}

/** The dataclasses that a field may hold an object of, which becomes a dict as well. */
function recordsUnder(of: ClassValue, name: string, { inference }: Reader['world']): readonly ClassValue[] {
  const values = inference.attributeOf({ kind: 'instance', of, exact: false }, name)?.known ?? [];
  return values.flatMap((value) => {
    if (value.kind !== 'instance' || !isDataclass(value.of.node)) return [];
    return value.exact ? value.of : [value.of, ...inference.hierarchy.descendants(value.of)];
  });
}

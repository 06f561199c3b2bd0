import type { Expression } from '../syntax/tree.js';
import type { ClassValue } from '../values/values.js';
import { fieldsOf, type Invocation } from './callables.js';
import type { Reader } from './uses.js';

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

function addFields(of: ClassValue, result: Invocation['result'], { world }: Reader): void {
  const { flow } = world;
  const fields = fieldsOf(of, world);
  if (fields === undefined || world.inference.hierarchy.isOpen(of)) return flow.open(result);
  const holder = world.newHolder('mapping', of.module, of.node.at);
  for (const name of fields) {
    const spot = { module: of.module, at: of.node.at, fn: undefined };
    flow.store(holder, { ...spot, pattern: [name], relays: [], isConstant: false }, world.attribute(of, name));
  }
  flow.add(result, holder);
}

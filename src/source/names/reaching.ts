import type { Definition, Reaching } from './definitions.js';
import type { Flow } from './flow.js';
import { Merge, unassigned, type Value } from './flow-state.js';

/** Everything that a value may be, through all merges. */
export function reaching(value: Value, { needs }: Flow): Reaching {
  const definitions: Definition[] = [];
  const unbindings: Definition[] = [];
  let mayBeUnbound = false;
  const all: Iterable<Exclude<Value, Merge>> = value instanceof Merge ? sources(value) : [value];
  for (const each of all) {
    if (each === unassigned) mayBeUnbound = true;
    else if (each.kind !== 'unbinding' && hasSource(each, needs)) definitions.push(each);
    else {
      mayBeUnbound = true;
      if (each.kind === 'unbinding') unbindings.push(each);
    }
  }
  return { definitions, mayBeUnbound, unbindings };
}

function* sources(value: Merge): Generator<Exclude<Value, Merge>> {
  const seen = new Set<Value>([value]);
  for (const each of seen) {
    if (!(each instanceof Merge)) yield each;
    else for (const operand of each.operands) seen.add(operand);
  }
}

/** `x += 1` gives `x` a value only where it has one already: is there one that does not rest on `x` itself? */
function hasSource(definition: Definition, needs: Flow['needs']): boolean {
  const needed = needs.get(definition);
  if (needed === undefined) return true;
  const seen = new Set<Value>([needed]);
  for (const each of seen) {
    if (each instanceof Merge) for (const operand of each.operands) seen.add(operand);
    else if (each !== unassigned && each.kind !== 'unbinding') {
      const next = needs.get(each);
      if (next === undefined) return true;
      seen.add(next);
    }
  }
  return false;
}

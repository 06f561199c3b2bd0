import type { Definition } from './definitions.js';

/** A name that has had no value so far. */
export const unassigned = Symbol('unassigned');

/** What a name holds at a place of the code. */
export type Value = Definition | Merge | typeof unassigned;

/** Where ways through the code meet: any of the operands. A loop makes it refer to itself. */
export class Merge {
  readonly operands = new Set<Value>();
}

/** Code too entangled to follow: more than any person writes. */
export class TooEntangled extends Error {}

/** Steps that the joins of one function may take: a thousand times what the largest functions of known packages need. */
const mostSteps = 5_000_000;

/** What one scope's analysis has cost so far. */
export class Effort {
  private steps = 0;

  /** @throws TooEntangled */
  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > mostSteps) throw new TooEntangled();
  }
}

/**
 * What names hold, as a difference to what they held at an earlier place, so that a branch costs only what it changes.
 * The head of a loop makes a Merge of whatever is looked up through it, until its back edges are known.
 */
export class Layer {
  private own: Map<string, Value> | undefined;
  private loop: Map<string, Merge> | undefined;
  private readonly before: Layer | undefined;
  private readonly effort: Effort;

  constructor(before: Layer | undefined, effort: Effort, isLoop = false) {
    this.before = before;
    this.effort = effort;
    if (isLoop) this.loop = new Map();
  }

  get(name: string): Value {
    const own = this.own?.get(name) ?? (this.loop === undefined ? undefined : this.merged(name, this.loop));
    if (own !== undefined) return own;
    for (let each = this.before; each !== undefined; each = each.before) {
      const value = each.own?.get(name);
      if (value !== undefined) return value;
      if (each.loop !== undefined) return each.merged(name, each.loop);
    }
    return unassigned;
  }

  private merged(name: string, loop: Map<string, Merge>): Merge {
    const merge = new Merge();
    loop.set(name, merge);
    this.set(name, merge);
    merge.operands.add(this.before?.get(name) ?? unassigned);
    return merge;
  }

  set(name: string, value: Value): void {
    this.own ??= new Map();
    this.own.set(name, value);
  }

  /** What changed since an earlier layer, that layer's own changes not included. */
  since(earlier: Layer): Map<string, Value> {
    if (this === earlier) return new Map();
    const changed = new Map(this.own);
    this.effort.spend(1 + changed.size);
    for (let each = this.before; each !== undefined && each !== earlier; each = each.before) {
      this.effort.spend(1 + (each.own?.size ?? 0));
      for (const [name, value] of each.own ?? []) if (!changed.has(name)) changed.set(name, value);
    }
    return changed;
  }

  /** A layer right on top of `earlier` that holds all that changed since, for a jump out of here. */
  snapshot(earlier: Layer): Layer {
    const taken = new Layer(earlier, this.effort);
    for (const [name, value] of this.since(earlier)) taken.set(name, value);
    return taken;
  }

  /** Takes in what the ways that end here have changed: they all began at this layer. */
  join(ways: readonly Layer[]): void {
    const changes = ways.map((way) => way.since(this));
    const names = new Set(changes.flatMap((changed) => [...changed.keys()]));
    this.effort.spend(names.size * ways.length);
    for (const name of names) {
      this.set(name, mergeOf(changes.map((changed) => changed.get(name) ?? this.get(name))));
    }
  }

  /** Ends a loop: `backs` lead from its body to this layer, its head. */
  close(backs: readonly Layer[]): void {
    const changes = backs.map((back) => back.since(this));
    for (const changed of changes) for (const name of changed.keys()) this.get(name);
    const loop = this.loop ?? new Map<string, Merge>();
    this.effort.spend(loop.size * backs.length);
    for (const [name, merge] of loop) {
      for (const changed of changes) {
        const value = changed.get(name);
        if (value !== undefined) merge.operands.add(value);
      }
    }
    this.loop = undefined;
  }
}

/** Any of the values. */
export function mergeOf(values: Iterable<Value>): Value {
  const merge = new Merge();
  for (const value of values) merge.operands.add(simple(value));
  const [only = unassigned] = merge.operands;
  return merge.operands.size === 1 ? only : merge;
}

/** A merge of one, such as that of a loop which only reads, is that one. */
function simple(value: Value): Value {
  if (!(value instanceof Merge) || value.operands.size !== 1) return value;
  const [only = value] = value.operands;
  return only;
}

import type { Infer } from './infer.js';
import type { Uses } from './uses.js';
import { anything, keyOf, nothing, union, type ContainerValue, type Values } from './values.js';

/** Methods that put something into a list, set or deque: which argument, and whether that is it or a collection of it. */
const growing: Readonly<Record<string, { argument: number; isCollection?: true }>> = {
  append: { argument: 0 },
  appendleft: { argument: 0 },
  add: { argument: 0 },
  insert: { argument: 1 },
  extend: { argument: 0, isCollection: true },
};

/** What is put into containers after they were made: `layers.append(Layer())`. */
export class Growth {
  private readonly infer: Infer;
  private readonly uses: Uses;
  private found: Map<string, Values[]> | 'looking' | undefined;

  constructor(infer: Infer, uses: Uses) {
    this.infer = infer;
    this.uses = uses;
  }

  /** Open while that is still being found out. */
  of(container: ContainerValue): Values {
    if (this.found === 'looking') return anything;
    this.found ??= this.look();
    return union(this.found.get(keyOf(container)) ?? [nothing]);
  }

  private look(): Map<string, Values[]> {
    this.found = 'looking';
    const found = new Map<string, Values[]>();
    for (const [method, { argument, isCollection }] of Object.entries(growing)) {
      for (const { call, module } of this.uses.calls.get(method) ?? []) {
        const given = call.args[argument];
        if (call.callee.kind !== 'Attribute') continue;
        const containers = this.infer
          .valuesOf(call.callee.object, module)
          .known.filter((value) => value.kind === 'container');
        if (containers.length === 0) continue;
        const values =
          given === undefined || given.splat !== undefined ? anything : this.infer.valuesOf(given.value, module);
        const held = isCollection
          ? union([{ known: [], open: values.open }, ...values.known.map((value) => this.infer.elementsOf(value))])
          : values;
        for (const container of containers) {
          const key = keyOf(container);
          found.set(key, [...(found.get(key) ?? []), held]);
        }
      }
    }
    return found;
  }
}

import { pushTo } from '../../util/push-to.js';
import type { Module } from '../program.js';
import type { Call, Expression } from '../syntax/tree.js';
import { containersOfAttributes } from './attribute-containers.js';
import { attributesBehind } from './attributes-behind.js';
import type { Infer } from './infer.js';
import type { Uses } from './uses.js';
import { anything, eachOf, keyOf, mayHideObjects, nothing, union, type ContainerValue, type Values } from './values.js';

/** Methods that put something into a list, set or deque: which argument, and whether that is it or a collection of it. */
interface How {
  argument: number;
  isCollection?: true;
}

const growing: Readonly<Record<string, How>> = {
  append: { argument: 0 },
  appendleft: { argument: 0 },
  add: { argument: 0 },
  insert: { argument: 1 },
  add_module: { argument: 1 },
  extend: { argument: 0, isCollection: true },
  setdefault: { argument: 1 },
  // What is in a dict that another is updated by is not told apart.
  update: { argument: Infinity },
};

/** A method of that name makes the containers grow that its object may be. */
export function isGrowing(method: string): boolean {
  return Object.hasOwn(growing, method);
}

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
    const attributes = containersOfAttributes(this.infer.program, this.uses);
    const note = (object: Expression, module: Module, held: () => Values): void => {
      const values = this.infer.valuesOf(object, module);
      const keys = new Set(values.known.flatMap((value) => (value.kind === 'container' ? keyOf(value) : [])));
      // `trainer.layers.append(Layer())` in a callback: it may be any that has an attribute of that name.
      for (const { name } of mayHideObjects(values) ? attributesBehind(object, module) : [])
        for (const key of attributes.get(name) ?? []) keys.add(key);
      if (keys.size === 0) return;
      const added = held();
      for (const key of keys) pushTo(found, key, added);
    };
    for (const [method, how] of Object.entries(growing)) {
      for (const { call, module } of this.uses.calls.get(method) ?? []) {
        if (call.callee.kind === 'Attribute') note(call.callee.object, module, () => this.given(call, how, module));
      }
    }
    for (const { object, value, module } of [...this.uses.items.values()].flat()) {
      note(object, module, () => (value === undefined ? anything : this.infer.valuesOf(value, module)));
    }
    return found;
  }

  private given({ args }: Call, { argument, isCollection }: How, module: Module): Values {
    const given = args[argument];
    if (given === undefined || given.splat !== undefined) return anything;
    const values = this.infer.valuesOf(given.value, module);
    return isCollection ? eachOf(values, (value) => this.infer.elementsOf(value)) : values;
  }
}

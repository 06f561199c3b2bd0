import type { Module } from '../program.js';
import type { ClassDef, Expression } from '../syntax/tree.js';
import { selvesOf } from './class-info.js';
import { areRelated } from './hierarchy.js';
import type { Infer } from './infer.js';
import type { AttributeStore } from './module-index.js';
import { anything, isUnknown, nothing, union, type ClassValue, type Value, type Values } from './values.js';

/** What somebody stores under an attribute who holds, or may hold, its owner: `trainer.model = other`, `setattr(…)`. */
export class Replacements {
  private readonly infer: Infer;
  private readonly found = new Map<ClassDef | Module, Map<string, Values>>();

  constructor(infer: Infer) {
    this.infer = infer;
  }

  ofObjects(of: ClassValue, name: string): Values {
    const { hierarchy } = this.infer;
    return this.once(of.node, name, (value) => {
      const owner = value.kind === 'instance' ? value.of : value;
      return owner.kind === 'class' && areRelated(owner, of, hierarchy);
    });
  }

  ofModule(module: Module, name: string): Values {
    return this.once(module, name, (value) => value.kind === 'module' && value.module === module);
  }

  private once(owner: ClassDef | Module, name: string, isOwner: (value: Value) => boolean): Values {
    const known = this.found.get(owner) ?? new Map<string, Values>();
    this.found.set(owner, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    // What is stored may be told by what was there before.
    known.set(name, nothing);
    const found = this.look(name, isOwner);
    known.set(name, found);
    return found;
  }

  private look(name: string, isOwner: (value: Value) => boolean): Values {
    const { uses } = this.infer;
    const stored = (uses.stores.get(name) ?? []).flatMap(({ store, module }) => {
      if (isOnSelf(store) || !this.mayBe(store.target.object, module, isOwner)) return [];
      return [store.value === undefined ? anything : this.infer.valuesOf(store.value, module)];
    });
    return union([...stored, this.isSetByName(name, isOwner) ? anything : nothing]);
  }

  /** `setattr(model, "steps", 3)`, `model.__dict__["steps"] = 3`; by a name that is no literal only of what is known to be it. */
  private isSetByName(name: string, isOwner: (value: Value) => boolean): boolean {
    const { uses } = this.infer;
    const isKnown = (object: Expression, module: Module) => this.infer.valuesOf(object, module).known.some(isOwner);
    const asDict = (uses.mentions.get('__dict__') ?? []).some(
      ({ node, module }) => node.kind === 'Attribute' && isKnown(node.object, module),
    );
    return (
      asDict ||
      (uses.calls.get('setattr') ?? []).some(({ call, module }) => {
        const [object, attribute] = call.args.map(({ value }) => value);
        if (object === undefined || attribute === undefined) return false;
        if (attribute.kind !== 'Constant') return isKnown(object, module);
        return attribute.value === name && this.mayBe(object, module, isOwner);
      })
    );
  }

  private mayBe(object: Expression, module: Module, isOwner: (value: Value) => boolean): boolean {
    const values = this.infer.valuesOf(object, module);
    return isUnknown(values) || values.known.some(isOwner);
  }
}

/** A method's own, which the text of its class shows. */
function isOnSelf({ target, place }: AttributeStore): boolean {
  return place.class !== undefined && target.object.kind === 'Name' && selvesOf(place.class).has(target.object.id);
}

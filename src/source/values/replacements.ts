import type { Module } from '../program.js';
import type { ClassDef, Expression } from '../syntax/tree.js';
import { classTaken, otherNameOf, selvesOf } from './class-info.js';
import type { Infer } from './infer.js';
import type { AttributeStore } from './module-index.js';
import type { Uses } from './uses.js';
import {
  anything,
  isUnknown,
  mayHideObjects,
  nothing,
  union,
  type ClassValue,
  type Value,
  type Values,
} from './values.js';
import { literalText } from '../syntax/walk.js';

/** Stands for an answer that is being looked for. */
const looking: Values = { known: [], open: false };

type Stores = readonly { store: AttributeStore; module: Module }[];

/** What attributes are set of by other means than `object.name = value`. */
interface Settings {
  /** `setattr(model, "steps", 3)`, by the name. */
  named: ReadonlyMap<string, readonly { object: Expression; module: Module }[]>;
  /** `setattr(model, name, 3)`: under a name that is no literal. */
  unnamed: readonly { object: Expression; module: Module }[];
  /** `model.__dict__`, in which much may be done. */
  dicts: readonly { object: Expression; module: Module }[];
}

/** Whose attributes are asked for. */
interface Owner {
  key: ClassDef | Module;
  is(value: Value): boolean;
  /** Values of which not everything is known may hold it. */
  mayHideIn(values: Values): boolean;
}

/** What somebody stores under an attribute who holds, or may hold, its owner: `trainer.model = other`, `setattr(…)`. */
export class Replacements {
  private readonly infer: Infer;
  private readonly found = new Map<ClassDef | Module, Map<string, Values>>();
  private readonly fromOutside = new Map<string, Stores>();
  private readonly setByAnyName = new Map<ClassDef | Module, boolean | 'looking'>();
  private settingsFound: Settings | undefined;

  constructor(infer: Infer) {
    this.infer = infer;
  }

  ofObjects(of: ClassValue, name: string): Values {
    const { hierarchy } = this.infer;
    const owner: Owner = {
      key: of.node,
      is(value) {
        const held = value.kind === 'instance' ? value.of : value;
        return held.kind === 'class' && hierarchy.areRelated(held, of);
      },
      // What is known of the others says nothing of the rest.
      mayHideIn: mayHideObjects,
    };
    const others = name.startsWith('_') ? hierarchy.ancestors(of).map(({ node }) => otherNameOf(name, node)) : [];
    return union([name, ...others].map((each) => (each === undefined ? nothing : this.once(owner, each))));
  }

  ofModule(module: Module, name: string): Values {
    const is = (value: Value): boolean => value.kind === 'module' && value.module === module;
    return this.once({ key: module, is, mayHideIn: isUnknown }, name);
  }

  /**
   * Somebody gives the module a name, whatever it then is. Only where the object is known to be the module: of any that
   * is not known it could be said of every name.
   */
  areGiven(module: Module, name: string): boolean {
    const isIt = (value: Value): boolean => value.kind === 'module' && value.module === module;
    const stores = (this.infer.uses.stores.get(name) ?? []).map(({ store, module: user }) => ({
      object: store.target.object,
      module: user,
    }));
    const { named, unnamed } = this.settings;
    return this.areAny([...stores, ...(named.get(name) ?? []), ...unnamed], isIt);
  }

  private once(owner: Owner, name: string): Values {
    // What bases are named by is what the text of their module says; nothing else could be asked yet.
    if (!this.infer.hierarchy.isComplete) return nothing;
    const known = this.found.get(owner.key) ?? new Map<string, Values>();
    this.found.set(owner.key, known);
    const before = known.get(name);
    if (before === looking) this.infer.cut();
    if (before !== undefined) return before;
    // What is stored may be told by what was there before.
    known.set(name, looking);
    const { cuts } = this.infer;
    const found = this.isSetByAnyName(owner) ? anything : this.look(name, owner);
    // Found in the middle of a circle it may lack something.
    if (found === anything || this.infer.cuts === cuts) known.set(name, found);
    else known.delete(name);
    return found;
  }

  private look(name: string, owner: Owner): Values {
    const stored = this.storesFromOutside(name).flatMap(({ store, module }) => {
      if (!this.mayBe(store.target.object, module, owner)) return [];
      return [store.value === undefined ? anything : this.infer.valuesOf(store.value, module)];
    });
    const isSet = (this.settings.named.get(name) ?? []).some(({ object, module }) => this.mayBe(object, module, owner));
    return union(isSet ? [...stored, anything] : stored);
  }

  /** Stores that are none of a method's own, which the text of its class shows. */
  private storesFromOutside(name: string): Stores {
    const known = this.fromOutside.get(name);
    if (known !== undefined) return known;
    const found = (this.infer.uses.stores.get(name) ?? []).filter(({ store }) => !isOnSelf(store));
    this.fromOutside.set(name, found);
    return found;
  }

  /** `model.__dict__["steps"] = 3`, `setattr(model, name, 3)`: a name that is no literal may be any, of what is known to be the owner. */
  private isSetByAnyName({ key, is }: Owner): boolean {
    const known = this.setByAnyName.get(key);
    if (known === 'looking') this.infer.cut();
    if (known !== undefined) return known === true;
    this.setByAnyName.set(key, 'looking');
    const { cuts } = this.infer;
    const found = this.areAny(this.settings.unnamed, is) || this.areAny(this.settings.dicts, is);
    if (found || this.infer.cuts === cuts) this.setByAnyName.set(key, found);
    else this.setByAnyName.delete(key);
    return found;
  }

  private areAny(objects: Settings['unnamed'], isOwner: (value: Value) => boolean): boolean {
    return objects.some(({ object, module }) => this.infer.valuesOf(object, module).known.some(isOwner));
  }

  private get settings(): Settings {
    this.settingsFound ??= settingsIn(this.infer.uses);
    return this.settingsFound;
  }

  private mayBe(object: Expression, module: Module, owner: Owner): boolean {
    // What is set of its class, an object has as well.
    const values = this.infer.valuesOf(classTaken(object) ?? object, module);
    return owner.mayHideIn(values) || values.known.some((value) => owner.is(value));
  }
}

/** A method's own, which the text of its class shows. */
function isOnSelf({ target, place }: AttributeStore): boolean {
  return place.class !== undefined && target.object.kind === 'Name' && selvesOf(place.class).has(target.object.id);
}

function settingsIn({ calls, mentions, items }: Uses): Settings {
  const named = new Map<string, { object: Expression; module: Module }[]>();
  const unnamed: { object: Expression; module: Module }[] = [];
  const dicts = (mentions.get('__dict__') ?? []).flatMap(({ node, module }) =>
    node.kind === 'Attribute' ? [{ object: node.object, module }] : [],
  );
  for (const { call, module } of calls.get('setattr') ?? []) {
    const [object, attribute] = call.args.map(({ value }) => value);
    if (object === undefined || attribute === undefined) continue;
    const name = literalText(attribute);
    if (name === undefined) unnamed.push({ object, module });
    else named.set(name, [...(named.get(name) ?? []), { object, module }]);
  }
  // Even of an object that is not known: `variables[name].__dict__["size"] = 3`.
  for (const [key, stored] of items) {
    for (const { object, module } of stored) {
      if (key === undefined || object.kind !== 'Attribute' || object.name !== '__dict__') continue;
      named.set(key, [...(named.get(key) ?? []), { object: object.object, module }]);
    }
  }
  for (const { call, module } of calls.get('update') ?? []) {
    const dict = call.callee.kind === 'Attribute' ? call.callee.object : undefined;
    if (dict?.kind === 'Attribute' && dict.name === '__dict__') dicts.push({ object: dict.object, module });
  }
  return { named, unnamed, dicts };
}

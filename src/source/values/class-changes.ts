import type { Infer } from './infer.js';
import { anything, eachOf, nothing, only, union, type ClassValue, type Values } from './values.js';

/** Which objects somebody gives another class than the one they were made of: `obj.__class__ = cls`. */
export class ClassChanges {
  private readonly infer: Infer;
  private readonly changes: { of: ClassValue; orSubclass: boolean; become: Values }[] = [];

  constructor(infer: Infer) {
    this.infer = infer;
  }

  /**
   * Finds all changes, and whether there are any. To be called once everybody's bases are known and before anything else
   * is asked: what an object is depends on them.
   */
  complete(): boolean {
    const found: typeof this.changes = [];
    for (const { store, module } of this.infer.uses.stores.get('__class__') ?? []) {
      const assigned = store.value === undefined ? anything : this.infer.valuesOf(store.value, module);
      const become = eachOf(assigned, (type) =>
        type.kind === 'class' ? only({ kind: 'instance', of: type, exact: type.orSubclass !== true }) : anything,
      );
      for (const value of this.infer.valuesOf(store.target.object, module).known) {
        if (value.kind === 'instance') found.push({ of: value.of, orSubclass: !value.exact, become });
      }
    }
    this.changes.push(...found);
    return found.length > 0;
  }

  /** What an object of that very class may be afterwards. */
  ofObjectsOf(of: ClassValue): Values {
    const changes = this.changes.filter((each) =>
      each.orSubclass ? this.infer.hierarchy.isA(of, each.of) : each.of.node === of.node,
    );
    return changes.length === 0 ? nothing : union(changes.map(({ become }) => become));
  }
}

import type { Module, Program } from '../program.js';
import type { Attribute, Call, Expression, Name } from '../syntax/tree.js';
import { lastName, statementsIn } from '../syntax/walk.js';
import { indexOf, type AttributeStore, type Place } from './module-index.js';
import { pushTo } from '../../util/push-to.js';

export interface CallUse {
  call: Call;
  module: Module;
  place: Place;
}

/** Where in the repository names are called, mentioned and stored, by their last part: `step` for `self.optimizer.step(…)`. */
export interface Uses {
  calls: ReadonlyMap<string, readonly CallUse[]>;
  /**
   * Of names of the repository's functions and classes, and of `__dict__`: mentioned without being called on the spot, so
   * that somebody else may call it: `target=self._train`.
   */
  mentions: ReadonlyMap<string, readonly { node: Name | Attribute; module: Module }[]>;
  /** Other names that imports give: `from m import train as fit` gives `train` the name `fit`. */
  aliases: ReadonlyMap<string, ReadonlySet<string>>;
  stores: ReadonlyMap<string, readonly { store: AttributeStore; module: Module }[]>;
  /** `object["key"] = value`, by the key; under undefined where that is no literal. */
  items: ReadonlyMap<string | undefined, readonly { object: Expression; value?: Expression; module: Module }[]>;
}

export function usesIn(program: Program): Uses {
  const calls = new Map<string, CallUse[]>();
  const mentions = new Map<string, { node: Name | Attribute; module: Module }[]>();
  const aliases = new Map<string, Set<string>>();
  const stores = new Map<string, { store: AttributeStore; module: Module }[]>();
  const items = new Map<string | undefined, { object: Expression; value?: Expression; module: Module }[]>();
  const modules = program.paths.flatMap((path) => program.module(path) ?? []);
  // Besides what can be called, in whose `__dict__` much may be done.
  const noted = new Set<string>(['__dict__']);
  for (const module of modules) {
    const index = indexOf(module);
    for (const made of [...index.functions.keys(), ...index.classes.keys()]) if ('name' in made) noted.add(made.name);
    for (const [call, place] of index.calls) {
      const name = lastName(call.callee);
      if (name !== undefined) pushTo(calls, name, { call, module, place });
    }
    for (const store of index.stores) pushTo(stores, store.target.name, { store, module });
    for (const { key, ...item } of index.items) pushTo(items, key, { ...item, module });
    for (const statement of statementsIn(module.syntax.body)) {
      if (statement.kind !== 'ImportFrom') continue;
      for (const { name, as } of statement.names) {
        if (as === undefined || as === name) continue;
        aliases.set(name, (aliases.get(name) ?? new Set()).add(as));
        noted.add(as);
      }
    }
  }
  for (const module of modules) {
    const { places, harmless } = indexOf(module);
    for (const node of places.keys()) {
      const name = node.kind === 'Name' ? node.id : node.name;
      if (noted.has(name) && !harmless.has(node)) pushTo(mentions, name, { node, module });
    }
  }
  return { calls, mentions, aliases, stores, items };
}

import type { Module, Program } from '../program.js';
import type { Attribute, Call, Expression, Name, Statement } from '../syntax/tree.js';
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
  tables: TableUses;
}

/** Dicts that functions and classes stand in, to be called by a key: `PLOTS[name](history)`. */
export interface TableUses {
  /** What such a dict is called, by each value of its display. */
  holding: ReadonlyMap<Expression, string>;
  /** Names under which some dict is handed around, so that nobody knows who calls what is in it. */
  handedOn: ReadonlySet<string>;
  /** Calls of an item, by the name of the dict. */
  calls: ReadonlyMap<string, readonly CallUse[]>;
}

export function usesIn(program: Program): Uses {
  const calls = new Map<string, CallUse[]>();
  const mentions = new Map<string, { node: Name | Attribute; module: Module }[]>();
  const aliases = new Map<string, Set<string>>();
  const stores = new Map<string, { store: AttributeStore; module: Module }[]>();
  const items = new Map<string | undefined, { object: Expression; value?: Expression; module: Module }[]>();
  const holding = new Map<Expression, string>();
  const itemCalls = new Map<string, CallUse[]>();
  const modules = program.paths.flatMap((path) => program.module(path) ?? []);
  // Besides what can be called, in whose `__dict__` much may be done.
  const noted = new Set<string>(['__dict__']);
  for (const module of modules) {
    const index = indexOf(module);
    for (const made of [...index.functions.keys(), ...index.classes.keys()]) if ('name' in made) noted.add(made.name);
    for (const [call, place] of index.calls) {
      const name = lastName(call.callee);
      if (name !== undefined) pushTo(calls, name, { call, module, place });
      const table = call.callee.kind === 'Subscript' ? lastName(call.callee.object) : undefined;
      if (table !== undefined) pushTo(itemCalls, table, { call, module, place });
    }
    for (const store of index.stores) pushTo(stores, store.target.name, { store, module });
    for (const { key, ...item } of index.items) pushTo(items, key, { ...item, module });
    for (const statement of statementsIn(module.syntax.body)) {
      for (const [value, name] of tabledBy(statement)) holding.set(value, name);
      if (statement.kind !== 'ImportFrom') continue;
      for (const { name, as } of statement.names) {
        if (as === undefined || as === name) continue;
        aliases.set(name, (aliases.get(name) ?? new Set()).add(as));
        noted.add(as);
      }
    }
  }
  const tables = new Set([...holding.values(), ...itemCalls.keys()]);
  for (const name of tables) for (const alias of aliases.get(name) ?? []) tables.add(alias);
  const handedOn = new Set<string>();
  for (const module of modules) {
    const { places, harmless, lookedInto, stored } = indexOf(module);
    for (const node of places.keys()) {
      const name = node.kind === 'Name' ? node.id : node.name;
      if (noted.has(name) && !harmless.has(node)) pushTo(mentions, name, { node, module });
      if (tables.has(name) && !lookedInto.has(node) && !stored.has(node)) handedOn.add(name);
    }
  }
  return { calls, mentions, aliases, stores, items, tables: { holding, handedOn, calls: itemCalls } };
}

/** `NAME = {"key": value}` puts each value into a dict of that name. */
function* tabledBy(statement: Statement): Generator<[Expression, string]> {
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') return;
  const { value } = statement;
  const [target, ...others] = statement.kind === 'Assign' ? statement.targets : [statement.target];
  const name = target === undefined || others.length > 0 ? undefined : lastName(target);
  if (value?.kind !== 'Dict' || name === undefined) return;
  for (const entry of value.entries) if (entry.key !== undefined) yield [entry.value, name];
}

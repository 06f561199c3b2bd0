import type { Module } from '../source/program.js';
import type { Expression } from '../source/syntax/tree.js';
import { dottedName, statementsIn } from '../source/syntax/walk.js';
import { indexOf, type AnyFunction } from '../source/values/module-index.js';

/** What is done to a list, set or dict after it was made. */
export interface Mutation {
  /** In which function; absent at module level. */
  fn?: AnyFunction;
  /** `one` element is added, all of `many`, or something is taken away. */
  kind: 'one' | 'many' | 'less';
  value: Expression;
}

const found = new WeakMap<Module, ReadonlyMap<string, readonly Mutation[]>>();

/** By the dotted name of what is changed: `plots.append("Loss")`, `self.plots += ["Loss"]`. */
export function mutationsIn(module: Module): ReadonlyMap<string, readonly Mutation[]> {
  const known = found.get(module);
  if (known !== undefined) return known;
  const mutations = new Map<string, Mutation[]>();
  const add = (target: Expression, mutation: Mutation) => {
    const name = dottedName(target);
    if (name !== undefined) mutations.set(name, [...(mutations.get(name) ?? []), mutation]);
  };
  const { places, calls } = indexOf(module);
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind !== 'AugAssign') continue;
    const { target } = statement;
    const fn = target.kind === 'Name' || target.kind === 'Attribute' ? places.get(target)?.function : undefined;
    add(target, { kind: 'many', value: statement.value, ...(fn && { fn }) });
  }
  for (const [{ callee, args }, { function: fn }] of calls) {
    if (callee.kind !== 'Attribute') continue;
    const kind = kinds.get(callee.name);
    const value = args[callee.name === 'insert' ? 1 : 0]?.value ?? callee;
    if (kind !== undefined) add(callee.object, { kind, value, ...(fn && { fn }) });
  }
  found.set(module, mutations);
  return mutations;
}

const kinds: ReadonlyMap<string, Mutation['kind']> = new Map<string, Mutation['kind']>([
  ['append', 'one'],
  ['add', 'one'],
  ['insert', 'one'],
  ['extend', 'many'],
  ['update', 'many'],
  ['remove', 'less'],
  ['discard', 'less'],
  ['pop', 'less'],
  ['clear', 'less'],
]);

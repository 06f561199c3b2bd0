import type { Expression, FunctionDef } from '../syntax/tree.js';
import { tableFilledBy } from './decorators.js';
import type { Infer } from './infer.js';
import type { Module } from '../program.js';
import type { CallUse, Uses } from './uses.js';

/**
 * The calls by which something may be called that stands in tables: `PLOTS[name](history)` of `PLOTS = {"Loss": draw}`,
 * by the names of the tables; those of another table of that name count as well.
 */
export function* callsByTables(names: Iterable<string>, { tables, aliases }: Uses): Generator<CallUse> {
  for (const name of new Set(names))
    for (const each of [name, ...(aliases.get(name) ?? [])]) yield* tables.calls.get(each) ?? [];
}

/** The table that a mention stands in; undefined where it is none, or others may call what is in it. */
export function tableAround(mention: Expression, uses: Uses): string | undefined {
  const name = uses.tables.holding.get(mention);
  return name === undefined || isHandedOn(name, uses) ? undefined : name;
}

function isHandedOn(name: string, { tables: { handedOn }, aliases }: Uses): boolean {
  return handedOn.has(name) || [...(aliases.get(name) ?? [])].some((alias) => handedOn.has(alias));
}

/** The tables that decorators put a function into; undefined where one does something else with it. */
export function tablesFilledBy(
  { decorators }: FunctionDef,
  module: Module,
  infer: Infer,
  uses: Uses,
): readonly string[] {
  return decorators.flatMap((decorator) => {
    const name = tableFilledBy(decorator, module, infer);
    return name === undefined || isHandedOn(name, uses) ? [] : name;
  });
}

import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Call, ClassDef, Expression, FunctionDef, Statement } from '../source/syntax/tree.js';
import { argumentFor, indexOf } from '../source/values/module-index.js';
import { lastName } from '../source/syntax/walk.js';
import { meaningOf, ownStatements } from './scopes.js';
import { textOf } from './texts.js';

/** A table that a decorator fills: `@register("Loss")` above each function that is to be in it. */
export interface Registry {
  table: Expression;
  entries: readonly { text: string; module: Module; at: number; body: readonly Statement[] }[];
  /** It may have entries that no decorator with a text tells. */
  isOpen: boolean;
}

/** Registries, by the statement that stores in their table. */
export function registriesIn(analysis: Analysis): ReadonlyMap<Statement, Registry> {
  const found = new Map<Statement, Registry>();
  for (const path of analysis.program.paths) {
    const module = analysis.program.module(path);
    if (module === undefined) continue;
    for (const [inner, { function: outer }] of indexOf(module).functions) {
      if (inner.kind !== 'FunctionDef' || outer?.kind !== 'FunctionDef') continue;
      for (const statement of ownStatements(inner.body)) {
        const storing = storedUnder(statement, inner, outer);
        if (storing === undefined) continue;
        found.set(statement, { table: storing.table, ...entriesOf(outer, storing.name, analysis) });
      }
    }
  }
  return found;
}

/** `TABLE[name] = fn`, with `name` of the outer function and `fn` of the inner one. */
function storedUnder(
  statement: Statement,
  inner: FunctionDef,
  outer: FunctionDef,
): { table: Expression; name: string } | undefined {
  if (statement.kind !== 'Assign' || statement.value.kind !== 'Name') return undefined;
  const [target, ...others] = statement.targets;
  if (target?.kind !== 'Subscript' || others.length > 0 || target.index.kind !== 'Name') return undefined;
  const name = target.index.id;
  const isHandedOver = statement.value.id === inner.params[0]?.name && outer.params.some((each) => each.name === name);
  return isHandedOver ? { table: target.object, name } : undefined;
}

function entriesOf(outer: FunctionDef, name: string, analysis: Analysis): Omit<Registry, 'table'> {
  const position = outer.params.findIndex((parameter) => parameter.name === name);
  const entries: Registry['entries'][number][] = [];
  const decorators = new Set<Expression>();
  for (const { decorated, call, module } of decoratedBy(outer, analysis)) {
    decorators.add(call);
    const given = argumentFor(call.args, name, position);
    const text = given === undefined || given === 'unknown' ? undefined : textOf(analysis, module, given);
    if (given === undefined || given === 'unknown' || text === undefined) return { entries, isOpen: true };
    entries.push({ text, module, at: given.at, body: decorated.body });
  }
  const calls = analysis.inference.uses.calls.get(outer.name) ?? [];
  return { entries, isOpen: calls.some(({ call }) => !decorators.has(call)) };
}

function* decoratedBy(
  outer: FunctionDef,
  analysis: Analysis,
): Generator<{ decorated: FunctionDef | ClassDef; call: Call; module: Module }> {
  const names = new Set([outer.name, ...(analysis.inference.uses.aliases.get(outer.name) ?? [])]);
  for (const path of analysis.program.paths) {
    const module = analysis.program.module(path);
    if (module === undefined) continue;
    const { functions, classes } = indexOf(module);
    for (const decorated of [...functions.keys(), ...classes.keys()]) {
      if (decorated.kind === 'Lambda') continue;
      for (const call of decorated.decorators) {
        if (call.kind !== 'Call' || !names.has(lastName(call.callee) ?? '')) continue;
        if (meaningOf(analysis, module, call.callee)?.node === outer) yield { decorated, call, module };
      }
    }
  }
}

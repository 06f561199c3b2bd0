import type { Module } from '../program.js';
import { statementsIn } from './walk.js';

const compiled = new WeakMap<Module, boolean>();

/** Written in Python for Cython: its names are declared in a `.pxd` beside it, and a variable has a value without being given one. */
export function isCython(module: Module): boolean {
  const known = compiled.get(module);
  if (known !== undefined) return known;
  let found = false;
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind === 'ImportFrom') found ||= /^cython(?:\.|$)/.test(statement.module) && statement.level === 0;
    else if (statement.kind === 'Import') found ||= statement.names.some(({ name }) => /^cython(?:\.|$)/.test(name));
  }
  compiled.set(module, found);
  return found;
}

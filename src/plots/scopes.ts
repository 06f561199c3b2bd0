import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import { positionOf, type Expression, type FunctionDef, type Statement } from '../source/syntax/tree.js';
import { blocksOf, expressionsHeldBy } from '../source/syntax/walk.js';
import { indexOf } from '../source/values/module-index.js';
import type { ClassValue, ContainerValue, FunctionValue, Value } from '../source/values/values.js';
import type { Place } from './types.js';

/** The statements of a module or function. */
export interface Scope {
  module: Module;
  fn?: FunctionDef;
  body: readonly Statement[];
}

/** Every module of the dashboard and every function in it. */
export function* scopesOf({ program }: Analysis): Generator<Scope> {
  for (const path of program.paths) {
    const module = program.module(path);
    if (module === undefined) continue;
    yield { module, body: module.syntax.body };
    for (const fn of indexOf(module).functions.keys()) {
      if (fn.kind === 'FunctionDef') yield { module, fn, body: fn.body };
    }
  }
}

/** Those inside functions left out; a class body belongs to the scope around it. */
export function ownStatements(block: readonly Statement[]): readonly Statement[] {
  return block.flatMap((statement): readonly Statement[] =>
    statement.kind === 'FunctionDef' ? [statement] : [statement, ...blocksOf(statement).flatMap(ownStatements)],
  );
}

/** Those inside functions left out. */
export function ownExpressions(block: readonly Statement[]): readonly Expression[] {
  return expressionsHeldBy(ownStatements(block));
}

/** The one function, class or display that an expression stands for, when nothing else is known that it may be. */
export function meaningOf(
  { inference }: Analysis,
  module: Module,
  expression: Expression,
): FunctionValue | ClassValue | ContainerValue | undefined {
  const named = inference.valuesOf(expression, module).known.filter((value) => isNamed(value));
  return named.length === 1 ? named[0] : undefined;
}

function isNamed(value: Value): value is FunctionValue | ClassValue | ContainerValue {
  return value.kind === 'function' || value.kind === 'class' || value.kind === 'container';
}

export function placeOf({ line: lineOf }: Analysis, module: Module, at: number): Place {
  const { line, column } = positionOf(module.syntax, at);
  return { path: module.path, line, column, text: (lineOf(module.path, line) ?? '').trim() };
}

/** `a.b.c`, also for `a.b["c"]`: what a name, an attribute or an item is compared by. Undefined for anything else. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  if (expression.kind !== 'Attribute' && expression.kind !== 'Subscript') return undefined;
  const object = pathOf(expression.object);
  const name = expression.kind === 'Attribute' ? expression.name : textIn(expression.index);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

function textIn(index: Expression): string | undefined {
  return index.kind === 'Constant' && typeof index.value === 'string' ? index.value : undefined;
}

/** Some file could not be read, or has parts that the grammar made no sense of: what it says is not known. */
export function isPartlyUnread({ program }: Analysis): boolean {
  return program.paths.some((path) => {
    const module = program.module(path);
    return module === undefined || module.syntax.hasSyntaxErrors === true;
  });
}

import { evidenceAt, type Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type {
  Call,
  Comprehension,
  Dict,
  Expression,
  FunctionDef,
  Sequence,
  Statement,
  Subscript,
} from '../source/syntax/tree.js';
import { blocksOf, eachPart, expressionsHeldBy, expressionsOf, literalText } from '../source/syntax/walk.js';
import { indexOf } from '../source/values/module-index.js';
import type { ClassValue, ContainerValue, FunctionValue, Value } from '../source/values/values.js';
import type { Place } from './types.js';

/** The statements of a module or function, and what is looked for in them again and again. */
export class Scope {
  readonly module: Module;
  readonly fn: FunctionDef | undefined;
  readonly body: readonly Statement[];
  #own: Own | undefined;

  constructor(module: Module, fn: FunctionDef | undefined, body: readonly Statement[]) {
    this.module = module;
    this.fn = fn;
    this.body = body;
  }

  /** What stands in it, functions inside it left out. */
  get own(): Own {
    this.#own ??= ownOf(this.body);
    return this.#own;
  }
}

export interface Own {
  statements: readonly Statement[];
  /** What stores, lists or looks up, in the order of evaluation. */
  nodes: readonly Noted[];
}

type Noted = Dict | Sequence | Comprehension | Subscript | Call;

/** Every module of the dashboard and every function in it. */
export function scopesOf({ program }: Analysis): Scope[] {
  return program.paths.flatMap((path) => {
    const module = program.module(path);
    if (module === undefined) return [];
    const functions = [...indexOf(module).functions.keys()].filter((fn) => fn.kind === 'FunctionDef');
    return [new Scope(module, undefined, module.syntax.body), ...functions.map((fn) => new Scope(module, fn, fn.body))];
  });
}

function ownOf(body: readonly Statement[]): Own {
  const statements = ownStatements(body);
  const nodes: Noted[] = [];
  for (const statement of statements) for (const held of expressionsOf(statement)) note(held, nodes);
  return { statements, nodes };
}

function note(expression: Expression, nodes: Noted[]): void {
  switch (expression.kind) {
    case 'Dict':
    case 'DictComp':
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Subscript':
    case 'Call':
      nodes.push(expression);
      break;
    default:
  }
  eachPart(expression, note, nodes);
}

/** Those inside functions left out; a class body belongs to the scope around it. */
export function ownStatements(block: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  addOwn(block, found);
  return found;
}

function addOwn(block: readonly Statement[], found: Statement[]): void {
  for (const statement of block) {
    found.push(statement);
    if (statement.kind !== 'FunctionDef') for (const inner of blocksOf(statement)) addOwn(inner, found);
  }
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

export function placeOf(analysis: Analysis, module: Module, at: number): Place {
  return { path: module.path, ...evidenceAt(analysis, module, at) };
}

/** `a.b.c`, also for `a.b["c"]`: what a name, an attribute or an item is compared by. Undefined for anything else. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  if (expression.kind !== 'Attribute' && expression.kind !== 'Subscript') return undefined;
  const object = pathOf(expression.object);
  const name = expression.kind === 'Attribute' ? expression.name : literalText(expression.index);
  return object === undefined || name === undefined ? undefined : `${object}.${name}`;
}

/** Some file could not be read, or has parts that the grammar made no sense of: what it says is not known. */
export function isPartlyUnread({ program }: Analysis): boolean {
  return program.paths.some((path) => {
    const module = program.module(path);
    return module === undefined || module.syntax.hasSyntaxErrors === true;
  });
}

/** `plot_type.value` is told apart by the same texts as `plot_type`. */
export function withoutValue(expression: Expression): Expression {
  return expression.kind === 'Attribute' && expression.name === 'value' ? expression.object : expression;
}

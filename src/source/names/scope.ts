import type {
  ClassDef,
  Comprehension,
  FunctionDef,
  ImportFrom,
  Lambda,
  ModuleSyntax,
  Name,
  TypeAlias,
} from '../syntax/tree.js';

export type ScopeKind = 'module' | 'function' | 'class' | 'lambda' | 'comprehension' | 'type-parameters';

/** What opens a scope. The type parameters of a function, class or alias stand in a scope of their own around it. */
export type ScopeNode = ModuleSyntax | FunctionDef | ClassDef | Lambda | Comprehension | TypeAlias;

/**
 * A namespace, by the rules of Python's `symtable`. Names are kept as Python stores them: `__x` in a class `C` is
 * `_C__x`, see `storedName`.
 */
export interface Scope {
  kind: ScopeKind;
  node: ScopeNode;
  parent: Scope | undefined;
  children: readonly Scope[];
  /** Whatever a statement, parameter or target in it binds, those declared `global` or `nonlocal` included. */
  bound: ReadonlySet<string>;
  /** Declared `global`. At the top of a module the statement has no meaning. */
  globals: ReadonlySet<string>;
  nonlocals: ReadonlySet<string>;
  /** `from m import *` */
  stars: readonly ImportFrom[];
  /** Every name that is read right in this scope, in the order of the text. `x += 1` and `del x` read `x` too. */
  reads: readonly Name[];
  /** Names in annotations that are evaluated, at the latest by Python 3.13, when the statement is executed. */
  annotations: readonly Name[];
  /** Names in annotations that nobody evaluates: postponed, in quotes, or of a local variable. */
  hints: readonly Name[];
  /** Name of the innermost class around, by which `__x` is stored. */
  className: string | undefined;
}

/** Is the name one of this very scope: bound here, and not declared to live elsewhere? */
export function isLocal({ kind, bound, globals, nonlocals }: Scope, stored: string): boolean {
  return bound.has(stored) && (kind === 'module' || (!globals.has(stored) && !nonlocals.has(stored)));
}

/** Under which name Python stores `id` in a scope: private names of a class carry the name of the class. */
export function storedName(id: string, { className }: Pick<Scope, 'className'>): string {
  if (className === undefined || !id.startsWith('__') || id.endsWith('__')) return id;
  const owner = className.replace(/^_+/, '');
  return owner === '' ? id : `_${owner}${id}`;
}

/** A comprehension runs as a part of the scope around it, and type parameters have no code. */
export function runsItself({ kind }: Scope): boolean {
  return kind !== 'comprehension' && kind !== 'type-parameters';
}

/** The scope as a part of whose code a scope runs: itself, or the one around a comprehension. */
export function runningScope(scope: Scope): Scope {
  let each = scope;
  while (!runsItself(each) && each.parent !== undefined) each = each.parent;
  return each;
}

/** The functions and classes that a scope stands in, itself included: `Trainer.step`. Undefined at the top of a module. */
export function qualifiedName(scope: Scope): string | undefined {
  const names: string[] = [];
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) {
    if ((each.kind === 'function' || each.kind === 'class') && 'name' in each.node) names.unshift(each.node.name);
  }
  return names.length === 0 ? undefined : names.join('.');
}

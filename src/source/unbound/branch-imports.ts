/** Which imports in one branch hide those of the module from what follows? */
import type { Names } from '../names/names.js';
import { isLocal, type Scope } from '../names/scope.js';
import type { Module } from '../program.js';
import type { Expression, Name, Statement } from '../syntax/tree.js';
import { blocksOf, expressionsIn, expressionsOf } from '../syntax/walk.js';
import type { Failing } from './unbound-names.js';
import { boundByAlias } from '../syntax/bound-names.js';

/**
 * `if a: import time`, and behind the `if`, on every way, `time.time()`: where `a` does not hold the local `time` has no
 * value, and the one of the module, which the author has in mind, is hidden by it.
 */
export function branchImports({ syntax }: Module, names: Names): Failing[] {
  const ofModule = new Set(syntax.body.flatMap(imported));
  return names.all.flatMap((scope) => {
    if (scope.kind !== 'function' || !('body' in scope.node) || 'kind' in scope.node.body) return [];
    const hiding = [...scope.bound].filter(
      (name) => isLocal(scope, name) && ofModule.has(name) && isOnlyImported(name, scope, names),
    );
    return hiding.length === 0 ? [] : [...inBlock(scope.node.body, new Set(hiding), scope, names)];
  });
}

function isOnlyImported(name: string, scope: Scope, names: Names): boolean {
  return names.definitionsOf(scope, name).every(({ kind }) => kind === 'import');
}

function* inBlock(
  block: readonly Statement[],
  hiding: ReadonlySet<string>,
  scope: Scope,
  names: Names,
): Generator<Failing> {
  const pending = new Set<string>();
  for (const statement of block) {
    for (const read of pending.size === 0 ? [] : readsOf(statement)) {
      if (!pending.has(read.id)) continue;
      pending.delete(read.id);
      const { definitions, mayBeUnbound } = names.definitionsReaching(read);
      if (mayBeUnbound && definitions.length > 0) {
        yield { name: read, scope, code: 'unbound-local', reason: 'one-branch', definitions };
      }
    }
    if (statement.kind === 'If' && statement.orelse.length === 0) {
      for (const inner of statement.body) for (const name of imported(inner)) if (hiding.has(name)) pending.add(name);
    }
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const inner of blocksOf(statement)) yield* inBlock(inner, hiding, scope, names);
  }
}

function imported(statement: Statement): string[] {
  if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') return [];
  return statement.names.flatMap((alias) => boundByAlias(alias, statement) ?? []);
}

/** The names that are read whenever the statement runs. */
function* readsOf(statement: Statement): Generator<Name> {
  if (statement.kind === 'Match' || statement.kind === 'Try') return;
  for (const expression of expressionsOf(statement)) {
    const sure = surely(expression);
    if (sure === undefined) continue;
    for (const part of expressionsIn(sure)) if (part.kind === 'Name') yield part;
  }
}

/** An expression all of which is evaluated; undefined where some of it may not be. */
function surely(expression: Expression): Expression | undefined {
  for (const { kind } of expressionsIn(expression)) {
    if (
      kind === 'Lambda' ||
      kind === 'IfExp' ||
      kind === 'BoolOp' ||
      kind.endsWith('Comp') ||
      kind === 'GeneratorExp'
    ) {
      return undefined;
    }
  }
  return expression;
}

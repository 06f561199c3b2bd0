import type { Call, Expression, MatchCase, Statement, Try, With } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';

/** What is known to hold where something stands, innermost first. */
export interface Guard {
  /** A condition that is true or false here, a `try` around, or a `case` that was taken. */
  what:
    | { kind: 'test'; test: Expression; holds: boolean }
    | { kind: 'try'; statement: Try }
    | { kind: 'suppress'; context: Call }
    | { kind: 'case'; subject: Expression; taken: MatchCase };
  outer: Guard | undefined;
}

export function under(test: Expression, holds: boolean, outer: Guard | undefined): Guard {
  return { what: { kind: 'test', test, holds }, outer };
}

/** The guard for what follows a statement in its block: an `if` that left, an `assert`. */
export function after(statement: Statement, guard: Guard | undefined): Guard | undefined {
  if (statement.kind === 'Assert') return under(statement.test, true, guard);
  if (statement.kind === 'If' && statement.orelse.length === 0 && leaves(statement.body)) {
    return under(statement.test, false, guard);
  }
  return guard;
}

function leaves(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  if (last === undefined) return false;
  if (last.kind === 'If') return last.orelse.length > 0 && leaves(last.body) && leaves(last.orelse);
  if (last.kind === 'Expr' && last.value.kind === 'Call') {
    return /(?:^|\.)(?:exit|_exit|abort|stop|rerun|fail|skip)$/.test(dottedName(last.value.callee) ?? '');
  }
  return ['Return', 'Raise', 'Continue', 'Break'].includes(last.kind);
}

/** A single condition, after `and`, `or` and `not` were taken apart: each of them has the given truth here. */
export interface Condition {
  test: Expression;
  holds: boolean;
}

/** Every single condition that certainly has its truth under the guards. */
export function* conditionsOf(guard: Guard | undefined): Generator<Condition> {
  for (let each = guard; each !== undefined; each = each.outer) {
    if (each.what.kind === 'test') yield* apart(each.what);
  }
}

function* apart({ test, holds }: Condition): Generator<Condition> {
  if (test.kind === 'UnaryOp' && test.op === 'not') yield* apart({ test: test.operand, holds: !holds });
  else if (test.kind === 'BoolOp' && (test.op === 'and') === holds) {
    yield* apart({ test: test.left, holds });
    yield* apart({ test: test.right, holds });
  } else yield { test, holds };
}

/** The `try`s around, within the same function. */
export function* triesAround(guard: Guard | undefined): Generator<Try> {
  for (let each = guard; each !== undefined; each = each.outer) if (each.what.kind === 'try') yield each.what.statement;
}

/** The `with suppress(…)`s around, within the same function. */
export function* suppressionsAround(guard: Guard | undefined): Generator<{ context: Call }> {
  for (let each = guard; each !== undefined; each = each.outer) if (each.what.kind === 'suppress') yield each.what;
}

/** The guard for the body of a `with`, when one of its items suppresses exceptions. */
export function withinWith({ items }: With, outer: Guard | undefined): Guard | undefined {
  for (const { context } of items) {
    const isSuppress = context.kind === 'Call' && /(?:^|\.)suppress$/.test(dottedName(context.callee) ?? '');
    if (isSuppress) return { what: { kind: 'suppress', context }, outer };
  }
  return outer;
}

/** Walks that know what is around: for questions such as "in which branch, under which `try`, inside of which call?" */
import type { Expression, Statement } from './tree.js';
import { blocksOf, eachPart, expressionsOf } from './walk.js';

/** Something that another thing stands in. */
export interface Around {
  node: Statement | Expression;
  /** Of a statement: the block. Absent for what the statement itself holds, such as its condition. */
  block?: readonly Statement[];
  outer: Around | undefined;
}

/** Visits every statement, those in functions and classes included, in the order of the text. */
export function eachStatement(
  body: readonly Statement[],
  visit: (statement: Statement, around: Around | undefined) => void,
  outer?: Around,
): void {
  for (const statement of body) {
    visit(statement, outer);
    for (const block of blocksOf(statement)) eachStatement(block, visit, { node: statement, block, outer });
  }
}

/** Visits every expression: by statements in the order of the text, within one as they are evaluated. */
export function eachExpression(
  body: readonly Statement[],
  visit: (expression: Expression, around: Around) => void,
): void {
  const enter = (expression: Expression, around: Around): void => {
    visit(expression, around);
    eachPart(expression, enter, { node: expression, outer: around });
  };
  eachStatement(body, (statement, outer) => {
    const around = { node: statement, outer };
    for (const held of expressionsOf(statement)) enter(held, around);
  });
}

/** Does it run only when a function is called? */
export function isInFunction(around: Around | undefined): boolean {
  for (let each = around; each !== undefined; each = each.outer) {
    if (each.node.kind === 'FunctionDef' && each.block !== undefined) return true;
  }
  return false;
}

import type { Expression, Statement } from '../source/syntax/tree.js';
import { blocksOf, dottedName, expressionsIn } from '../source/syntax/walk.js';
import { isHarmless, leaves } from './refusals.js';
import { ownExpressions, ownStatements } from './scopes.js';

/**
 * Plot types that a table lacks may be drawn all the same: `if name.startswith("Expert "): st.bar_chart(h)` leaves or
 * has the look-up as its other branch, or what the look-up raises is caught and something drawn.
 * @param index what is looked up.
 * @param lookUp the whole of `TABLE[index]` or `TABLE.get(index)`.
 */
export function drawsOthers(body: readonly Statement[], index: Expression, lookUp: Expression): boolean {
  const name = dottedName(index);
  if (name === undefined) return false;
  const found = namesGiven(body, (part) => part === lookUp);
  const asked = namesGiven(body, (part) => dottedName(part) === name);
  const looksUp = (part: Expression) => part === lookUp || isIn(found, part);
  const asks = (part: Expression) => looksUp(part) || dottedName(part) === name || isIn(asked, part);
  const drawsElse = (block: readonly Statement[]) => !isHarmless(block) && !hasIn(block, looksUp);

  for (const statement of ownStatements(body)) {
    if (statement.kind === 'Try' && hasIn(statement.body, looksUp)) {
      if (statement.handlers.some((handler) => drawsElse(handler.body))) return true;
    }
    if (statement.kind !== 'If' || !anyIn(statement.test, asks)) continue;
    const isBefore = statement.at < lookUp.at || anyIn(statement.test, looksUp);
    const branches = [statement.body, statement.orelse];
    const isEither = branches.some((branch) => hasIn(branch, looksUp));
    if (branches.some((branch) => drawsElse(branch) && (isEither || (isBefore && leaves(branch))))) return true;
  }
  for (const block of blocks(body)) {
    const at = block.findIndex((each) => each.kind === 'If' && anyIn(each.test, asks) && hasIn(each.body, looksUp));
    const branch = block[at];
    if (branch?.kind === 'If' && leaves(branch.body) && drawsElse(block.slice(at + 1))) return true;
  }
  return ownExpressions(body).some(
    (part) =>
      part.kind === 'IfExp' &&
      anyIn(part.test, asks) &&
      anyIn(part.body, looksUp) !== anyIn(part.orelse, looksUp) &&
      [part.body, part.orelse].some((side) => side.kind !== 'Constant' && !anyIn(side, looksUp)),
  );
}

/** The variables that are given something with such a part. */
function namesGiven(body: readonly Statement[], isMeant: (part: Expression) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of ownStatements(body)) {
    if (statement.kind !== 'Assign' || !anyIn(statement.value, isMeant)) continue;
    for (const target of statement.targets) if (target.kind === 'Name') names.add(target.id);
  }
  for (const part of ownExpressions(body)) {
    const isGiven = part.kind === 'NamedExpr' && part.target.kind === 'Name' && anyIn(part.value, isMeant);
    if (isGiven && part.target.kind === 'Name') names.add(part.target.id);
  }
  return names;
}

function isIn(names: ReadonlySet<string>, part: Expression): boolean {
  return part.kind === 'Name' && names.has(part.id);
}

function anyIn(expression: Expression, isMeant: (part: Expression) => boolean): boolean {
  return expressionsIn(expression).some(isMeant);
}

function hasIn(block: readonly Statement[], isMeant: (part: Expression) => boolean): boolean {
  return ownExpressions(block).some(isMeant);
}

function* blocks(block: readonly Statement[]): Generator<readonly Statement[]> {
  yield block;
  for (const statement of ownStatements(block)) {
    if (statement.kind !== 'FunctionDef') yield* blocksOf(statement);
  }
}

/** Does the code around something reckon with an outside name not being there? */
import type { Around } from '../syntax/around.js';
import type { Statement } from '../syntax/tree.js';
import { absenceFailures, isGuarded, testsOf, testsPresence } from './conditions.js';

/**
 * True inside a `try` or handler that catches the absence of a name, under a test of presence or version, or after a
 * branch under such a test that has left the block.
 * @param at offset of what is asked about.
 */
export function isPresenceGuarded(at: number, around: Around | undefined): boolean {
  let inner: Around['node'] | undefined;
  for (let each = around; each !== undefined; inner = each.node, each = each.outer) {
    if (isTested(each, inner) || isGuarded(each, absenceFailures)) return true;
    for (const before of each.block ?? []) {
      if (before.at >= at) break;
      if (hasLeft(before)) return true;
    }
  }
  return false;
}

function isTested({ node }: Around, inner: Around['node'] | undefined): boolean {
  switch (node.kind) {
    case 'If':
      return testsOf(node, inner).some(testsPresence);
    case 'While':
    case 'IfExp':
      return testsPresence(node.test);
    case 'BoolOp':
      return testsPresence(node.left);
    default:
      return false;
  }
}

/** `if hasattr(…): …; return` */
function hasLeft(statement: Statement): boolean {
  if (statement.kind !== 'If' || !/^(?:Return|Raise|Continue|Break)$/.test(statement.body.at(-1)?.kind ?? '')) {
    return false;
  }
  return testsOf(statement).some(testsPresence);
}

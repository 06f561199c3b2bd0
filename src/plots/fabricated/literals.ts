import type { Expression, Sequence } from '../../source/syntax/tree.js';

/** The number that an expression spells out; undefined for anything else. */
export function numberIn(expression: Expression): number | undefined {
  if (expression.kind === 'UnaryOp' && (expression.op === '-' || expression.op === '+')) {
    const value = numberIn(expression.operand);
    return value === undefined ? undefined : expression.op === '-' ? -value : value;
  }
  return expression.kind === 'Constant' && typeof expression.value === 'number' ? expression.value : undefined;
}

/** A list of three and more numbers, possibly in rows. Two are the ends of a line. */
export function isNumbers(node: Sequence): boolean {
  const found = numbersIn(node);
  return found !== undefined && found.length > 2;
}

/** The same number again and again, or numbers at the same distance: a line for reference, an axis. */
export function isAxis(node: Sequence): boolean {
  const found = numbersIn(node) ?? [];
  const [first = 0, second = 0] = found;
  const distance = second - first;
  const isFlat = node.elements.every((each) => each.kind !== 'List' && each.kind !== 'Tuple');
  return (
    new Set(found).size < 2 ||
    (isFlat && found.every((value, at) => at === 0 || Math.abs(value - (found[at - 1] ?? 0) - distance) < 1e-9))
  );
}

function numbersIn(node: Sequence): number[] | undefined {
  const found: number[] = [];
  for (const each of node.elements) {
    const value = numberIn(each);
    if (value !== undefined) found.push(value);
    else if (each.kind === 'List' || each.kind === 'Tuple') {
      const inner = numbersIn(each);
      if (inner === undefined) return undefined;
      for (const value of inner) found.push(value);
    } else if (each.kind !== 'Constant' || each.type !== 'None') return undefined;
  }
  return found;
}

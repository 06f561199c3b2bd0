import type { Expression, MatchCase, Pattern, With } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';

/** Functions that never return, by the names that everybody gives their modules. */
const neverReturn = new Set([
  'sys.exit',
  'exit',
  'quit',
  'os._exit',
  'os.abort',
  ...['st', 'streamlit'].flatMap((module) => [`${module}.stop`, `${module}.rerun`, `${module}.switch_page`]),
  ...['exit', 'fail', 'skip', 'xfail'].map((name) => `pytest.${name}`),
]);

/** Is it a call after which nothing runs? */
export function neverReturns(expression: Expression): boolean {
  return expression.kind === 'Call' && neverReturn.has(dottedName(expression.callee) ?? '');
}

/** What a condition certainly is on every Python from 3.8 on; undefined when it depends. */
export function truthOf(test: Expression): boolean | undefined {
  switch (test.kind) {
    case 'Constant':
      return test.type === 'None' ? false : test.value === undefined ? undefined : Boolean(test.value);
    case 'UnaryOp': {
      const inner = test.op === 'not' ? truthOf(test.operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    case 'BoolOp': {
      const [left, right] = [truthOf(test.left), truthOf(test.right)];
      const decisive = test.op === 'or';
      if (left === decisive || right === decisive) return decisive;
      return left === undefined ? undefined : right;
    }
    case 'Attribute':
      return { 'six.PY2': false, 'six.PY3': true }[dottedName(test) ?? ''];
    case 'Compare':
      return versionTest(test);
    default:
      return undefined;
  }
}

/** `sys.version_info[0] == 2`, `sys.version_info >= (3,)` */
function versionTest({ left, ops, comparators }: Expression & { kind: 'Compare' }): boolean | undefined {
  const [op = ''] = ops;
  const [right] = comparators;
  const isIndexed = left.kind === 'Subscript' && left.index.kind === 'Constant' && left.index.value === 0;
  const asked = dottedName(isIndexed ? left.object : left);
  if (ops.length !== 1 || right === undefined) return undefined;
  if (asked === 'sys.version_info.major' || (isIndexed && asked === 'sys.version_info')) {
    const major = right.kind === 'Constant' && typeof right.value === 'number' ? right.value : undefined;
    return major === undefined ? undefined : compare(3, op, major);
  }
  if (asked !== 'sys.version_info' || right.kind !== 'Tuple') return undefined;
  const [major = 0, minor = 0] = right.elements.map((part) => (part.kind === 'Constant' ? Number(part.value) : 99));
  const isBelowAll = major < 3 || (major === 3 && minor <= 8);
  if (isBelowAll && (op === '>=' || op === '>')) return true;
  return isBelowAll && (op === '<' || op === '<=') ? false : undefined;
}

function compare(left: number, op: string, right: number): boolean | undefined {
  const results: Record<string, boolean> = {
    '==': left === right,
    '!=': left !== right,
    '<': left < right,
    '<=': left <= right,
    '>': left > right,
    '>=': left >= right,
  };
  return results[op];
}

/** `TYPE_CHECKING`, which is false when the code runs. */
export function isForTypeCheckers(test: Expression): boolean {
  return /(?:^|\.)TYPE_CHECKING$/.test(dottedName(test) ?? '');
}

/** Does it go on after an exception in its body? Of other context managers that is not known; hardly any does. */
export function mayCatch({ items }: With): boolean {
  return items.some(({ context }) => {
    const called = context.kind === 'Call' ? context.callee : context;
    return /(?:^|\.|_)(?:suppress|raises|assertRaises|assertRaisesRegex|swallow|ignored?|catch)(?:$|_)/.test(
      dottedName(called) ?? '',
    );
  });
}

/** `case _:` and `case name:` take whatever comes. */
export function takesAll({ pattern, guard }: MatchCase): boolean {
  return guard === undefined && isIrrefutable(pattern);
}

function isIrrefutable(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'MatchCapture':
      return true;
    case 'MatchAs':
      return isIrrefutable(pattern.pattern);
    case 'MatchOr':
      return pattern.patterns.some(isIrrefutable);
    default:
      return false;
  }
}

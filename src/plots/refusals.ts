import type { Expression, Statement } from '../source/syntax/tree.js';
import { lastName } from '../source/syntax/walk.js';

/** Functions and methods that say something, to the user or into a log. */
const telling = new Set(
  'error warning info write caption markdown exception text print debug empty stop log toast critical'.split(' '),
);

/** It ends by leaving the function or the turn of the loop. */
export function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'Return' || last === 'Raise' || last === 'Continue';
}

/** It raises, or says that there is no such thing. */
export function isRefusal(body: readonly Statement[]): boolean {
  if (body[0]?.kind === 'Raise') return true;
  return (
    isHarmless(body) && body.some((each) => each.kind === 'Raise' || (each.kind === 'Expr' && isTelling(each.value)))
  );
}

/** It draws nothing: passes, returns nothing, raises, or says something. */
export function isHarmless(body: readonly Statement[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'Pass':
      case 'Raise':
      case 'Continue':
      case 'Break':
        return true;
      case 'Return':
        return statement.value === undefined || statement.value.kind === 'Constant' || isTelling(statement.value);
      case 'Assign':
        return statement.value.kind === 'Constant';
      case 'Expr':
        return statement.value.kind === 'Constant' || isTelling(statement.value);
      default:
        return false;
    }
  });
}

function isTelling(value: Expression | undefined): boolean {
  return value?.kind === 'Call' && telling.has(lastName(value.callee) ?? '');
}

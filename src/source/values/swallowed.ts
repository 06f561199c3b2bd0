import type { ExceptHandler } from '../syntax/tree.js';
import { dottedName, expressionsHeldBy, statementsIn } from '../syntax/walk.js';
import { suppressionsAround, triesAround } from './guards.js';
import type { Place } from './module-index.js';

/** In a `try` or `with suppress(…)` that catches what a missing attribute raises, and goes on as if nothing had happened. */
export function isSwallowed(place: Place): boolean {
  for (const { context } of suppressionsAround(place.guard)) {
    if (context.args.some(({ value }) => isOfAbsence(dottedName(value)))) return true;
  }
  for (const { handlers } of triesAround(place.guard)) {
    const catching = handlers.find((handler) => caughtBy(handler).some(isOfAbsence));
    if (catching === undefined || catching.body.at(-1)?.kind === 'Raise') continue;
    // A loop that logs what goes wrong in it, whatever it is, has stopped all the same.
    return caughtBy(catching).some(isNamedAbsence) || !isTold(catching);
  }
  return false;
}

function caughtBy({ type }: ExceptHandler): readonly (string | undefined)[] {
  if (type === undefined) return ['Exception'];
  return (type.kind === 'Tuple' ? type.elements : [type]).map(dottedName);
}

function isNamedAbsence(exception: string | undefined): boolean {
  return /(?:^|\.)AttributeError$/.test(exception ?? '');
}

function isOfAbsence(exception: string | undefined): boolean {
  return isNamedAbsence(exception) || /(?:^|\.)(?:Base)?Exception$/.test(exception ?? '');
}

/** Somebody is told of the exception: it is shown, kept, or logged with where it came from. */
function isTold({ name, body }: ExceptHandler): boolean {
  return expressionsHeldBy(statementsIn(body)).some(
    (part) =>
      (part.kind === 'Name' && part.id === name) ||
      (part.kind === 'Call' && /(?:^|\.)(?:exception|print_exc|format_exc)$/.test(dottedName(part.callee) ?? '')),
  );
}

import type { Line, UnboundName } from '../../../source/unbound/facts.js';

/** Why the name has no value, in one sentence. */
export function messageOf({ name, within, reason, definitions, hidden }: UnboundName): string {
  const [first] = definitions;
  const here = within === undefined ? 'the module' : within;
  const hides = hidden === undefined ? '' : `, and the ${name} of the module (line ${hidden.line}) is hidden by that`;
  const at = linesOf(definitions);
  switch (reason) {
    case 'later':
      return `${name} has no value yet: ${here} gives it one further down, in ${at}${hides}`;
    case 'elsewhere':
      return `${name} has no value on this way through ${here}: it gets one in ${at} only${hides}`;
    case 'one-branch':
      return `${name} is imported in one branch of ${here} only, in ${at}: without it there is no ${name} here${hides}`;
    case 'of-itself':
      return `${name} is built from itself, but ${here} never gives it a first value${hides}`;
    case 'deleted':
      return `${name} was deleted in line ${first?.line ?? 0}`;
    case 'exception-over':
      return `${name} is gone: Python unbinds it at the end of its except, which began in line ${first?.line ?? 0}`;
    case 'for-type-checkers':
      return `${name} is imported for type checkers only, in ${at}: it is not there when the code runs`;
    case 'nowhere':
      return `nothing defines ${name}`;
    default:
      return reason satisfies never;
  }
}

function linesOf(lines: readonly Line[]): string {
  const numbers = lines.map(({ line }) => String(line));
  return `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`;
}

/** What to do about it, as an edit where one is known. */
export function fixOf({
  name,
  within,
  line,
  reason,
  definitions,
  hidden,
  nearest,
  import: statement,
  code,
}: UnboundName): string {
  const [first] = definitions;
  const isImport = first !== undefined && /^\s*(?:import|from)\s/.test(first.text);
  if (isImport && hidden !== undefined && code === 'unbound-local' && /^(?:later|elsewhere|one-branch)$/.test(reason)) {
    return `Take out the import in line ${first.line}: the one of the module is enough.`;
  }
  switch (reason) {
    case 'later':
      return `Move line ${first?.line ?? 0} above line ${line}.`;
    case 'elsewhere':
    case 'one-branch':
      return `Give ${name} a value on every way to line ${line}.`;
    case 'of-itself':
      return hidden === undefined
        ? `Give ${name} a first value above line ${line}.`
        : `Add "global ${name}" to ${within ?? 'the function'} if the one of the module is meant, or give it a first value.`;
    case 'deleted':
      return `Take out the del in line ${first?.line ?? 0}, or what reads ${name} behind it.`;
    case 'exception-over':
      return `Keep it under another name inside of the except.`;
    case 'for-type-checkers':
      return `Import ${name} outside of "if TYPE_CHECKING", or put the annotation in quotes.`;
    case 'nowhere':
      if (statement !== undefined) return `Add "${statement}".`;
      return nearest === undefined ? `Define ${name}, or import it.` : `Write ${nearest}, or define ${name}.`;
    default:
      return reason satisfies never;
  }
}

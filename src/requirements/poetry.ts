import { isSpecifier } from './versions.js';

/**
 * A version constraint as Poetry writes it, as PEP 440: `^1.2` is `>=1.2,<2`, `~1.2` is `>=1.2,<1.3`, `1.2` alone is
 * `==1.2`, `*` is anything. Undefined for alternatives (`||`) and for what is no constraint.
 */
export function poetrySpecifier(constraint: string): string | undefined {
  if (constraint.includes('|')) return undefined;
  const clauses = constraint
    .split(/\s*,\s*|\s+(?=[\^~<>=!])/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && clause !== '*');
  const specifier = clauses.map(clauseOf).join(',');
  return isSpecifier(specifier) ? specifier : undefined;
}

function clauseOf(clause: string): string {
  const caret = /^\^\s*(\d[\w.]*)$/.exec(clause)?.[1];
  if (caret !== undefined) return `>=${caret},<${nextBreaking(caret)}`;
  const tilde = /^~\s*(\d[\w.]*)$/.exec(clause)?.[1];
  if (tilde !== undefined) return `>=${tilde},<${bumped(tilde, tilde.includes('.') ? 1 : 0)}`;
  if (/^\d/.test(clause)) return `==${clause}`;
  return clause.replace(/^=(?!=)\s*/, '==').replace(/^([=<>!~]+)\s+/, '$1');
}

/** The caret keeps the leftmost number that is not zero: `^0.3.1` ends at 0.4. */
function nextBreaking(version: string): string {
  const numbers = numbersOf(version);
  const first = numbers.findIndex((number) => number !== 0);
  return bumped(version, first === -1 ? numbers.length - 1 : first);
}

function bumped(version: string, index: number): string {
  return numbersOf(version)
    .slice(0, index + 1)
    .map((number, at) => (at === index ? number + 1 : number))
    .join('.');
}

function numbersOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

import { normalizeName } from './names.js';
import { isWithin } from './versions.js';

/** The variables of PEP 508 for one interpreter: `{ python_version: "3.11", sys_platform: "linux" }`. A variable may be unknown. */
export type MarkerEnvironment = Readonly<Record<string, string>>;

const tokenPattern =
  /\s*(?:('[^']*'|"[^"]*")|(===|==|~=|!=|<=|>=|<|>)|(\(|\))|(not\s+in\b|in\b|and\b|or\b)|([a-z][a-z_.]*))/y;

/** Variables whose values are compared as versions. */
const versionVariables: ReadonlySet<string> = new Set([
  'implementation_version',
  'platform_release',
  'python_full_version',
  'python_version',
]);

/** Spellings from before PEP 508 that old metadata still has. */
const oldSpellings: Readonly<Record<string, string>> = {
  python_implementation: 'platform_python_implementation',
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
};

/** True, false, or not to be known. */
type Truth = boolean | undefined;

/**
 * Whether a PEP 508 marker holds in an environment, with any of the given extras or none. `undefined` when it is not
 * a marker, or when it depends on a variable whose value is unknown.
 */
export function evaluateMarker(marker: string, environment: MarkerEnvironment, extras: readonly string[] = []): Truth {
  const tokens = tokensOf(marker);
  if (tokens === undefined) return undefined;
  return anyOf(
    ['', ...extras].map((extra) => {
      const rest = [...tokens];
      const truth = disjunction(rest, { ...environment, extra: normalizeName(extra) });
      return rest.length === 0 ? truth : undefined;
    }),
  );
}

/** True when the marker asks for one of the distribution's own extras. */
export function namesExtra(marker: string): boolean {
  return /\bextra\b/.test(marker.replace(/'[^']*'|"[^"]*"/g, ''));
}

function tokensOf(marker: string): string[] | undefined {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < marker.trimEnd().length) {
    const match = tokenPattern.exec(marker);
    if (match === null) return undefined;
    tokens.push(match[0].trim().replace(/\s+(?=in$)/, ' '));
  }
  return tokens.length > 0 ? tokens : undefined;
}

function disjunction(tokens: string[], environment: MarkerEnvironment): Truth {
  const terms = [conjunction(tokens, environment)];
  while (tokens[0] === 'or') {
    tokens.shift();
    terms.push(conjunction(tokens, environment));
  }
  return anyOf(terms);
}

function conjunction(tokens: string[], environment: MarkerEnvironment): Truth {
  const factors = [factor(tokens, environment)];
  while (tokens[0] === 'and') {
    tokens.shift();
    factors.push(factor(tokens, environment));
  }
  if (factors.includes(false)) return false;
  return factors.includes(undefined) ? undefined : true;
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

function factor(tokens: string[], environment: MarkerEnvironment): Truth {
  if (tokens[0] !== '(') return comparison(tokens.splice(0, 3), environment);
  tokens.shift();
  const truth = disjunction(tokens, environment);
  return tokens.shift() === ')' ? truth : undefined;
}

function comparison([left = '', operator = '', right = '']: readonly string[], environment: MarkerEnvironment): Truth {
  const variable = [left, right].map((side) => oldSpellings[side] ?? side).find((side) => !isQuoted(side));
  const value = variable === undefined ? undefined : environment[variable];
  if (variable === undefined || value === undefined || isQuoted(left) === isQuoted(right)) return undefined;
  const literal = (isQuoted(left) ? left : right).slice(1, -1);
  const quoted = variable === 'extra' ? normalizeName(literal) : literal;
  const [a, b] = isQuoted(left) ? [quoted, value] : [value, quoted];
  const asVersions = versionVariables.has(variable) ? isWithin(a, `${operator}${b}`) : undefined;
  return asVersions ?? asTexts(a, operator, b);
}

function asTexts(a: string, operator: string, b: string): Truth {
  switch (operator) {
    case 'in':
      return b.includes(a);
    case 'not in':
      return !b.includes(a);
    case '==':
    case '<=':
    case '>=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
    case '>':
      return false;
    default:
      return undefined;
  }
}

function isQuoted(token: string): boolean {
  return token.startsWith('"') || token.startsWith("'");
}

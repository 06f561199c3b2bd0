import { compare, explain, type Pep440Version } from '@renovatebot/pep440';

const clausePattern = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/;

interface Clause {
  operator: string;
  version: string;
}

/** The clauses of a specifier set, or undefined when one of them is not PEP 440. A trailing comma is allowed, as pip allows it. */
function clausesOf(specifier: string): readonly Clause[] | undefined {
  const texts = specifier.split(',').map((text) => text.trim());
  if (texts.at(-1) === '') texts.pop();
  const clauses: Clause[] = [];
  for (const text of texts) {
    const match = clausePattern.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    const clause = { operator: match[1], version: match[2] };
    if (!isClause(clause)) return undefined;
    clauses.push(clause);
  }
  return clauses;
}

function isClause({ operator, version }: Clause): boolean {
  if (operator === '===') return true;
  const isPrefix = version.endsWith('.*');
  const parsed = explain(isPrefix ? version.slice(0, -2) : version);
  if (parsed === null) return false;
  const isEquality = operator === '==' || operator === '!=';
  if (isPrefix) return isEquality && !parsed.is_devrelease && parsed.local === null;
  if (operator === '~=' && parsed.release.length < 2) return false;
  return isEquality || parsed.local === null;
}

/** True for a set of PEP 440 version specifiers, the empty one included. */
export function isSpecifier(text: string): boolean {
  return clausesOf(text) !== undefined;
}

/** True for a version as PEP 440 defines it. */
export function isVersion(text: string): boolean {
  return explain(text) !== null;
}

/**
 * Whether an installed version is within a specifier set, pre-releases included (what is installed is installed), by
 * the rules of PEP 440. `undefined` when either is not PEP 440, so that nobody can say.
 *
 * Parsing and ordering are the library's. Its own `satisfies` differs from `packaging` where local versions,
 * pre-releases at an exclusive bound or short releases meet (`2.4.0+cpu` against `==2.4.0+cu121`, `2.0rc1` against
 * `<2.0rc2`, `3` against `~=3.0.0`), so the operators are spelled out here.
 */
export function isWithin(version: string, specifier: string): boolean | undefined {
  const clauses = clausesOf(specifier);
  const installed = explain(version);
  if (clauses === undefined || installed === null) return undefined;
  return clauses.every((clause) => meets(version, installed, clause));
}

/** The first `count` numbers of the release, padded with zeros: `[2, 4]` of `2.4.0rc1`. Undefined when it is no version. */
export function releaseOf(version: string, count: number): readonly number[] | undefined {
  const release = explain(version)?.release;
  return release && Array.from({ length: count }, (_, index) => release[index] ?? 0);
}

function meets(text: string, installed: Pep440Version, { operator, version }: Clause): boolean {
  if (operator === '===') return text.toLowerCase() === version.toLowerCase();
  if (version.endsWith('.*')) {
    const prefix = explain(version.slice(0, -2));
    return (prefix !== null && startsWith(installed, prefix)) === (operator === '==');
  }
  const bound = explain(version);
  if (bound === null) return false;
  const order = compare(bound.local === null ? installed.public : text, version);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '~=':
      return order >= 0 && startsWith(installed, { ...bound, release: bound.release.slice(0, -1), pre: [] });
    case '<':
      return order < 0 && (bound.is_prerelease || !isPrereleaseOf(installed, bound));
    case '>':
      return order > 0 && (bound.is_postrelease || compare(beforePost(installed), version) !== 0);
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

/** `2.0rc1` is a pre-release of 2.0, and `2.0.post1.dev2` one of 2.0.post1. */
function isPrereleaseOf(installed: Pep440Version, bound: Pep440Version): boolean {
  const aim = bound.is_postrelease ? installed.public.replace(/\.dev\d+$/, '') : installed.base_version;
  return installed.is_prerelease && compare(aim, bound.public) === 0;
}

/** The version that a post-release comes after: `2.0rc1` for `2.0rc1.post2`. */
function beforePost({ base_version: base, pre }: Pep440Version): string {
  return `${base}${pre?.join('') ?? ''}`;
}

/** `==2.4.*`: the release begins with these numbers, missing ones counting as zero. */
function startsWith(installed: Pep440Version, prefix: Pep440Version): boolean {
  return (
    installed.epoch === prefix.epoch &&
    prefix.release.every((number, index) => number === (installed.release[index] ?? 0))
  );
}

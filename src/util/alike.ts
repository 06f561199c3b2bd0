import { nearest } from './nearest.js';

/** Shorter beginnings than this say nothing of a common root, or of an abbreviation. */
const shortestRoot = 4;
const shortestAbbreviation = 3;

/** Words that say what is done, and not with what. */
const common = new Set([
  'get',
  'set',
  'is',
  'has',
  'compute',
  'calculate',
  'make',
  'build',
  'update',
  'plot',
  'draw',
  'show',
  'render',
  'of',
]);

/** The candidate that was probably meant: spelt nearly the same, or else with at least half of its telling words. */
export function resembling(name: string, candidates: readonly string[]): string | undefined {
  const misspelt = nearest(name, candidates);
  if (misspelt !== undefined) return misspelt;
  const alike = candidates.map((candidate) => ({ candidate, share: likenessOf(telling(name), telling(candidate)) }));
  const [best] = alike.filter(({ share }) => share >= 0.5).toSorted((one, other) => other.share - one.share);
  return best?.candidate;
}

function telling(name: string): string {
  const words = wordsOf(name).filter((word) => !common.has(word));
  return words.join('_') || name;
}

/** Share of the words that two names have in common, 0 to 1. */
export function likenessOf(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const common = left.filter((word) => right.some((other) => isSameRoot(word, other))).length;
  return common / Math.max(left.length, right.length, 1);
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 1);
}

function isSameRoot(a: string, b: string): boolean {
  const [one, other] = [a.replace(/s$/, ''), b.replace(/s$/, '')];
  if (one === other) return true;
  const shorter = Math.min(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same += 1;
  if (same === shorter) return same >= shortestAbbreviation;
  return same >= shortestRoot && same * 2 >= Math.max(one.length, other.length);
}

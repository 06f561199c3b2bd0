import { nearest } from '../../util/nearest.js';

/** Shorter beginnings than this say nothing of a common root, or of an abbreviation. */
const shortestRoot = 4;
const shortestAbbreviation = 3;

/**
 * The key that a lost one was probably renamed to, or undefined when none has anything in common with it: a misspelling,
 * or a name with words of the same root (`ghost_activations` and `active_ghosts`).
 */
export function renameOf(lost: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestLikeness = 0;
  for (const candidate of candidates) {
    const likeness = likenessOf(lost, candidate);
    if (likeness <= bestLikeness) continue;
    best = candidate;
    bestLikeness = likeness;
  }
  return best ?? nearest(lost, candidates);
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

import { likenessOf } from '../../util/alike.js';
import { nearest } from '../../util/nearest.js';

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

import type { ArtifactKey, Check, Collector } from './types.js';

/**
 * Declares a check. The artifacts `run` may read are inferred from `needs`, `deepenedBy` and `wants`, so reading an
 * undeclared one does not compile.
 */
export function defineCheck<
  const Needed extends ArtifactKey,
  const Deeper extends ArtifactKey = never,
  const Wanted extends ArtifactKey = never,
>(check: Check<Needed, Deeper, Wanted>): Check<Needed, Deeper, Wanted> {
  return check;
}

/** Declares a collector, with the artifacts it builds on inferred from `dependsOn` and `wants`. */
export function defineCollector<
  const Key extends ArtifactKey,
  const Dependency extends ArtifactKey = never,
  const Wanted extends ArtifactKey = never,
>(collector: Collector<Key, Dependency, Wanted>): Collector<Key, Dependency, Wanted> {
  return collector;
}

import { tiers, type ArtifactKey, type Check, type Collector, type Tier } from './types.js';

/** One artifact to be looked at, or the reason why it will not be. */
export interface PlannedLook {
  collector: Collector;
  skipped?: string;
}

/**
 * The looks that the checks need, dependencies before what builds on them. Those deeper than `tier` are planned as
 * skipped, so that the report can say so.
 */
export function planLooks(
  checks: readonly Pick<Check, 'needs' | 'deepenedBy'>[],
  collectors: readonly Collector[],
  tier: Tier,
): readonly PlannedLook[] {
  const byArtifact = new Map(collectors.map((collector) => [collector.artifact, collector]));
  const planned = new Map<ArtifactKey, PlannedLook>();
  const add = (key: ArtifactKey): void => {
    if (planned.has(key)) return;
    const collector = byArtifact.get(key);
    if (collector === undefined) throw new Error(`no collector produces the artifact "${key}"`);
    if (tiers.indexOf(collector.tier) > tiers.indexOf(tier)) {
      planned.set(key, { collector, skipped: `only looked at with --tier ${collector.tier}` });
      return;
    }
    for (const dependency of collector.dependsOn ?? []) add(dependency);
    planned.set(key, { collector });
  };
  for (const check of checks) for (const key of [...check.needs, ...(check.deepenedBy ?? [])]) add(key);
  return [...planned.values()];
}

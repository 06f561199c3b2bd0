import { loadAdvisories, type ApiAdvisory, type KnownAdvisories } from '../advisories/advisories.js';
import { defineCollector } from '../engine/define.js';

/** What is known about releases, as far as it could concern this dashboard. */
export interface Advisories {
  /** About APIs that the code uses, in whatever release. */
  apis: readonly ApiAdvisory[];
  combinations: KnownAdvisories['combinations'];
  builds: KnownAdvisories['builds'];
}

declare module '../engine/types.js' {
  interface Artifacts {
    advisories: Advisories;
  }
}

export const advisoriesCollector = defineCollector({
  artifact: 'advisories',
  tier: 'static',
  title: 'looking up what is known about releases',
  dependsOn: ['source'],
  deadlineS: () => 10,
  async collect({ artifacts: { source } }) {
    const known = await loadAdvisories();
    const used = new Set(source.files.flatMap(({ apiUses = [] }) => apiUses.map(({ api }) => api)));
    return { ...known, apis: known.apis.filter(({ apis }) => Object.keys(apis).some((api) => used.has(api))) };
  },
});

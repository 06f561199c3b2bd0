import { defineCollector } from '../engine/define.js';
import { fabricatedPlots } from '../plots/fabricated/fabricated.js';
import type { FabricatedPlot } from '../plots/fabricated/types.js';
import { whatRuns } from '../project/roles.js';
import { analysed } from './analysis/analysed.js';

/** What the dashboard shows, or records, as if it had been measured. */
export interface FabricatedPlots {
  plots: readonly FabricatedPlot[];
  /** Files whose charts were looked at. */
  files: number;
}

declare module '../engine/types.js' {
  interface Artifacts {
    'fabricated-plots': FabricatedPlots;
  }
}

export const fabricatedPlotsCollector = defineCollector({
  artifact: 'fabricated-plots',
  tier: 'static',
  title: 'following the numbers of the plots back',
  dependsOn: ['source', 'project'],
  deadlineS: () => 60,
  async collect({ artifacts: { source, project } }) {
    // Without an entry, whatever others import counts as the dashboard's.
    const isRun = project.entry === undefined ? undefined : whatRuns(project);
    const files = project.files.filter(({ path, role }) => isRun?.(path) ?? role === 'module');
    const analysis = analysed(source, project);
    const paths = files.map(({ path }) => path);
    const imported = new Set(files.flatMap(({ path, role }) => (role === 'module' ? path : [])));
    return { plots: fabricatedPlots(analysis, paths, imported), files: paths.length };
  },
});

import { defineCollector } from '../engine/define.js';
import { UsageError } from '../engine/errors.js';
import type { Settings } from '../engine/types.js';
import { isOfCharts } from '../plots/charts.js';
import { combine, named, type Combination } from '../plots/combinations.js';
import { complaintAbout } from '../plots/expected.js';
import { readPlots } from '../plots/read-plots.js';
import type { Expected, PlotList, PlotSources } from '../plots/types.js';
import { analysed } from './analysis/analysed.js';

/** What the sources, and the config, say about the plots of the dashboard. */
export interface Plots {
  sources: PlotSources;
  /** What the plot-list function is to be asked for; empty where nothing can be asked. */
  combinations: readonly Combination[];
  /** Size of the full product of the factors, where only every pair of values is covered. */
  of?: number;
  /** The matrix that the config pins. */
  expected?: Expected;
}

declare module '../engine/types.js' {
  interface Artifacts {
    plots: Plots;
  }
}

export const plotsCollector = defineCollector({
  artifact: 'plots',
  tier: 'static',
  title: 'finding the plots',
  dependsOn: ['source', 'project'],
  deadlineS: () => 120,
  async collect({ settings, artifacts: { source, project } }) {
    const { plots: given } = settings;
    // Without one of these, nothing is drawn: the syntax of the files need not be looked at.
    const mayDraw = source.files.some(({ imports }) => imports.some(({ module }) => isOfCharts(module)));
    if (!mayDraw && given.list === undefined) return { sources: { groups: [] }, combinations: [] };
    const sources = readPlots(analysed(source, project), project.files, given);
    const { list } = sources;
    const covered = list === undefined ? { combinations: [] } : combinationsOf(settings, list);
    const { expected } = given;
    const complaint = expected === undefined ? undefined : complaintAbout(expected, covered.combinations);
    if (complaint !== undefined) throw new UsageError(`"plots.expected" in ${settings.configFile} ${complaint}`);
    return { sources, ...covered, ...(expected === undefined ? {} : { expected }) };
  },
});

function combinationsOf({ plots }: Settings, list: PlotList) {
  const { overrides, combinations, factors } = plots;
  if (combinations !== undefined) return { combinations: combinations.map((values) => named(values, overrides)) };
  const given = factors === undefined ? undefined : Object.entries(factors).map(([name, values]) => ({ name, values }));
  return combine(given ?? list.factors, overrides);
}

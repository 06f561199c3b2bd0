import { matches } from './plot-text.js';
import type { Place, PlotGroup, RenderedPlot } from './types.js';

/**
 * Plot types that are offered, for certain, and that nothing draws, for certain.
 * @param asked plot types that the plot-list function gave besides.
 */
export function unrendered(group: PlotGroup, asked: readonly string[] = []): { plotType: string; place?: Place }[] {
  const { offered, rendered, alsoRendered, exhaustive } = group;
  if (alsoRendered !== undefined || !exhaustive) return [];
  const isDrawn = (plotType: string) => rendered.some((each) => matches(plotType, each.plotType));
  const shown = offered.filter((each) => !each.uncertain && !each.knownElsewhere && !isDrawn(each.plotType));
  const known = (plotType: string) => offered.some((each) => matches(plotType, each.plotType));
  const others = [...new Set(asked)].filter((plotType) => !known(plotType) && !isDrawn(plotType));
  return [...shown, ...others.map((plotType) => ({ plotType }))];
}

/** Plot types that something is drawn for and that nothing offers, for certain. */
export function unoffered(group: PlotGroup, asked: readonly string[] = []): RenderedPlot[] {
  const { offered, rendered, alsoOffered } = group;
  if (alsoOffered !== undefined || offered.length === 0) return [];
  const all = [...offered.map(({ plotType }) => plotType), ...asked];
  return rendered.filter(
    (each) => !each.mentionedElsewhere && !all.some((plotType) => matches(plotType, each.plotType)),
  );
}

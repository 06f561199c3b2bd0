import type { Combination } from './combinations.js';
import { isExpected } from './expected.js';
import { matches } from './plot-text.js';
import type { Expected, MetricRead, PlotGroup, PlotList, PlotListAnswer, PlotSources, RenderedPlot } from './types.js';
import { unrendered } from './unmet.js';

/** How far one plot type gets in one combination. Each rung is only looked at when the one before it holds. */
export interface PlotCell {
  offered: Rung;
  /** Something is drawn for it. */
  rendered?: Rung;
  /** Every metric that its renderer reads is produced. */
  measured?: Rung;
  /** Absent until real data was fed through the renderer. */
  drawn?: Rung;
  /** What the pinned matrix says; absent where none is pinned, or not for this plot type. */
  expected?: boolean;
  state: CellState;
}

export type Rung = 'yes' | 'no' | 'unknown';

export type CellState =
  | 'covered'
  | 'not-offered'
  /** Offered and drawn, of metrics that come from where the sources do not show: files, the network. */
  | 'unmeasured'
  /** Drawn, and what is offered is not known. */
  | 'perhaps-offered'
  /** Offered, and nothing draws it. */
  | 'no-renderer'
  /** Offered and drawn, of a metric that nobody produces. */
  | 'no-data'
  /** Expected and not offered. */
  | 'missing'
  /** Offered and not expected. */
  | 'unexpected'
  /** The dashboard does not allow the combination. */
  | 'rejected'
  /** The plot-list function failed. */
  | 'failed'
  /** The sources do not tell. */
  | 'unknown';

export interface PlotRow {
  plotType: string;
  /** One a combination, in their order. */
  cells: readonly PlotCell[];
  renderer?: string;
  metrics: readonly MetricRead[];
}

export interface PlotMatrix {
  /** Who was asked, or would have been. */
  list?: PlotList;
  combinations: readonly (Combination & { status: PlotListAnswer['status'] | 'not-asked'; why?: string })[];
  /** Why the combinations were not asked: the columns are then one, of what the sources offer under any condition. */
  notAsked?: string;
  /** Size of the full product, where only every pair of values is covered. */
  of?: number;
  rows: readonly PlotRow[];
}

/** What the matrix is made of. */
export interface PlotFacts {
  sources: PlotSources;
  combinations: readonly Combination[];
  of?: number;
  expected?: Expected;
  /** One a combination; absent when they were not asked. */
  answers?: readonly PlotListAnswer[];
}

/** The matrix of plot types and combinations: what is offered, drawn and measured, and what was expected. */
export function matrixOf({ sources, combinations, of, expected, answers }: PlotFacts): PlotMatrix {
  const group = groupOf(sources);
  const list = sources.list === undefined ? {} : { list: sources.list };
  if (answers === undefined) return { ...list, ...staticMatrix(sources, group) };
  const asked = combinations.flatMap((combination, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ combination, answer }];
  });
  const undrawn = undrawnOf(sources, answers);
  const rows = plotTypesOf(group, answers, expected).map((plotType): PlotRow => {
    const drawn = drawnBy(group, plotType);
    const cells = asked.map(({ combination, answer }): PlotCell => {
      const wanted = isExpected(expected, plotType, combination);
      const told = wanted === undefined ? {} : { expected: wanted };
      if (answer.status !== 'ok') return { offered: 'unknown', ...told, state: answer.status };
      if (!answer.plots.includes(plotType)) {
        return { offered: 'no', ...told, state: wanted === true ? 'missing' : 'not-offered' };
      }
      const cell = rungsOf(plotType, drawn, undrawn);
      const isDrawn = cell.state === 'covered' || cell.state === 'unmeasured';
      return { ...cell, ...told, state: wanted === false && isDrawn ? 'unexpected' : cell.state };
    });
    return { plotType, cells, ...rendererOf(drawn) };
  });
  return {
    ...list,
    combinations: asked.map(({ combination, answer }) => ({
      ...combination,
      status: answer.status,
      ...(answer.status === 'ok' ? {} : { why: answer.why }),
    })),
    ...(of === undefined ? {} : { of }),
    rows,
  };
}

/** The group that the plot-list function offers plots of; without one, all of them. */
function groupOf({ groups, list }: PlotSources): PlotGroup {
  const none: PlotGroup = {
    offered: [],
    rendered: [],
    alsoRendered: 'nothing was found that tells these plot types apart',
    exhaustive: false,
  };
  if (list !== undefined) return (list.group === undefined ? undefined : groups[list.group]) ?? none;
  const open = groups.find(({ alsoRendered }) => alsoRendered !== undefined)?.alsoRendered;
  return {
    offered: groups.flatMap(({ offered }) => offered),
    rendered: groups.flatMap(({ rendered }) => rendered),
    exhaustive: groups.every(({ exhaustive }) => exhaustive),
    ...(open === undefined ? {} : { alsoRendered: open }),
  };
}

function staticMatrix(sources: PlotSources, group: PlotGroup): PlotMatrix {
  const undrawn = undrawnOf(sources, []);
  const rows = plotTypesOf(group, [], undefined).map((plotType): PlotRow => {
    const drawn = drawnBy(group, plotType);
    const offers = group.offered.filter((offer) => offer.plotType === plotType);
    const isOpen = sources.groups.some(
      ({ alsoOffered, rendered }) => alsoOffered !== undefined && rendered.some((each) => each.plotType === plotType),
    );
    const other: PlotCell = isOpen
      ? { offered: 'unknown', state: 'perhaps-offered' }
      : { offered: 'no', state: 'not-offered' };
    const cell = offers.length > 0 ? rungsOf(plotType, drawn, undrawn) : other;
    return { plotType, cells: [cell], ...rendererOf(drawn) };
  });
  const combination = { name: 'under some condition', overrides: {}, status: 'not-asked' as const };
  return { combinations: [combination], rows };
}

/** In the order of the longest list that was given, then those of others, then what the sources know besides. */
function plotTypesOf(group: PlotGroup, answers: readonly PlotListAnswer[], expected: Expected = {}): string[] {
  const lists = answers.flatMap((answer) => (answer.status === 'ok' ? [answer.plots] : []));
  const longest = lists.toSorted((a, b) => b.length - a.length);
  const asked = new Set(longest.flat());
  const known = [...group.offered, ...group.rendered].map(({ plotType }) => plotType);
  const further = known.filter((plotType) => ![...asked].some((text) => matches(text, plotType)));
  return inSourceOrder([...new Set([...asked, ...further, ...Object.keys(expected)])], known);
}

/** The sources' order is the one their author thinks in; what they do not know comes last. */
function inSourceOrder(plotTypes: readonly string[], known: readonly string[]): string[] {
  const rank = (plotType: string) => {
    const index = known.findIndex((each) => matches(plotType, each));
    return index === -1 ? known.length : index;
  };
  return plotTypes.toSorted((a, b) => rank(a) - rank(b));
}

function drawnBy(group: PlotGroup, plotType: string): RenderedPlot[] {
  return group.rendered.filter((rendered) => matches(plotType, rendered.plotType));
}

/** What nothing draws, for certain: the same that plots/dispatch finds. */
function undrawnOf({ groups, list }: PlotSources, answers: readonly PlotListAnswer[]): string[] {
  const asked = answers.flatMap((answer) => (answer.status === 'ok' ? answer.plots : []));
  return groups.flatMap((group, index) =>
    list !== undefined && index !== list.group ? [] : unrendered(group, asked).map(({ plotType }) => plotType),
  );
}

const stateOf = { yes: 'covered', no: 'no-data', unknown: 'unmeasured' } as const;

function rungsOf(plotType: string, drawn: readonly RenderedPlot[], undrawn: readonly string[]): PlotCell {
  if (drawn.length === 0) {
    return undrawn.some((each) => matches(plotType, each))
      ? { offered: 'yes', rendered: 'no', state: 'no-renderer' }
      : { offered: 'yes', rendered: 'unknown', state: 'unknown' };
  }
  const metrics = drawn.flatMap((each) => each.metrics);
  const measured = metrics.some(({ produced }) => produced === 'no')
    ? 'no'
    : metrics.some(({ produced }) => produced === 'unknown')
      ? 'unknown'
      : 'yes';
  return { offered: 'yes', rendered: 'yes', measured, state: stateOf[measured] };
}

function rendererOf(drawn: readonly RenderedPlot[]): Pick<PlotRow, 'renderer' | 'metrics'> {
  const renderer = drawn.find((each) => each.renderer !== undefined)?.renderer;
  return { ...(renderer === undefined ? {} : { renderer }), metrics: drawn.flatMap(({ metrics }) => metrics) };
}

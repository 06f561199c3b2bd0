import type { Artifacts, Finding } from '../../../engine/types.js';
import type { PlotCell, PlotMatrix, PlotRow } from '../../../plots/matrix.js';
import type { Place, PlotSources } from '../../../plots/types.js';
import { columnsIn, told } from './columns.js';

/** Metrics that nothing produces, of plots that are offered. */
export function unmeasured(row: PlotRow, matrix: PlotMatrix): Finding[] {
  const where = columnsIn(row, matrix, ({ state }) => state === 'no-data');
  if (where.length === 0) return [];
  const missing = row.metrics.filter(({ produced }) => produced === 'no');
  const keys = [...new Set(missing.map(({ key }) => `"${key}"`))];
  const [first] = missing;
  const near = missing.flatMap(({ key, nearest }) => (nearest === undefined ? [] : [`${nearest} for ${key}`]));
  return [
    {
      code: 'no-data',
      subject: row.plotType,
      message: `${row.plotType} is offered ${told(where, matrix)} and drawn from ${listed(keys)}, which nothing produces`,
      ...at(first?.place),
      evidence: missing.slice(0, 3).map(({ place }) => evidence(place)),
      ...(near.length === 0 ? {} : { suggestion: [...new Set(near)].join(', ') }),
      fix: 'Store the metric under this key where the run is measured, or draw the plot from what is stored.',
    },
  ];
}

/** Plots that are offered where they are not expected, or not where they are. */
export function unlikeExpected(row: PlotRow, matrix: PlotMatrix, { list }: PlotSources): Finding[] {
  const finding = (code: string, isIt: (cell: PlotCell) => boolean, words: string, fix: string): Finding[] => {
    const where = columnsIn(row, matrix, isIt);
    if (where.length === 0) return [];
    const message = `${row.plotType} is ${words} ${told(where, matrix)}`;
    return [{ code, subject: row.plotType, message, ...at(list?.place), fix }];
  };
  return [
    ...finding(
      'missing-plot',
      ({ state }) => state === 'missing',
      'not offered, though it is expected,',
      'Offer it there, or correct plots.expected in the config.',
    ),
    ...finding(
      'unexpected-plot',
      ({ offered, expected }) => offered === 'yes' && expected === false,
      'offered, though it is not expected,',
      'Take it out there, or add it to plots.expected in the config.',
    ),
  ];
}

/** Combinations for which the plot-list function gave no list. */
export function failedLists({ list }: PlotSources, lists: Artifacts['plot-lists'] | undefined): Finding[] {
  return (lists?.answers ?? []).flatMap((answer) => {
    if (answer.status !== 'failed') return [];
    const { combination, why, place } = answer;
    return [
      {
        code: 'list-failed',
        subject: combination,
        message: `${lists?.function} fails for ${combination}: ${why}`,
        ...at(place ?? list?.place),
        ...(place === undefined ? {} : { evidence: [evidence(place), why] }),
        fix: 'Make it answer for this configuration, or have the config class refuse it.',
      },
    ];
  });
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function at(place: Place | undefined): Pick<Finding, 'location'> {
  return place === undefined ? {} : { location: { file: place.path, line: place.line, column: place.column } };
}

function evidence({ path, line, text }: Place): string {
  return `${path}:${line}: ${text}`;
}

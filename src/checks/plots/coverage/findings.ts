import type { Artifacts, Finding } from '../../../engine/types.js';
import type { PlotCell, PlotMatrix, PlotRow } from '../../../plots/matrix.js';
import type { PlotSources } from '../../../plots/types.js';
import { columnsIn, told } from './columns.js';
import { at, evidence } from './places.js';

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

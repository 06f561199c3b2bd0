import type { Finding } from '../../../engine/types.js';
import type { PlotMatrix, PlotRow } from '../../../plots/matrix.js';
import { columnsIn, told } from './columns.js';
import { at, evidence } from './places.js';

/**
 * Metrics that nothing produces, of plots that are offered.
 * @param lost the reads of keys that contract/metric-keys reports: the plot is then what comes of that.
 */
export function unmeasured(row: PlotRow, matrix: PlotMatrix, lost: ReadonlySet<string>): Finding[] {
  const where = columnsIn(row, matrix, ({ state }) => state === 'no-data');
  if (where.length === 0) return [];
  const missing = row.metrics.filter(({ produced }) => produced === 'no');
  const keys = [...new Set(missing.map(({ key }) => `"${key}"`))];
  const [first] = missing;
  if (missing.every(({ key, place }) => lost.has(readOf(key, place.path, place.line)))) {
    return [
      {
        code: 'no-data',
        subject: row.plotType,
        severity: 'warning',
        message: `${row.plotType} is offered ${told(where, matrix)} and stays empty: ${listed(keys)} does not get there`,
        ...at(first?.place),
        fix: 'Mend what contract/metric-keys says of it.',
      },
    ];
  }
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

/** What identifies the read of a key. */
export function readOf(key: string, file: string, line: number): string {
  return `${file}:${line} ${key}`;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

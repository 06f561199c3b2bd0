import type { Report } from '../engine/report.js';
import type { Artifacts } from '../engine/types.js';
import { matrixOf, type PlotMatrix } from '../plots/matrix.js';

/** What `plots --json` prints: the report of the checks of plots, and the matrix they judge. */
export interface PlotsReport extends Omit<Report, 'schema' | 'command' | 'error'> {
  schema: 'moe-check-plots/1';
  command: 'plots';
  /** Absent where the code shows no choice between plots, or could not be looked at. */
  matrix?: PlotMatrix;
}

/** @param seen what the report was judged from. */
export function plotsReport(report: Report, { plots, 'plot-lists': lists }: Partial<Artifacts>): PlotsReport {
  const told = { ...report, schema: 'moe-check-plots/1', command: 'plots' } as const;
  if (plots === undefined || (plots.sources.groups.length === 0 && plots.sources.list === undefined)) return told;
  const matrix = matrixOf({ ...plots, ...(lists === undefined ? {} : { answers: lists.answers }) });
  const why = report.looks.find(({ artifact }) => artifact === 'plot-lists')?.reason;
  return { ...told, matrix: why === undefined ? matrix : { ...matrix, notAsked: why } };
}

import type { PlotCell, PlotMatrix, PlotRow } from '../../../plots/matrix.js';

/** The combinations whose cell is such. */
export function columnsIn(row: PlotRow, matrix: PlotMatrix, isIt: (cell: PlotCell) => boolean): string[] {
  return matrix.combinations.flatMap(({ name }, index) => (row.cells.slice(index, index + 1).some(isIt) ? [name] : []));
}

/** `for ghost, geometric`, `in all 8 combinations`; where they were not asked, `under some condition`. */
export function told(names: readonly string[], { combinations }: PlotMatrix): string {
  const [first = '', ...others] = names;
  if (combinations[0]?.status === 'not-asked') return first;
  if (names.length === combinations.length && names.length > 1) return `in all ${names.length} combinations`;
  const shown = names.slice(0, 4).join('; ');
  return `for ${others.length > 3 ? `${shown} and ${names.length - 4} more` : shown}`;
}

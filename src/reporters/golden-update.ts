import type { GoldenUpdate } from '../metrics/compare/update-golden.js';
import { padTo, printable, type Screen } from './layout.js';
import { counted, indented, styleFor } from './style.js';

const columns = ['metric', 'from step', 'steps', 'before', 'after', 'ULPs'] as const;

/** What `moe-check golden update` says to people: the table of what moved. */
export function terminalGoldenUpdate(update: GoldenUpdate, screen: Screen): string {
  const style = styleFor(screen);
  const { golden, outcome, moved, seeds, reason } = update;
  const rows = moved.map(({ metric, step, steps, before, after, ulps }) => [
    printable(metric),
    String(step),
    String(steps),
    before === undefined ? 'new' : short(before),
    after === undefined ? 'gone' : short(after),
    ulps === undefined ? '' : String(ulps),
  ]);
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => padTo(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const table = rows.length === 0 ? [] : [style.paint.bold(line(columns)), ...rows.map(line), ''];
  const spread = seeds === 0 ? '' : `, with an envelope of ${seeds} seeds`;
  const last = {
    created: `${golden} is written${spread}: ${reason}`,
    updated: `${golden} is updated${spread}, ${counted([[moved.length, 'metric', 'metrics']]) || 'no metric'} moved: ${reason}`,
    unchanged: `${golden} is left as it is: nothing moved`,
  }[outcome];
  return `${[...table, ...indented(last, '', style)].join('\n')}\n`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(9)));
}

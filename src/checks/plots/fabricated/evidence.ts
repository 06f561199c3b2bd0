import type { FabricatedPlot, Line } from '../../../plots/fabricated/types.js';

/** The source, the way and the charts, each once, as lines of the repository. */
export function evidenceOf({ source, way, shows, reached, kind }: FabricatedPlot): readonly string[] {
  const charts = kind === 'placeholder' ? [] : shows;
  const all = [source, ...way, ...charts].map(shown);
  const lines = all.filter((line, index) => all.indexOf(line) === index);
  return reached > charts.length && charts.length > 0 ? [...lines, `and ${reached - charts.length} more`] : lines;
}

function shown({ file, line, text }: Line): string {
  return `${file}:${line}: ${shortened(text)}`;
}

/** On one line, and no longer than can be read at a glance. */
export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

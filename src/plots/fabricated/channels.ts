import type { Module } from '../../source/program.js';
import type { Argument, Expression } from '../../source/syntax/tree.js';
import type { Tracer } from './tracer.js';
import { literalText } from '../../source/syntax/walk.js';

/** What a trace shows besides where its points lie. */
const channels =
  /^(?:marker|line|text|hovertext|customdata|color|colors|surfacecolor|size|sizes|s|c|width|linewidth|lw|intensity|edge_color|node_size|marker_(?:size|color)|line_(?:width|color))$/;

/** The measurement stands in size, colour, width or text: points on a circle are a layout, no numbers. */
export function isMeasuredElsewhere(chart: Expression, module: Module, tracer: Tracer): boolean {
  return argumentsOf(chart).some(
    ({ name, value }) => name !== undefined && channels.test(name) && holdsMeasured(value, module, tracer),
  );
}

/** Drawn dashed, or see-through and without a scale: something to compare with, such as a unit circle or sphere. */
export function isAid(chart: Expression): boolean {
  return argumentsOf(chart).some(({ name, value }) => {
    if (name === 'showscale') return value.kind === 'Constant' && value.value === false;
    return name === 'line' ? partsOf(value).some((part) => part.name === 'dash') : name === 'line_dash';
  });
}

function holdsMeasured(value: Expression, module: Module, tracer: Tracer): boolean {
  const parts = partsOf(value);
  if (parts.length > 0) return parts.some((part) => holdsMeasured(part.value, module, tracer));
  return tracer.ask(value, module).some(({ kind }) => kind === 'measured');
}

function argumentsOf(chart: Expression): readonly Argument[] {
  return chart.kind === 'Call' ? chart.args : [];
}

/** The entries of `dict(size=…)` and `{"size": …}`. */
function partsOf(value: Expression): readonly { name: string | undefined; value: Expression }[] {
  if (value.kind === 'Call' && value.callee.kind === 'Name' && value.callee.id === 'dict') {
    return value.args.map((argument) => ({ name: argument.name, value: argument.value }));
  }
  if (value.kind !== 'Dict') return [];
  return value.entries.map((entry) => {
    return { name: literalText(entry.key), value: entry.value };
  });
}

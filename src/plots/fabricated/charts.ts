import { namesOf } from '../../source/names/names.js';
import type { Module } from '../../source/program.js';
import type { Argument, Call, Expression } from '../../source/syntax/tree.js';
import { dottedName, lastName, literalText } from '../../source/syntax/walk.js';
import type { Inference } from '../../source/values/inference.js';
import { argumentFor } from '../../source/values/module-index.js';
import { any, key, type Path } from './paths.js';

/** Numbers that a chart shows. */
export interface Shown {
  value: Expression;
  /** Where in the value: a column, or any of them. */
  path: Path;
  /** The other coordinate of a point that is drawn by itself, so that this one may be spread for legibility. */
  beside?: Expression;
  /** Columns beside each other. */
  isTable?: true;
  /** What is written out by hand is nothing to wonder about here. */
  onlyRandom?: true;
}

const traces =
  'Scatter\\w*|Bar\\w*|Heatmap\\w*|Histogram\\w*|Box|Violin|Surface|Contour\\w*|Pie|Funnel\\w*|Indicator|Candlestick|Ohlc|Waterfall|Sunburst|Treemap|Sankey|Parcoords|Splom|Cone|Isosurface|Volume|Mesh3d|Densitymapbox|Choropleth\\w*';
const plotly = new RegExp(`^plotly\\.graph_obj(?:ect)?s\\.(?:[a-z_]+\\.)*(?:${traces})$`);
const plotlyMethod = new RegExp(`^add_(?:${traces.toLowerCase()})$`);
const expressCharts =
  'line|scatter|bar|area|histogram|box|violin|strip|ecdf|pie|funnel|density_\\w+|scatter_\\w+|line_\\w+|bar_polar|imshow|treemap|sunburst|timeline';
const express = new RegExp(`^plotly\\.express\\.(?:${expressCharts})$`);
const seabornCharts =
  'lineplot|scatterplot|barplot|heatmap|clustermap|histplot|kdeplot|ecdfplot|boxplot|violinplot|pointplot|relplot|catplot|displot|regplot|lmplot|jointplot|pairplot|stripplot|swarmplot|boxenplot|countplot';
const seaborn = new RegExp(`^seaborn\\.(?:${seabornCharts})$`);
const marks = /scatter|strip|swarm/i;
/** Of Matplotlib, with the position of what is shown. */
const drawn: Readonly<Record<string, number>> = {
  plot: 1,
  scatter: 1,
  bar: 1,
  barh: 1,
  step: 1,
  stem: 1,
  errorbar: 1,
  semilogy: 1,
  semilogx: 1,
  loglog: 1,
  hist: 0,
  imshow: 0,
  matshow: 0,
  pie: 0,
  boxplot: 0,
  violinplot: 0,
  hexbin: 1,
  hist2d: 1,
  plot_surface: 2,
  stackplot: 1,
  pcolormesh: 2,
  pcolor: 2,
  contour: 2,
  contourf: 2,
  plot_trisurf: 2,
};
const axes = /^(?:\w*_)?(?:ax|axs|axes|axis|subplot)\d*(?:_\w+)?$/;
const makesAxes = /^(?:subplots?|add_subplot|add_axes|gca|twinx|twiny|subplot_mosaic)$/;
const streamlitChart = /^(?:line|area|bar|scatter)_chart$/;
const others =
  'Chart|Data|ColumnDataSource|metric|map|dataframe|table|data_editor|vega_lite_chart|add_scalar|log_metric|add_rows|line_chart|area_chart|bar_chart|scatter_chart|line|circle|vbar|hbar';
/** Without the name of something that draws, nothing else needs to be asked of a call. */
const mayDraw = new RegExp(
  `^(?:(?:add_)?(?:${traces}|${traces.toLowerCase()})|${expressCharts}|${seabornCharts}|${Object.keys(drawn).join('|')}|${others})$`,
);

/** What a call draws, when it draws a chart. */
export function shownBy(call: Call, module: Module, inference: Inference): readonly Shown[] {
  const name = lastName(call.callee);
  if (name === undefined || !mayDraw.test(name)) return [];
  const values = inference.valuesOf(call.callee, module).known;
  for (const value of values) {
    if (value.kind !== 'outside') return [];
    const found = shownByOutside(value.name, call);
    if (found.length > 0) return found;
  }
  return values.length > 0 || call.callee.kind !== 'Attribute'
    ? []
    : shownByMethod(name, call.callee.object, call, module, inference);
}

function shownByOutside(name: string, call: Call): readonly Shown[] {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (plotly.test(name)) return traceOf(last, call);
  if (express.test(name) || seaborn.test(name)) return byColumns(last, call, name.startsWith('seaborn.'));
  if (name.startsWith('matplotlib.pyplot.')) return ofMatplotlib(last, call);
  if (/^altair\.(?:vegalite\.v\d\.)?(?:Chart|Data)$/.test(name)) return table(call.args[0]?.value);
  if (/^bokeh\.(?:models|plotting)(?:\.sources)?\.ColumnDataSource$/.test(name)) return table(call.args[0]?.value);
  return /^streamlit\.(?:sidebar\.)?\w+$/.test(name) ? ofStreamlit(last, call) : [];
}

function shownByMethod(
  name: string,
  object: Expression,
  call: Call,
  module: Module,
  inference: Inference,
): readonly Shown[] {
  if (plotlyMethod.test(name)) return traceOf(name.replace(/^add_/, ''), call);
  if (streamlitChart.test(name)) return ofStreamlit(name, call);
  if (name === 'add_rows') return table(argument(call, 'data', 0));
  if (name === 'metric' && call.args.length > 1) return ofStreamlit(name, call);
  if (name === 'add_scalar' || name === 'log_metric')
    return single(argument(call, 'value', 1) ?? argument(call, 'scalar_value', 1));
  const root = object.kind === 'Subscript' ? object.object : object;
  if (name in drawn && isAxes(root, module)) return ofMatplotlib(name, call);
  const made = inference.valuesOf(object, module).known;
  const isBokeh = made.some((value) => value.kind === 'outside-instance' && value.of === 'bokeh.plotting.figure');
  return isBokeh && argument(call, 'source', undefined) === undefined
    ? single(argument(call, 'y', 1) ?? argument(call, 'top', 1))
    : [];
}

/** By its name, or by what makes it: `figure, (left, right) = plt.subplots(1, 2)`. */
function isAxes(object: Expression, module: Module): boolean {
  if (axes.test(lastName(object) ?? '')) return true;
  if (object.kind !== 'Name') return false;
  return namesOf(module.syntax)
    .definitionsReaching(object)
    .definitions.some((definition) => {
      const made = definition.kind === 'assignment' ? (definition.value ?? definition.from) : undefined;
      return made?.kind === 'Call' && makesAxes.test(lastName(made.callee) ?? '');
    });
}

/** The coordinates of a trace that carry its meaning: what is measured against the others. */
const carriers = ['y', 'z', 'r', 'values', 'value', 'open', 'high', 'low', 'close', 'lat', 'lon', 'a', 'b'];

function traceOf(trace: string, call: Call): readonly Shown[] {
  const isSideways = call.args.some(
    ({ name, value }) => name === 'orientation' && value.kind === 'Constant' && value.value === 'h',
  );
  const found = carriers.flatMap((carrier) => argument(call, carrier, undefined) ?? []);
  const x = argument(call, 'x', undefined);
  const isPoints = /^scatter/i.test(trace) && isMarkersOnly(call);
  if (isSideways || found.length === 0) return single(x);
  return found.map((value) => ({ value, path: [], ...(isPoints && x !== undefined ? { beside: x } : {}) }));
}

function isMarkersOnly(call: Call): boolean {
  const mode = call.args.find(({ name }) => name === 'mode')?.value;
  return mode?.kind === 'Constant' && mode.value === 'markers';
}

/** `px.line(df, x="step", y="loss")`: columns by name, or the numbers themselves. */
function byColumns(chart: string, call: Call, isSeaborn: boolean): readonly Shown[] {
  const frame = argument(call, isSeaborn ? 'data' : chart === 'imshow' ? 'img' : 'data_frame', 0);
  const x = argument(call, 'x', isSeaborn ? undefined : 1);
  const y = argument(call, 'y', isSeaborn ? undefined : 2);
  const others = ['z', 'values', 'r', 'lat', 'lon', 'size'].flatMap((name) =>
    name === 'size' ? [] : (argument(call, name, undefined) ?? []),
  );
  const carrying = [...(y === undefined ? [] : [y]), ...others];
  const wanted = carrying.length === 0 && x !== undefined ? [x] : carrying;
  if (wanted.length === 0) return table(frame);
  const isPoints = marks.test(chart);
  const found = wanted.flatMap((value) => columnsIn(value, frame));
  return isPoints && x !== undefined && y !== undefined ? found.map((shown) => ({ ...shown, beside: x })) : found;
}

function columnsIn(wanted: Expression, frame: Expression | undefined): readonly Shown[] {
  const names = wanted.kind === 'List' || wanted.kind === 'Tuple' ? wanted.elements : [wanted];
  const columns = names.flatMap((name) => literalText(name) ?? []);
  if (columns.length === 0 || columns.length < names.length) return single(wanted);
  return frame === undefined ? [] : columns.map((column) => ({ value: frame, path: [key(column)] }));
}

function ofMatplotlib(name: string, call: Call): readonly Shown[] {
  const position = drawn[name];
  const positional = call.args.filter((argument) => argument.name === undefined);
  const [first, second] = positional.map(({ value }) => value);
  if (position === undefined || first === undefined) return [];
  if (name === 'stackplot') return positional.slice(position).map((layer) => ({ value: layer.value, path: [] }));
  if (positional.some(({ splat }) => splat !== undefined)) return [];
  const isText = second?.kind === 'Constant' && second.type === 'str';
  const value =
    position === 1 && (second === undefined || isText)
      ? first
      : (positional[position]?.value ?? positional.at(-1)?.value);
  if (value === undefined) return [];
  const isPoints = name === 'scatter' || (name === 'plot' && isPointFormat(positional[2]?.value));
  return [{ value, path: [], ...(isPoints && value !== first ? { beside: first } : {}) }];
}

/** `"r."`, `"o"`: marks without a line. */
function isPointFormat(format: Expression | undefined): boolean {
  return (
    format?.kind === 'Constant' &&
    typeof format.value === 'string' &&
    /[.o*+x^vsD,]/.test(format.value) &&
    !/-|:/.test(format.value)
  );
}

function ofStreamlit(name: string, call: Call): readonly Shown[] {
  const data = argument(call, 'data', 0);
  if (streamlitChart.test(name)) {
    const y = argument(call, 'y', 2);
    return y === undefined || data === undefined ? table(data) : columnsIn(y, data);
  }
  switch (name) {
    case 'metric':
      return single(argument(call, 'value', 1));
    case 'map':
      return table(data);
    case 'dataframe':
    case 'table':
    case 'data_editor':
      return table(data).map((shown) => ({ ...shown, onlyRandom: true }));
    case 'vega_lite_chart':
      return data?.kind === 'Dict' ? [] : table(data);
    default:
      return [];
  }
}

function argument(call: Call, name: string, position: number | undefined): Expression | undefined {
  const given = argumentFor(call.args, name, position);
  return given === 'unknown' ? undefined : given;
}

function single(value: Expression | undefined): readonly Shown[] {
  return value === undefined ? [] : [{ value, path: [] }];
}

function table(value: Expression | undefined): readonly Shown[] {
  return value === undefined ? [] : [{ value, path: [any], isTable: true }];
}

/** What the chart is called, to say which it is: its name, title or label, and what draws it. */
export function titleOf(call: Call): { kind: string; label?: string } {
  const kind = dottedName(call.callee) ?? lastName(call.callee) ?? 'chart';
  const label =
    textOf(call.args, 'name') ?? textOf(call.args, 'title') ?? textOf(call.args, 'label') ?? firstText(call);
  return label === undefined ? { kind } : { kind, label };
}

function firstText({ callee, args }: Call): string | undefined {
  const [first] = args;
  const isLabelled = /^(?:metric|add_scalar|log_metric)$/.test(lastName(callee) ?? '');
  return isLabelled ? literalText(first?.value) : undefined;
}

function textOf(args: readonly Argument[], name: string): string | undefined {
  return literalText(args.find((argument) => argument.name === name)?.value);
}

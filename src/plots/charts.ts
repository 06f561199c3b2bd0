import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Expression, FunctionDef, Statement } from '../source/syntax/tree.js';
import { expressionsHeldBy, expressionsIn, lastName, statementsIn } from '../source/syntax/walk.js';
import { indexOf, type AnyFunction, type Place } from '../source/values/module-index.js';
import type { Value } from '../source/values/values.js';
import { boundByAlias } from '../source/syntax/bound-names.js';

/** Packages whose only purpose is to draw. */
const chartPackages =
  /^(?:plotly|matplotlib|seaborn|altair|bokeh|holoviews|hvplot|pyecharts|streamlit_echarts|plotnine|pygal|pydeck)(?:\.|$)/;

/** What charting packages do with a figure that is drawn already, or before one is: closing it, a file's canvas, styles. */
const drawsNothing =
  /^matplotlib\.(?:pyplot\.(?:close|switch_backend|rcParams|rc|style)|backends|use|rcParams|style)(?:\.|$)/;

/** Methods of Streamlit that draw, whatever column or container they are called on. */
const chartCalls = /^(?:plotly_chart|pyplot|(?:line|bar|area|scatter|altair|vega_lite|bokeh|graphviz|pydeck)_chart)$/;

/** Methods of Matplotlib's axes that draw data. */
const axesMethods =
  /^(?:plot|scatter|barh?|hist(?:2d)?|imshow|matshow|pcolor(?:mesh)?|contourf?|fill_between|stackplot|step|stem|errorbar|boxplot|violinplot|pie|hexbin|quiver|eventplot|semilog[xy]|loglog|plot_surface)$/;

/** How axes are called that a function is given: `ax`, `axes[0]`, `loss_ax`, `self.ax2`. */
const axesNames = /^(?:ax|axs|axes|axis)\d*$|_ax(?:es|s)?\d*$/;

/** True for an import without which nothing is drawn. */
export function isOfCharts(module: string): boolean {
  return chartPackages.test(module) || /^streamlit(?:\.|$)/.test(module);
}

/** What draws one plot: statements, or an expression that names a function or class. */
export interface Drawing {
  module: Module;
  what: readonly Statement[] | Expression;
}

const deepest = 5;

/** What uses a charting package, itself or through functions of the dashboard. */
export class Charts {
  private readonly analysis: Analysis;
  /** Names of charting packages, of what is imported from them, and of functions and classes that mention one of these. */
  private readonly names: ReadonlySet<string>;
  private readonly maybes: Map<Drawing['what'], boolean>;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    this.names = drawingNames(analysis);
    this.maybes = new Map(modulesIn(analysis).flatMap((module) => [...this.bodiesOf(module)]));
  }

  /** Quick, by names alone: false only where it draws nothing. */
  mayBeDrawnBy(what: Drawing['what']): boolean {
    const known = this.maybes.get(what);
    if (known !== undefined) return known;
    const found = expressionsOfDrawing(what).some((expression) => this.saysSo(expression));
    this.maybes.set(what, found);
    return found;
  }

  private saysSo(expression: Expression): boolean {
    const name = lastName(expression);
    return name !== undefined && (this.names.has(name) || chartCalls.test(name) || drawsOnAxes(expression));
  }

  /** What `mayBeDrawnBy` says of a file and the functions in it, told by one walk over its names. */
  private bodiesOf(module: Module): Map<Drawing['what'], boolean> {
    const { classes, functions, places } = indexOf(module);
    const bodies = new Map<Drawing['what'], boolean>([[module.syntax.body, false]]);
    for (const fn of functions.keys()) if (isNamed(fn)) bodies.set(fn.body, false);
    for (const [node, place] of places) {
      if (!this.saysSo(node)) continue;
      bodies.set(module.syntax.body, true);
      for (let here: Place | undefined = place; here !== undefined;) {
        const { function: fn, class: of }: Place = here;
        if (fn !== undefined && isNamed(fn)) bodies.set(fn.body, true);
        here = fn === undefined ? of && classes.get(of) : functions.get(fn);
      }
    }
    return bodies;
  }

  /** True when it draws: by what its names stand for. */
  areDrawnBy({ module, what }: Drawing, depth = 0, seen = new Set<unknown>()): boolean {
    if (!this.mayBeDrawnBy(what)) return false;
    const expressions = expressionsOfDrawing(what);
    const asked = new Map(expressions.flatMap((each) => (each.kind === 'Attribute' ? [[each.object, each.name]] : [])));
    for (const expression of expressions) {
      if (expression.kind === 'Call' && chartCalls.test(lastName(expression.callee) ?? '')) return true;
      if (expression.kind === 'Call' && drawsOnAxes(expression.callee)) return true;
      const name = lastName(expression);
      if (name === undefined || !this.names.has(name)) continue;
      for (const value of this.analysis.inference.valuesOf(expression, module).known) {
        if (value.kind === 'outside' && chartPackages.test(value.name)) {
          const attribute = asked.get(expression);
          if (!drawsNothing.test(attribute === undefined ? value.name : `${value.name}.${attribute}`)) return true;
        }
        for (const inner of drawingsOf(value)) {
          if (depth >= deepest || seen.has(inner.what)) continue;
          seen.add(inner.what);
          if (this.areDrawnBy(inner, depth + 1, seen)) return true;
        }
      }
    }
    return false;
  }
}

/** `ax.plot`, whoever made the axes: by its name, since that is mostly a parameter that anything may be passed for. */
function drawsOnAxes(expression: Expression): boolean {
  if (expression.kind !== 'Attribute' || !axesMethods.test(expression.name)) return false;
  const { object } = expression;
  return axesNames.test(lastName(object.kind === 'Subscript' ? object.object : object) ?? '');
}

/** The body of a function, the bodies of the methods of a class. */
export function drawingsOf(value: Value): readonly Drawing[] {
  if (value.kind === 'function') return [{ module: value.module, what: value.node.body }];
  if (value.kind !== 'class') return [];
  return value.node.body.flatMap((statement) =>
    statement.kind === 'FunctionDef' ? [{ module: value.module, what: statement.body }] : [],
  );
}

export function expressionsOfDrawing(what: Drawing['what']): readonly Expression[] {
  return 'kind' in what ? expressionsIn(what) : expressionsHeldBy(statementsIn(what));
}

function modulesIn({ program }: Analysis): Module[] {
  return program.paths.flatMap((path) => program.module(path) ?? []);
}

function drawingNames(analysis: Analysis): ReadonlySet<string> {
  const names = new Set<string>();
  /** Of each function, the names that it mentions. */
  const mentions = new Map<string, Set<string>>();
  for (const module of modulesIn(analysis)) {
    for (const name of importedCharts(module)) names.add(name);
    const { places, functions } = indexOf(module);
    for (const [node, place] of places) {
      for (const holder of holdersOf(place.function, place.class?.name, functions)) {
        if (drawsOnAxes(node)) names.add(holder);
        const known = mentions.get(holder) ?? new Set();
        mentions.set(holder, known.add(node.kind === 'Name' ? node.id : node.name));
      }
    }
  }
  for (let round = 0; round < deepest; round++) {
    for (const [holder, mentioned] of mentions) {
      if (names.has(holder)) continue;
      for (const name of mentioned) {
        if (!names.has(name) && !chartCalls.test(name)) continue;
        names.add(holder);
        break;
      }
    }
  }
  return names;
}

/** Imports inside functions count as well. */
function importedCharts({ syntax }: Module): string[] {
  return statementsIn(syntax.body).flatMap((statement) => {
    if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') return [];
    return statement.names.flatMap((alias) => {
      const module = statement.kind === 'Import' ? alias.name : statement.module;
      return (chartPackages.test(module) ? boundByAlias(alias, statement) : undefined) ?? [];
    });
  });
}

/** The function that something stands in, those around it, and the class. */
function holdersOf(
  fn: AnyFunction | undefined,
  className: string | undefined,
  functions: ReadonlyMap<AnyFunction, { function?: AnyFunction }>,
): string[] {
  const found = fn === undefined || className === undefined ? [] : [className];
  for (let here = fn; here !== undefined; here = functions.get(here)?.function) {
    if (isNamed(here)) found.push(here.name);
  }
  return found;
}

function isNamed(fn: AnyFunction): fn is FunctionDef {
  return fn.kind === 'FunctionDef';
}

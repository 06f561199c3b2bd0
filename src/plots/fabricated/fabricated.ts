import { evidenceAt, type Analysis } from '../../source/analysis.js';
import type { Module } from '../../source/program.js';
import { positionOf } from '../../source/syntax/tree.js';
import type { AnyFunction, Place } from '../../source/values/module-index.js';
import { ownerOf } from '../../source/values/names.js';
import { flagOf, flagOfCalls } from './demo.js';
import { inventedIn, type Invented } from './invented.js';
import { isOfMainBlock } from './main-block.js';
import type { Spot } from './origins.js';
import { placeholdersIn, type Placeholder } from './placeholders.js';
import { disclosureOf } from './said.js';
import { functionOf, sinksIn, type Sink } from './sinks.js';
import { Tracer } from './tracer.js';
import type { FabricatedPlot, Line, Shows } from './types.js';

/** Charts of one source that are told one by one, and places on a way. */
const mostShown = 3;
const mostHops = 4;

/**
 * All numbers of the given files that are shown or recorded as if they were measured, and are not.
 * @param imported those of the files that nobody starts, so that their main block never runs.
 */
export function fabricatedPlots(
  analysis: Analysis,
  files: Iterable<string>,
  imported: ReadonlySet<string> = new Set(),
): FabricatedPlot[] {
  const { program, inference } = analysis;
  const tracer = new Tracer(inference);
  const found = new Map<string, FabricatedPlot>();
  for (const path of files) {
    const module = program.module(path);
    if (module === undefined) continue;
    for (const sink of sinksIn(module, inference)) {
      if (imported.has(path) && isOfMainBlock(sink.place, module, inference)) continue;
      for (const invented of inventedIn(sink, tracer)) {
        const { module: of, at } = invented.origin.source;
        // Two random numbers in a line are one thing to mend.
        const key = `${of.path} ${positionOf(of.syntax, at).line}`;
        const known = found.get(key);
        found.set(key, known === undefined ? plotOf(sink, invented, analysis) : withSink(known, sink, analysis));
      }
    }
    for (const placeholder of placeholdersIn(module, inference)) {
      found.set(`${path} at ${placeholder.at}`, plotOfPlaceholder(placeholder, module, analysis));
    }
  }
  return [...found.values()];
}

function plotOf(sink: Sink, { origin, isFallback }: Invented, { inference, line }: Analysis): FabricatedPlot {
  const { source, kind } = origin;
  const spots = [source, ...origin.way];
  const place = spots.find((spot) => spot.place !== undefined)?.place;
  const flag =
    origin.flag ?? flagOf(sink.place, sink.module) ?? flagOfCaller(sink, inference) ?? demoNamed(place, sink.place);
  const near = [
    { module: sink.module, ...inFunction(sink.place) },
    { module: source.module, ...inFunction(place) },
  ];
  const said = disclosureOf(near, sink.texts);
  const shows = showsOf(sink, line);
  const way = distinct(spots.map((spot) => lineAt(spot, line))).slice(1);
  return {
    kind: kind === 'random' || kind === 'curve' ? kind : 'series',
    source: {
      ...lineAt(source, line),
      column: positionOf(source.module.syntax, source.at).column,
      ...functionOf(place),
    },
    way: way.filter((each) => !isSame(each, shows)).slice(0, mostHops),
    shows: [shows],
    reached: 1,
    isFallback,
    ...(flag === undefined ? {} : { flag }),
    ...(said === undefined ? {} : { said }),
  };
}

/** The same numbers, shown once more. */
function withSink(plot: FabricatedPlot, sink: Sink, { line }: Analysis): FabricatedPlot {
  const shows = showsOf(sink, line);
  if (plot.shows.some((each) => isSame(each, shows))) return plot;
  const isTold = plot.shows.length < mostShown;
  return { ...plot, shows: isTold ? [...plot.shows, shows] : plot.shows, reached: plot.reached + 1 };
}

function plotOfPlaceholder({ at, text, ...named }: Placeholder, module: Module, { line }: Analysis): FabricatedPlot {
  const where = lineAt({ module, at }, line);
  const { column } = positionOf(module.syntax, at);
  return {
    kind: 'placeholder',
    source: { ...where, column, ...named },
    way: [],
    shows: [{ ...where, what: 'chart', by: text, ...named }],
    reached: 1,
    isFallback: false,
  };
}

function showsOf({ module, node, shows }: Sink, line: Analysis['line']): Shows {
  return { ...lineAt({ module, at: node.at }, line), ...shows };
}

function distinct(lines: readonly Line[]): readonly Line[] {
  return lines.filter((each, index) => lines.findIndex((other) => isSame(each, other)) === index);
}

function isSame(one: Line, other: Line): boolean {
  return one.file === other.file && one.line === other.line;
}

function flagOfCaller({ module, place }: Sink, inference: Analysis['inference']): string | undefined {
  const fn = place?.function;
  return fn === undefined
    ? undefined
    : flagOfCalls({ kind: 'function', module, node: fn, ...ownerOf(fn, module) }, inference);
}

/** The name of a function that is a demo as a whole: `run_demo`. */
function demoNamed(...places: readonly (Place | undefined)[]): string | undefined {
  return places.map((place) => functionOf(place).function).find((name) => /(?:^|_)demo(?:_|$)/i.test(name ?? ''));
}

function inFunction(place: Place | undefined): { function?: AnyFunction } {
  return place?.function === undefined ? {} : { function: place.function };
}

function lineAt({ module, at }: Spot, line: Analysis['line']): Line {
  const { line: number, text } = evidenceAt({ line }, module, at);
  return { file: module.path, line: number, text };
}

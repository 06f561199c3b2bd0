import type { Analysis } from '../../source/analysis.js';
import type { Module } from '../../source/program.js';
import { positionOf, type Expression } from '../../source/syntax/tree.js';
import { expressionsIn } from '../../source/syntax/walk.js';
import { indexOf, type AnyFunction, type Place } from '../../source/values/module-index.js';
import { ownerOf } from '../../source/values/names.js';
import { shownBy, titleOf, type Shown } from './charts.js';
import { flagOf, flagOfCalls, placeOf } from './demo.js';
import { numberIn } from './literals.js';
import type { Origin, Origins, Spot } from './origins.js';
import { placeholdersIn } from './placeholders.js';
import { recordedIn } from './records.js';
import { disclosureOf, textsIn } from './said.js';
import { Tracer } from './tracer.js';
import type { FabricatedPlot, Line, Shows } from './types.js';

/** Charts of one source that are told one by one, and places on a way. */
const mostShown = 3;
const mostHops = 4;

/** Spread for legibility, not shown as a measurement. */
const jitter = /jitter|noise_offset|spread|dither/i;
const steps = /step|epoch|iter|time|date|batch|day|hour/i;
/** What a curve or a list is that nobody takes for a measurement. */
const reference =
  /theor|ideal|reference|target|threshold|baseline|chance|expected|schedul|optimal|perfect|analytic|goal|limit|\bbound|budget|published|reported|literature|paper|warm_?up|kernel|\bwindow|prior|desired|nominal|palette|colou?r|(?:^|_)lr(?:_|$)|learning_?rate|activation_?function/i;

/** A chart or record as it was found. */
interface Sink {
  module: Module;
  place: Place | undefined;
  shows: Omit<Shows, keyof Line>;
  node: Expression;
  texts: readonly string[];
  shown: Shown;
}

/** All numbers of the given files that are shown or recorded as if they were measured, and are not. */
export function fabricatedPlots({ program, inference, line }: Analysis, files: Iterable<string>): FabricatedPlot[] {
  const tracer = new Tracer(inference);
  const found = new Map<string, FabricatedPlot>();
  for (const path of files) {
    const module = program.module(path);
    if (module === undefined) continue;
    for (const sink of sinksIn(module, tracer)) {
      for (const [origin, isFallback] of inventedIn(sink, tracer))
        addTo(found, sink, origin, isFallback, { inference, line });
    }
    for (const { at, text, function: fn } of placeholdersIn(module, inference)) {
      const source = {
        ...lineAt({ module, at }, line),
        column: positionOf(module.syntax, at).column,
        ...(fn === undefined ? {} : { function: fn }),
      };
      const shows = {
        ...lineAt({ module, at }, line),
        what: 'chart',
        by: text,
        ...(fn === undefined ? {} : { function: fn }),
      } as const;
      found.set(`${path} ${at}`, {
        kind: 'placeholder',
        source,
        way: [],
        shows: [shows],
        reached: 1,
        isFallback: false,
      });
    }
  }
  return [...found.values()];
}

function* sinksIn(module: Module, tracer: Tracer): Generator<Sink> {
  for (const [call, place] of indexOf(module).calls) {
    for (const shown of shownBy(call, module, tracer.inference)) {
      const { kind, label } = titleOf(call);
      const shows = {
        what: shown.onlyRandom ? 'table' : 'chart',
        by: kind,
        ...(label === undefined ? {} : { label }),
        ...functionOf(place),
      } as const;
      const texts = call.args.flatMap(({ name, value }) =>
        name === 'name' || name === 'title' || name === 'label' || name === undefined ? [...textsIn(value)] : [],
      );
      yield { module, place, shows, node: call, texts, shown };
    }
  }
  for (const { key, value } of recordedIn(module)) {
    const place = placeOf(value, module);
    const shows = { what: 'record', by: key, ...functionOf(place) } as const;
    yield { module, place, shows, node: value, texts: [], shown: { value, path: [] } };
  }
}

function functionOf(place: Place | undefined): { function?: string } {
  return place?.function?.kind === 'FunctionDef' ? { function: place.function.name } : {};
}

/** What of a chart is invented, and whether something measured may be shown instead. */
function* inventedIn(
  { module, shown, shows, texts }: Sink,
  tracer: Tracer,
): Generator<[Origin & { source: Spot }, boolean]> {
  const written = shows.what === 'chart' && /(?:^|\.)metric$/.test(shows.by) ? writtenIn(shown.value) : false;
  if (written) yield [{ kind: 'series', source: { module, at: shown.value.at }, way: [], names: [] }, false];
  const origins = tracer.ask(shown.value, module, shown.path);
  const isMixed = isMeasured(origins);
  // Columns beside each other are no alternatives; tables are, as a whole.
  const isFallback = shown.isTable
    ? isMeasured(tracer.ask(shown.value, module)) && !isAllMeasured(tracer.ask(shown.value, module))
    : isMixed;
  for (const origin of origins) {
    const { source } = origin;
    if (source === undefined) continue;
    if (
      origin.kind === 'random'
        ? isSpread(origin, shown, module, tracer)
        : !isPretended(origin, shown, shows, texts, isMixed && !isFallback)
    )
      continue;
    if (origin.kind === 'series' && shows.what !== 'chart') continue;
    yield [{ ...origin, source }, isFallback && origin.isAlone !== true];
  }
}

function isMeasured(origins: Origins): boolean {
  return origins.some(({ kind }) => kind === 'measured');
}

function isAllMeasured(origins: Origins): boolean {
  return origins.every(({ kind }) => kind === 'measured');
}

/** Points that are moved a little, so that they do not cover each other, along an axis without a meaning. */
function isSpread({ names }: Origin, { beside, value }: Shown, module: Module, tracer: Tracer): boolean {
  if (names.some((name) => jitter.test(name))) return true;
  if (beside === undefined) return false;
  return (
    isMeasured(tracer.ask(beside, module)) && !namesIn(beside).some((name) => steps.test(name)) && value !== beside
  );
}

function isPretended(
  { names, kind }: Origin,
  { onlyRandom, isTable }: Shown,
  shows: Sink['shows'],
  texts: readonly string[],
  isMixed: boolean,
): boolean {
  if (onlyRandom || (isTable && isMixed && kind === 'series')) return false;
  return ![...names, ...texts, shows.function ?? '', shows.label ?? ''].some((text) => reference.test(text));
}

/** A number with a fraction, or a share, as the value of a tile: `st.metric("Accuracy", "94.2%")`. */
function writtenIn(value: Expression): boolean {
  const number = numberIn(value);
  if (number !== undefined) return !Number.isInteger(number);
  return (
    value.kind === 'Constant' &&
    typeof value.value === 'string' &&
    /^[-+$€]?[\d,]*(?:\.\d+\s*%?|[\d.]+\s*%)(?:\s*\w{0,8}(?:\/s)?)?$/.test(value.value) &&
    /[1-9]/.test(value.value)
  );
}

function namesIn(expression: Expression): string[] {
  return [...expressionsIn(expression)].flatMap((part) =>
    part.kind === 'Name'
      ? [part.id]
      : part.kind === 'Attribute'
        ? [part.name]
        : part.kind === 'Constant' && typeof part.value === 'string'
          ? [part.value]
          : [],
  );
}

function addTo(
  found: Map<string, FabricatedPlot>,
  sink: Sink,
  origin: Origin & { source: Spot },
  isFallback: boolean,
  { inference, line }: Pick<Analysis, 'inference' | 'line'>,
): void {
  const { source, kind } = origin;
  const key = `${source.module.path} ${source.at}`;
  const at = { module: sink.module, at: sink.node.at };
  const shows: Shows = { ...lineAt(at, line), ...sink.shows };
  const known = found.get(key);
  if (known !== undefined) {
    const isNew = known.shows.every((each) => each.file !== shows.file || each.line !== shows.line);
    const more = isNew && known.shows.length < mostShown ? [...known.shows, shows] : known.shows;
    found.set(key, { ...known, shows: more, reached: known.reached + (isNew ? 1 : 0) });
    return;
  }
  const flag = origin.flag ?? flagOf(sink.place, sink.module) ?? flagOfCaller(sink, inference);
  const place = [source, ...origin.way].find((spot) => spot.place !== undefined)?.place;
  const said = disclosureOf(
    [
      { module: sink.module, ...inFunction(sink.place) },
      { module: source.module, ...inFunction(place) },
    ],
    sink.texts,
  );
  const lines = [source, ...origin.way].map((spot) => lineAt(spot, line));
  const [first, ...others] = lines.filter(
    (each, index) => lines.findIndex((other) => other.file === each.file && other.line === each.line) === index,
  );
  const way = others.filter((each) => each.file !== shows.file || each.line !== shows.line);
  if (first === undefined || (kind !== 'random' && kind !== 'series' && kind !== 'curve')) return;
  found.set(key, {
    kind,
    source: { ...first, column: positionOf(source.module.syntax, source.at).column, ...functionOf(place) },
    way: way.slice(0, mostHops),
    shows: [shows],
    reached: 1,
    isFallback,
    ...(flag === undefined ? {} : { flag }),
    ...(said === undefined ? {} : { said }),
  });
}

function flagOfCaller({ module, place }: Sink, inference: Analysis['inference']): string | undefined {
  const fn = place?.function;
  return fn === undefined
    ? undefined
    : flagOfCalls({ kind: 'function', module, node: fn, ...ownerOf(fn, module) }, inference);
}

function inFunction(place: Place | undefined): { function?: AnyFunction } {
  return place?.function === undefined ? {} : { function: place.function };
}

function lineAt({ module, at }: Spot, line: Analysis['line']): Line {
  const { line: number } = positionOf(module.syntax, at);
  return { file: module.path, line: number, text: (line(module.path, number) ?? '').trim() };
}

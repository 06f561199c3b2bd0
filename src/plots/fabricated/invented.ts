import type { Module } from '../../source/program.js';
import type { Expression } from '../../source/syntax/tree.js';
import { expressionsIn, lastName } from '../../source/syntax/walk.js';
import { isAid, isMeasuredElsewhere } from './channels.js';
import type { Shown } from './charts.js';
import { areAsked } from './inputs.js';
import { numberIn } from './literals.js';
import type { Origin, Origins, Spot } from './origins.js';
import type { Sink } from './sinks.js';
import type { Tracer } from './tracer.js';

/** Spread for legibility, not shown as a measurement. */
const jitter = /jitter|noise_offset|spread|dither/i;
/** What a model is trained on may be made, and is shown as that. */
const examples = /data_?sets?$|(?:^|_)(?:toy|moons|blobs|spirals?)(?:_|$)/i;
const steps = /step|epoch|iter|time|date|batch|day|hour/i;
/** What a curve or a list is that nobody takes for a measurement. */
const reference =
  /theor|ideal|reference|target|threshold|baseline|chance|expected|schedul|optimal|perfect|analytic|goal|limit|\bbound|budget|published|reported|literature|paper|warm_?up|unit[ _]?(?:circle|sphere)|kernel|\bwindow|prior|desired|nominal|palette|colou?r|(?:^|_)rgba?(?:_|$)|legend|swatch|(?:^|_)lr(?:_|$)|learning[_ ]?rate|activation_?function/i;

/** What is told of the settings of a run rather than measured in it. */
const setting =
  /rate|dropout|weight|decay|temperature|momentum|alpha|beta|gamma|capacity|factor|version|coefficient|ratio/i;

/** Numbers that are invented, and shown or recorded. */
export interface Invented {
  origin: Origin & { source: Spot };
  /** Something measured may be shown in their place. */
  isFallback: boolean;
}

/** What of a chart or record is invented. */
export function* inventedIn(sink: Sink, tracer: Tracer): Generator<Invented> {
  const { module, shown, shows } = sink;
  if (isWrittenTile(sink)) {
    const source = { module, at: shown.value.at, place: sink.place };
    yield { origin: { kind: 'series', source, way: [], names: [] }, isFallback: false };
  }
  const origins = tracer.ask(shown.value, module, shown.path);
  // Columns beside each other are no alternatives; what a table is as a whole has some.
  const whole = shown.isTable ? tracer.ask(shown.value, module) : origins;
  const isFallback = whole.some(isMeasured) && !whole.every(isMeasured);
  for (const origin of origins) {
    const { source, kind } = origin;
    if (source === undefined || isMeasured(origin)) continue;
    const isMeant = kind === 'random' ? isNoMeasurement(origin, shown, module, tracer) : isReference(origin, sink);
    if (isMeant || (kind === 'random' && areAsked(origin, sink, tracer))) continue;
    // Among measured columns a written one is a setting of theirs; in a record too.
    const isBesideMeasured = shown.isTable && origins.some(isMeasured) && !isFallback;
    if (kind === 'series' && (shows.what !== 'chart' || isBesideMeasured)) continue;
    if (kind === 'curve' && shown.onlyRandom) continue;
    if (kind === 'grid' && !isAllThereIs(origins, sink)) continue;
    if (
      kind === 'curve' &&
      shows.what === 'chart' &&
      (isAid(sink.node) || isShape(sink, tracer) || isMeasuredElsewhere(sink.node, module, tracer))
    )
      continue;
    const told = kind === 'grid' ? 'curve' : kind;
    yield { origin: { ...origin, kind: told, source }, isFallback: isFallback && origin.isAlone !== true };
  }
}

/**
 * Numbers from one to another are mostly an axis or a line to compare with. Where nothing stands beside them, in a record
 * or a chart of Streamlit that is drawn by one call, they are all that is shown.
 */
function isAllThereIs(origins: Origins, { shows }: Sink): boolean {
  const isByItself = shows.what === 'record' || /(?:^|\.)(?:line|area|bar)_chart$/.test(shows.by);
  return isByItself && origins.every(({ kind }) => kind === 'grid' || kind === 'constant' || kind === 'nothing');
}

/** `plot(cos(turn), sin(turn))`: where both axes are computed, it is a circle or the like. */
function isShape({ node, module }: Sink, tracer: Tracer): boolean {
  if (node.kind !== 'Call' || lastName(node.callee) !== 'plot') return false;
  const [x, y] = node.args;
  if (x === undefined || y === undefined || x.name !== undefined || y.name !== undefined) return false;
  return [x, y].every(({ value }) => tracer.ask(value, module).every(({ kind }) => kind === 'curve'));
}

function isMeasured({ kind }: Origin): boolean {
  return kind === 'measured';
}

/** Examples to learn from, or points that are moved a little, so that they do not cover each other, along an axis without a meaning. */
function isNoMeasurement({ names }: Origin, { beside }: Shown, module: Module, tracer: Tracer): boolean {
  if (names.some((name) => jitter.test(name) || examples.test(name))) return true;
  if (beside === undefined || namesIn(beside).some((name) => steps.test(name))) return false;
  return tracer.ask(beside, module).some(isMeasured);
}

/** A line that is drawn to compare with. */
function isReference({ names }: Pick<Origin, 'names'>, { texts, shows }: Sink): boolean {
  return [...names, ...texts, shows.function ?? '', shows.label ?? ''].some((text) => reference.test(text));
}

/** `st.metric("Accuracy", "94.2%")` */
function isWrittenTile(sink: Sink): boolean {
  const { shows, shown } = sink;
  const isTile = shows.what === 'chart' && /(?:^|\.)metric$/.test(shows.by);
  return isTile && isWritten(shown.value) && !setting.test(shows.label ?? '') && !isReference({ names: [] }, sink);
}

/** A number with a fraction, or a share, or either in words: `"94.2%"`. */
function isWritten(value: Expression): boolean {
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
  return expressionsIn(expression).flatMap((part) =>
    part.kind === 'Name'
      ? [part.id]
      : part.kind === 'Attribute'
        ? [part.name]
        : part.kind === 'Constant' && typeof part.value === 'string'
          ? [part.value]
          : [],
  );
}

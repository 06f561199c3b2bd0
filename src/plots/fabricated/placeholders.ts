import type { Module } from '../../source/program.js';
import type { Call, Expression, FunctionDef, Statement } from '../../source/syntax/tree.js';
import { dottedName, lastName } from '../../source/syntax/walk.js';
import { conditionsOf } from '../../source/values/guards.js';
import { classInfoOf } from '../../source/values/class-info.js';
import type { Inference } from '../../source/values/inference.js';
import { indexOf, type Place } from '../../source/values/module-index.js';
import type { ClassValue } from '../../source/values/values.js';

/** Words or nothing where a plot is expected. */
export interface Placeholder {
  at: number;
  /** The words, or what stands in the body. */
  text: string;
  function?: string;
}

const promise =
  /\bcoming soon\b|\bnot (?:yet )?implemented\b|\bunimplemented\b|\bunder construction\b|\bto be implemented\b|\bwill be (?:implemented|added|available)\b|\bimplementation pending\b|\b(?:TODO|TBD|FIXME)\b|\b(?:plot|chart|graph|visuali[sz]ation|diagram|heatmap) (?:placeholder|goes here|will (?:appear|go|be))|\bplaceholder for\b/i;
/** What an exception says where there is to be no plot: "not supported for regions". */
const refusal =
  /\bnot (?:currently )?support|\bunsupported\b|\bn[o']t (?:available|possible|defined) (?:for|on|in)\b|\bcannot\b/i;
const ofPlot = /plot|chart|graph|visuali|heatmap|diagram|figure|curve|histogram|trajector|surface/i;
const drawing =
  /^_*(?:plot|draw)_|^_*(?:render|show|display|create|make|build|update|get|visuali[sz]e)_\w*(?:plot|chart|graph|heatmap|figure|curve|diagram|visuali[sz]ation)|_(?:plot|chart|heatmap|figure)$|^_*visuali[sz]e_|^render_(?!to_(?:text|html|str|string|json|ansi|markdown)$)/;
const speaks =
  /^(?:info|warning|write|markdown|text|caption|error|success|subheader|add_annotation|annotate|set_title|figtext|toast)$/;

/** The places of a file where words, an exception or nothing stand in for a plot. */
export function placeholdersIn(module: Module, inference: Inference): readonly Placeholder[] {
  return [...wordsIn(module, inference), ...bodiesIn(module, inference)];
}

function* wordsIn(module: Module, inference: Inference): Generator<Placeholder> {
  for (const [call, place] of indexOf(module).calls) {
    if (!speaks.test(lastName(call.callee) ?? '') || !isOnPage(call, module, inference)) continue;
    const given = call.args.find(({ name }) => name === undefined || name === 'text' || name === 'body')?.value;
    const text =
      lastName(call.callee) === 'text' && given?.kind === 'Constant' && typeof given.value === 'number'
        ? call.args[2]?.value
        : given;
    const words = text === undefined ? undefined : wordsOf(text);
    if (words === undefined || !promise.test(words)) continue;
    const fn = nameOf(place);
    if (!ofPlot.test(words) && !drawing.test(fn ?? '') && !isForPlot(place)) continue;
    // What a dispatch says of a type that it does not know is no promise.
    if (text?.kind === 'JoinedStr' && text.parts.some((part) => typeof part !== 'string') && !isForPlot(place))
      continue;
    yield { at: call.at, text: words, ...(fn === undefined ? {} : { function: fn }) };
  }
}

/** A function of Streamlit, Matplotlib or Plotly, or of something that nothing is known of (a column, an axis). */
function isOnPage({ callee }: Call, module: Module, inference: Inference): boolean {
  const { known } = inference.valuesOf(callee, module);
  if (known.length === 0)
    return callee.kind === 'Attribute' && !/log|console|print/i.test(dottedName(callee.object) ?? '');
  return known.some((value) => value.kind === 'outside' && /^(?:streamlit|matplotlib)\b/.test(value.name));
}

/** `elif plot_type == "Saturation":` */
function isForPlot({ guard }: Place): boolean {
  for (const { test, holds } of conditionsOf(guard)) {
    if (!holds || test.kind !== 'Compare') continue;
    const isEqual = test.ops.every((op) => op === '==' || op === 'in');
    const named = [test.left, ...test.comparators].map((each) => dottedName(each) ?? '');
    if (isEqual && named.some((name) => ofPlot.test(name) || /view|tab|page|mode|type/i.test(name))) return true;
  }
  return false;
}

function wordsOf(expression: Expression): string | undefined {
  if (expression.kind === 'Constant') return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression.kind !== 'JoinedStr') return undefined;
  return expression.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
}

/** What a function does besides saying what it is for. */
function doneIn({ body }: FunctionDef): readonly Statement[] {
  return body.filter(
    (statement) => statement.kind !== 'Expr' || statement.value.kind !== 'Constant' || statement.value.type !== 'str',
  );
}

function* bodiesIn(module: Module, inference: Inference): Generator<Placeholder> {
  for (const [fn, place] of indexOf(module).functions) {
    if (fn.kind === 'Lambda' || !drawing.test(fn.name)) continue;
    const [only, ...more] = doneIn(fn);
    if (more.length > 0 || !isNothing(only) || isAbstract(fn, place, module, inference) || !isOffered(fn, inference))
      continue;
    const text =
      only?.kind === 'Raise'
        ? 'raise NotImplementedError'
        : only === undefined
          ? 'nothing but its documentation'
          : only.kind === 'Pass'
            ? 'pass'
            : '...';
    yield { at: only?.at ?? fn.at, text, function: fn.name };
  }
}

function isNothing(statement: Statement | undefined): boolean {
  if (statement === undefined || statement.kind === 'Pass') return true;
  if (statement.kind === 'Expr') return statement.value.kind === 'Constant' && statement.value.type === 'Ellipsis';
  if (statement.kind !== 'Raise' || statement.exception === undefined) return false;
  const { exception } = statement;
  if (dottedName(exception.kind === 'Call' ? exception.callee : exception) !== 'NotImplementedError') return false;
  const [said] = exception.kind === 'Call' ? exception.args : [];
  const words = said === undefined ? '' : (wordsOf(said.value) ?? '');
  return !refusal.test(words) || /\byet\b/i.test(words);
}

/** To be filled in by subclasses, or one of several overloads. */
function isAbstract(fn: FunctionDef, place: Place, module: Module, inference: Inference): boolean {
  const { hierarchy } = inference;
  if (fn.decorators.length > 0) return true;
  if (place.function !== undefined || place.class === undefined) return false;
  const of = { kind: 'class', module, node: place.class } as const;
  const isFilledIn = hierarchy.descendants(of).some((each) => classInfoOf(each.node, each.module).body.has(fn.name));
  if (!isMade(of, inference)) return true;
  const isNamedSo = /abstract|base|protocol|interface|mixin|template|null|dummy|no_?op/i.test(place.class.name);
  return (
    isFilledIn ||
    isNamedSo ||
    isHook(fn, of, inference) ||
    isNullObject(fn, of, inference) ||
    place.class.args.some(({ value }) => /(?:^|\.)(?:ABC|Protocol|ABCMeta)$/.test(dottedName(value) ?? ''))
  );
}

/** What a base does nothing in either is for those who want it, unless an `@abstractmethod` asks for it. */
function isHook(fn: FunctionDef, of: ClassValue, inference: Inference): boolean {
  return inheritedMethods(of, fn.name, inference).some(
    (inherited) => inherited.decorators.length === 0 && doneIn(inherited).every(isIdle),
  );
}

/** All that it implements of a base does nothing, as where nothing is to be drawn: `NullRenderer`, whatever it is called. */
function isNullObject(fn: FunctionDef, of: ClassValue, inference: Inference): boolean {
  const methods = of.node.body.filter((statement) => statement.kind === 'FunctionDef');
  return (
    methods.length > 1 &&
    methods.every((method) => doneIn(method).every(isIdle)) &&
    inheritedMethods(of, fn.name, inference).length > 0
  );
}

function inheritedMethods(of: ClassValue, name: string, { hierarchy }: Inference): readonly FunctionDef[] {
  return hierarchy
    .ancestors(of)
    .filter(({ node }) => node !== of.node)
    .flatMap(({ node }) => node.body)
    .filter((statement) => statement.kind === 'FunctionDef')
    .filter((method) => method.name === name);
}

function isIdle(statement: Statement): boolean {
  return statement.kind !== 'Raise' && isNothing(statement);
}

/** Of a class that nobody makes objects of, only subclasses count, wherever they are. */
function isMade({ node }: ClassValue, inference: Inference): boolean {
  return (inference.uses.calls.get(node.name) ?? []).some(({ call, module }) =>
    inference.valuesOf(call.callee, module).known.some((value) => value.kind === 'class' && value.node === node),
  );
}

/** Somebody calls it, or holds it ready in a table. */
function isOffered(fn: FunctionDef, { uses }: Inference): boolean {
  return (uses.calls.get(fn.name)?.length ?? 0) > 0 || (uses.mentions.get(fn.name)?.length ?? 0) > 0;
}

function nameOf({ function: fn }: Place): string | undefined {
  return fn?.kind === 'FunctionDef' ? fn.name : undefined;
}

import type { Analysis } from '../source/analysis.js';
import type { Module } from '../source/program.js';
import type { Call, Expression, FunctionDef, Lambda, Statement } from '../source/syntax/tree.js';
import { expressionsIn, expressionsOf, lastName, statementsIn } from '../source/syntax/walk.js';
import { indexOf, type AnyFunction } from '../source/values/module-index.js';
import type { ContainerValue, Value } from '../source/values/values.js';
import { drawingsOf, expressionsOfDrawing, type Drawing } from './charts.js';
import { boundWithin, handedTo, nothingBound, writtenKeys, type Bound } from './handed-keys.js';
import { lookUp } from './look-up.js';
import { textOf } from './texts.js';

/** A key under which a renderer looks for data. */
export interface KeyRead {
  key: string;
  /** Keys that are as good: `m.get("a", m.get("b"))`. */
  alternatives: readonly string[];
  module: Module;
  at: number;
  /** Where it is written, when the function that reads it is handed it. */
  written?: { module: Module; at: number };
  /** Only following the dicts that it is asked of tells whether it is there: not what else is stored under the name. */
  isFollowed: boolean;
}

export interface KeysRead {
  keys: readonly KeyRead[];
  /** Bodies of the functions that were looked into. */
  walked: ReadonlySet<unknown>;
}

const deepest = 4;

/** Names of what is no measurement. */
const notData =
  /^(?:self|cls|st|np|pd|go|px|plt|fig(?:ure)?s?|ax(?:es)?|layout|colou?rs?|palette|style|theme|labels?|titles?|icons?|kwargs|args|opts|options|settings|env(?:iron)?|secrets|query_params)$|(?:^|_)(?:config|cfg|conf|params|settings|options|colou?rs|layout|style)$/i;

/** The keys that a renderer reads off the data it is given, through the functions that it hands the data to. */
export function readsOf(analysis: Analysis, drawing: Drawing): KeysRead {
  const walk = new Walk(analysis);
  walk.drawing(drawing);
  const tested = walk.tested;
  const own = walk.stored;
  const keys = [...walk.found.values()].filter(({ key }) => !tested.has(key) && !own.has(key));
  return { keys, walked: walk.walked };
}

class Walk {
  readonly found = new Map<string, KeyRead>();
  readonly walked = new Set<unknown>();
  /** With which keys handed to it, by body. */
  private readonly walkedWith = new Map<unknown, Set<string>>();
  /** Keys of which it is asked whether they are there. */
  readonly tested = new Set<string>();
  /** Keys that the renderer sets itself: derived columns. */
  readonly stored = new Set<string>();
  /** Of the function that a branch stands in. */
  private around: readonly Statement[] | undefined;
  private readonly analysis: Analysis;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  drawing({ module, what }: Drawing): void {
    if (!('kind' in what)) {
      const fn = functionAround(module, what);
      if (fn?.kind === 'FunctionDef') this.around = fn.body;
      this.body(module, what, fn === undefined ? new Set() : namesIn(fn), nothingBound, 0);
      return;
    }
    for (const part of expressionsIn(what)) {
      if (part.kind === 'Lambda') this.expressions(module, [part.body], dataParameters(part), nothingBound, 0);
      if (part.kind !== 'Name' && part.kind !== 'Attribute') continue;
      for (const value of this.analysis.inference.valuesOf(part, module).known) {
        for (const inner of drawingsOf(value)) this.whole(inner, 0);
      }
    }
  }

  /** A function all of whose parameters may be data. */
  private whole({ module, what }: Drawing, depth: number): void {
    if ('kind' in what) this.expressions(module, [what], new Set(), nothingBound, depth);
    else {
      const fn = functionAround(module, what);
      if (fn?.kind === 'FunctionDef') this.around = fn.body;
      this.body(module, what, fn === undefined ? new Set() : dataParameters(fn), nothingBound, depth);
    }
  }

  private body(module: Module, body: readonly Statement[], data: Set<string>, given: Bound, depth: number): void {
    if (depth > deepest || this.isKnown(body, given)) return;
    this.walked.add(body);
    // Twice: in a loop, what is derived further down is used further up.
    for (let round = 0; round < 2; round++) for (const statement of statementsIn(body)) derive(statement, data);
    const bound = boundWithin(body, given);
    for (const statement of statementsIn(body)) {
      for (const target of statement.kind === 'Assign' ? statement.targets : []) {
        const text = target.kind === 'Subscript' ? textOf(this.analysis, module, target.index) : undefined;
        if (text !== undefined) this.stored.add(text);
      }
      this.expressions(module, expressionsOf(statement), data, bound, depth);
    }
  }

  private isKnown(body: readonly Statement[], given: Bound): boolean {
    const keys = [...given].map(([name, written]) => `${name}=${written.map(({ key }) => key).join()}`).join();
    const known = this.walkedWith.get(body) ?? new Set();
    this.walkedWith.set(body, known);
    if (known.has(keys)) return true;
    known.add(keys);
    return false;
  }

  private expressions(
    module: Module,
    all: readonly Expression[],
    data: ReadonlySet<string>,
    bound: Bound,
    depth: number,
  ): void {
    for (const expression of all) {
      for (const part of expressionsIn(expression)) {
        this.read(module, part, data, bound);
        if (part.kind === 'Call') this.follow(module, part, data, bound, depth);
      }
    }
  }

  private read(module: Module, part: Expression, data: ReadonlySet<string>, bound: Bound): void {
    if (part.kind === 'Compare' && part.ops.some((op) => op === 'in' || op === 'not in')) {
      const { left } = part;
      for (const { key } of left.kind === 'Name' ? (bound.get(left.id) ?? []) : []) this.tested.add(key);
      const text = textOf(this.analysis, module, left);
      if (text !== undefined) this.tested.add(text);
    }
    const [object, ...indices] = lookUp(part);
    if (object === undefined || !isData(object, data) || indexOf(module).stored.has(part)) return;
    const handed = indices.flatMap((index) => (index.kind === 'Name' ? (bound.get(index.id) ?? []) : []));
    for (const { key, ...written } of handed)
      if (!this.found.has(key))
        this.found.set(key, { key, alternatives: [], module, at: part.at, written, isFollowed: true });
    if (handed.length > 0) return;
    const texts = indices.flatMap((index) => textOf(this.analysis, module, index) ?? []);
    const others = alternativesOf(part).flatMap((index) => textOf(this.analysis, module, index) ?? []);
    // A dict that the renderer spells out itself, or that stands beside it, is no measurement; a record is.
    if (texts.length === 0 || this.isOwnDict(module, object)) return;
    for (const key of texts) {
      if (!/[^{}]/.test(key)) continue;
      const known = this.found.get(key);
      if (known === undefined || known.isFollowed)
        this.found.set(key, { key, alternatives: others, module, at: part.at, isFollowed: false });
    }
    // What stands in for another key is as good as that one.
    for (const other of others)
      this.found.set(other, { key: other, alternatives: texts, module, at: part.at, isFollowed: false });
  }

  /** What the renderer spells out itself, and nothing else. */
  private isOwnDict(module: Module, object: Expression): boolean {
    const { known, open } = this.analysis.inference.valuesOf(object, module);
    return !open && known.length > 0 && known.every((value) => isDict(value) && !this.isMadeElsewhere(value));
  }

  /** In a function that does not belong to the renderer. */
  private isMadeElsewhere({ node, module }: ContainerValue): boolean {
    const body = bodyAround(node, module);
    return body !== undefined && body !== this.around && !this.walked.has(body);
  }

  private follow(module: Module, call: Call, data: ReadonlySet<string>, bound: Bound, depth: number): void {
    const { callee, args } = call;
    const isOfData = callee.kind === 'Attribute' && isData(callee.object, data);
    if (!isOfData && !args.some(({ value }) => isData(value, data))) return;
    for (const value of this.analysis.inference.valuesOf(callee, module).known) {
      if (value.kind !== 'function' || value.node.kind === 'Lambda') continue;
      const given = handedTo(value, args);
      const names = given.flatMap(({ name, value: argument }) => (isData(argument, data) ? [name] : []));
      const keys = given.flatMap(({ name, value: argument }) => {
        const written = writtenKeys(argument, { analysis: this.analysis, module, bound });
        return written.length === 0 ? [] : [[name, written] as const];
      });
      // What an object is asked for by a key is looked for in what it keeps.
      if (names.length === 0 && keys.length === 0) continue;
      this.body(value.module, value.node.body, new Set(names), new Map(keys), depth + 1);
    }
  }
}

/** The keys that a default looks under instead. */
function alternativesOf(part: Expression): readonly Expression[] {
  const fallback = part.kind === 'Call' ? part.args[1]?.value : undefined;
  return fallback === undefined ? [] : expressionsIn(fallback).flatMap((each) => lookUp(each).slice(1));
}

/** It is made of what the renderer was given, or of what the page or the object keeps. */
function isData(expression: Expression, data: ReadonlySet<string>): boolean {
  for (const part of expressionsIn(expression)) {
    if (part.kind === 'Name' && data.has(part.id)) return true;
    if (part.kind !== 'Attribute') continue;
    // The session state itself holds whatever the pages put there.
    const isState =
      lastName(part.object) === 'session_state' || (part.object.kind === 'Name' && part.object.id === 'self');
    if (isState && !notData.test(part.name)) return true;
  }
  return false;
}

/** Adds the names that a statement gives something made of data. */
function derive(statement: Statement, data: Set<string>): void {
  const bind = (target: Expression, value: Expression) => {
    if (!isData(value, data)) return;
    for (const part of expressionsIn(target)) if (part.kind === 'Name' && !notData.test(part.id)) data.add(part.id);
  };
  if (statement.kind === 'Assign')
    for (const target of statement.targets) if (!isPart(target)) bind(target, statement.value);
  if (statement.kind === 'AnnAssign' && statement.value !== undefined && !isPart(statement.target))
    bind(statement.target, statement.value);
  if (statement.kind === 'For') bind(statement.target, statement.iterable);
  for (const held of expressionsOf(statement)) {
    for (const part of expressionsIn(held)) {
      if ('clauses' in part) for (const { target, iterable } of part.clauses) bind(target, iterable);
    }
  }
}

function isPart(target: Expression): boolean {
  return target.kind === 'Subscript' || target.kind === 'Attribute';
}

function isDict(value: Value): value is ContainerValue {
  return value.kind === 'container' && value.type === 'dict';
}

const bodiesOfDicts = new WeakMap<Module, Map<Expression, readonly Statement[]>>();

/** The body of the function that a dict stands in; undefined outside of functions. */
function bodyAround(dict: Expression, module: Module): readonly Statement[] | undefined {
  const known = bodiesOfDicts.get(module) ?? new Map<Expression, readonly Statement[]>();
  if (!bodiesOfDicts.has(module)) {
    bodiesOfDicts.set(module, known);
    for (const fn of indexOf(module).functions.keys()) {
      if (fn.kind !== 'FunctionDef') continue;
      for (const statement of statementsIn(fn.body))
        for (const held of expressionsOf(statement))
          for (const part of expressionsIn(held))
            if (part.kind === 'Dict' || part.kind === 'DictComp') known.set(part, fn.body);
    }
  }
  return known.get(dict);
}

function functionAround(module: Module, body: readonly Statement[]): AnyFunction | undefined {
  const { functions, places } = indexOf(module);
  for (const fn of functions.keys()) if (fn.body === body) return fn;
  for (const expression of expressionsOfDrawing(body)) {
    if (expression.kind === 'Name' || expression.kind === 'Attribute') return places.get(expression)?.function;
  }
  return undefined;
}

function dataParameters(fn: FunctionDef | Lambda): Set<string> {
  return new Set(fn.params.flatMap(({ name }) => (notData.test(name) ? [] : [name])));
}

/** Parameters of a function and whatever it makes of them, for a branch that stands somewhere in it. */
function namesIn(fn: AnyFunction): Set<string> {
  const data = dataParameters(fn);
  if (fn.kind === 'FunctionDef') {
    for (let round = 0; round < 2; round++) for (const statement of statementsIn(fn.body)) derive(statement, data);
  }
  return data;
}

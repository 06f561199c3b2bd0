import type { Analysis } from '../../source/analysis.js';
import type { Module } from '../../source/program.js';
import type { BinOp, Comprehension, Dict, Expression, Sequence } from '../../source/syntax/tree.js';
import { indexOf, placeOf } from '../../source/values/module-index.js';
import type { FunctionValue } from '../../source/values/values.js';
import { attributeOrigins, sessionOrigins } from './attributes.js';
import { callOrigins } from './calls.js';
import { changesIn, isSessionState, type Changes } from './changes.js';
import { flagOf, flagWord } from './demo.js';
import { isAxis, isNumbers } from './literals.js';
import {
  both,
  constant,
  either,
  empty,
  measured,
  passing,
  plain,
  through,
  together,
  type Origin,
  type Origins,
} from './origins.js';
import { keyOfPath, stepsOf, type Path } from './paths.js';
import type { Frame, Trace, Where } from './trace.js';
import { moduleNameOrigins, nameOrigins } from './variables.js';

/** Expressions looked at for one question; beyond, nothing is known. */
const mostSteps = 800;
const deepest = 60;

/** Follows values back to what their numbers come from. */
export class Tracer implements Trace {
  readonly inference: Analysis['inference'];
  private changesFound: Changes | undefined;
  private readonly known = new WeakMap<Expression, Map<string, Origins>>();
  private readonly asking = new Map<Expression, Set<string>>();
  private readonly namesAsked = new Set<string>();
  private steps = 0;
  private depth = 0;
  /** Questions that were cut short because they depend on themselves. */
  private cuts = 0;

  constructor(inference: Analysis['inference']) {
    this.inference = inference;
  }

  get changes(): Changes {
    this.changesFound ??= changesIn(this.inference.program);
    return this.changesFound;
  }

  /** What an expression of a module is made of: a question of its own, with all its steps. */
  ask(expression: Expression, module: Module, path: Path = []): Origins {
    this.steps = 0;
    return this.at(expression, { module }, path);
  }

  at(expression: Expression, where: Where, path: Path): Origins {
    const key = `${keyOfPath(path)}${where.closed === true ? ' closed' : ''}`;
    const found = where.frame === undefined ? this.known.get(expression)?.get(key) : undefined;
    if (found !== undefined) return found;
    if (this.depth >= deepest || this.steps >= mostSteps) return measured;
    const keys = this.asking.get(expression) ?? new Set<string>();
    this.asking.set(expression, keys);
    const asked = `${key} ${framesIn(where.frame)}`;
    if (keys.has(asked)) {
      this.cuts += 1;
      return [];
    }
    keys.add(asked);
    this.steps += 1;
    this.depth += 1;
    const before = this.cuts;
    const origins = this.evaluate(expression, where, path);
    this.depth -= 1;
    keys.delete(asked);
    if (where.frame === undefined && this.cuts === before && this.steps < mostSteps)
      this.remember(expression, key, origins);
    return origins;
  }

  private remember(expression: Expression, key: string, origins: Origins): void {
    const known = this.known.get(expression) ?? new Map<string, Origins>();
    this.known.set(expression, known);
    known.set(key, origins);
  }

  private evaluate(expression: Expression, where: Where, path: Path): Origins {
    const { module } = where;
    switch (expression.kind) {
      case 'Name':
        return nameOrigins(expression, where, path, this);
      case 'Constant':
        return constant;
      case 'JoinedStr':
        return together(
          expression.parts.filter((part) => typeof part !== 'string'),
          (part) => this.at(part, where, []),
        );
      case 'List':
      case 'Tuple':
      case 'Set':
        return this.sequence(expression, where, path);
      case 'Dict':
        return this.dict(expression, where, path);
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        return this.comprehension(expression, where, path);
      case 'Attribute':
        return this.ofAttribute(expression.object, expression.name, where, path);
      case 'Subscript':
        if (isSessionState(expression.object)) {
          const [first, ...rest] = stepsOf(expression.index);
          return first?.kind === 'key' ? this.ofSession(first.key, [...rest, ...path]) : measured;
        }
        return this.at(expression.object, where, [...stepsOf(expression.index), ...path]);
      case 'Call':
        return callOrigins(expression, where, path, this);
      case 'BinOp':
        return this.operation(expression, where, path);
      case 'BoolOp':
        return either([this.at(expression.left, where, path), this.at(expression.right, where, path)]);
      case 'UnaryOp':
        return expression.op === 'not' ? constant : this.at(expression.operand, where, path);
      case 'IfExp': {
        const flag = flagWord(expression.test);
        return either(
          [expression.body, expression.orelse].map((part) =>
            passing(this.at(part, where, path), { module, at: part.at }, undefined, flag),
          ),
        );
      }
      case 'NamedExpr':
      case 'Starred':
        return this.at(expression.value, where, path);
      default:
        return measured;
    }
  }

  private sequence(node: Sequence, where: Where, path: Path): Origins {
    const [first, ...rest] = path;
    if (first?.kind === 'any' && first.index !== undefined && !node.elements.some(({ kind }) => kind === 'Starred')) {
      const item = node.elements[first.index < 0 ? node.elements.length + first.index : first.index];
      if (item !== undefined) return this.at(item, where, rest);
    }
    if (node.elements.length === 0) return empty;
    // One of them alone, in a loop, is a number like any other.
    if (isNumbers(node) && first?.kind === 'element') return constant;
    if (isNumbers(node)) return isAxis(node) ? [plain('grid')] : [this.made('series', node, where)];
    const into = first === undefined || first.kind === 'key' ? path : rest;
    const inside =
      first === undefined || first.kind === 'key'
        ? together(node.elements, (each) => this.at(each, where, into))
        : either(node.elements.map((each) => this.at(each, where, into)));
    // Of records that are written down: their column is a series.
    const isWritten = first?.kind === 'key' && rest.length === 0 && node.elements.length > 2;
    return isWritten && inside.every(({ kind }) => kind === 'constant') && areRecordsOfNumbers(node, first.key)
      ? [this.made('series', node, where)]
      : inside;
  }

  private dict(node: Dict, where: Where, path: Path): Origins {
    const [first, ...rest] = path;
    if (node.entries.length === 0) return empty;
    if (first?.kind === 'element') return constant;
    if (first === undefined) return together(node.entries, ({ value }) => this.at(value, where, []));
    if (first.kind === 'any') return either(node.entries.map(({ value }) => this.at(value, where, rest)));
    const own = node.entries.filter(({ key }) => key?.kind === 'Constant' && key.value === first.key);
    if (own.length > 0) return either(own.map(({ value }) => this.at(value, where, rest)));
    const others = node.entries.filter(({ key }) => key?.kind !== 'Constant');
    return others.length === 0
      ? empty
      : either(others.map(({ key, value }) => this.at(value, where, key === undefined ? path : rest)));
  }

  private comprehension(node: Comprehension, where: Where, path: Path): Origins {
    const [first, ...rest] = path;
    if (node.kind === 'DictComp') {
      if (node.value === undefined || first?.kind === 'element') return constant;
      return this.at(node.value, where, rest);
    }
    const inside = this.at(node.element, where, first === undefined || first.kind === 'key' ? path : rest);
    return inside;
  }

  private operation(node: BinOp, where: Where, path: Path): Origins {
    const { op, left, right } = node;
    if (op === '@') return measured;
    // "%.2f" % x
    if (op === '%' && left.kind === 'Constant' && left.type === 'str') return this.at(right, where, []);
    if (op === '*') {
      // [0.5] * n: how often says nothing of what.
      const repeated = [left, right].find(({ kind }) => kind === 'List' || kind === 'Tuple');
      if (repeated !== undefined) return this.at(repeated, where, path);
    }
    const one = this.at(left, where, path);
    if (one.length > 0 && one.every(({ kind }) => kind === 'measured')) return one;
    const other = this.at(right, where, path);
    const isCurved = op === '**' || (op === '/' && varies(other)) || (op === '*' && varies(one) && varies(other));
    return isCurved ? this.curved(both(one, other), node, where) : both(one, other);
  }

  /** A grid, put through a function that is not linear. */
  curved(origins: Origins, node: Expression, where: Where): Origins {
    return through(origins, (origin) => (origin.kind === 'grid' ? this.made('curve', node, where) : origin));
  }

  /** Numbers that are made right here. */
  made(kind: 'grid' | 'series' | 'curve' | 'random', node: Expression, { module, frame }: Where): Origin {
    const place = placeOf(node, module);
    const flag = flagOf(place, module) ?? flagOfFrames(frame);
    return { ...plain(kind, { module, at: node.at, place }), ...(flag === undefined ? {} : { flag }) };
  }

  ofFunction(fn: FunctionValue, given: Omit<Frame, 'fn'>, path: Path): Origins {
    const { node, module } = fn;
    for (let frame = given.caller.frame; frame !== undefined; frame = frame.caller.frame)
      if (frame.fn === node) return [];
    const where: Where = { module, frame: { ...given, fn: node } };
    if (node.kind === 'Lambda') return this.at(node.body, where, path);
    if (node.isAsync) return measured;
    const { yields, returns, returnPlaces } = indexOf(module);
    const yielded = yields.get(node);
    if (yielded !== undefined) {
      const rest = path[0] === undefined || path[0].kind === 'key' ? path : path.slice(1);
      return either(
        yielded.map(({ value, from }) => (value === undefined || from ? measured : this.at(value, where, rest))),
      );
    }
    const returned = returns.get(node) ?? [];
    return either(
      returned.map((statement) => {
        const { value } = statement;
        if (value === undefined) return [];
        const place = returnPlaces.get(statement);
        return passing(
          this.at(value, where, path),
          { module, at: statement.at, place },
          node.name,
          flagOf(place, module),
        );
      }),
    );
  }

  ofModuleName(module: Module, name: string, path: Path): Origins {
    // Modules that import each other may hand a name round in a circle.
    const asked = `${module.path} ${name}`;
    if (this.namesAsked.has(asked)) return [];
    this.namesAsked.add(asked);
    const origins = moduleNameOrigins(module, name, path, this);
    this.namesAsked.delete(asked);
    return origins;
  }

  ofAttribute(object: Expression, name: string, where: Where, path: Path): Origins {
    return attributeOrigins(object, name, where, path, this);
  }

  ofSession(name: string, path: Path): Origins {
    return sessionOrigins(name, path, this);
  }
}

function varies(origins: Origins): boolean {
  return origins.some(({ kind }) => kind === 'grid' || kind === 'series' || kind === 'curve');
}

function areRecordsOfNumbers(node: Sequence, column: string): boolean {
  return node.elements.every(
    (record) =>
      record.kind === 'Dict' &&
      record.entries.some(
        ({ key, value }) =>
          key?.kind === 'Constant' &&
          key.value === column &&
          value.kind === 'Constant' &&
          typeof value.value === 'number',
      ),
  );
}

function framesIn(frame: Frame | undefined): string {
  let text = '';
  for (let each = frame; each !== undefined; each = each.caller.frame) text += ` ${each.fn.at}`;
  return text;
}

/** A call on the way stands under the flag of a demo mode. */
function flagOfFrames(frame: Frame | undefined): string | undefined {
  for (let each = frame; each !== undefined; each = each.caller.frame) {
    const flag = each.flag;
    if (flag !== undefined) return flag;
  }
  return undefined;
}

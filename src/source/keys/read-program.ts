import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Comprehension, Dict, Expression, Sequence } from '../syntax/tree.js';
import { partsOf } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf } from '../values/module-index.js';
import { readAttribute, storeAttribute } from './attributes.js';
import { readCall } from './calls.js';
import { handOutWithMethods } from './callables.js';
import type { Cell, Holder } from './things.js';
import { keySetOf } from './key-sets.js';
import { readStatements } from './statements.js';
import { filledThrough } from './strangers.js';
import { readUnder, storeUnder, takeInto, type Reader } from './uses.js';
import { World } from './world.js';

/** Follows every dict of a repository from where it is made to where it is read. */
export function readProgram(inference: Inference, modules: readonly Module[]): World {
  const world = new World(inference, modules);
  const reader = new ProgramReader(world);
  world.flow.onCallableHandedOut = (thing) => handOutWithMethods(thing, world);
  for (const module of modules) {
    world.scopeRead = namesOf(module.syntax).module;
    readStatements(module.syntax.body, module, module, reader);
  }
  for (const module of modules) {
    for (const node of indexOf(module).functions.keys()) {
      const callable = world.callable({ module, node });
      if (!callable.isCalled) world.openCallable(callable, true);
    }
  }
  return world;
}

/** Expressions whose value is in no other place than their own. */
const makingTheirOwn: ReadonlySet<Expression['kind']> = new Set([
  'BinOp',
  'BoolOp',
  'Call',
  'Compare',
  'Constant',
  'Dict',
  'DictComp',
  'GeneratorExp',
  'IfExp',
  'JoinedStr',
  'Lambda',
  'List',
  'ListComp',
  'Set',
  'SetComp',
  'Tuple',
  'UnaryOp',
  'Yield',
]);

class ProgramReader implements Reader {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  cellOf(expression: Expression, module: Module): Cell {
    const known = this.world.cells.get(expression);
    if (known !== undefined) return known;
    // What depends on itself gets what is found so far, and the rest as it comes.
    const cell = this.world.newCell();
    this.world.cells.set(expression, cell);
    const found = this.evaluate(expression, module);
    if (cell.isUnused && makingTheirOwn.has(expression.kind)) {
      this.world.cells.set(expression, found);
      return found;
    }
    this.world.flow.edge(found, cell);
    return cell;
  }

  private evaluate(expression: Expression, module: Module): Cell {
    switch (expression.kind) {
      case 'Name':
        return this.world.cellOfName(expression, module) ?? this.unknown();
      case 'Attribute':
        return readAttribute(expression, module, this);
      case 'Call':
        return readCall(expression, module, this);
      case 'Subscript': {
        const object = this.cellOf(expression.object, module);
        this.cellOf(expression.index, module);
        if (expression.index.kind === 'Slice') return object;
        return readUnder(object, expression.object, expression.index, 'item', { node: expression, module }, this);
      }
      case 'Dict':
        return this.dict(expression, module);
      case 'List':
      case 'Tuple':
      case 'Set':
        return this.sequence(expression, module);
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
      case 'DictComp':
        return this.comprehension(expression, module);
      case 'BoolOp':
      case 'BinOp':
        // `"%(loss)s" % metrics` reads by names of its own.
        if (expression.op === '%') this.world.flow.readWhole(this.cellOf(expression.right, module));
        return this.either([expression.left, expression.right], module);
      case 'IfExp':
        this.cellOf(expression.test, module);
        return this.either([expression.body, expression.orelse], module);
      case 'NamedExpr': {
        const value = this.cellOf(expression.value, module);
        this.assign(expression.target, value, module, expression.value);
        return value;
      }
      case 'Lambda': {
        const callable = this.world.callable({ module, node: expression });
        for (const { name, default: value } of expression.params) {
          const param = callable.params.get(name);
          if (value !== undefined && param !== undefined) this.world.flow.edge(this.cellOf(value, module), param);
        }
        this.world.flow.edge(this.cellOf(expression.body, module), callable.result);
        const cell = this.world.newCell();
        this.world.flow.add(cell, this.world.functionThing({ kind: 'function', module, node: expression }));
        return cell;
      }
      case 'Compare':
        return this.compare(expression, module);
      case 'Await':
      case 'Starred':
        return this.cellOf(expression.value, module);
      case 'Yield':
        // What it yields is taken from the function as a whole.
        if (expression.value !== undefined) this.cellOf(expression.value, module);
        return this.unknown();
      case 'Unknown':
        for (const part of partsOf(expression)) this.world.flow.handOut(this.cellOf(part, module));
        return this.unknown();
      default:
        for (const part of partsOf(expression)) this.cellOf(part, module);
        return this.world.newCell();
    }
  }

  private unknown(): Cell {
    const cell = this.world.newCell();
    this.world.flow.open(cell);
    return cell;
  }

  private either(parts: readonly Expression[], module: Module): Cell {
    const cell = this.world.newCell();
    for (const part of parts) this.world.flow.edge(this.cellOf(part, module), cell);
    return cell;
  }

  private made(holder: Holder): Cell {
    const cell = this.world.newCell();
    this.world.flow.add(cell, holder);
    return cell;
  }

  private dict({ entries, at }: Dict, module: Module): Cell {
    const holder = this.world.newHolder('mapping', module, at);
    const made = this.made(holder);
    for (const { key, value } of entries) {
      const cell = this.cellOf(value, module);
      if (key === undefined) takeInto(holder, cell, undefined, undefined, this);
      else {
        this.cellOf(key, module);
        storeUnder(
          made,
          keySetOf(key, module, this.world),
          cell,
          { text: value, module, at: key.at, fn: this.world.functionRead, isDisplayed: true },
          this,
        );
      }
    }
    holder.startsEmpty = entries.length === 0;
    holder.isMade = true;
    return made;
  }

  private sequence({ kind, elements, at }: Sequence, module: Module): Cell {
    const { flow } = this.world;
    const holder = this.world.newHolder('sequence', module, at);
    const isPlain = kind === 'Tuple' && !elements.some((element) => element.kind === 'Starred');
    for (const [position, element] of elements.entries()) {
      const cell = this.cellOf(element, module);
      if (element.kind === 'Starred') flow.putElements(holder, cell);
      else if (isPlain) flow.edge(cell, flow.field(holder, `\0${position}`));
      else flow.putRest(holder, cell);
    }
    flow.edge(holder.rest, holder.all);
    holder.isFilled = elements.length > 0;
    holder.isMade = true;
    return this.made(holder);
  }

  private comprehension(node: Comprehension, module: Module): Cell {
    const { kind, clauses, element, value, at } = node;
    const { flow } = this.world;
    const around = this.world.scopeRead;
    this.world.scopeRead = namesOf(module.syntax).scopeOf(node);
    for (const { target, iterable, conditions } of clauses) {
      const elements = this.world.newCell();
      flow.loadElements(this.cellOf(iterable, module), elements);
      this.assign(target, elements, module);
      for (const condition of conditions) this.cellOf(condition, module);
    }
    const first = this.cellOf(element, module);
    if (value !== undefined) this.cellOf(value, module);
    this.world.scopeRead = around;
    if (kind === 'DictComp' && value !== undefined) {
      const made = this.made(this.world.newHolder('mapping', module, at));
      const key = keySetOf(element, module, this.world);
      storeUnder(
        made,
        key,
        this.cellOf(value, module),
        { text: value, module, at: element.at, fn: this.world.functionRead },
        this,
      );
      return made;
    }
    const holder = this.world.newHolder('sequence', module, at);
    flow.putRest(holder, first);
    holder.isMade = true;
    return this.made(holder);
  }

  private compare(expression: Extract<Expression, { kind: 'Compare' }>, module: Module): Cell {
    const sides = [expression.left, ...expression.comparators];
    const cells = sides.map((side) => this.cellOf(side, module));
    for (const [at, op] of expression.ops.entries()) {
      const [key, object] = [sides[at], sides[at + 1]];
      const base = cells[at + 1];
      if ((op !== 'in' && op !== 'not in') || key === undefined || object === undefined || base === undefined) continue;
      readUnder(base, object, key, 'test', { node: expression, module }, this);
    }
    return this.world.newCell();
  }

  assign(target: Expression, value: Cell, module: Module, text?: Expression): void {
    const { flow } = this.world;
    switch (target.kind) {
      case 'Name': {
        const cell = this.world.cellOfName(target, module);
        return cell === undefined ? flow.handOut(value) : flow.edge(value, cell);
      }
      case 'Attribute':
        return storeAttribute(target, value, module, text, this);
      case 'Subscript': {
        this.cellOf(target.index, module);
        const base = filledThrough(target.object, this.cellOf(target.object, module), module, this);
        if (target.index.kind === 'Slice') {
          const elements = this.world.newCell();
          flow.loadElements(value, elements);
          flow.watch(
            base,
            (thing) => 'rest' in thing && flow.putRest(thing, elements),
            () => flow.handOut(value),
          );
          return;
        }
        const key = keySetOf(target.index, module, this.world);
        return storeUnder(base, key, value, { text, module, at: target.at, fn: this.world.functionRead }, this);
      }
      case 'Starred':
        return this.assign(target.value, value, module);
      case 'List':
      case 'Tuple':
        for (const [at, part] of target.elements.entries()) {
          const cell = this.world.newCell();
          flow.load(value, `\0${at}`, cell);
          this.assign(part, part.kind === 'Starred' ? value : cell, module);
        }
        return;
      default:
        this.cellOf(target, module);
        flow.handOut(value);
    }
  }
}

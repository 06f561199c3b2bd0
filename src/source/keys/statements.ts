import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { AugAssign, Expression, FunctionDef, Pattern, Statement } from '../syntax/tree.js';
import { blocksOf } from '../syntax/walk.js';
import { isStatic } from '../values/class-info.js';
import { indexOf } from '../values/module-index.js';
import { ownerOf } from '../values/names.js';
import type { ClassValue } from '../values/values.js';
import { readDecorators } from './callables.js';
import type { Cell } from './things.js';
import { keySetOf } from './key-sets.js';
import { filledThrough } from './strangers.js';
import { readUnder, storeUnder, takeInto, type Reader } from './uses.js';

/** Reads the statements of a block, and of the blocks in it. */
export function readStatements(block: readonly Statement[], scope: object, module: Module, reader: Reader): void {
  for (const statement of block) readStatement(statement, scope, module, reader);
}

/** @param scope the function, class or module whose names the statement binds. */
function readStatement(statement: Statement, scope: object, module: Module, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const cell = (expression: Expression) => reader.cellOf(expression, module);
  const inside = () => {
    for (const block of blocksOf(statement))
      readStatements(block, statement.kind === 'ClassDef' ? statement : scope, module, reader);
  };
  switch (statement.kind) {
    case 'FunctionDef':
      return readFunction(statement, scope, module, reader);
    case 'ClassDef': {
      for (const { value } of statement.args) cell(value);
      const made = world.classThing({ kind: 'class', module, node: statement });
      flow.add(world.variable(scope, statement.name), made);
      readDecorators(statement.decorators, made, module, reader);
      const around = world.scopeRead;
      world.scopeRead = namesOf(module.syntax).scopeOf(statement);
      inside();
      world.scopeRead = around;
      return;
    }
    case 'Assign': {
      const value = cell(statement.value);
      for (const target of statement.targets) reader.assign(target, value, module, statement.value);
      return;
    }
    case 'AnnAssign':
      if (statement.value !== undefined)
        reader.assign(statement.target, cell(statement.value), module, statement.value);
      return;
    case 'AugAssign':
      return readAugmented(statement, module, reader);
    case 'For': {
      const elements = world.newCell();
      flow.loadElements(cell(statement.iterable), elements);
      reader.assign(statement.target, elements, module);
      return inside();
    }
    case 'With':
      for (const { context, target } of statement.items) {
        const entered = world.newCell();
        flow.open(entered);
        // What a context manager made from a generator yields.
        flow.loadElements(cell(context), entered);
        if (target !== undefined) reader.assign(target, entered, module);
      }
      return inside();
    case 'Match': {
      const subject = cell(statement.subject);
      for (const { pattern, guard } of statement.cases) {
        matchPattern(pattern, subject, { subject: statement.subject, scope, module }, reader);
        if (guard !== undefined) cell(guard);
      }
      return inside();
    }
    case 'Return':
      if (statement.value !== undefined) cell(statement.value);
      return;
    case 'If':
    case 'While':
      cell(statement.test);
      return inside();
    case 'Expr':
      cell(statement.value);
      return;
    case 'Assert':
      cell(statement.test);
      return;
    case 'Raise':
      for (const part of [statement.exception, statement.cause]) if (part !== undefined) cell(part);
      return;
    case 'Delete':
      for (const target of statement.targets) {
        if (target.kind !== 'Subscript') continue;
        flow.watch(cell(target.object), (thing) => {
          if (thing.kind === 'mapping') thing.isShrunk = true;
        });
      }
      return;
    case 'Import':
    case 'ImportFrom':
      return readImport(statement, scope, module, reader);
    default:
      inside();
  }
}

function readFunction(node: FunctionDef, scope: object, module: Module, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { owner }: { owner?: ClassValue } = ownerOf(node, module);
  const callable = world.callable({ module, node });
  const value = { kind: 'function', module, node, ...(owner === undefined ? {} : { owner }) } as const;
  readDecorators(node.decorators, world.functionThing(value), module, reader);
  for (const { name, default: value, splat } of node.params) {
    const param = callable.params.get(name);
    if (param === undefined) continue;
    if (value !== undefined) flow.edge(reader.cellOf(value, module), param);
    if (splat !== undefined) flow.add(param, world.extraOf(callable, name, splat === '*' ? 'sequence' : 'mapping'));
  }
  const [first] = node.params;
  const self = first === undefined ? undefined : callable.params.get(first.name);
  const isMethod = owner !== undefined && !isStatic(node);
  if (isMethod && self !== undefined && world.isMoreThanItsText(owner)) flow.open(self);
  if (world.isCalledFromOutside(node, module)) world.openCallable(callable, true);
  if (owner === undefined)
    flow.add(world.variable(scope, node.name), world.functionThing({ kind: 'function', module, node }));
  const around = world.functionRead;
  const scopeAround = world.scopeRead;
  world.functionRead = node;
  world.scopeRead = namesOf(module.syntax).scopeOf(node);
  readStatements(node.body, node, module, reader);
  for (const { value } of indexOf(module).returns.get(node) ?? []) {
    if (value !== undefined) flow.edge(reader.cellOf(value, module), callable.result);
  }
  for (const { value, from } of indexOf(module).yields.get(node) ?? []) {
    if (value === undefined) continue;
    const cell = reader.cellOf(value, module);
    if (from === true) flow.loadElements(cell, callable.yielded);
    else flow.edge(cell, callable.yielded);
  }
  world.functionRead = around;
  world.scopeRead = scopeAround;
}

/** `d["k"] += 1`, `d |= other`, `things += more` */
function readAugmented({ op, target, value, at }: AugAssign, module: Module, reader: Reader): void {
  const { flow } = reader.world;
  const given = reader.cellOf(value, module);
  if (target.kind === 'Subscript') {
    const base = filledThrough(target.object, reader.cellOf(target.object, module), module, reader);
    reader.cellOf(target.index, module);
    const key = keySetOf(target.index, module, reader.world);
    // What was there before is part of the new value, which is computed.
    const result = reader.world.newCell();
    flow.edge(given, result);
    extend(readWithoutAsking(base, key.patterns[0], result, reader), given, op, reader);
    return storeUnder(base, key, result, { text: undefined, module, at, fn: reader.world.functionRead }, reader);
  }
  const held = filledThrough(target, reader.cellOf(target, module), module, reader);
  extend(held, given, op, reader);
}

function readWithoutAsking(base: Cell, key: readonly string[] | undefined, result: Cell, { world }: Reader): Cell {
  const held = world.newCell();
  world.flow.load(base, key?.length === 1 ? key[0] : undefined, held);
  world.flow.edge(held, result);
  return held;
}

function extend(held: Cell, given: Cell, op: string, reader: Reader): void {
  const { flow } = reader.world;
  if (op !== '+' && op !== '|') return;
  flow.watch(
    held,
    (thing) => {
      if (thing.kind === 'mapping') return takeInto(thing, given, undefined, undefined, reader);
      if (thing.kind !== 'sequence') return flow.handOut(given);
      flow.putElements(thing, given);
    },
    () => flow.handOut(given),
  );
}

/** Reads what a `case` asks of its subject, and binds what it captures. */
function matchPattern(
  pattern: Pattern,
  value: Cell,
  around: { subject: Expression; scope: object; module: Module },
  reader: Reader,
): void {
  const { world } = reader;
  const { subject, scope, module } = around;
  const bindTo = (name: string | undefined): void => {
    if (name !== undefined) world.flow.edge(value, world.variable(scope, name));
  };
  switch (pattern.kind) {
    case 'MatchCapture':
    case 'MatchStar':
      return bindTo(pattern.name);
    case 'MatchAs':
      bindTo(pattern.name);
      return matchPattern(pattern.pattern, value, around, reader);
    case 'MatchOr':
      for (const each of pattern.patterns) matchPattern(each, value, around, reader);
      return;
    case 'MatchSequence':
    case 'MatchClass':
      for (const each of pattern.patterns) {
        const part = world.newCell();
        if (pattern.kind === 'MatchClass') world.flow.open(part);
        else world.flow.loadElements(value, part);
        matchPattern(each, part, around, reader);
      }
      return;
    case 'MatchMapping':
      for (const { key, pattern: inner } of pattern.entries) {
        reader.cellOf(key, module);
        readUnder(value, subject, key, 'test', { node: key, module }, reader);
        const part = world.newCell();
        world.flow.load(value, undefined, part);
        matchPattern(inner, part, around, reader);
      }
      return bindTo(pattern.rest);
    default:
  }
}

function readImport(
  statement: Extract<Statement, { kind: 'Import' | 'ImportFrom' }>,
  scope: object,
  module: Module,
  { world }: Reader,
): void {
  for (const { name, as } of statement.names) {
    if (statement.kind === 'Import') {
      world.flow.open(world.variable(scope, as ?? name.split('.')[0] ?? name));
      continue;
    }
    if (name === '*') continue;
    const to = world.variable(scope, as ?? name);
    const from = world.inference.program.imported(module.path, statement.module, statement.level);
    const own = from.kind === 'module' && from.module !== module ? world.cellOfGlobal(name, from.module) : undefined;
    if (own === undefined) world.flow.open(to);
    else world.flow.edge(own, to);
  }
}

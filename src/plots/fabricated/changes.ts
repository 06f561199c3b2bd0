import type { Module, Program } from '../../source/program.js';
import type { ClassDef, Expression, FunctionDef, Statement } from '../../source/syntax/tree.js';
import { blocksOf, dottedName } from '../../source/syntax/walk.js';
import { any, element, stepsOf, type Path } from './paths.js';
import { pushTo } from '../../util/push-to.js';

/** Something that is put into a container, or on top of a value, after it was made. */
export interface Change {
  module: Module;
  /** The class in whose methods, and the function in whose body, it stands. */
  class?: ClassDef;
  function?: FunctionDef;
  /** Where in the container. */
  part: Path;
  /** Absent when it cannot be told: handed to a function that may change it. */
  value?: Expression;
  /** What it is put at: `image[mask] = 255`. */
  index?: Expression;
  statement: Statement;
  /** The whole is replaced, or what is already there is put something else in its place. */
  replaces?: true;
}

/** By what is changed: the variables of a function or module, attributes by name, keys of the session state. */
export interface Changes {
  ofVariable(body: readonly Statement[], name: string): readonly Change[];
  ofAttribute(name: string): readonly Change[];
  ofSession(name: string): readonly Change[];
}

const adders = new Map<string, { part: Path; argument: number }>([
  ['append', { part: [any], argument: 0 }],
  ['appendleft', { part: [any], argument: 0 }],
  ['add', { part: [any], argument: 0 }],
  ['insert', { part: [any], argument: 1 }],
  ['put', { part: [any], argument: 0 }],
  ['extend', { part: [], argument: 0 }],
  ['update', { part: [], argument: 0 }],
  ['fill', { part: [], argument: 0 }],
]);

/** Functions that by their name change what they are given. */
const fills =
  /init_?$|^fill|^train|^fit|^load|^collect|^read|^populate|^update|^step$|^recv|^shuffle$|^optimi[sz]e|^learn/;

export function changesIn(program: Program): Changes {
  const collector = new Collector();
  for (const path of program.paths) {
    const module = program.module(path);
    if (module !== undefined) collector.block(module.syntax.body, { module, body: module.syntax.body });
  }
  return collector;
}

export function isSessionState(expression: Expression): boolean {
  return /(?:^|\.)session_state$/.test(dottedName(expression) ?? '');
}

interface Around {
  module: Module;
  body: readonly Statement[];
  class?: ClassDef;
  function?: FunctionDef;
}

class Collector implements Changes {
  private readonly variables = new Map<readonly Statement[], Map<string, Change[]>>();
  private readonly attributes = new Map<string, Change[]>();
  private readonly session = new Map<string, Change[]>();

  ofVariable(body: readonly Statement[], name: string): readonly Change[] {
    return this.variables.get(body)?.get(name) ?? [];
  }

  ofAttribute(name: string): readonly Change[] {
    return this.attributes.get(name) ?? [];
  }

  ofSession(name: string): readonly Change[] {
    return this.session.get(name) ?? [];
  }

  block(block: readonly Statement[], around: Around): void {
    for (const statement of block) {
      this.statement(statement, around);
      const { module } = around;
      if (statement.kind === 'FunctionDef') {
        const owner = around.class === undefined ? {} : { class: around.class };
        this.block(statement.body, { module, body: statement.body, function: statement, ...owner });
      } else if (statement.kind === 'ClassDef') {
        this.block(statement.body, { module, body: statement.body, class: statement });
      } else for (const inner of blocksOf(statement)) this.block(inner, around);
    }
  }

  private statement(statement: Statement, around: Around): void {
    switch (statement.kind) {
      case 'Assign':
        for (const target of statement.targets) this.stored(target, statement.value, statement, around);
        return;
      case 'AnnAssign':
        if (statement.value !== undefined) this.stored(statement.target, statement.value, statement, around);
        return;
      case 'AugAssign':
        if (statement.target.kind !== 'Name')
          this.changed(statement.target, { part: [], value: statement.value, statement }, around);
        return;
      case 'Expr':
        return this.called(statement, around);
      default:
    }
  }

  private stored(target: Expression, value: Expression, statement: Statement, around: Around): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const [index, each] of target.elements.entries()) {
        const part = value.kind === 'Tuple' ? value.elements[index] : undefined;
        if (each.kind !== 'Name') this.stored(each, part ?? value, statement, around);
      }
    } else if (target.kind !== 'Name') this.changed(target, { part: [], value, statement, replaces: true }, around);
  }

  private called(statement: Extract<Statement, { kind: 'Expr' }>, around: Around): void {
    const call = statement.value;
    if (call.kind !== 'Call') return;
    const { callee, args } = call;
    const name = callee.kind === 'Attribute' ? callee.name : callee.kind === 'Name' ? callee.id : '';
    const adder = adders.get(name);
    if (callee.kind === 'Attribute' && adder !== undefined) {
      const value = args[adder.argument]?.value;
      if (value !== undefined) this.changed(callee.object, { part: adder.part, value, statement }, around);
      for (const { name: keyword, value } of name === 'update' ? args : []) {
        const part = keyword === undefined ? undefined : [{ kind: 'key', key: keyword } as const];
        if (part !== undefined) this.changed(callee.object, { part, value, statement }, around);
      }
      return;
    }
    if (!fills.test(name)) return;
    for (const { value } of args) this.changed(value, { part: [], statement, replaces: true }, around);
  }

  private changed(
    target: Expression,
    change: Pick<Change, 'part' | 'value' | 'index' | 'statement' | 'replaces'>,
    around: Around,
  ): void {
    const { body, ...place } = around;
    const full: Change = { ...place, ...change };
    if (target.kind === 'Name') {
      const names = this.variables.get(body) ?? new Map<string, Change[]>();
      this.variables.set(body, names);
      pushTo(names, target.id, full);
    } else if (target.kind === 'Attribute') {
      if (/^(?:i?loc|i?at|flat|data)$/.test(target.name)) this.changed(target.object, change, around);
      else pushTo(isSessionState(target.object) ? this.session : this.attributes, target.name, full);
    } else if (target.kind === 'Subscript') {
      const [first, ...more] = stepsOf(target.index);
      if (isSessionState(target.object)) {
        if (first?.kind === 'key') pushTo(this.session, first.key, { ...full, part: [...more, ...change.part] });
        return;
      }
      const part = first === undefined ? [element] : [first, ...more];
      const { index } = target;
      this.changed(target.object, { index, ...change, part: [...part, ...change.part] }, around);
    }
  }
}

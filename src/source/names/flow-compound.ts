import type { Expression, For, If, Match, Statement, Try, While, With } from '../syntax/tree.js';
import { expressionsIn } from '../syntax/walk.js';
import { isForTypeCheckers, mayCatch, takesAll, truthOf } from './certain-flow.js';
import { addTo } from './flow-expressions.js';
import { Layer, mergeOf, type Value } from './flow-state.js';
import { TargetFlow } from './flow-targets.js';

interface Loop {
  head: Layer;
  breaks: Layer[];
  continues: Layer[];
}

/** Follows the ways through statements that hold others. */
export abstract class CompoundFlow extends TargetFlow {
  private readonly loops: Loop[] = [];
  /** Every way left by `break` or `continue` so far: a `finally` on it runs first. */
  private readonly jumps: Layer[] = [];

  protected abstract block(block: readonly Statement[]): void;

  protected jump(kind: 'Break' | 'Continue'): void {
    const loop = this.loops.at(-1);
    if (loop !== undefined && this.alive) {
      const left = this.current.snapshot(loop.head);
      this.jumps.push(left);
      (kind === 'Break' ? loop.breaks : loop.continues).push(left);
    }
    this.alive = false;
  }

  /** A chain of `elif`s is as long as its author likes: it is not walked by recursion. */
  protected ifChain(first: If): void {
    const base = this.current;
    const ways: (Layer | undefined)[] = [];
    let { alive } = this;
    let untaken = base;
    for (let each = first; ;) {
      if (each !== first && bindsNames(each.test)) untaken = new Layer(untaken, this.effort);
      this.current = untaken;
      this.alive = alive;
      this.read(each.test);
      const truth = truthOf(each.test);
      const { body, orelse } = each;
      const outer = this.forTypeCheckers;
      this.forTypeCheckers = outer || isForTypeCheckers(each.test);
      ways.push(this.way(untaken, alive && truth !== false, () => this.block(body)));
      this.forTypeCheckers = outer;
      alive = alive && truth !== true;
      const [next] = orelse;
      if (orelse.length !== 1 || next?.kind !== 'If') {
        ways.push(this.way(untaken, alive, () => this.block(orelse)));
        return this.meet(base, ways);
      }
      each = next;
    }
  }

  protected loop(statement: For | While): void {
    const { current: base, alive } = this;
    if (statement.kind === 'For') this.read(statement.iterable);
    const head = new Layer(base, this.effort, true);
    const loop: Loop = { head, breaks: [], continues: [] };
    const entered = new Layer(head, this.effort);
    this.current = entered;
    if (statement.kind === 'While') this.read(statement.test);
    const truth = statement.kind === 'While' ? truthOf(statement.test) : undefined;
    this.loops.push(loop);
    const end = this.way(entered, alive && truth !== false, () => {
      if (statement.kind === 'For') this.bind(statement.target, { kind: 'for', node: statement });
      this.block(statement.body);
      this.mayRaise();
    });
    this.loops.pop();
    head.close([...loop.continues, ...(end === undefined ? [] : [end])]);
    const exhausted = this.way(entered, alive && truth !== true, () => this.block(statement.orelse));
    this.meet(head, [exhausted, ...loop.breaks]);
    this.meet(base, this.alive ? [head] : []);
  }

  protected with(node: With): void {
    const { items, body } = node;
    for (const { context, target } of items) {
      this.read(context);
      if (target !== undefined) this.bind(target, { kind: 'with', node, context });
    }
    if (!mayCatch(node)) {
      this.block(body);
      return this.mayRaise();
    }
    const { current: base, alive } = this;
    const { end, raised } = this.guarded(base, alive, body);
    const caught = this.way(base, alive, () => this.assume(raised));
    this.meet(base, [end, caught]);
  }

  protected match({ subject, cases }: Match): void {
    this.read(subject);
    const { current: base, alive } = this;
    let isTaken = false;
    const ways = cases.map((each) => {
      const way = this.way(base, alive && !isTaken, () => {
        this.capture(each.pattern, each);
        if (each.guard !== undefined) this.read(each.guard);
        this.block(each.body);
      });
      isTaken ||= takesAll(each);
      return way;
    });
    this.meet(base, isTaken ? ways : [...ways, this.way(base, alive, () => undefined)]);
  }

  protected try(statement: Try): void {
    if (statement.finalbody.length === 0) return this.catching(statement);
    const { current: base, alive } = this;
    const jumpsBefore = this.jumps.length;
    this.frames.push({ values: new Map(), pending: [] });
    const normal = this.way(base, alive, () => this.catching(statement));
    this.mayRaise();
    const raised = this.popFrame();
    const last = new Layer(base, this.effort);
    this.current = last;
    this.assume(raised);
    const cleanup = this.way(last, alive, () => this.block(statement.finalbody));
    if (cleanup === undefined) return this.meet(base, []);
    const cleaned = cleanup.since(last);
    for (const way of [...this.jumps.slice(jumpsBefore), ...(normal === undefined ? [] : [normal])]) {
      for (const [name, value] of cleaned) way.set(name, value);
    }
    this.meet(base, [normal]);
  }

  private catching({ body, handlers, orelse }: Try): void {
    const { current: base, alive } = this;
    const { end, raised } = this.guarded(
      base,
      alive,
      body,
      handlers.some(({ type }) => catchesInterrupts(type)),
    );
    const ways = handlers.map((handler) =>
      this.way(base, alive, () => {
        this.assume(raised);
        if (handler.type !== undefined) this.read(handler.type);
        const { name, at } = handler;
        if (name !== undefined) this.define(name, at, { kind: 'exception', node: handler });
        this.block(handler.body);
        if (name !== undefined) this.define(name, at, { kind: 'unbinding', node: handler });
      }),
    );
    const without = this.way(end ?? base, end !== undefined, () => this.block(orelse));
    this.meet(base, [without, ...ways]);
  }

  /** Walks a body whose exceptions are caught. @returns where it ends, and what it may have bound when it raised. */
  private guarded(
    base: Layer,
    alive: boolean,
    body: readonly Statement[],
    evenAtItsEnd = false,
  ): { end: Layer | undefined; raised: ReadonlyMap<string, ReadonlySet<Value>> } {
    this.frames.push({ values: new Map(), pending: [] });
    const end = this.way(base, alive, () => this.block(body));
    if (evenAtItsEnd) this.mayRaise();
    return { end, raised: this.popFrame() };
  }

  /** What was bound inside is seen by the `try` around as well. */
  private popFrame(): Map<string, Set<Value>> {
    const frame = this.frames.pop() ?? { values: new Map<string, Set<Value>>(), pending: [] };
    const outer = this.frames.at(-1);
    if (outer !== undefined) {
      outer.pending.push(...frame.pending);
      for (const [name, values] of frame.values) {
        this.effort.spend(values.size);
        for (const value of values) addTo(outer.values, name, value);
      }
    }
    return frame.values;
  }

  /** Any of what was bound may be there, or what was there before. */
  private assume(raised: ReadonlyMap<string, ReadonlySet<Value>>): void {
    for (const [name, values] of raised) this.current.set(name, mergeOf([this.current.get(name), ...values]));
  }
}

/** A bare `except`, or one for what may be raised between any two steps. */
function catchesInterrupts(type: Expression | undefined): boolean {
  if (type === undefined) return true;
  for (const part of expressionsIn(type)) {
    if (part.kind === 'Name' && /^(?:BaseException|KeyboardInterrupt|SystemExit)$/.test(part.id)) return true;
  }
  return false;
}

function bindsNames(test: Expression): boolean {
  for (const part of expressionsIn(test)) if (part.kind === 'NamedExpr') return true;
  return false;
}

import type { Comprehension, ComprehensionClause, Expression, Name } from '../syntax/tree.js';
import { partsOf } from '../syntax/walk.js';
import type { Definition } from './definitions.js';
import { Effort, Layer, type Value } from './flow-state.js';
import { isLocal, storedName, type Scope, type ScopeNode } from './scope.js';

/** `Omit` on each member of a union. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/** A definition but for its name, its place, and who takes the branch. */
export type Means = Without<Definition, 'name' | 'at' | 'forTypeCheckers'>;

/** What was bound inside a `try` so far, and thus may be seen by what catches. */
interface Frame {
  values: Map<string, Set<Value>>;
  /** Bound last: nothing has run since that could have raised. */
  pending: [string, Value][];
}

/** Follows the expressions of one scope in the order in which they are evaluated. */
export class ExpressionFlow {
  /** What each name of this scope holds where it is read. */
  readonly reads = new Map<Name, Value>();
  /** Names, and whatever else opens a scope, in code that never runs. */
  readonly unreached = new Set<Name | ScopeNode>();
  readonly ofComprehensions = new Map<ScopeNode, ReadonlyMap<string, Definition>>();
  readonly definitions = new Map<string, Definition[]>();
  /** Bound here, but living in another scope: declared `global` or `nonlocal`. */
  readonly elsewhere: Definition[] = [];
  /** What a definition reads of its own name: `x` in `x = x + 1`, without which it has no value either. */
  readonly needs = new Map<Definition, Value>();
  protected readonly scope: Scope;
  protected readonly effort = new Effort();
  protected current = new Layer(undefined, this.effort);
  protected alive = true;
  protected forTypeCheckers = false;
  protected readonly frames: Frame[] = [];
  /** What the present statement has read for certain. */
  private readonly readJustNow = new Map<string, Value>();
  private conditional = 0;
  private deferred = 0;
  private readonly comprehensions: Map<string, Definition>[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Before anything that could raise: what was bound until now is seen by whoever catches it. */
  protected mayRaise(): void {
    const frame = this.frames.at(-1);
    if (frame === undefined) return;
    for (const [name, value] of frame.pending) addTo(frame.values, name, value);
    frame.pending = [];
  }

  protected beginStatement(): void {
    this.mayRaise();
    this.readJustNow.clear();
  }

  protected define(id: string, at: number, means: Means): Definition {
    const name = storedName(id, this.scope);
    const definition: Definition = { ...means, name, at };
    if (this.forTypeCheckers) definition.forTypeCheckers = true;
    if (!isLocal(this.scope, name)) {
      this.elsewhere.push(definition);
      return definition;
    }
    const known = this.definitions.get(name);
    if (known === undefined) this.definitions.set(name, [definition]);
    else known.push(definition);
    if (!this.alive) return definition;
    this.current.set(name, definition);
    this.frames.at(-1)?.pending.push([name, definition]);
    const needed = this.readJustNow.get(name);
    const { kind } = definition;
    if (needed !== undefined && (kind === 'assignment' || kind === 'augmented')) this.needs.set(definition, needed);
    return definition;
  }

  /** Runs one of several ways on from `base`. @returns where it ends, unless it leaves by another way. */
  protected way(base: Layer, alive: boolean, walk: () => void): Layer | undefined {
    const layer = new Layer(base, this.effort);
    this.current = layer;
    this.alive = alive;
    walk();
    return this.alive ? layer : undefined;
  }

  /** Goes on where the given ways meet, all of them begun at `base`. */
  protected meet(base: Layer, ways: readonly (Layer | undefined)[]): void {
    const ended = ways.filter((each) => each !== undefined);
    base.join(ended);
    this.current = base;
    this.alive = ended.length > 0;
  }

  read(expression: Expression): void {
    switch (expression.kind) {
      case 'Name':
        return this.readName(expression);
      case 'Constant':
        return;
      case 'Lambda':
        if (!this.alive) this.unreached.add(expression);
        for (const { default: value } of expression.params) if (value !== undefined) this.read(value);
        return;
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        return this.comprehension(expression);
      case 'NamedExpr':
        this.read(expression.value);
        this.define(expression.target.id, expression.target.at, {
          kind: 'assignment',
          node: expression,
          value: expression.value,
        });
        return this.mayRaise();
      case 'BoolOp':
        this.read(expression.left);
        return this.perhaps([() => this.read(expression.right)]);
      case 'IfExp':
        this.read(expression.test);
        return this.perhaps([() => this.read(expression.body), () => this.read(expression.orelse)]);
      default:
        for (const part of partsOf(expression)) this.read(part);
    }
  }

  /** One of two ways is taken; the second, when it is not given, does nothing. */
  private perhaps([first, second = () => undefined]: [() => void, (() => void)?]): void {
    const { current: base, alive } = this;
    this.conditional += 1;
    const ways = [this.way(base, alive, first), this.way(base, alive, second)];
    this.conditional -= 1;
    this.meet(base, ways);
    this.alive = alive;
  }

  private readName(node: Name): void {
    if (!this.alive) {
      this.unreached.add(node);
      return;
    }
    const name = storedName(node.id, this.scope);
    const inComprehension = this.comprehensions.findLast((bound) => bound.has(name))?.get(name);
    if (inComprehension !== undefined) {
      this.reads.set(node, inComprehension);
      return;
    }
    const isHidden = this.scope.kind === 'class' && this.comprehensions.length > 0;
    if (this.deferred > 0 || isHidden || !isLocal(this.scope, name)) return;
    const value = this.current.get(name);
    this.reads.set(node, value);
    if (this.conditional === 0) this.readJustNow.set(name, value);
  }

  /** Its body may run not at all, and that of a generator at any later time. */
  private comprehension(node: Comprehension): void {
    const bound = new Map<string, Definition>();
    this.ofComprehensions.set(node, bound);
    const isLater = node.kind === 'GeneratorExp';
    const [first, ...others] = node.clauses;
    if (first !== undefined) this.read(first.iterable);
    this.comprehensions.push(bound);
    if (isLater) this.deferred += 1;
    this.perhaps([
      () => {
        if (first !== undefined) this.clause(first, bound);
        for (const clause of others) {
          this.read(clause.iterable);
          this.clause(clause, bound);
        }
        this.read(node.element);
        if (node.value !== undefined) this.read(node.value);
      },
    ]);
    if (isLater) this.deferred -= 1;
    this.comprehensions.pop();
  }

  private clause(clause: ComprehensionClause, bound: Map<string, Definition>): void {
    this.clauseTarget(clause.target, clause, bound);
    for (const condition of clause.conditions) this.read(condition);
  }

  private clauseTarget(target: Expression, clause: ComprehensionClause, bound: Map<string, Definition>): void {
    if (target.kind === 'Name') {
      const name = storedName(target.id, this.scope);
      bound.set(name, { kind: 'for', name, at: target.at, node: clause });
    } else if (target.kind === 'Starred') this.clauseTarget(target.value, clause, bound);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elements) this.clauseTarget(element, clause, bound);
    } else this.read(target);
  }
}

export function addTo(values: Map<string, Set<Value>>, name: string, value: Value): void {
  const known = values.get(name);
  if (known === undefined) values.set(name, new Set([value]));
  else known.add(value);
}

import type { Expression, Name, Parameter, Statement } from '../../source/syntax/tree.js';
import { blocksOf, expressionsIn, expressionsOf } from '../../source/syntax/walk.js';
import { bindingsOf, type Binding } from '../../source/values/bindings.js';

/** One way in which a name comes to hold what it holds where it is read. */
export type Definition =
  | { kind: 'parameter'; parameter: Parameter }
  | { kind: 'bound'; binding: Binding; statement: Statement }
  /** `x += value`, on top of what it held before. */
  | { kind: 'augmented'; op: string; before: Name; value: Expression; statement: Statement };

export interface Reaching {
  /** What a name, where it stands, may have been defined by; nothing for a name that is never bound in this scope. */
  at(name: Name): readonly Definition[];
  /** What a name may have been defined by when the scope has come to its end. */
  atEnd(name: string): readonly Definition[];
}

type Held = ReadonlyMap<string, ReadonlySet<Definition>>;

const walked = new WeakMap<readonly Statement[], Reaching>();

/** Which assignments reach which reads, in the body of a function or module: later ones replace earlier ones, branches add up. */
export function reachingIn(body: readonly Statement[], params: readonly Parameter[] = []): Reaching {
  const known = walked.get(body);
  if (known !== undefined) return known;
  const walk = new Walk();
  const given = params.map(
    (parameter) => [parameter.name, new Set([{ kind: 'parameter', parameter } as const])] as const,
  );
  const end = walk.block(body, new Map(given));
  const atEnd = end ?? walk.left;
  const reaching: Reaching = {
    at: (name) => [...(walk.reads.get(name) ?? [])],
    atEnd: (name) => [...(atEnd.get(name) ?? [])],
  };
  walked.set(body, reaching);
  return reaching;
}

class Walk {
  readonly reads = new Map<Name, ReadonlySet<Definition>>();
  /** What was held wherever the scope was left early. */
  left: Held = new Map();

  /** What is held after a block; undefined when it is never left at its end. */
  block(block: readonly Statement[], before: Held): Held | undefined {
    let held = new Map(before);
    for (const statement of block) {
      const after = this.statement(statement, held);
      if (after === undefined) return undefined;
      held = after;
    }
    return held;
  }

  /** Changes what is held, or gives something in its place. */
  private statement(statement: Statement, held: Map<string, ReadonlySet<Definition>>): typeof held | undefined {
    for (const expression of expressionsOf(statement)) this.read(expression, held);
    switch (statement.kind) {
      case 'Return':
      case 'Raise':
      case 'Continue':
      case 'Break':
        this.left = merged([this.left, held]);
        return undefined;
      case 'If':
        return mergedIfAny([this.block(statement.body, held), this.block(statement.orelse, held)]);
      case 'Match':
        bind(statement, held);
        return mergedIfAny([held, ...statement.cases.map(({ body }) => this.block(body, held))]);
      case 'For':
      case 'While': {
        // What the body assigns may be held at its start already, from the round before.
        const start = merged([held, assignedIn(statement.body)]);
        const inside = new Map(start);
        bind(statement, inside);
        // Taken for granted: a loop is gone through at least once.
        const after = this.block(statement.body, inside);
        const left = this.block(statement.orelse, after ?? inside);
        return left === undefined ? undefined : new Map(left);
      }
      case 'Try': {
        const broken = merged([held, assignedIn(statement.body)]);
        const body = this.block(statement.body, held);
        const handled = statement.handlers.map((handler) => this.block(handler.body, broken));
        const passed = body === undefined ? undefined : this.block(statement.orelse, body);
        const after = mergedIfAny([passed, ...handled]);
        const last = this.block(statement.finalbody, after ?? broken);
        return after === undefined || last === undefined ? undefined : new Map(last);
      }
      case 'With': {
        bind(statement, held);
        const after = this.block(statement.body, held);
        return after === undefined ? undefined : new Map(after);
      }
      default:
        bind(statement, held);
        return held;
    }
  }

  private read(expression: Expression, held: Held): void {
    for (const part of expressionsIn(expression)) {
      if (part.kind === 'Name') this.reads.set(part, held.get(part.id) ?? none);
    }
  }
}

const none: ReadonlySet<Definition> = new Set();

const own = new WeakMap<Statement, ReadonlyMap<string, readonly Definition[]>>();

/** What a statement itself binds, outside of its blocks. */
function definitionsOf(statement: Statement): ReadonlyMap<string, readonly Definition[]> {
  const known = own.get(statement);
  if (known !== undefined) return known;
  const found = new Map<string, readonly Definition[]>();
  if (statement.kind === 'AugAssign') {
    const { op, target, value } = statement;
    if (target.kind === 'Name') found.set(target.id, [{ kind: 'augmented', op, before: target, value, statement }]);
  } else {
    for (const [name, bindings] of bindingsOf([withoutBlocks(statement)]).names) {
      const definitions = bindings.map((binding) => ({ kind: 'bound', binding, statement }) as const);
      found.set(name, definitions);
    }
  }
  own.set(statement, found);
  return found;
}

function withoutBlocks(statement: Statement): Statement {
  switch (statement.kind) {
    case 'For':
    case 'While':
    case 'If':
      return { ...statement, body: [], orelse: [] };
    case 'With':
      return { ...statement, body: [] };
    case 'Try':
      return {
        ...statement,
        body: [],
        orelse: [],
        finalbody: [],
        handlers: statement.handlers.map((each) => ({ ...each, body: [] })),
      };
    case 'Match':
      return { ...statement, cases: statement.cases.map((each) => ({ ...each, body: [] })) };
    default:
      return statement;
  }
}

function bind(statement: Statement, held: Map<string, ReadonlySet<Definition>>): void {
  for (const [name, definitions] of definitionsOf(statement)) held.set(name, new Set(definitions));
}

/** Everything that a block assigns anywhere. */
function assignedIn(block: readonly Statement[]): Held {
  const all: Held[] = [];
  for (const statement of block) {
    all.push(new Map([...definitionsOf(statement)].map(([name, each]) => [name, new Set(each)])));
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') continue;
    for (const inner of blocksOf(statement)) all.push(assignedIn(inner));
  }
  return merged(all);
}

function merged(all: readonly Held[]): Map<string, ReadonlySet<Definition>> {
  const found = new Map<string, Set<Definition>>();
  for (const held of all) {
    for (const [name, definitions] of held) {
      const known = found.get(name);
      if (known === undefined) found.set(name, new Set(definitions));
      else for (const definition of definitions) known.add(definition);
    }
  }
  return found;
}

function mergedIfAny(all: readonly (Held | undefined)[]): Map<string, ReadonlySet<Definition>> | undefined {
  const some = all.filter((held) => held !== undefined);
  return some.length === 0 ? undefined : merged(some);
}

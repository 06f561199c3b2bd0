import type { FunctionDef, Statement } from '../syntax/tree.js';
import { neverReturns, truthOf } from './certain-flow.js';
import { CompoundFlow } from './flow-compound.js';
import type { ExpressionFlow } from './flow-expressions.js';
import { TooEntangled } from './flow-state.js';
import type { Scope } from './scope.js';
import { boundByAlias } from '../syntax/bound-names.js';

/** What the flow of one scope is known to be. */
export type Flow = Pick<
  ExpressionFlow,
  'reads' | 'unreached' | 'definitions' | 'ofComprehensions' | 'elsewhere' | 'needs'
>;

/**
 * Follows the names of one scope through its code, by one walk over it: a loop's back edges are added to what its head
 * merges when its body has been walked, so nothing is walked twice. Undefined for code too entangled to follow.
 */
export function flowOf(scope: Scope): Flow | undefined {
  const flow = new StatementFlow(scope);
  try {
    flow.run();
    return flow;
  } catch (error) {
    if (error instanceof TooEntangled) return undefined;
    throw error;
  }
}

class StatementFlow extends CompoundFlow {
  run(): void {
    const { node } = this.scope;
    if ('params' in node) {
      for (const parameter of node.params) {
        this.define(parameter.name, parameter.at, { kind: 'parameter', node: parameter });
      }
    }
    if (!('body' in node)) return;
    const { body } = node;
    if ('kind' in body) this.read(body);
    else this.block(body);
  }

  protected block(block: readonly Statement[]): void {
    for (const statement of block) this.statement(statement);
  }

  private statement(statement: Statement): void {
    this.beginStatement();
    switch (statement.kind) {
      case 'Assign':
        this.read(statement.value);
        for (const target of statement.targets) this.assign(target, statement.value, statement);
        return;
      case 'AnnAssign':
        if (statement.value === undefined) {
          if (statement.target.kind !== 'Name') this.read(statement.target);
          return;
        }
        this.read(statement.value);
        return this.assign(statement.target, statement.value, statement);
      case 'AugAssign':
        this.read(statement.target);
        this.read(statement.value);
        if (statement.target.kind !== 'Name') return;
        this.define(statement.target.id, statement.target.at, { kind: 'augmented', node: statement });
        return;
      case 'FunctionDef':
        this.functionDef(statement);
        return;
      case 'ClassDef':
        if (!this.alive) this.unreached.add(statement);
        for (const decorator of statement.decorators) this.read(decorator);
        for (const { value } of statement.args) this.read(value);
        this.define(statement.name, statement.nameAt, { kind: 'class', node: statement });
        return;
      case 'Import':
      case 'ImportFrom':
        for (const alias of statement.names) {
          const bound = boundByAlias(alias, statement);
          if (bound !== undefined) this.define(bound, alias.at, { kind: 'import', node: statement, alias });
        }
        return;
      case 'TypeAlias':
        this.define(statement.name, statement.at, { kind: 'type-alias', node: statement });
        return;
      case 'Delete':
        for (const target of statement.targets) this.unbind(target, statement);
        return;
      case 'Return':
        if (statement.value !== undefined) this.read(statement.value);
        this.alive = false;
        return;
      case 'Raise':
        if (statement.exception !== undefined) this.read(statement.exception);
        if (statement.cause !== undefined) this.read(statement.cause);
        this.alive = false;
        return;
      case 'Assert':
        this.read(statement.test);
        if (statement.message !== undefined) this.read(statement.message);
        if (truthOf(statement.test) === false) this.alive = false;
        return;
      case 'Expr':
        this.read(statement.value);
        if (neverReturns(statement.value)) this.alive = false;
        return;
      case 'Break':
      case 'Continue':
        return this.jump(statement.kind);
      case 'If':
        return this.ifChain(statement);
      case 'For':
      case 'While':
        return this.loop(statement);
      case 'With':
        return this.with(statement);
      case 'Match':
        return this.match(statement);
      case 'Try':
        return this.try(statement);
      case 'Global':
      case 'Nonlocal':
      case 'Pass':
        return;
      default:
        return statement satisfies never;
    }
  }

  private functionDef(node: FunctionDef): void {
    if (!this.alive) this.unreached.add(node);
    for (const decorator of node.decorators) this.read(decorator);
    for (const { default: value } of node.params) if (value !== undefined) this.read(value);
    this.define(node.name, node.nameAt, { kind: 'function', node });
  }
}

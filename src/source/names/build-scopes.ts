import { boundByAlias } from '../syntax/bound-names.js';
import type { Argument, ClassDef, FunctionDef, ModuleSyntax, Statement, TypeAlias } from '../syntax/tree.js';
import type { GrowingScope } from './growing-scope.js';
import { ScopeExpressions } from './scope-expressions.js';
import { storedName, type Scope, type ScopeNode } from './scope.js';

export interface Scopes {
  /** The module first, each before those inside it. */
  all: readonly [Scope, ...Scope[]];
  /** By what opens them; those of type parameters excepted. */
  byNode: ReadonlyMap<ScopeNode, Scope>;
  /** Names of the module that functions or classes bind by `global`. */
  boundAsGlobal: ReadonlySet<string>;
}

/** The scopes of a file, by one walk over it. */
export function buildScopes(syntax: ModuleSyntax): Scopes {
  const builder = new Builder(syntax.postponedAnnotations === true);
  const module = builder.open('module', syntax, undefined);
  builder.block(syntax.body, module);
  return { all: [module, ...builder.inner], byNode: builder.byNode, boundAsGlobal: builder.boundAsGlobal() };
}

/** Walks statements: what each of them binds, and which of its blocks are scopes of their own. */
class Builder extends ScopeExpressions {
  boundAsGlobal(): Set<string> {
    const found = new Set<string>();
    for (const { bound, globals } of this.inner) for (const name of globals) if (bound.has(name)) found.add(name);
    return found;
  }

  block(block: readonly Statement[], scope: GrowingScope): void {
    for (const statement of block) this.statement(statement, scope);
  }

  private statement(statement: Statement, scope: GrowingScope): void {
    switch (statement.kind) {
      case 'FunctionDef':
        return this.functionDef(statement, scope);
      case 'ClassDef':
        return this.classDef(statement, scope);
      case 'Assign':
        this.read(statement.value, scope);
        for (const target of statement.targets) this.target(target, scope);
        return;
      case 'AugAssign':
        this.read(statement.target, scope);
        this.read(statement.value, scope);
        if (statement.target.kind === 'Name') scope.bind(statement.target.id);
        return;
      case 'AnnAssign':
        if (statement.value !== undefined) this.read(statement.value, scope);
        this.annotation(statement.annotation, scope, scope.kind !== 'function');
        return this.target(statement.target, scope);
      case 'For':
        this.read(statement.iterable, scope);
        this.target(statement.target, scope);
        this.block(statement.body, scope);
        return this.block(statement.orelse, scope);
      case 'While':
        this.read(statement.test, scope);
        this.block(statement.body, scope);
        return this.block(statement.orelse, scope);
      case 'If':
        return this.ifChain(statement, scope);
      case 'With':
        for (const { context, target } of statement.items) {
          this.read(context, scope);
          if (target !== undefined) this.target(target, scope);
        }
        return this.block(statement.body, scope);
      case 'Match':
        this.read(statement.subject, scope);
        for (const { pattern, guard, body } of statement.cases) {
          this.pattern(pattern, scope);
          if (guard !== undefined) this.read(guard, scope);
          this.block(body, scope);
        }
        return;
      case 'Try':
        this.block(statement.body, scope);
        for (const { type, name, body } of statement.handlers) {
          if (type !== undefined) this.read(type, scope);
          if (name !== undefined) scope.bind(name);
          this.block(body, scope);
        }
        this.block(statement.orelse, scope);
        return this.block(statement.finalbody, scope);
      case 'Import':
      case 'ImportFrom':
        for (const alias of statement.names) {
          const bound = boundByAlias(alias, statement);
          if (bound !== undefined) scope.bind(bound);
          else if (statement.kind === 'ImportFrom') scope.stars.push(statement);
        }
        return;
      case 'Global':
        for (const name of statement.names) scope.globals.add(storedName(name, scope));
        return;
      case 'Nonlocal':
        for (const name of statement.names) scope.nonlocals.add(storedName(name, scope));
        return;
      case 'TypeAlias':
        scope.bind(statement.name);
        return this.annotation(statement.value, this.typeParameters(statement, scope), false);
      case 'Delete':
        for (const target of statement.targets) this.deleted(target, scope);
        return;
      case 'Return':
      case 'Expr':
        if (statement.value !== undefined) this.read(statement.value, scope);
        return;
      case 'Raise':
        if (statement.exception !== undefined) this.read(statement.exception, scope);
        if (statement.cause !== undefined) this.read(statement.cause, scope);
        return;
      case 'Assert':
        this.read(statement.test, scope);
        if (statement.message !== undefined) this.read(statement.message, scope);
        return;
      case 'Pass':
      case 'Break':
      case 'Continue':
        return;
      default:
        return statement satisfies never;
    }
  }

  /** A chain of `elif`s is as long as its author likes: it is not walked by recursion. */
  private ifChain(first: Statement & { kind: 'If' }, scope: GrowingScope): void {
    for (let each = first; ;) {
      this.read(each.test, scope);
      this.block(each.body, scope);
      const [next] = each.orelse;
      if (each.orelse.length !== 1 || next?.kind !== 'If') return this.block(each.orelse, scope);
      each = next;
    }
  }

  private functionDef(node: FunctionDef, scope: GrowingScope): void {
    for (const decorator of node.decorators) this.read(decorator, scope);
    for (const { default: value } of node.params) if (value !== undefined) this.read(value, scope);
    scope.bind(node.name);
    const around = this.typeParameters(node, scope);
    for (const { annotation } of node.params) if (annotation !== undefined) this.annotation(annotation, around, true);
    if (node.returns !== undefined) this.annotation(node.returns, around, true);
    const inner = this.open('function', node, around);
    for (const { name } of node.params) inner.bind(name);
    this.block(node.body, inner);
  }

  private classDef(node: ClassDef, scope: GrowingScope): void {
    for (const decorator of node.decorators) this.read(decorator, scope);
    scope.bind(node.name);
    const around = this.typeParameters(node, scope);
    for (const { value } of node.args as readonly Argument[]) this.read(value, around);
    this.block(node.body, this.open('class', node, around));
  }

  private typeParameters(node: FunctionDef | ClassDef | TypeAlias, scope: GrowingScope): GrowingScope {
    if (node.typeParams === undefined) return scope;
    const around = this.open('type-parameters', node, scope);
    for (const name of node.typeParams) around.bind(name);
    return around;
  }
}

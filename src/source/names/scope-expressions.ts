import type { Comprehension, Expression, Lambda, Name, Pattern } from '../syntax/tree.js';
import { partsOf } from '../syntax/walk.js';
import { GrowingScope } from './growing-scope.js';
import type { ScopeKind, ScopeNode } from './scope.js';

/** Walks what statements hold: the expressions that they read, and the targets and patterns that they bind. */
export abstract class ScopeExpressions {
  readonly byNode = new Map<ScopeNode, GrowingScope>();
  /** All but the module. */
  readonly inner: GrowingScope[] = [];
  private readonly postponed: boolean;

  constructor(postponed: boolean) {
    this.postponed = postponed;
  }

  open(kind: ScopeKind, node: ScopeNode, parent: GrowingScope | undefined): GrowingScope {
    const scope = new GrowingScope(kind, node, parent);
    if (parent !== undefined) this.inner.push(scope);
    if (kind !== 'type-parameters') this.byNode.set(node, scope);
    return scope;
  }

  protected annotation(annotation: Expression, scope: GrowingScope, isEvaluated: boolean): void {
    this.read(annotation, scope, isEvaluated && !this.postponed ? scope.annotations : scope.hints);
  }

  protected read(expression: Expression, scope: GrowingScope, reads: Name[] = scope.reads): void {
    switch (expression.kind) {
      case 'Name':
        (expression.quoted ? scope.hints : reads).push(expression);
        return;
      case 'Constant':
        return;
      case 'Lambda':
        return this.lambda(expression, scope, reads);
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp':
        return this.comprehension(expression, scope, reads);
      case 'NamedExpr': {
        this.read(expression.value, scope, reads);
        let owner = scope;
        while (owner.kind === 'comprehension' && owner.parent !== undefined) owner = owner.parent;
        return owner.bind(expression.target.id);
      }
      default:
        for (const part of partsOf(expression)) this.read(part, scope, reads);
    }
  }

  private lambda(node: Lambda, scope: GrowingScope, reads: Name[]): void {
    for (const { default: value } of node.params) if (value !== undefined) this.read(value, scope, reads);
    const inner = this.open('lambda', node, scope);
    for (const { name } of node.params) inner.bind(name);
    this.read(node.body, inner);
  }

  /** The first iterable is evaluated outside of the comprehension. */
  private comprehension(node: Comprehension, scope: GrowingScope, reads: Name[]): void {
    const inner = this.open('comprehension', node, scope);
    for (const [index, { target, iterable, conditions }] of node.clauses.entries()) {
      if (index === 0) this.read(iterable, scope, reads);
      else this.read(iterable, inner);
      this.target(target, inner);
      for (const condition of conditions) this.read(condition, inner);
    }
    this.read(node.element, inner);
    if (node.value !== undefined) this.read(node.value, inner);
  }

  protected target(target: Expression, scope: GrowingScope): void {
    switch (target.kind) {
      case 'Name':
        return scope.bind(target.id);
      case 'Starred':
        return this.target(target.value, scope);
      case 'Tuple':
      case 'List':
        for (const element of target.elements) this.target(element, scope);
        return;
      default:
        return this.read(target, scope);
    }
  }

  protected deleted(target: Expression, scope: GrowingScope): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elements) this.deleted(element, scope);
      return;
    }
    this.read(target, scope);
    if (target.kind === 'Name') scope.bind(target.id);
  }

  protected pattern(pattern: Pattern, scope: GrowingScope): void {
    switch (pattern.kind) {
      case 'MatchValue':
        return this.read(pattern.value, scope);
      case 'MatchCapture':
      case 'MatchStar':
        return pattern.name === undefined ? undefined : scope.bind(pattern.name);
      case 'MatchAs':
        this.pattern(pattern.pattern, scope);
        return scope.bind(pattern.name);
      case 'MatchOr':
      case 'MatchSequence':
        for (const inner of pattern.patterns) this.pattern(inner, scope);
        return;
      case 'MatchMapping':
        for (const { key, pattern: inner } of pattern.entries) {
          this.read(key, scope);
          this.pattern(inner, scope);
        }
        return pattern.rest === undefined ? undefined : scope.bind(pattern.rest);
      case 'MatchClass':
        this.read(pattern.class, scope);
        for (const inner of pattern.patterns) this.pattern(inner, scope);
        return;
      default:
        return pattern satisfies never;
    }
  }
}

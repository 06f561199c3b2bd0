import type { Assign, AnnAssign, Delete, Expression, MatchCase, Pattern } from '../syntax/tree.js';
import { ExpressionFlow, type Means } from './flow-expressions.js';

/** Follows what statements bind: targets, patterns and `del`. */
export class TargetFlow extends ExpressionFlow {
  /** Binds every name of a target in the same way. */
  protected bind(target: Expression, means: Means): void {
    switch (target.kind) {
      case 'Name':
        this.define(target.id, target.at, means);
        return;
      case 'Starred':
        return this.bind(target.value, means);
      case 'Tuple':
      case 'List':
        for (const element of target.elements) this.bind(element, means);
        return;
      default:
        this.read(target);
        return this.mayRaise();
    }
  }

  /** Each name of a target gets the value that stands opposite, where one does. */
  protected assign(target: Expression, value: Expression, node: Assign | AnnAssign): void {
    if (target.kind === 'Name') return this.bind(target, { kind: 'assignment', node, value });
    if (target.kind !== 'Tuple' && target.kind !== 'List') {
      return this.bind(target, { kind: 'assignment', node, from: value });
    }
    const isPaired =
      (value.kind === 'Tuple' || value.kind === 'List') &&
      value.elements.length === target.elements.length &&
      [...value.elements, ...target.elements].every(({ kind }) => kind !== 'Starred');
    for (const [index, element] of target.elements.entries()) {
      const opposite = isPaired ? value.elements[index] : undefined;
      if (opposite === undefined) this.bind(element, { kind: 'assignment', node, from: value });
      else this.assign(element, opposite, node);
    }
  }

  protected unbind(target: Expression, node: Delete): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      for (const element of target.elements) this.unbind(element, node);
      return;
    }
    this.read(target);
    if (target.kind === 'Name') this.define(target.id, target.at, { kind: 'unbinding', node });
  }

  protected capture(pattern: Pattern, node: MatchCase): void {
    const bind = (name: string | undefined): void => {
      if (name !== undefined) this.define(name, pattern.at, { kind: 'capture', node });
    };
    switch (pattern.kind) {
      case 'MatchValue':
        return this.read(pattern.value);
      case 'MatchCapture':
      case 'MatchStar':
        return bind(pattern.name);
      case 'MatchAs':
        this.capture(pattern.pattern, node);
        return bind(pattern.name);
      case 'MatchOr':
      case 'MatchSequence':
        for (const inner of pattern.patterns) this.capture(inner, node);
        return;
      case 'MatchMapping':
        for (const { key, pattern: inner } of pattern.entries) {
          this.read(key);
          this.capture(inner, node);
        }
        return bind(pattern.rest);
      case 'MatchClass':
        this.read(pattern.class);
        for (const inner of pattern.patterns) this.capture(inner, node);
        return;
      default:
        return pattern satisfies never;
    }
  }
}

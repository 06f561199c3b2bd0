import type { ImportFrom, Name } from '../syntax/tree.js';
import { storedName, type Scope, type ScopeKind, type ScopeNode } from './scope.js';

/** A scope while its file is being walked. */
export class GrowingScope implements Scope {
  readonly children: GrowingScope[] = [];
  readonly bound = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly stars: ImportFrom[] = [];
  readonly reads: Name[] = [];
  readonly annotations: Name[] = [];
  readonly hints: Name[] = [];
  readonly className: string | undefined;
  readonly kind: ScopeKind;
  readonly node: ScopeNode;
  readonly parent: GrowingScope | undefined;

  constructor(kind: ScopeKind, node: ScopeNode, parent: GrowingScope | undefined) {
    this.kind = kind;
    this.node = node;
    this.parent = parent;
    this.className = kind === 'class' && 'name' in node ? node.name : parent?.className;
    parent?.children.push(this);
  }

  bind(id: string): void {
    this.bound.add(storedName(id, this));
  }
}

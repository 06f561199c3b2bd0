import type { ImportFrom, ModuleSyntax, Name } from '../syntax/tree.js';
import { buildScopes } from './build-scopes.js';
import type { Definition, Reaching } from './definitions.js';
import { flowOf, type Flow } from './flow.js';
import { reaching } from './reaching.js';
import { isLocal, runningScope, runsItself, storedName, type Scope, type ScopeNode } from './scope.js';

/** The names of one file: in which scope each lives, and which definitions reach it. */
export class Names {
  readonly module: Scope;
  /** Every scope of the file, the module first, each before those inside it. */
  readonly all: readonly Scope[];
  /** Names of the module that functions or classes bind by `global`. */
  readonly boundAsGlobal: ReadonlySet<string>;
  /** Every `from m import *` of the file. */
  readonly stars: readonly ImportFrom[];
  private readonly byNode: ReadonlyMap<ScopeNode, Scope>;
  private readonly flows = new Map<Scope, Flow | undefined>();
  private readonly places = new Map<Name, Scope>();
  private readonly fromElsewhere = new Map<Scope, Map<string, Definition[]>>();

  constructor(syntax: ModuleSyntax) {
    const { all, byNode, boundAsGlobal } = buildScopes(syntax);
    [this.module] = all;
    this.all = all;
    this.byNode = byNode;
    this.stars = all.flatMap(({ stars }) => stars);
    this.boundAsGlobal = boundAsGlobal;
  }

  /** The scope that a node of this file opens. */
  scopeOf(node: ScopeNode): Scope | undefined {
    return this.byNode.get(node);
  }

  /** The scope in which a name is read. Undefined for a name that is only bound, or is of another file. */
  scopeAt(name: Name): Scope | undefined {
    if (this.places.size === 0) {
      for (const scope of this.all) {
        for (const reads of [scope.reads, scope.annotations, scope.hints]) {
          for (const read of reads) this.places.set(read, scope);
        }
      }
    }
    return this.places.get(name);
  }

  /** The scope that a name lives in, when it is read in `scope`. Undefined: a builtin, from a star import, or nowhere. */
  resolve(id: string, scope: Scope): Scope | undefined {
    const stored = storedName(id, scope);
    for (let each: Scope | undefined = scope, from = scope; each !== undefined; from = each, each = each.parent) {
      if (each.kind === 'module') break;
      const isSeen = each.kind !== 'class' || each === scope || from.kind === 'type-parameters';
      if (!isSeen) continue;
      if (each.globals.has(stored)) break;
      if (isLocal(each, stored)) return each;
    }
    return this.module.bound.has(stored) || this.boundAsGlobal.has(stored) ? this.module : undefined;
  }

  /** Does the code in which the name is read ever run, as far as the file alone can tell? */
  isReached(name: Name): boolean {
    let node: Name | ScopeNode = name;
    for (let scope = this.scopeAt(name); scope !== undefined; scope = scope.parent) {
      if (!runsItself(scope)) continue;
      if (this.flow(scope)?.unreached.has(node) === true) return false;
      node = scope.node;
    }
    return true;
  }

  /** Which definitions a name may see where it is read, see `Reaching`. */
  definitionsReaching(name: Name): Reaching {
    const scope = this.scopeAt(name);
    const owner = scope === undefined ? undefined : this.resolve(name.id, scope);
    if (scope === undefined || owner === undefined) return { definitions: [], mayBeUnbound: true, unbindings: [] };
    const stored = storedName(name.id, scope);
    const runs = runningScope(scope);
    const flow = this.flow(runs);
    const value = flow?.reads.get(name);
    if (flow === undefined || value === undefined) {
      const all = this.definitionsOf(owner, stored);
      const unbindings = all.filter(({ kind }) => kind === 'unbinding');
      return { definitions: all.filter(({ kind }) => kind !== 'unbinding'), mayBeUnbound: true, unbindings };
    }
    const { definitions, mayBeUnbound, unbindings } = reaching(value, flow);
    const others = runs === owner ? this.elsewhere(owner).get(stored) : undefined;
    return { definitions: others === undefined ? definitions : [...definitions, ...others], mayBeUnbound, unbindings };
  }

  /** Every definition of a name in the scope that it lives in, those by `global` and `nonlocal` included. */
  definitionsOf(scope: Scope, stored: string): readonly Definition[] {
    if (scope.kind === 'type-parameters') return typeParameter(scope, stored);
    if (scope.kind === 'comprehension') {
      const definition = this.flow(runningScope(scope))?.ofComprehensions.get(scope.node)?.get(stored);
      return definition === undefined ? [] : [definition];
    }
    const own = this.flow(scope)?.definitions.get(stored) ?? [];
    const others = this.elsewhere(scope).get(stored);
    return others === undefined ? own : [...own, ...others];
  }

  private flow(scope: Scope): Flow | undefined {
    if (!this.flows.has(scope)) this.flows.set(scope, flowOf(scope));
    return this.flows.get(scope);
  }

  /** What other scopes bind in this one, by `global` or `nonlocal`. */
  private elsewhere(owner: Scope): ReadonlyMap<string, readonly Definition[]> {
    if (this.fromElsewhere.size === 0) {
      this.fromElsewhere.set(this.module, new Map());
      for (const scope of this.all) {
        if (scope.kind === 'module' || scope.globals.size + scope.nonlocals.size === 0) continue;
        for (const definition of this.flow(scope)?.elsewhere ?? []) this.addElsewhere(scope, definition);
      }
    }
    return this.fromElsewhere.get(owner) ?? none;
  }

  private addElsewhere(scope: Scope, definition: Definition): void {
    const { name } = definition;
    const owner = scope.globals.has(name) ? this.module : this.resolve(name, scope);
    if (owner === undefined) return;
    const names = this.fromElsewhere.get(owner) ?? new Map<string, Definition[]>();
    this.fromElsewhere.set(owner, names);
    names.set(name, [...(names.get(name) ?? []), definition]);
  }
}

const none: ReadonlyMap<string, readonly Definition[]> = new Map();

function typeParameter({ node }: Scope, name: string): readonly Definition[] {
  if (!('typeParams' in node)) return [];
  return [{ kind: 'type-parameter', name, at: node.at, node }];
}

const known = new WeakMap<ModuleSyntax, Names>();

/** The names of a file, worked out once: the scopes right away, the flow of each when it is asked for. */
export function namesOf(syntax: ModuleSyntax): Names {
  const found = known.get(syntax) ?? new Names(syntax);
  known.set(syntax, found);
  return found;
}

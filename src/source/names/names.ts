import type { ModuleSyntax, Name } from '../syntax/tree.js';
import { buildScopes } from './build-scopes.js';
import { isLocal, storedName, type Scope, type ScopeNode } from './scope.js';

/** The names of one file: in which scope each lives. */
export class Names {
  readonly module: Scope;
  /** Names of the module that functions or classes bind by `global`. */
  readonly boundAsGlobal: ReadonlySet<string>;
  /** Every scope of the file, the module first, each before those inside it. */
  readonly all: readonly Scope[];
  private readonly byNode: ReadonlyMap<ScopeNode, Scope>;
  private places: Map<Name, Scope> | undefined;

  constructor(syntax: ModuleSyntax) {
    const { all, byNode, boundAsGlobal } = buildScopes(syntax);
    [this.module] = all;
    this.all = all;
    this.byNode = byNode;
    this.boundAsGlobal = boundAsGlobal;
  }

  /** The scope that a node of this file opens. */
  scopeOf(node: ScopeNode): Scope | undefined {
    return this.byNode.get(node);
  }

  /** The scope in which a name is read. Undefined for a name that is only bound, or is of another file. */
  scopeAt(name: Name): Scope | undefined {
    if (this.places === undefined) {
      this.places = new Map();
      for (const scope of this.all) {
        for (const reads of [scope.reads, scope.annotations, scope.hints]) {
          for (const read of reads) this.places.set(read, scope);
        }
      }
    }
    return this.places.get(name);
  }

  /** The scope that the name lives in, when it is read in `scope`. Undefined: a builtin, from a star import, or nowhere. */
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
}

const known = new WeakMap<ModuleSyntax, Names>();

/** The names of a file, worked out once. Linear in the size of the file. */
export function namesOf(syntax: ModuleSyntax): Names {
  const found = known.get(syntax) ?? new Names(syntax);
  known.set(syntax, found);
  return found;
}

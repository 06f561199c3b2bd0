/** What the names of a file stand for by its import statements. */
import type { Definition } from '../names/definitions.js';
import type { Names } from '../names/names.js';
import { storedName, type Scope } from '../names/scope.js';
import { topOf } from '../syntax/bound-names.js';
import type { Alias, Expression, Import, ImportFrom, Name } from '../syntax/tree.js';

/** Full dotted name of what a part of an import statement binds: `a` for `import a.b`. Undefined for a relative import. */
function originOfAlias({ name, as }: Alias, statement: Import | ImportFrom): string | undefined {
  if (statement.kind === 'Import') return as === undefined ? topOf(name) : name;
  return statement.level > 0 ? undefined : `${statement.module}.${name}`;
}

/** The full dotted names that an import statement goes by: a and a.b for `import a.b`. */
export function originsIn(statement: Import | ImportFrom): readonly string[] {
  const origins = statement.names.flatMap((alias) => {
    const bound = originOfAlias(alias, statement);
    if (bound === undefined) return [];
    return statement.kind === 'Import' ? [bound, alias.name] : [bound];
  });
  return [...new Set(origins)];
}

/** Finds what names stand for where they are read. */
export class Origins {
  private readonly names: Names;
  private readonly imported: ReadonlySet<string>;
  private readonly found = new Map<Scope, Map<string, string | undefined>>();

  /** @param imported names that import statements bind, and maybe others: of no others the flow is followed. */
  constructor(names: Names, imported: ReadonlySet<string>) {
    this.names = names;
    this.imported = imported;
  }

  /** `numpy.float` for `np.float`, where `np` is what an import makes it and nothing else. Undefined where that is not certain. */
  of(expression: Expression): string | undefined {
    if (expression.kind === 'Name') return this.ofName(expression);
    const object = expression.kind === 'Attribute' ? this.of(expression.object) : undefined;
    return expression.kind === 'Attribute' && object !== undefined ? `${object}.${expression.name}` : undefined;
  }

  private ofName(name: Name): string | undefined {
    const scope = name.quoted || !this.imported.has(name.id) ? undefined : this.names.scopeAt(name);
    const owner = scope && this.names.resolve(name.id, scope);
    if (scope === undefined || owner === undefined) return undefined;
    const known = this.found.get(owner) ?? new Map<string, string | undefined>();
    this.found.set(owner, known);
    const stored = storedName(name.id, scope);
    if (!known.has(stored)) known.set(stored, originOf(this.names.definitionsOf(owner, stored)));
    return known.get(stored);
  }
}

/** The one thing that all definitions import. A relative import, or None, stands for one that failed. */
function originOf(definitions: readonly Definition[]): string | undefined {
  const origins = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind === 'import') {
      const origin = originOfAlias(definition.alias, definition.node);
      if (origin !== undefined) origins.add(origin);
    } else if (definition.kind !== 'unbinding' && !isNone(definition)) return undefined;
  }
  const [only, ...others] = origins;
  return others.length === 0 ? only : undefined;
}

function isNone(definition: Definition): boolean {
  if (definition.kind !== 'assignment') return false;
  return definition.value?.kind === 'Constant' && definition.value.type === 'None';
}

import type { Node } from '../parsing/node.js';
import { isShadowed } from './calls.js';
import { importedNames } from './imports.js';

/** What a name stands for by an import statement, and where it does. */
export interface Binding {
  /** Full dotted name: `numpy` for `np`, `streamlit.cache` for `from streamlit import cache`. */
  origin: string;
  /** The function whose body holds the import; absent at module level. */
  scope?: Node;
}

export type Bindings = ReadonlyMap<string, readonly Binding[]>;

/** What the imports of a file make of its names. A dotted name stands for the module it is: `import a.b` has a and a.b. */
export function bindingsOf(statements: readonly Node[]): Bindings {
  const bindings = new Map<string, Binding[]>();
  for (const statement of statements) {
    const scope = enclosingFunction(statement);
    for (const { bound, origin } of originsOf(statement)) {
      bindings.set(bound, [...(bindings.get(bound) ?? []), { origin, ...(scope === undefined ? {} : { scope }) }]);
    }
  }
  return bindings;
}

/** What each name of an absolute import stands for: `import a.b` binds `a` to a, `import a.b as c` binds `c` to a.b. */
export function originsOf(statement: Node): { bound: string; origin: string }[] {
  if (statement.type === 'import_statement') {
    return importedNames(statement).flatMap(({ name, bound }) =>
      bound === name.split('.', 1)[0] && bound !== name
        ? [
            { bound, origin: bound },
            { bound: name, origin: name },
          ]
        : [{ bound, origin: name }],
    );
  }
  const module = statement.childForFieldName('module_name')?.text.replaceAll(/\s/g, '') ?? '';
  if (module === '' || module.startsWith('.')) return [];
  return importedNames(statement).map(({ name, bound }) => ({ bound, origin: `${module}.${name}` }));
}

/** What a name stands for where it is read; undefined when that is not certain. */
export function originOf(name: Node, bindings: Bindings): string | undefined {
  const all = bindings.get(name.text) ?? [];
  const inner = all.filter(({ scope }) => scope !== undefined && isInside(name, scope));
  const visible = inner.length > 0 ? inner : all.filter(({ scope }) => scope === undefined);
  const [origin, ...others] = new Set(visible.map((binding) => binding.origin));
  return origin === undefined || others.length > 0 || isShadowed(name) || isRebound(name) ? undefined : origin;
}

/** True when the module binds the name itself, by a definition or an assignment, besides importing it; None stands for a failed import. */
function isRebound(name: Node): boolean {
  const { text, nodes } = name.of;
  const own = new RegExp(
    `^[ \\t]*(?:(?:(?:async[ \\t]+)?def|class)[ \\t]+${name.text}\\b|${name.text}[ \\t]*(?::[^=\\n]+)?=(?!=|\\s*None\\b))`,
    'gm',
  );
  return [...text.matchAll(own)].some(({ index, 0: match }) => {
    const node = nodes[0]?.descendantForIndex(index + match.search(/\S/));
    return node !== undefined && enclosingFunction(node.parent ?? node) === undefined;
  });
}

export function enclosingFunction(node: Node): Node | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent)
    if (parent.type === 'function_definition') return parent;
  return undefined;
}

function isInside(node: Node, scope: Node): boolean {
  return scope.startIndex <= node.startIndex && node.endIndex <= scope.endIndex;
}

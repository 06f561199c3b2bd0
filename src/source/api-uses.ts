import type { Node, Tree } from '#tree-sitter';
import type { ApiPattern, ModulePatterns } from './api-patterns.js';
import { dottedText, isShadowed } from './calls.js';
import { importContext, isPresenceGuarded } from './context.js';
import { importedNames } from './imports.js';
import type { PythonParser } from './parser.js';
import type { ApiUse, FileFacts } from './types.js';

/** What a name stands for by an import statement, and where it does. */
interface Binding {
  /** Full dotted name: `numpy` for `np`, `streamlit.cache` for `from streamlit import cache`. */
  origin: string;
  /** The function whose body holds the import; absent at module level. */
  scope?: Node;
}

type Found = Required<Pick<FileFacts, 'apiUses' | 'apiShims'>>;

/** Uses of the asked APIs, and asked names the file sets itself, in the order of the text. */
export function apiUsesOf(
  tree: Tree,
  text: string,
  apis: ReadonlyMap<string, ModulePatterns>,
  parser: PythonParser,
): Found {
  const statements = parser.find('imports', tree);
  const modules = [...apis].filter(
    ([module, { hint }]) => statements.some((each) => mentions(each, module)) && hint.test(text),
  );
  const patterns = modules.flatMap(([, each]) => each.patterns);
  if (patterns.length === 0) return { apiUses: [], apiShims: [] };

  const bindings = bindingsOf(statements);
  const named = patterns.filter(({ name, keyword }) => name !== undefined && keyword === undefined);
  const chains = chainsIn(tree, text, bindings, named, parser);
  const shims = chains.filter(({ node }) => isAssigned(node)).map(({ name }) => name);
  const uses = [
    ...statements.flatMap((statement) =>
      importUses(
        statement,
        named.filter(({ without }) => without === undefined),
      ),
    ),
    ...chains
      .filter(({ node }) => !isAssigned(node) && !isIdle(node, text))
      .flatMap(({ node, name }) =>
        matches(named, name)
          .filter(({ without }) => without === undefined || isCalledWithout(node, without))
          .map((pattern) => useOf(pattern, node)),
      ),
    ...callUses(tree, text, patterns, bindings, parser),
  ];
  return {
    apiUses: uses.sort((a, b) => a.line - b.line || a.column - b.column),
    apiShims: [...new Set([...shims, ...setAttributes(tree, text, bindings)])].sort(),
  };
}

function mentions(statement: Node, module: string): boolean {
  return new RegExp(`\\b${module}\\b`).test(statement.text);
}

/** `from numpy import float` uses the name by importing it. */
function importUses(statement: Node, patterns: readonly ApiPattern[]): ApiUse[] {
  const { guarded, typeCheckingOnly } = importContext(statement);
  if (typeCheckingOnly) return [];
  const names = originsOf(statement).map(({ origin }) => origin);
  return [...new Set(names)].flatMap((name) =>
    matches(patterns, name).map((pattern) => ({
      ...useOf(pattern, statement),
      text: name,
      guarded: guarded || isPresenceGuarded(statement),
    })),
  );
}

/** The patterns that a name meets, itself or by one of the names it goes through: `streamlit.cache.clear` uses `streamlit.cache`. */
function matches(patterns: readonly ApiPattern[], name: string): readonly ApiPattern[] {
  const parts = name.split('.');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  return patterns.filter((pattern) => prefixes.some((prefix) => pattern.name?.test(prefix)));
}

function useOf({ api }: ApiPattern, node: Node): ApiUse {
  const { row, column } = node.startPosition;
  return {
    api,
    text: node.text.replaceAll(/[\s\\]+/g, ''),
    line: row + 1,
    column: column + 1,
    guarded: isPresenceGuarded(node),
  };
}

function bindingsOf(statements: readonly Node[]): ReadonlyMap<string, readonly Binding[]> {
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
function originsOf(statement: Node): { bound: string; origin: string }[] {
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

interface Chain {
  /** The whole of `np.float.x`. */
  node: Node;
  /** With its first name resolved: `numpy.float.x`. */
  name: string;
}

/** Every dotted name that meets a pattern, its first part being bound by an import. */
function chainsIn(
  tree: Tree,
  text: string,
  bindings: ReadonlyMap<string, readonly Binding[]>,
  patterns: readonly ApiPattern[],
  parser: PythonParser,
): readonly Chain[] {
  const roots = [...bindings.keys()].filter((name) => !name.includes('.'));
  if (roots.length === 0) return [];
  const dotted = new RegExp(`(?<![\\w.])(${roots.join('|')})((?:[\\s\\\\]*\\.[\\s\\\\]*\\w+)+)`, 'g');
  return [...text.matchAll(dotted)].flatMap(({ index, 1: root = '', 2: rest = '' }) => {
    const below = rest.replaceAll(/[\s\\]+/g, '');
    // The text decides whether it is worth asking the tree.
    const origins = bindings.get(root) ?? [];
    if (!origins.some(({ origin }) => matches(patterns, `${origin}${below}`).length > 0)) return [];
    parser.checkTime();
    const first = tree.rootNode.descendantForIndex(index, index + root.length);
    if (first?.type !== 'identifier') return [];
    let node = first;
    while (node.parent?.type === 'attribute' && node.parent.childForFieldName('object')?.equals(node))
      node = node.parent;
    const origin = originOf(first, bindings);
    const name = [origin, ...dottedText(node).split('.').slice(1)].join('.');
    return origin === undefined || matches(patterns, name).length === 0 ? [] : [{ node, name }];
  });
}

/** What a name stands for where it is read; undefined when that is not certain. */
function originOf(name: Node, bindings: ReadonlyMap<string, readonly Binding[]>): string | undefined {
  const all = bindings.get(name.text) ?? [];
  const inner = all.filter(({ scope }) => scope !== undefined && isInside(name, scope));
  const visible = inner.length > 0 ? inner : all.filter(({ scope }) => scope === undefined);
  const [origin, ...others] = new Set(visible.map((binding) => binding.origin));
  return origin === undefined || others.length > 0 || isShadowed(name) || isRebound(name) ? undefined : origin;
}

/** True when the module binds the name itself, by a definition or an assignment, besides importing it. */
function isRebound(name: Node): boolean {
  const own = new RegExp(`^(?:(?:async\\s+)?def|class)\\s+${name.text}\\b|^${name.text}\\s*(?::[^=]*)?=(?!=)`);
  return name.tree.rootNode.namedChildren.some((statement) => own.test(statement.text.slice(0, 200)));
}

function callUses(
  tree: Tree,
  text: string,
  patterns: readonly ApiPattern[],
  bindings: ReadonlyMap<string, readonly Binding[]>,
  parser: PythonParser,
): ApiUse[] {
  return patterns.flatMap((pattern) => {
    const { name, method, keyword } = pattern;
    if (keyword === undefined && method === undefined) return [];
    const wanted =
      keyword === undefined ? `\\.\\s*${(method?.source ?? '').slice(1, -1)}(?=\\s*\\()` : `\\b${keyword}(?=\\s*=)`;
    return [...text.matchAll(new RegExp(wanted, 'g'))].flatMap(({ index, 0: match }) => {
      parser.checkTime();
      const at = index + match.length - 1;
      const call = enclosingCall(tree.rootNode.descendantForIndex(at, at), keyword);
      const called = call?.childForFieldName('function');
      if (called === null || called === undefined) return [];
      const resolved = resolvedName(called, bindings);
      const isMeant =
        name === undefined
          ? resolved === undefined &&
            called.type === 'attribute' &&
            method?.test(called.childForFieldName('attribute')?.text ?? '')
          : resolved !== undefined && name.test(resolved);
      return isMeant ? [useOf(pattern, called)] : [];
    });
  });
}

/** Called, and neither with the keyword nor with keywords that nobody sees. */
function isCalledWithout(node: Node, keyword: string): boolean {
  const call = node.parent?.type === 'call' ? node.parent : undefined;
  const given = call?.childForFieldName('arguments')?.namedChildren ?? [];
  const isGiven = (each: Node) => each.type === 'dictionary_splat' || each.childForFieldName('name')?.text === keyword;
  return call?.childForFieldName('function')?.equals(node) === true && !given.some(isGiven);
}

/** The call that a keyword is given to, or whose method's name this is. */
function enclosingCall(node: Node | null, keyword: string | undefined): Node | undefined {
  const holder = keyword === undefined ? 'attribute' : 'keyword_argument';
  if (node?.type !== 'identifier' || node.parent?.type !== holder) return undefined;
  const call = keyword === undefined ? node.parent.parent : node.parent.parent?.parent;
  return call?.type === 'call' ? call : undefined;
}

/** The full name of what is called, when an import says so. */
function resolvedName(called: Node, bindings: ReadonlyMap<string, readonly Binding[]>): string | undefined {
  let first = called;
  for (let object = called.childForFieldName('object'); object !== null; object = object.childForFieldName('object'))
    first = object;
  const origin = first.type === 'identifier' ? originOf(first, bindings) : undefined;
  return origin && [origin, ...dottedText(called).split('.').slice(1)].join('.');
}

/** `setattr(np, 'float', float)` */
function setAttributes(tree: Tree, text: string, bindings: ReadonlyMap<string, readonly Binding[]>): string[] {
  return [...text.matchAll(/\bsetattr\s*\(\s*(\w+)\s*,\s*(['"])(\w+)\2/g)].flatMap(
    ({ index, 0: match, 1: root = '', 3: attribute }) => {
      const at = index + match.indexOf(root, match.indexOf('('));
      const node = tree.rootNode.descendantForIndex(at, at + root.length);
      const origin = node?.type === 'identifier' ? originOf(node, bindings) : undefined;
      return origin === undefined ? [] : [`${origin}.${attribute}`];
    },
  );
}

function isAssigned(node: Node): boolean {
  const { parent } = node;
  const isTarget = parent?.type === 'assignment' && parent.childForFieldName('left')?.equals(node);
  return isTarget === true || parent?.type === 'delete_statement' || parent?.type === 'pattern_list';
}

/** Never evaluated: an annotation of a local variable, or any where the file postpones them. */
function isIdle(node: Node, text: string): boolean {
  let child = node;
  for (let parent = node.parent; parent !== null; child = parent, parent = parent.parent) {
    if (parent.type === 'type') {
      const isLocal = parent.parent?.type === 'assignment' && enclosingFunction(parent) !== undefined;
      return isLocal || /^from\s+__future__\s+import\s.*\bannotations\b/m.test(text);
    }
    if (
      parent.type === 'if_statement' &&
      /^(?:\w+\.)*TYPE_CHECKING$/.test(parent.childForFieldName('condition')?.text ?? '')
    ) {
      return parent.childForFieldName('consequence')?.equals(child) ?? false;
    }
  }
  return false;
}

function enclosingFunction(node: Node): Node | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent)
    if (parent.type === 'function_definition') return parent;
  return undefined;
}

function isInside(node: Node, scope: Node): boolean {
  return scope.startIndex <= node.startIndex && node.endIndex <= scope.endIndex;
}

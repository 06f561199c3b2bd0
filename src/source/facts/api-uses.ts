import type { Node, Tree } from '../parsing/node.js';
import type { ApiPattern, ModulePatterns } from './api-patterns.js';
import { bindingsOf, enclosingFunction, originOf, originsOf, type Bindings } from './bindings.js';
import { dottedText } from './calls.js';
import { importContext, isPresenceGuarded } from './context.js';
import type { PythonParser } from '../parsing/parser.js';
import type { ApiUse, FileFacts } from '../types.js';

type Found = Required<Pick<FileFacts, 'apiUses' | 'apiShims'>>;

/**
 * Uses of the asked APIs, and asked names the file sets itself, in the order of the text.
 * @param statements the file's imports
 */
export function apiUsesOf(
  tree: Tree,
  statements: readonly Node[],
  apis: ReadonlyMap<string, ModulePatterns>,
  parser: PythonParser,
): Found {
  const imports = statements.map(({ text }) => text).join('\n');
  const modules = [...apis].filter(
    ([module, { hint }]) => new RegExp(`\\b${module}\\b`).test(imports) && hint.test(tree.text),
  );
  const patterns = modules.flatMap(([, each]) => each.patterns);
  if (patterns.length === 0) return { apiUses: [], apiShims: [] };

  const bindings = bindingsOf(statements);
  const named = patterns.filter(({ name, keyword }) => name !== undefined && keyword === undefined);
  const chains = chainsIn(tree, bindings, named, parser);
  const shims = chains.filter(({ node }) => isAssigned(node)).map(({ name }) => name);
  const uses = [
    ...statements.flatMap((statement) =>
      importUses(
        statement,
        named.filter(({ without }) => without === undefined),
      ),
    ),
    ...chains
      .filter(({ node }) => !isAssigned(node) && !isIdle(node, tree.text))
      .flatMap(({ node, name }) =>
        matches(named, name)
          .filter(({ without }) => without === undefined || isCalledWithout(node, without))
          .map((pattern) => useOf(pattern, node)),
      ),
    ...callUses(tree, patterns, bindings, parser),
  ];
  return {
    apiUses: uses.sort((a, b) => a.line - b.line || a.column - b.column),
    apiShims: [...new Set([...shims, ...setAttributes(tree, bindings)])].sort(),
  };
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
  return {
    api,
    text: node.text.replaceAll(/[\s\\]+/g, ''),
    ...node.position,
    guarded: isPresenceGuarded(node),
  };
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
  bindings: Bindings,
  patterns: readonly ApiPattern[],
  parser: PythonParser,
): readonly Chain[] {
  const roots = [...bindings.keys()].filter((name) => !name.includes('.'));
  if (roots.length === 0) return [];
  // What the import statement itself uses is told there.
  const known = new Map<string, boolean>();
  const isMet = (name: string): boolean => {
    const met = known.get(name) ?? matches(patterns, name).length > 0;
    known.set(name, met);
    return met;
  };
  const isNew = (origin: string, name: string) => isMet(name) && !isMet(origin);
  const dotted = new RegExp(`(?<![\\w.])(${roots.join('|')})((?:[\\s\\\\]*\\.[\\s\\\\]*\\w+)+)`, 'g');
  return [...tree.text.matchAll(dotted)].flatMap(({ index, 1: root = '', 2: rest = '' }) => {
    const below = rest.replaceAll(/[\s\\]+/g, '');
    // The text decides whether it is worth asking the tree.
    const origins = bindings.get(root) ?? [];
    if (!origins.some(({ origin }) => isNew(origin, `${origin}${below}`))) return [];
    parser.checkTime();
    const first = tree.root.descendantForIndex(index, index + root.length);
    if (first?.type !== 'identifier') return [];
    let node = first;
    while (node.parent?.type === 'attribute' && node.parent.childForFieldName('object') === node) node = node.parent;
    const origin = originOf(first, bindings);
    const name = [origin, ...dottedText(node).split('.').slice(1)].join('.');
    return origin !== undefined && isNew(origin, name) ? [{ node, name }] : [];
  });
}

function callUses(tree: Tree, patterns: readonly ApiPattern[], bindings: Bindings, parser: PythonParser): ApiUse[] {
  return patterns.flatMap((pattern) => {
    const { name, method, keyword } = pattern;
    if (keyword === undefined ? method === undefined : !tree.text.includes(keyword)) return [];
    const wanted =
      keyword === undefined ? `\\.\\s*${(method?.source ?? '').slice(1, -1)}(?=\\s*\\()` : `\\b${keyword}(?=\\s*=)`;
    return [...tree.text.matchAll(new RegExp(wanted, 'g'))].flatMap(({ index, 0: match }) => {
      parser.checkTime();
      const at = index + match.length - 1;
      const call = enclosingCall(tree.root.descendantForIndex(at, at), keyword);
      const called = call?.childForFieldName('function');
      if (called === null || called === undefined) return [];
      const resolved = resolvedName(called, bindings);
      const isMeant =
        name === undefined
          ? resolved === undefined &&
            !isOwn(called) &&
            called.type === 'attribute' &&
            method?.test(called.childForFieldName('attribute')?.text ?? '')
          : resolved !== undefined && name.test(resolved);
      return isMeant ? [useOf(pattern, called)] : [];
    });
  });
}

/** `self.plot(…)` is the project's own, whatever it is called like. */
function isOwn(called: Node): boolean {
  return /^(?:self|cls)$/.test(called.childForFieldName('object')?.text ?? '');
}

/** Called, and neither with the keyword nor with keywords that nobody sees. */
function isCalledWithout(node: Node, keyword: string): boolean {
  const call = node.parent?.type === 'call' ? node.parent : undefined;
  const given = call?.childForFieldName('arguments')?.namedChildren ?? [];
  const isGiven = (each: Node) => each.type === 'dictionary_splat' || each.childForFieldName('name')?.text === keyword;
  return call?.childForFieldName('function') === node && !given.some(isGiven);
}

/** The call that a keyword is given to, or whose method's name this is. */
function enclosingCall(node: Node | null, keyword: string | undefined): Node | undefined {
  const holder = keyword === undefined ? 'attribute' : 'keyword_argument';
  if (node?.type !== 'identifier' || node.parent?.type !== holder) return undefined;
  const call = keyword === undefined ? node.parent.parent : node.parent.parent?.parent;
  return call?.type === 'call' ? call : undefined;
}

/** The full name of what is called, when an import says so. */
function resolvedName(called: Node, bindings: Bindings): string | undefined {
  let first = called;
  for (let object = called.childForFieldName('object'); object !== null; object = object.childForFieldName('object'))
    first = object;
  const origin = first.type === 'identifier' ? originOf(first, bindings) : undefined;
  return origin && [origin, ...dottedText(called).split('.').slice(1)].join('.');
}

/** `setattr(np, 'float', float)` */
function setAttributes({ root: top, text }: Tree, bindings: Bindings): string[] {
  return [...text.matchAll(/\bsetattr\s*\(\s*(\w+)\s*,\s*(['"])(\w+)\2/g)].flatMap(
    ({ index, 0: match, 1: root = '', 3: attribute }) => {
      const at = index + match.indexOf(root, match.indexOf('('));
      const node = top.descendantForIndex(at, at + root.length);
      const origin = node?.type === 'identifier' ? originOf(node, bindings) : undefined;
      return origin === undefined ? [] : [`${origin}.${attribute}`];
    },
  );
}

function isAssigned(node: Node): boolean {
  const { parent } = node;
  const isTarget = parent?.type === 'assignment' && parent.childForFieldName('left') === node;
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
      return parent.childForFieldName('consequence') === child;
    }
  }
  return false;
}

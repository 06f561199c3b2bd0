import type { Node, Tree } from '../parsing/node.js';
import { isMainGuard, neverRuns } from './context.js';
import { importedNames } from './imports.js';
import { literalOf } from './literals.js';
import type { PythonParser } from '../parsing/parser.js';
import type { Literal } from '../types.js';

/** Longer strings are texts, not the names of anything. */
const longestLiteral = 1000;

export interface ModuleScope {
  /** Names bound at module level. */
  definitions: Set<string>;
  /** Names bound there once, to a literal. */
  constants: Map<string, Literal>;
  /** Dotted names of what statements at module level call. */
  calls: Set<string>;
  hasMainGuard: boolean;
}

/** What executing the file as a module binds and calls. Walks the statements outside functions and classes, without recursion. */
export function moduleScopeOf(tree: Tree, parser: PythonParser): ModuleScope {
  const scope: ModuleScope = { definitions: new Set(), constants: new Map(), calls: new Set(), hasMainGuard: false };
  const statements: Node[] = [tree.root];
  for (let node = statements.pop(); node !== undefined; node = statements.pop()) {
    parser.checkTime();
    bindNames(node, scope);
    noteCall(node, scope);
    if (node.type === 'if_statement' && isMainGuard(node)) {
      scope.hasMainGuard = true;
    }
    if (holdsStatements.has(node.type)) for (const part of executedParts(node).toReversed()) statements.push(part);
  }
  if (tree.text.includes('global')) {
    for (const node of tree.root.descendantsOfType('global_statement')) {
      for (const name of node.namedChildren) if (name.type === 'identifier') bind(scope, name.text);
    }
  }
  if (tree.text.includes(':=')) {
    for (const node of tree.root.descendantsOfType('named_expression')) {
      const name = node.childForFieldName('name');
      if (name?.type === 'identifier' && isInModuleScope(name)) bind(scope, name.text);
    }
  }
  return scope;
}

const holdsStatements = new Set([
  'module',
  'ERROR',
  'block',
  'expression_statement',
  'decorated_definition',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'match_statement',
  'case_clause',
]);

function executedParts(node: Node): readonly Node[] {
  const parts = node.namedChildren;
  return node.type === 'if_statement' || node.type === 'elif_clause'
    ? parts.filter((part) => !neverRuns(node, part))
    : parts;
}

function bindNames(node: Node, scope: ModuleScope): void {
  switch (node.type) {
    case 'function_definition':
    case 'class_definition':
      return bindTargets(scope, node.childForFieldName('name'));
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      for (const { bound } of importedNames(node)) bind(scope, bound);
      return;
    case 'assignment':
      return bindAssignment(node, scope);
    case 'augmented_assignment':
    case 'for_statement':
      return bindTargets(scope, node.childForFieldName('left'));
    case 'type_alias_statement':
      return bindTargets(scope, node.childForFieldName('left')?.namedChild(0) ?? null);
    case 'with_statement':
      for (const item of withItems(node)) bindTargets(scope, item?.childForFieldName('alias') ?? null);
      return;
    case 'except_clause': {
      const value = node.childForFieldName('value');
      return bindTargets(scope, node.childForFieldName('alias') ?? value?.childForFieldName('alias') ?? null);
    }
    case 'case_clause':
      for (const part of node.namedChildren) if (part.type === 'case_pattern') bindCaptures(scope, part);
      return;
    default:
  }
}

/** `a = b = 1` is an assignment whose right side is another one. */
function bindAssignment(node: Node, scope: ModuleScope): void {
  let assignment: Node = node;
  for (
    let right = assignment.childForFieldName('right');
    right !== null;
    right = assignment.childForFieldName('right')
  ) {
    const left = assignment.childForFieldName('left');
    const value =
      left?.type === 'identifier' && right.endIndex - right.startIndex <= longestLiteral ? literalOf(right) : undefined;
    const isFirst = left !== null && !scope.definitions.has(left.text);
    bindTargets(scope, left);
    if (isFirst && value !== undefined) scope.constants.set(left.text, value);
    if (right.type !== 'assignment' && right.type !== 'augmented_assignment') return;
    assignment = right;
  }
}

const targetLists = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'as_pattern_target',
  'expression_list',
  'tuple',
  'list',
  'list_splat',
  'parenthesized_expression',
]);

function bindTargets(scope: ModuleScope, target: Node | null): void {
  const targets = target === null ? [] : [target];
  for (let node = targets.pop(); node !== undefined; node = targets.pop()) {
    if (node.type === 'identifier') bind(scope, node.text);
    else if (targetLists.has(node.type)) for (const part of node.namedChildren) targets.push(part);
  }
}

/** A lone name in a `case` captures; a dotted one is a value, and the first name of a class pattern is the class. */
function bindCaptures(scope: ModuleScope, pattern: Node): void {
  const patterns = [pattern];
  for (let node = patterns.pop(); node !== undefined; node = patterns.pop()) {
    if (node.type === 'identifier') {
      if (node.text !== '_') bind(scope, node.text);
      continue;
    }
    if (node.type === 'dotted_name' && node.namedChildren.length > 1) continue;
    const skipped = node.type === 'class_pattern' || node.type === 'keyword_pattern' ? 1 : 0;
    for (const part of node.namedChildren.slice(skipped)) patterns.push(part);
  }
}

function bind(scope: ModuleScope, name: string): void {
  if (scope.definitions.has(name)) scope.constants.delete(name);
  scope.definitions.add(name);
}

function isInModuleScope(node: Node): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (/^(?:function_definition|class_definition|lambda)$/.test(parent.type)) return false;
  }
  return true;
}

/** The `open(path) as file` of each item. */
function withItems(node: Node): (Node | null)[] {
  const clause = node.namedChildren.find((child) => child.type === 'with_clause');
  return clause?.namedChildren.map((item) => item.childForFieldName('value')) ?? [];
}

/** `st.title(…)`, `value = st.slider(…)`, `with st.form(…):` */
function noteCall(node: Node, scope: ModuleScope): void {
  for (const value of valuesOf(node)) {
    const callee = value?.type === 'call' ? value.childForFieldName('function') : null;
    if (callee !== null && /^[\w.]+$/.test(callee.text)) scope.calls.add(callee.text);
  }
}

function valuesOf(node: Node): (Node | null)[] {
  if (node.type === 'expression_statement') return [node.namedChild(0)];
  if (node.type === 'assignment') return [node.childForFieldName('right')];
  if (node.type !== 'with_statement') return [];
  return withItems(node).map((item) => (item?.type === 'as_pattern' ? item.namedChild(0) : item));
}

import type { Node, Tree } from '../parsing/node.js';
import {
  forStatement,
  ifStatement,
  matchStatement,
  tryStatement,
  whileStatement,
  withStatement,
} from './lower-compound.js';
import { definition, typeAlias } from './lower-definitions.js';
import { expression } from './lower-expressions.js';
import { importFrom, importNames } from './lower-imports.js';
import { hiddenNamesIn } from './hidden-names.js';
import { expressionList, partsOf, type Lowering } from './lowering.js';
import type { Expression, ModuleSyntax, Statement } from './tree.js';

/**
 * Turns the parser's tree of a whole file into plain data.
 * @param parse parses another text, such as that of an annotation in quotes.
 * @param checkTime throws once the file has taken too long.
 */
export function lowerModule(
  { root, text, lines, hasError }: Tree,
  parse: Lowering['parse'],
  checkTime: () => void = () => undefined,
): ModuleSyntax {
  const lowering: Lowering = {
    text,
    base: 0,
    depth: 0,
    parse,
    checkTime,
    sawUnknown: hasError,
    expression: (node) => expression(node, lowering),
    expressionOfText: (inner, base, quoted) => expressionOfText(inner, base, quoted, lowering),
    block: (node) => block(node, lowering),
  };
  const body = statements(root, lowering);
  const postponed = body.some(
    (statement) =>
      statement.kind === 'ImportFrom' &&
      statement.module === '__future__' &&
      statement.names.some(({ name }) => name === 'annotations'),
  );
  const hidden = hiddenNamesIn(body, text);
  return {
    body,
    lines,
    ...(lowering.sawUnknown ? { hasSyntaxErrors: true } : {}),
    ...(postponed ? { postponedAnnotations: true } : {}),
    ...(hidden.length === 0 ? {} : { hiddenNames: hidden }),
  };
}

/** An expression that stands in quotes, or that the grammar took for something else. */
function expressionOfText(text: string, base: number, quoted: true | undefined, outer: Lowering): Expression {
  const { root, hasError } = outer.parse(text);
  const statement = root.namedChild(0);
  const isOne = !hasError && root.namedChildren.length === 1 && statement?.type === 'expression_statement';
  const inner: Lowering = {
    ...outer,
    text,
    base,
    expression: (node) => expression(node, inner),
    ...(quoted === undefined ? {} : { quoted }),
  };
  return isOne ? expressionList(statement, inner) : { kind: 'Unknown', at: base, parts: [] };
}

/** Real statements below a block; the grammar keeps comments among them. */
function statements(block: Node | null, lowering: Lowering): Statement[] {
  if (block === null) return [];
  return partsOf(block).flatMap((node) => {
    lowering.checkTime();
    return statement(node, lowering);
  });
}

/** Deeper blocks than CPython itself takes (a hundred) are not written by a person. */
const deepestBlock = 120;

function statement(node: Node, lowering: Lowering): Statement | Statement[] {
  const at = node.startIndex;
  switch (node.type) {
    case 'expression_statement':
      return expressionStatement(node, lowering);
    case 'decorated_definition': {
      const decorators = partsOf(node).filter(({ type }) => type === 'decorator');
      const decorated = node.childForFieldName('definition');
      return decorated === null ? [] : definition(decorated, decorators, lowering);
    }
    case 'function_definition':
    case 'class_definition':
      return definition(node, [], lowering);
    case 'if_statement':
      return ifStatement(node, lowering);
    case 'for_statement':
      return forStatement(node, lowering);
    case 'while_statement':
      return whileStatement(node, lowering);
    case 'try_statement':
      return tryStatement(node, lowering);
    case 'with_statement':
      return withStatement(node, lowering);
    case 'match_statement':
      return matchStatement(node, lowering);
    case 'import_statement':
      return importNames(node);
    case 'import_from_statement':
    case 'future_import_statement':
      return importFrom(node);
    case 'global_statement':
      return { kind: 'Global', at, names: partsOf(node).map(({ text }) => text) };
    case 'nonlocal_statement':
      return { kind: 'Nonlocal', at, names: partsOf(node).map(({ text }) => text) };
    case 'return_statement':
      return {
        kind: 'Return',
        at,
        ...(node.namedChildren.length === 0 ? {} : { value: expressionList(node, lowering) }),
      };
    case 'raise_statement': {
      const cause = node.childForFieldName('cause');
      const exception = partsOf(node).find((part) => cause === null || part !== cause);
      return {
        kind: 'Raise',
        at,
        ...(exception === undefined ? {} : { exception: expression(exception, lowering) }),
        ...(cause === null ? {} : { cause: expression(cause, lowering) }),
      };
    }
    case 'delete_statement': {
      const [what] = partsOf(node);
      const targets = what === undefined ? [] : what.type === 'expression_list' ? partsOf(what) : [what];
      return { kind: 'Delete', at, targets: targets.map((target) => expression(target, lowering)) };
    }
    case 'assert_statement': {
      const [test, message] = partsOf(node);
      return {
        kind: 'Assert',
        at,
        test: expression(test ?? null, lowering),
        ...(message === undefined ? {} : { message: expression(message, lowering) }),
      };
    }
    case 'type_alias_statement':
      return typeAlias(node, lowering);
    case 'pass_statement':
      return { kind: 'Pass', at };
    case 'break_statement':
      return { kind: 'Break', at };
    case 'continue_statement':
      return { kind: 'Continue', at };
    case 'print_statement':
    case 'exec_statement':
      return asCall(node, lowering);
    default:
      // An ERROR, or a statement of a later grammar.
      lowering.sawUnknown = true;
      return brokenParts(node, lowering);
  }
}

/** Statements, and parts of statements that hold some. */
const holdsStatements = /_(?:statement|definition)$|^(?:ERROR|block)$|^(?:elif|else|except|finally|case)_clause$/;

/** What can be understood inside of what cannot: whole statements stay statements. */
function brokenParts(node: Node, lowering: Lowering): Statement[] {
  if (lowering.depth >= deepestBlock) return [];
  lowering.depth += 1;
  const parts = partsOf(node).flatMap((part): Statement | Statement[] => {
    if (part.type === 'assignment') return assignment(part, lowering);
    if (holdsStatements.test(part.type)) return statement(part, lowering);
    return { kind: 'Expr', at: part.startIndex, value: expression(part, lowering) };
  });
  lowering.depth -= 1;
  return parts;
}

function block(node: Node | null, lowering: Lowering): Statement[] {
  if (lowering.depth >= deepestBlock) {
    lowering.sawUnknown = true;
    return [];
  }
  lowering.depth += 1;
  const body = statements(node, lowering);
  lowering.depth -= 1;
  return body;
}

function expressionStatement(node: Node, lowering: Lowering): Statement | Statement[] {
  const parts = partsOf(node);
  const [first] = parts;
  if (first === undefined) return [];
  if (first.type === 'assignment') return assignment(first, lowering);
  if (first.type === 'augmented_assignment') {
    return {
      kind: 'AugAssign',
      at: node.startIndex,
      op: (first.childForFieldName('operator')?.type ?? '+=').slice(0, -1),
      target: expression(first.childForFieldName('left'), lowering),
      value: expression(first.childForFieldName('right'), lowering),
    };
  }
  const value =
    parts.length === 1 && node.children.length === 1 ? expression(first, lowering) : expressionList(node, lowering);
  return { kind: 'Expr', at: node.startIndex, value };
}

/** `a = b = value` is an assignment whose right side is another one. */
function assignment(node: Node, lowering: Lowering): Statement {
  const at = node.startIndex;
  const annotation = node.childForFieldName('type');
  const first = expression(node.childForFieldName('left'), lowering);
  const right = node.childForFieldName('right');
  if (annotation !== null) {
    return {
      kind: 'AnnAssign',
      at,
      target: first,
      annotation: expression(annotation, lowering),
      ...(right === null ? {} : { value: expression(right, lowering) }),
    };
  }
  const targets = [first];
  let value = right;
  while (value?.type === 'assignment') {
    targets.push(expression(value.childForFieldName('left'), lowering));
    value = value.childForFieldName('right');
  }
  return { kind: 'Assign', at, targets, value: expression(value, lowering) };
}

/** `print >>f, x` and `exec code`, of which the grammar still makes statements. */
function asCall(node: Node, lowering: Lowering): Statement {
  const at = node.startIndex;
  const callee = { kind: 'Name', at, id: node.type === 'exec_statement' ? 'exec' : 'print' } as const;
  const args = partsOf(node).map((part) => {
    const value = part.type === 'chevron' ? part.namedChild(0) : part;
    return { value: expression(value, lowering) };
  });
  return { kind: 'Expr', at, value: { kind: 'Call', at, callee, args } };
}

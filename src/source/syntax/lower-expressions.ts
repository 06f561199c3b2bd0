import { isStar } from '../parsing/grammar-gaps.js';
import type { Node } from '../parsing/node.js';
import { annotation, indexOf } from './lower-annotations.js';
import { concatenated, number, string } from './lower-literals.js';
import { callArguments, parameters } from './lower-parameters.js';
import { atOf, expressionList, nested, partsOf, sourceOf, unknown, type Lowering } from './lowering.js';
import type { Comprehension, Expression } from './tree.js';

/** Lowers one expression, pattern of an assignment, or type. */
export function expression(node: Node | null, lowering: Lowering): Expression {
  if (node === null) {
    lowering.sawUnknown = true;
    return { kind: 'Unknown', at: lowering.base, parts: [] };
  }
  return nested(
    lowering,
    () => byType(node, lowering),
    () => unknown(node, [], lowering),
  );
}

/** Put in by the parser, where the grammar wants something. */
function isMissing(node: Node): boolean {
  return node.startIndex === node.endIndex;
}

function field(node: Node, name: string, lowering: Lowering): Expression {
  return expression(node.childForFieldName(name), lowering);
}

function byType(node: Node, lowering: Lowering): Expression {
  const at = atOf(node, lowering);
  const lower = (part: Node | null | undefined): Expression => expression(part ?? null, lowering);
  switch (node.type) {
    case 'identifier':
    case 'keyword_identifier':
      if (isMissing(node)) return unknown(node, [], lowering);
      return {
        kind: 'Name',
        at,
        id: sourceOf(node, lowering),
        ...(lowering.quoted === undefined ? {} : { quoted: true }),
      };
    case 'string':
      return string(node, lowering);
    case 'concatenated_string':
      return concatenated(node, lowering);
    case 'integer':
    case 'float':
      return number(node, lowering);
    case 'true':
      return { kind: 'Constant', at, type: 'bool', value: true };
    case 'false':
      return { kind: 'Constant', at, type: 'bool', value: false };
    case 'none':
      return { kind: 'Constant', at, type: 'None' };
    case 'ellipsis':
      return { kind: 'Constant', at, type: 'Ellipsis' };
    case 'attribute': {
      const name = node.childForFieldName('attribute');
      const nameAt = name === null ? at : atOf(name, lowering);
      const text = name === null ? '' : sourceOf(name, lowering);
      return outOfStar(field(node, 'object', lowering), (object) => ({
        kind: 'Attribute',
        at,
        object,
        name: text,
        nameAt,
      }));
    }
    case 'member_type': {
      const [object, name] = partsOf(node);
      const nameAt = name === undefined ? at : atOf(name, lowering);
      return { kind: 'Attribute', at, object: lower(object), name: name?.text ?? '', nameAt };
    }
    case 'call': {
      const given = node.childForFieldName('arguments');
      const args = given === null ? [] : callArguments(given, lowering);
      return outOfStar(field(node, 'function', lowering), (callee) => ({ kind: 'Call', at, callee, args }));
    }
    case 'subscript': {
      const index = indexOf(node, node.childrenForFieldName('subscript').map(lower), lowering);
      return outOfStar(field(node, 'value', lowering), (object) => ({ kind: 'Subscript', at, object, index }));
    }
    case 'slice':
      return { kind: 'Slice', at, parts: partsOf(node).map(lower) };
    case 'binary_operator': {
      const op = node.childForFieldName('operator')?.type ?? '';
      const right = field(node, 'right', lowering);
      return outOfStar(field(node, 'left', lowering), (left) => ({ kind: 'BinOp', at, op, left, right }));
    }
    case 'boolean_operator': {
      const op = node.childForFieldName('operator')?.type === 'or' ? 'or' : 'and';
      return { kind: 'BoolOp', at, op, left: field(node, 'left', lowering), right: field(node, 'right', lowering) };
    }
    case 'not_operator':
      return { kind: 'UnaryOp', at, op: 'not', operand: field(node, 'argument', lowering) };
    case 'unary_operator': {
      if (isStar(node)) return { kind: 'Starred', at, value: field(node, 'argument', lowering) };
      const sign = node.children[0]?.type;
      return {
        kind: 'UnaryOp',
        at,
        op: sign === '-' || sign === '~' ? sign : '+',
        operand: field(node, 'argument', lowering),
      };
    }
    case 'comparison_operator':
      return comparison(node, lowering);
    case 'conditional_expression': {
      const [body, test, orelse] = partsOf(node).map(lower);
      if (body === undefined || test === undefined || orelse === undefined)
        return unknown(node, partsOf(node), lowering);
      return { kind: 'IfExp', at, test, body, orelse };
    }
    case 'lambda':
      return {
        kind: 'Lambda',
        at,
        params: parameters(node.childForFieldName('parameters'), lowering),
        body: field(node, 'body', lowering),
      };
    case 'named_expression': {
      const name = node.childForFieldName('name');
      const target = { kind: 'Name', at, id: name?.text ?? '' } as const;
      return { kind: 'NamedExpr', at, target, value: field(node, 'value', lowering) };
    }
    case 'await':
      return { kind: 'Await', at, value: lower(partsOf(node)[0]) };
    case 'yield': {
      const from = node.children.some(({ type }) => type === 'from');
      const value =
        node.namedChildren.length === 0
          ? {}
          : { value: from ? lower(partsOf(node)[0]) : expressionList(node, lowering) };
      return { kind: 'Yield', at, ...(from ? { from } : {}), ...value };
    }
    case 'list':
    case 'list_pattern':
      return { kind: 'List', at, elements: partsOf(node).map(lower) };
    case 'tuple':
    case 'tuple_pattern':
    case 'pattern_list':
    case 'expression_list':
      return { kind: 'Tuple', at, elements: partsOf(node).map(lower) };
    case 'set':
      return { kind: 'Set', at, elements: partsOf(node).map(lower) };
    case 'dictionary':
      return { kind: 'Dict', at, entries: partsOf(node).map((part) => dictEntry(part, lowering)) };
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return comprehension(node, lowering);
    case 'list_splat':
    case 'list_splat_pattern':
    case 'splat_type':
      return { kind: 'Starred', at, value: lower(partsOf(node)[0]) };
    case 'parenthesized_list_splat':
    case 'parenthesized_expression':
    case 'as_pattern_target':
      return lower(partsOf(node)[0]);
    case 'type':
    case 'constrained_type':
    case 'generic_type':
    case 'union_type':
      return annotation(node, lowering);
    default:
      return unknown(node, partsOf(node), lowering);
  }
}

/** In `*a.b, c` and `*a + b, c` the grammar takes the star for a part of `a`. */
function outOfStar(object: Expression, build: (object: Expression) => Expression): Expression {
  return object.kind === 'Starred' ? { ...object, value: build(object.value) } : build(object);
}

function comparison(node: Node, lowering: Lowering): Expression {
  const [left, ...comparators] = partsOf(node).map((part) => expression(part, lowering));
  const ops = node.children.filter((part) => !part.isNamed).map(({ type }) => type);
  if (left === undefined) return unknown(node, [], lowering);
  return { kind: 'Compare', at: atOf(node, lowering), left, ops, comparators };
}

function dictEntry(part: Node, lowering: Lowering): { key?: Expression; value: Expression } {
  if (part.type !== 'pair') return { value: expression(part.namedChild(0), lowering) };
  return { key: field(part, 'key', lowering), value: field(part, 'value', lowering) };
}

const comprehensionKinds: Readonly<Record<string, Comprehension['kind']>> = {
  list_comprehension: 'ListComp',
  set_comprehension: 'SetComp',
  dictionary_comprehension: 'DictComp',
  generator_expression: 'GeneratorExp',
};

function comprehension(node: Node, lowering: Lowering): Expression {
  const body = node.childForFieldName('body');
  const clauses: { target: Expression; iterable: Expression; conditions: Expression[] }[] = [];
  for (const part of partsOf(node)) {
    if (part.type === 'for_in_clause') {
      const target = field(part, 'left', lowering);
      clauses.push({ target, iterable: field(part, 'right', lowering), conditions: [] });
    } else if (part.type === 'if_clause') {
      clauses.at(-1)?.conditions.push(expression(part.namedChild(0), lowering));
    }
  }
  const pair = body?.type === 'pair' ? body : null;
  return {
    kind: comprehensionKinds[node.type] ?? 'GeneratorExp',
    at: atOf(node, lowering),
    element: expression(pair === null ? body : pair.childForFieldName('key'), lowering),
    ...(pair === null ? {} : { value: field(pair, 'value', lowering) }),
    clauses,
  };
}

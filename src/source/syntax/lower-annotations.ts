import type { Node } from '../parsing/node.js';
import { atOf, deepest, nested, partsOf, sourceOf, unknown, type Lowering } from './lowering.js';
import { splitLiteral } from './strings.js';
import type { Expression } from './tree.js';

/** A type, in which texts are types too. */
export function annotation(node: Node | null, lowering: Lowering): Expression {
  if (node === null) return lowering.expression(null);
  return nested(
    lowering,
    () => typeOf(node, lowering),
    () => unknown(node, [], lowering),
  );
}

function typeOf(node: Node, lowering: Lowering): Expression {
  const parts = partsOf(node);
  switch (node.type) {
    case 'type':
    case 'constrained_type':
      return annotation(parts[0] ?? null, lowering);
    case 'generic_type':
    case 'subscript': {
      const [base = null, ...rest] = parts;
      const given = rest[0]?.type === 'type_parameter' ? partsOf(rest[0]) : rest;
      const isOfValues = /(?:^|\.)(?:Literal|Annotated)$/.test(base?.text ?? '');
      const lower = (part: Node) => (isOfValues ? lowering.expression(unwrapped(part)) : annotation(part, lowering));
      const index = indexOf(rest[0]?.type === 'type_parameter' ? rest[0] : node, given.map(lower), lowering);
      return { kind: 'Subscript', at: atOf(node, lowering), object: lowering.expression(base), index };
    }
    case 'union_type':
    case 'binary_operator':
      return union(node, lowering);
    case 'list':
      return { kind: 'List', at: atOf(node, lowering), elements: parts.map((part) => annotation(part, lowering)) };
    case 'string':
      return typeInQuotes(node, lowering);
    default:
      return lowering.expression(node);
  }
}

/** What a `type` holds, when that is no type. */
function unwrapped(node: Node): Node {
  return node.type === 'type' ? (node.namedChild(0) ?? node) : node;
}

/** `A | B | C`, which the grammar of types associates to the right, and Python to the left. */
function union(node: Node, lowering: Lowering): Expression {
  const members: Expression[] = [];
  const rest: Node[] = [node];
  for (let each = rest.pop(); each !== undefined; each = rest.pop()) {
    const inner = unwrapped(each);
    const isUnion = inner.type === 'union_type' || (inner.type === 'binary_operator' && isOr(inner));
    if (isUnion) rest.push(...partsOf(inner).toReversed());
    else members.push(inner === node ? lowering.expression(inner) : annotation(inner, lowering));
  }
  if (members.length > deepest) return unknown(node, [], lowering);
  return members.reduce((left, right) => ({ kind: 'BinOp', at: left.at, op: '|', left, right }));
}

function isOr(node: Node): boolean {
  return node.childForFieldName('operator')?.type === '|';
}

/** No longer than a type is, and of the signs that types are made of. */
const looksLikeType = /^[\w.[\], |]{1,200}$/;

function typeInQuotes(node: Node, lowering: Lowering): Expression {
  const literal = splitLiteral(sourceOf(node, lowering));
  if (literal === undefined || literal.prefix !== '' || !looksLikeType.test(literal.body)) {
    return lowering.expression(node);
  }
  const type = lowering.expressionOfText(literal.body, atOf(node, lowering) + 1, true);
  return type.kind === 'Unknown' ? lowering.expression(node) : type;
}

/** What stands in the brackets that `node` ends with: `a[i, j]` indexes by a tuple, and so do `a[i,]` and `a[*i]`. */
export function indexOf(node: Node, parts: readonly Expression[], lowering: Lowering): Expression {
  const [only] = parts;
  const isTuple = parts.length !== 1 || only?.kind === 'Starred' || node.children.at(-2)?.type === ',';
  return only !== undefined && !isTuple ? only : { kind: 'Tuple', at: atOf(node, lowering), elements: parts };
}

import type { Node } from '../parsing/node.js';
import { splitLiteral, textOf } from '../syntax/strings.js';
import type { Literal } from '../types.js';

/** What a name stands for where `node` mentions it, when that is certain. */
export type ResolveName = (node: Node) => Literal | undefined;

/** The value of a literal expression: strings (adjacent ones and `+` too, f-strings without placeholders), numbers JSON can hold, True, False, None. `undefined`: no literal. */
export function literalOf(node: Node, resolveName: ResolveName = () => undefined): Literal | undefined {
  switch (node.type) {
    case 'string':
      return stringOf(node);
    case 'concatenated_string':
      return joined(node.namedChildren.filter((child) => child.type !== 'comment').map(stringOf));
    case 'parenthesized_expression': {
      const inner = node.namedChildren.find((child) => child.type !== 'comment');
      return inner === undefined ? undefined : literalOf(inner, resolveName);
    }
    case 'binary_operator':
      return sumOf(node, resolveName);
    case 'integer':
      return numberOf(node.text, Number.isSafeInteger);
    case 'float':
      return numberOf(node.text, Number.isFinite);
    case 'unary_operator':
      return negated(node);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'none':
      return null;
    case 'identifier':
      return resolveName(node);
    default:
      return undefined;
  }
}

function sumOf(node: Node, resolveName: ResolveName): string | undefined {
  if (node.childForFieldName('operator')?.type !== '+') return undefined;
  const terms = ['left', 'right'].map((side) => {
    const term = node.childForFieldName(side);
    const value = term === null ? undefined : literalOf(term, resolveName);
    return typeof value === 'string' ? value : undefined;
  });
  return joined(terms);
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

function negated(node: Node): number | undefined {
  const operand = node.childForFieldName('argument');
  const value = operand === null ? undefined : literalOf(operand);
  if (typeof value !== 'number') return undefined;
  const operator = node.children[0]?.type;
  if (operator === '-') return -value;
  return operator === '+' ? value : undefined;
}

function numberOf(text: string, isExact: (value: number) => boolean): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return isExact(value) ? value : undefined;
}

function stringOf(node: Node): string | undefined {
  if (node.type !== 'string' || node.children.at(-1)?.type !== 'string_end') return undefined;
  if (node.namedChildren.some((child) => child.type === 'interpolation')) return undefined;
  const literal = splitLiteral(node.text);
  return literal === undefined || /[bt]/.test(literal.prefix) ? undefined : textOf(literal.body, literal.prefix);
}

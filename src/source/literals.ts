import type { Node } from '#tree-sitter';
import type { Literal } from './types.js';

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
  const operator = node.child(0)?.type;
  if (operator === '-') return -value;
  return operator === '+' ? value : undefined;
}

function numberOf(text: string, isExact: (value: number) => boolean): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return isExact(value) ? value : undefined;
}

function stringOf(node: Node): string | undefined {
  const start = node.firstChild?.text ?? '';
  const prefix = start.replace(/['"]+$/, '').toLowerCase();
  if (node.type !== 'string' || /[bt]/.test(prefix)) return undefined;
  if (node.namedChildren.some((child) => child.type === 'interpolation')) return undefined;
  const end = node.lastChild;
  if (end?.type !== 'string_end') return undefined;
  const raw = node.text.slice(start.length, -end.text.length);
  const body = prefix.includes('f') ? raw.replaceAll('{{', '{').replaceAll('}}', '}') : raw;
  return prefix.includes('r') ? body : unescaped(body);
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** `undefined` for a character given by its Unicode name, which would need the whole table. */
function unescaped(body: string): string | undefined {
  if (/(?<!\\)(?:\\\\)*\\N\{/.test(body)) return undefined;
  return body.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|([0-7]{1,3})|([^]))/g,
    (all: string, byte?: string, short?: string, long?: string, octal?: string, single?: string) => {
      const hex = byte ?? short ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return escapes[single ?? ''] ?? all;
    },
  );
}

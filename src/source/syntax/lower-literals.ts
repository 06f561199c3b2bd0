import type { Node } from '../parsing/node.js';
import { atOf, partsOf, sourceOf, unknown, type Lowering } from './lowering.js';
import { splitLiteral, textOf } from './strings.js';
import type { Constant, Expression } from './tree.js';

/** Longer texts are prose, not names of anything. */
const longestText = 1000;

/** Stands for a character given by its Unicode name. */
const unnamed = '\u{fffd}';

/** A number, without its value where JSON cannot hold it. */
export function number(node: Node, lowering: Lowering): Constant {
  const at = atOf(node, lowering);
  const text = sourceOf(node, lowering).replaceAll('_', '');
  if (/^(?!0[xX]).*[jJ]$/.test(text)) return { kind: 'Constant', at, type: 'complex' };
  const type = node.type === 'float' ? 'float' : 'int';
  const value = Number(text);
  const isExact = type === 'float' ? Number.isFinite(value) : Number.isSafeInteger(value);
  return { kind: 'Constant', at, type, ...(isExact ? { value } : {}) };
}

/** A string, bytes or f-string. */
export function string(node: Node, lowering: Lowering): Expression {
  const at = atOf(node, lowering);
  const source = sourceOf(node, lowering);
  const literal = splitLiteral(source);
  if (literal === undefined) return unknown(node, [], lowering);
  const { prefix, body } = literal;
  if (prefix.includes('b')) return { kind: 'Constant', at, type: 'bytes' };
  if (/[ft]/.test(prefix)) {
    const quotes = (source.length - prefix.length - body.length) / 2;
    return { kind: 'JoinedStr', at, parts: joinTexts(formatted(node, prefix, quotes, lowering)) };
  }
  return constantText(at, textOf(body, prefix));
}

function constantText(at: number, value: string | undefined): Constant {
  const isName = value !== undefined && value.length <= longestText;
  return { kind: 'Constant', at, type: 'str', ...(isName ? { value } : {}) };
}

/** The grammar counts an escaped quote before the closing ones to them, so where they begin is counted from the end. */
function formatted(node: Node, prefix: string, quotes: number, lowering: Lowering): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let from = node.children[0]?.endIndex ?? node.startIndex;
  const literalUpTo = (end: number): void => {
    if (end > from) parts.push(textOf(lowering.text.slice(from, end), prefix) ?? unnamed);
  };
  for (const part of node.namedChildren) {
    if (part.type !== 'interpolation') continue;
    literalUpTo(part.startIndex);
    from = part.endIndex;
    parts.push(...selfNamed(part, lowering), ...interpolated(part, lowering));
  }
  literalUpTo(node.endIndex - quotes);
  return parts;
}

/** `{loss=}` writes `loss=` first. */
function selfNamed(part: Node, lowering: Lowering): string[] {
  const sign = part.children.find(({ type }) => type === '=');
  return sign === undefined ? [] : [lowering.text.slice(part.startIndex + 1, sign.endIndex)];
}

/** The value, and those in its format: `{value:{width}}`. */
function interpolated(part: Node, lowering: Lowering): Expression[] {
  const format = part.childForFieldName('format_specifier');
  const inFormat = format === null ? [] : partsOf(format).filter(({ type }) => type === 'format_expression');
  return [part, ...inFormat].map((each) => {
    const value = each.childForFieldName('expression');
    // In `{title:=10}` Python sees a format that begins with `=`.
    return lowering.expression(value?.type === 'named_expression' ? value.childForFieldName('name') : value);
  });
}

/** Strings that stand side by side. */
export function concatenated(node: Node, lowering: Lowering): Expression {
  const at = atOf(node, lowering);
  const parts = partsOf(node).map((part) => lowering.expression(part));
  if (parts.some((part) => part.kind === 'JoinedStr')) {
    return { kind: 'JoinedStr', at, parts: joinTexts(parts.flatMap(textsOf)) };
  }
  const [first] = parts;
  if (first?.kind === 'Constant' && first.type === 'bytes') return first;
  const texts = parts.flatMap((part) => (part.kind === 'Constant' && typeof part.value === 'string' ? part.value : []));
  return constantText(at, texts.length === parts.length ? texts.join('') : undefined);
}

function textsOf(part: Expression): readonly (string | Expression)[] {
  if (part.kind === 'JoinedStr') return part.parts;
  return part.kind === 'Constant' && typeof part.value === 'string' ? [part.value] : [part];
}

function joinTexts(parts: readonly (string | Expression)[]): (string | Expression)[] {
  const joined: (string | Expression)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

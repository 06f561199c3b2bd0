import type { Node, Tree } from '../parsing/node.js';
import type { Expression, Statement, Unknown } from './tree.js';

/** What lowering one text goes by. */
export interface Lowering {
  text: string;
  /** Added to every offset: where a text in quotes stands in its file. */
  base: number;
  /** Of blocks or expressions around the present one. */
  depth: number;
  /** Parses another text. */
  parse(text: string): Tree;
  checkTime(): void;
  sawUnknown: boolean;
  /** The text stands in quotes in its file, as a type may. */
  quoted?: true;
  /** Lowers one expression, pattern of an assignment, or type. */
  expression(node: Node | null): Expression;
  /** Parses and lowers a text that stands in quotes; `Unknown` when it is no expression. */
  expressionOfText(text: string, base: number, quoted?: true): Expression;
  /** Lowers the statements of a block, none when there is no block. */
  block(node: Node | null): Statement[];
}

/** Deeper expressions than CPython's parser takes (two hundred brackets) are not written by a person; chains of `+` and `.` may be. */
export const deepest = 400;

/** Lowers something that may hold more of its kind, or gives it up where it is too deep to be honest. */
export function nested<T>(lowering: Lowering, lower: () => T, tooDeep: () => T): T {
  if (lowering.depth > deepest) {
    lowering.sawUnknown = true;
    return tooDeep();
  }
  lowering.depth += 1;
  const lowered = lower();
  lowering.depth -= 1;
  return lowered;
}

/** The children that mean something. */
export function partsOf(node: Node): Node[] {
  return node.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'line_continuation');
}

export function atOf(node: Node, { base }: Lowering): number {
  return node.startIndex + base;
}

export function sourceOf(node: Node, { text }: Lowering): string {
  return text.slice(node.startIndex, node.endIndex);
}

export function unknown(node: Node, parts: readonly Node[], lowering: Lowering): Unknown {
  lowering.sawUnknown = true;
  return { kind: 'Unknown', at: atOf(node, lowering), parts: parts.map((part) => lowering.expression(part)) };
}

/** `a, b` after `return`, `in`, `=`: a tuple when there is a comma. */
export function expressionList(node: Node, lowering: Lowering): Expression {
  const parts = partsOf(node);
  const [only] = parts;
  const isTuple = parts.length !== 1 || node.children.some(({ type }) => type === ',');
  if (only !== undefined && !isTuple) return lowering.expression(only);
  return { kind: 'Tuple', at: atOf(only ?? node, lowering), elements: parts.map((part) => lowering.expression(part)) };
}

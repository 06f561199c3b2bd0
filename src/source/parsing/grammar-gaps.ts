/** What does Python take that the grammar does not? */
import type { Node, Tree } from './node.js';

/** A star before a display, a bracket or a text, which the grammar only takes inside of brackets: `return a, *[b] * 2`. */
const star = /(?<=(?:[,=[]|\b(?:return|yield|in))\s*)\*(?=\s*(?:[[({]|[a-zA-Z]{0,2}["']))/g;

/** `{title:=^80}`: a format that begins with `=`, which the grammar takes for an assignment, though no value can follow so. */
const format = /(?<=\{\s*\w+\s*:)=(?=[<>^=},]|[\d.,]+[a-zA-Z%]\})/g;

/**
 * The same text, place by place, with signs for those that Python takes and the grammar does not: a minus, which binds
 * as the star does, and a format that fills with nothing.
 */
export function withoutGaps(text: string): string {
  return text.replace(star, '-').replace(format, ' ');
}

/** A tree of the text without the gaps is one of Python: a star stands only where Python takes one too. */
export function isPython({ hasError, root }: Tree): boolean {
  return !hasError && root.descendantsOfType('unary_operator').every((node) => !isStar(node) || isAmongOthers(node));
}

/** It was parsed as a sign, and is a star. */
export function isStar(unary: Node): boolean {
  return unary.type === 'unary_operator' && unary.children[0]?.text === '*';
}

const takesStars: ReadonlySet<string> = new Set([
  'expression_list',
  'subscript',
  'tuple',
  'list',
  'set',
  'argument_list',
]);

/** `a, *[b] * 2`, but not `x = *[b]`, for which there is no Python. */
function isAmongOthers(unary: Node): boolean {
  let whole = unary;
  while (whole.parent?.type === 'binary_operator') whole = whole.parent;
  return whole.parent !== null && takesStars.has(whole.parent.type);
}

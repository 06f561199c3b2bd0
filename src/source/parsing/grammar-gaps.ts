/** What does Python take that the grammar does not? */
import type { Node, Tree } from './node.js';

/** A star before a display, a bracket or a text, which the grammar only takes inside of brackets: `return a, *[b] * 2`. */
const star = /(?<=(?:[,=[]|\b(?:return|yield|in))\s*)\*(?=\s*(?:[[({]|[a-zA-Z]{0,2}["']))/g;

/** `{title:=^80}`: a format that begins with `=`, which the grammar takes for an assignment, though no value can follow so. */
const format = /(?<=\{\s*\w+\s*:)=(?=[<>^=},]|[\d.,]+[a-zA-Z%]{1,2}\})/g;

/** `lazy import torch`, of Python 3.15. */
const lazy = /^([ \t]*)lazy[ \t](?=[ \t]*(?:import|from)\b)/gmu;

/** `{**metrics for metrics in runs}`, of Python 3.15. */
const unpacked = /(?<=\{\s*)\*\*(?=[^{},"'#]*\bfor\b)/g;

/** A line of comment, with which the grammar takes a decorator to end where it begins further to the left. */
const comment = /^[ \t]*#[^\r\n]*/gmu;

/** Longer lists of type parameters nobody writes. */
const longestList = 2000;

/** Where type parameters begin: `class Box[`, `def first[`, `type Pair[`. */
const typeParameters = /^[ \t]*(?:class|def|async[ \t]+def|type)[ \t]+\w+[ \t]*\[/gmu;

/**
 * The same text, place by place, with signs for those that Python takes and the grammar does not: a minus, which binds
 * as the star does, a format that fills with nothing, type parameters without their defaults (`class Box[T = int]`), imports
 * that are not lazy, comprehensions that unpack nothing, and blanks for comments.
 */
export function withoutGaps(text: string): string {
  const plain = text.replace(star, '-').replace(format, ' ').replace(lazy, '$1pass;').replace(unpacked, '  ');
  return withoutDefaults(plain.replace(comment, (line) => ' '.repeat(line.length)));
}

function withoutDefaults(text: string): string {
  const seen: string[] = [];
  let done = 0;
  for (const { 0: head, index } of text.matchAll(typeParameters)) {
    for (const [start, end] of defaultsFrom(text, Math.max(done, index + head.length))) {
      seen.push(text.slice(done, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
      done = end;
    }
  }
  return seen.join('') + text.slice(done);
}

/** From each `=` of the list that begins there up to the comma or bracket behind it. */
function* defaultsFrom(text: string, from: number): Generator<[start: number, end: number]> {
  let depth = 1;
  let start: number | undefined;
  for (let at = from; at < Math.min(text.length, from + longestList); at++) {
    const sign = text[at] ?? '';
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    const isEnd = depth === 0 || (depth === 1 && sign === ',');
    if (depth === 1 && sign === '=') start ??= at;
    if (isEnd && start !== undefined) {
      yield [start, at];
      start = undefined;
    }
    if (depth === 0) return;
  }
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

import type { Expression } from '../syntax/tree.js';
import type { Iterable } from './iterables.js';
import { isConstant, joined, type KeyPattern } from './patterns.js';

/** What a key may be where it is used. */
export interface KeySet {
  patterns: readonly KeyPattern[];
  /** The keys of the dict that this expression gives, those that follow all of `following`, between prefix and suffix. */
  taken?: { from: Expression; following: readonly KeyPattern[]; prefix: string; suffix: string };
  /** The keys of the dicts that the one which this expression gives holds, each behind its own: `f"{key}/{inner}"`. */
  nested?: { from: Expression } & Nesting;
  /** It may be something else as well. */
  isOpen: boolean;
  /** These are asked for; who may ask for others, nobody knows. */
  isPartial?: boolean;
  /** Lists and dicts that the keys come from: there are more keys where more is put into those. */
  from: readonly Iterable[];
  /** A test around leaves fewer keys than are listed. */
  isNarrowed: boolean;
}

/** What stands around and between the keys of two dicts, of which the one holds the other. */
export interface Nesting {
  prefix: string;
  between: string;
  suffix: string;
}

/** More keys than this in one place are not told apart. */
export const mostKeys = 40;

export function constants(texts: readonly string[]): KeySet {
  return { patterns: texts.map((text) => [text]), isOpen: false, from: [], isNarrowed: false };
}

/** Either of some keys. */
export function union(sets: readonly KeySet[]): KeySet {
  const [only, ...others] = sets;
  if (only !== undefined && others.length === 0) return only;
  const taken = sets.find((set) => set.taken !== undefined)?.taken;
  const several = sets.filter((set) => set.taken !== undefined).length > 1;
  return {
    patterns: sets.flatMap((set) => (set.nested === undefined ? set.patterns : withGaps(set))),
    isOpen: several || sets.some(({ isOpen }) => isOpen),
    from: sets.flatMap(({ from }) => from),
    isNarrowed: sets.some(({ isNarrowed }) => isNarrowed),
    ...(sets.some(({ isPartial }) => isPartial) ? { isPartial: true } : {}),
    ...(taken === undefined || several ? {} : { taken }),
  };
}

/**
 * One key behind another.
 * @param isHeldBeside a loop over the second dict's items gives the first.
 */
export function product(a: KeySet, b: KeySet, isHeldBeside: (inner: Expression, outer: Expression) => boolean): KeySet {
  const isPartial = a.isPartial === true || b.isPartial === true;
  const common = {
    isOpen: false,
    ...(isPartial ? { isPartial } : {}),
    from: [...a.from, ...b.from],
    isNarrowed: a.isNarrowed || b.isNarrowed,
  };
  const kept = behind(onlyText(a), b) ?? before(a, onlyText(b)) ?? oneInTheOther(a, b, isHeldBeside);
  if (kept !== undefined) return { patterns: [], ...kept, ...common };
  const [left, right] = [withGaps(a), withGaps(b)];
  if (left.length * right.length > mostKeys) return { patterns: [['', '']], ...common };
  return { patterns: left.flatMap((one) => right.map((other) => joined(one, other))), ...common };
}

type Kept = Pick<KeySet, 'taken' | 'nested'> | undefined;

function behind(text: string | undefined, { patterns, taken, nested }: KeySet): Kept {
  if (text === undefined || patterns.length > 0) return undefined;
  if (taken !== undefined) return { taken: { ...taken, prefix: `${text}${taken.prefix}` } };
  return nested && { nested: { ...nested, prefix: `${text}${nested.prefix}` } };
}

function before({ patterns, taken, nested }: KeySet, text: string | undefined): Kept {
  if (text === undefined || patterns.length > 0) return undefined;
  if (taken !== undefined) return { taken: { ...taken, suffix: `${taken.suffix}${text}` } };
  return nested && { nested: { ...nested, suffix: `${nested.suffix}${text}` } };
}

function oneInTheOther(a: KeySet, b: KeySet, isHeldBeside: Parameters<typeof product>[2]): Kept {
  if (a.patterns.length > 0 || b.patterns.length > 0 || a.taken === undefined || b.taken === undefined)
    return undefined;
  const { from, prefix, suffix: end } = a.taken;
  const isPlain = a.taken.following.length === 0 && b.taken.following.length === 0;
  if (!isPlain || !isHeldBeside(b.taken.from, from)) return undefined;
  return { nested: { from, prefix, between: `${end}${b.taken.prefix}`, suffix: b.taken.suffix } };
}

/** The one text that it is. */
function onlyText({ patterns, taken, nested }: KeySet): string | undefined {
  const [only, ...others] = patterns;
  if (only === undefined || others.length > 0 || taken !== undefined || nested !== undefined) return undefined;
  return isConstant(only) ? only[0] : undefined;
}

/** With a gap for the keys of whatever dict. */
function withGaps({ patterns, taken, nested }: KeySet): readonly KeyPattern[] {
  return [
    ...patterns,
    ...(taken === undefined ? [] : [[taken.prefix, taken.suffix]]),
    ...(nested === undefined ? [] : [[nested.prefix, nested.between, nested.suffix]]),
  ];
}

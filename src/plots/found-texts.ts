import type { Module } from '../source/program.js';
import type { Expression } from '../source/syntax/tree.js';

/** A text that an expression may be, or that a list may hold. */
export interface FoundText {
  text: string;
  module: Module;
  at: number;
  /** Only under a condition that may never hold. */
  uncertain?: true;
}

/** The texts that an expression may be, or that a list may hold. */
export interface FoundTexts {
  items: readonly FoundText[];
  /** There may be others: why. */
  open?: string;
  /** Functions of the dashboard that made the list. */
  makers: readonly object[];
  /** Names that the texts went through: of variables and functions, labels of widgets. */
  names: readonly string[];
}

export const noTexts: FoundTexts = { items: [], makers: [], names: [] };

export function openTexts(why: string): FoundTexts {
  return { ...noTexts, open: why };
}

/** More texts than this are no choice between plots. */
const mostItems = 300;

export function unite(all: readonly FoundTexts[]): FoundTexts {
  const [only, another] = all;
  if (only !== undefined && another === undefined) return only;
  const items = new Map<string, FoundText>();
  for (const item of all.flatMap((each) => each.items)) {
    items.set(`${item.text} ${item.module.path} ${item.at} ${item.uncertain ?? ''}`, item);
  }
  const isTooMuch = items.size > mostItems;
  const open = isTooMuch ? 'there are too many' : all.find((each) => each.open !== undefined)?.open;
  return {
    items: isTooMuch ? [] : [...items.values()],
    makers: [...new Set(all.flatMap(({ makers }) => makers))],
    names: [...new Set(all.flatMap(({ names }) => names))],
    ...(open === undefined ? {} : { open }),
  };
}

/** Answers that were given before. What depends on itself is not followed around. */
export class Asked {
  private readonly answers = new WeakMap<Expression, FoundTexts>();
  private readonly asking = new Set<Expression>();

  of(expression: Expression, answer: () => FoundTexts): FoundTexts {
    const known = this.answers.get(expression);
    if (known !== undefined) return known;
    if (this.asking.has(expression)) return openTexts('it depends on itself');
    this.asking.add(expression);
    const texts = answer();
    this.asking.delete(expression);
    this.answers.set(expression, texts);
    return texts;
  }
}

export function through(texts: FoundTexts, name: string): FoundTexts {
  return { ...texts, names: [...texts.names, name] };
}

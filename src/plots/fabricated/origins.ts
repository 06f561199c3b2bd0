import type { Module } from '../../source/program.js';
import type { Place } from '../../source/values/module-index.js';

/**
 * What the numbers of a value are, from nothing at all to something that somebody measured. What is made of several
 * is the last of them: a measured loss plus noise is measured, a constant times a random number is random.
 *
 * - `nothing`: empty, or never stored.
 * - `constant`: one number, or the same number many times.
 * - `grid`: numbers in a row, `range` and `linspace`, and what is linear in them: an axis, a reference line.
 * - `series`: several numbers written down one by one.
 * - `curve`: a function of a grid or a series, `exp(-x)`.
 * - `random`: from a random number generator.
 * - `measured`: anything else. Whoever cannot tell says this.
 */
export const kinds = ['nothing', 'constant', 'grid', 'series', 'curve', 'random', 'measured'] as const;
export type Kind = (typeof kinds)[number];

/** A place in the text. */
export interface Spot {
  module: Module;
  at: number;
  /** Where that stands, as far as it is known. */
  place?: Place | undefined;
}

/** One possibility of what a value is made of. */
export interface Origin {
  kind: Kind;
  /** Where a `series`, a `curve` or `random` numbers are made, and a `grid` between two numbers. */
  source?: Spot;
  /** Where they pass on their way, from the source on. */
  way: readonly Spot[];
  /** The test of a demo mode under which they are made or handed on. */
  flag?: string;
  /** What comes with it from the same call has no measurement in it, whatever other calls give. */
  isAlone?: true;
  /** Names met on the way: of functions and variables. */
  names: readonly string[];
}

/** Everything a value may be made of, one after the other possible. */
export type Origins = readonly Origin[];

export const measured: Origins = [plain('measured')];
export const constant: Origins = [plain('constant')];
export const empty: Origins = [plain('nothing')];

export function plain(kind: Kind, source?: Spot): Origin {
  return { kind, way: [], names: [], ...(source === undefined ? {} : { source }) };
}

/** More possibilities than this are no knowledge. */
const mostOrigins = 12;

/** What is one or another of several. */
export function either(all: Iterable<Origins>): Origins {
  const found = new Map<string, Origin>();
  for (const origins of all) {
    for (const origin of origins) {
      const key = `${origin.kind} ${origin.source?.module.path} ${origin.source?.at}`;
      const known = found.get(key);
      // The same source without a flag, or without a measurement in its place, is the worse of both.
      const isWorse = (known?.flag !== undefined && origin.flag === undefined) || (origin.isAlone && !known?.isAlone);
      if (known === undefined || isWorse) found.set(key, origin);
    }
  }
  return found.size > mostOrigins ? measured : [...found.values()];
}

/** What is made of both. */
export function both(left: Origins, right: Origins): Origins {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  return either(left.map((one) => right.map((other) => stronger(one, other))));
}

/** What is made of all parts together; of none, a constant. Where one is measured for certain, the others are not asked. */
export function together<Part>(parts: readonly Part[], ask: (part: Part) => Origins): Origins {
  let all: Origins | undefined;
  for (const part of parts) {
    all = all === undefined ? ask(part) : both(all, ask(part));
    if (all.length > 0 && all.every(({ kind }) => kind === 'measured')) return all;
  }
  return all ?? constant;
}

function stronger(one: Origin, other: Origin): Origin {
  const [weak, strong] = kinds.indexOf(one.kind) > kinds.indexOf(other.kind) ? [other, one] : [one, other];
  const flag = strong.flag ?? weak.flag;
  return flag === undefined ? strong : { ...strong, flag };
}

/** The same with every origin passed through. */
export function through(origins: Origins, pass: (origin: Origin) => Origin): Origins {
  return either([origins.map(pass)]);
}

/** A hop on the way, under the flag of a demo mode or without. */
export function passing(origins: Origins, spot: Spot, name: string | undefined, flag?: string): Origins {
  return origins.map((origin) =>
    origin.source === undefined
      ? origin
      : {
          ...origin,
          way: [...origin.way, spot],
          names: name === undefined ? origin.names : [...origin.names, name],
          ...(origin.flag === undefined && flag !== undefined ? { flag } : {}),
        },
  );
}

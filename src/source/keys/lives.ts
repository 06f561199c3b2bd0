import type { Cell, Holder, Read, Store, Taken } from './things.js';
import { follows, isConstant, mayMeet, type KeyPattern } from './patterns.js';

/** What a search has looked at already, so that what depends on itself does not prove itself. */
type Seen = Set<Read | string>;

const numbers = new WeakMap<Holder, number>();
let next = 0;

/** A number for each holder, to tell them apart in a text. */
export function numberOf(holder: Holder): number {
  const known = numbers.get(holder) ?? (next += 1);
  numbers.set(holder, known);
  return known;
}

/** The dicts that a read may be asked of; undefined when it may be asked of something else. */
export function mappingsOf({ of, isUnsure }: Read): readonly Holder[] | undefined {
  return isUnsure ? undefined : closedMappings(of);
}

/** All that a cell may hold, where that are dicts and nothing else. */
export function closedMappings(of: Cell): readonly Holder[] | undefined {
  if (of.isOpen || of.size === 0) return undefined;
  const holders: Holder[] = [];
  for (const thing of of.things) {
    if (thing.kind !== 'mapping') return undefined;
    holders.push(thing);
  }
  return holders;
}

/** Whether a read may ever find what somebody computed. Says yes when in doubt. */
export function mayFind(read: Read, seen: Seen = new Set()): boolean {
  if (seen.has(read)) return false;
  seen.add(read);
  return mappingsOf(read)?.some((holder) => mayHold(holder, read.pattern, seen)) ?? true;
}

/** Whether a read asks records of measurements for what none of them ever has. */
export function isInVain(read: Read): boolean {
  if (read.how === 'test' || read.isGuarded || read.isFilling) return false;
  return (mappingsOf(read) ?? []).some(isMeasured) && mappingsOf(read)?.every(isNoOption) === true && !mayFind(read);
}

/** Something that was computed is stored in it. */
function isMeasured({ storesOf, takes }: Holder): boolean {
  if (takes.length > 0) return true;
  return [...storesOf.values()].some((stores) =>
    stores.some(({ isConstant: isWritten, empty }) => !isWritten || empty?.isFilled === true),
  );
}

/** No options of a call, of which some may be left out. */
function isNoOption({ isArgument, isPassedOn }: Holder): boolean {
  return !isArgument && !isPassedOn;
}

/** Whether a dict may hold, under such a key, something that was computed and not only handed on. */
export function mayHold(holder: Holder, pattern: KeyPattern, seen: Seen = new Set()): boolean {
  if (holder.isOpen || hasUnseenKeys(holder)) return true;
  const key = `${numberOf(holder)} ${pattern.join('\0\0')}`;
  if (seen.has(key)) return false;
  seen.add(key);
  for (const store of storesUnder(holder, pattern)) if (isOrigin(store, holder, seen)) return true;
  return holder.takes.some(({ from, how }) => {
    const inner = before(pattern, how);
    return inner !== undefined && mayHold(from, inner, seen);
  });
}

/** Whether the key is there, if only with an empty container under it: `{"loss": []}["loss"]` raises nothing. */
export function isThere(holder: Holder, pattern: KeyPattern, seen = new Set<string>()): boolean {
  const key = `${numberOf(holder)} ${pattern.join('\0\0')}`;
  if (seen.has(key)) return false;
  seen.add(key);
  for (const { empty } of storesUnder(holder, pattern)) if (empty !== undefined) return true;
  return holder.takes.some(({ from, how }) => {
    const inner = before(pattern, how);
    return inner !== undefined && isThere(from, inner, seen);
  });
}

/** Its keys come from something that no text shows as a dict: the letters of a text, the parts of `"loss,lr".split(",")`. */
function hasUnseenKeys({ keysFrom }: Holder): boolean {
  return [...keysFrom].some(({ size }) => size === 0);
}

/** Everything that is stored in a dict under a key that may be the one asked for. */
export function* storesUnder(holder: Holder, pattern: KeyPattern): Generator<Store> {
  if (isConstant(pattern)) yield* holder.storesOf.get(pattern[0] ?? '') ?? [];
  else for (const [key, stores] of holder.storesOf) if (follows(key, pattern)) yield* stores;
  for (const store of holder.patterns) if (mayMeet(store.pattern, pattern)) yield store;
}

/** A store that puts a value there of which not only the same key elsewhere, or an empty container, is behind. */
export function isOrigin(store: Store, holder: Holder, seen: Seen = new Set()): boolean {
  if (store.empty !== undefined) return store.empty.isFilled || store.empty.isOpen;
  if (store.relays.length === 0) return true;
  return store.relays.some((read) => read.of.holds(holder) || mayFind(read, seen));
}

/** The key that a dict had before another took it over; undefined when it cannot have come that way. */
export function before(pattern: KeyPattern, { following, prefix, suffix }: Taken): KeyPattern | undefined {
  const [first = ''] = pattern;
  const last = pattern.at(-1) ?? '';
  const isInside = isConstant(pattern)
    ? first.startsWith(prefix) && first.endsWith(suffix) && first.length >= prefix.length + suffix.length
    : first.startsWith(prefix) && last.endsWith(suffix);
  if (!isInside) return undefined;
  const inner = isConstant(pattern)
    ? [first.slice(prefix.length, first.length - suffix.length)]
    : [first.slice(prefix.length), ...pattern.slice(1, -1), last.slice(0, last.length - suffix.length)];
  return following.every((each) => mayMeet(inner, each)) ? inner : undefined;
}

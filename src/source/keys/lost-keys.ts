import type { Holder, Read } from './things.js';
import { withoutEmptyStarts } from './empty-starts.js';
import { placeOfSpot, type KeyIndex, type KeyPlace, type Renamed, type Root } from './key-index.js';
import { before, isThere, mappingsOf, mayFind, mayHold, numberOf, storesUnder } from './lives.js';
import { lostOfAll } from './lost-of-all.js';
import { isConstant, shown } from './patterns.js';
import type { World } from './world.js';

export interface KeyRead extends KeyPlace {
  /** `item` raises where the key is missing; `default` goes on with something else; `test` only asks. */
  how: Read['how'];
  /** A test around asks for the key, or a `try` catches its absence. */
  isGuarded: boolean;
  /** What is read is stored again under the same key. */
  isHandedOn: boolean;
}

/** A key that is read and, as far as the whole repository shows, is not there. */
export interface LostKey {
  /** `expert_{…}_activation` where parts of it vary. */
  key: string;
  /**
   * `nowhere`: nobody stores it; `dropped`: it is stored elsewhere and not handed on; `sometimes`: it is read from
   * several dicts, of which only some have it.
   */
  where: 'nowhere' | 'dropped' | 'sometimes';
  reads: readonly KeyRead[];
  /** Where the dicts are made that lack it. */
  lacking: readonly KeyPlace[];
  /** Where it is stored with a value computed there. */
  origins: readonly KeyPlace[];
  /** A key of the same dicts that nobody reads, and that probably was meant. */
  nearest?: { key: string } & KeyPlace;
}

interface Group {
  read: Read;
  reads: Read[];
  roots: readonly Root[];
  where: 'sometimes' | undefined;
}

/** Every key of the repository that is read in vain. Certain or silent. */
export function lostKeys(world: World, index: KeyIndex): readonly LostKey[] {
  const groups = new Map<string, Group>();
  for (const read of world.reads) {
    const holders = mappingsOf(read);
    if (holders === undefined) continue;
    const isLost = !mayFind(read);
    if (isLost && read.how !== 'default' && holders.some((holder) => isThere(holder, read.pattern))) continue;
    const lacking = isLost ? holders : lackingSometimes(read, holders);
    if (lacking.length === 0) continue;
    const roots = [...rootsOf({ ...read, prefix: '', suffix: '' }, lacking, new Set())];
    const id = `${isLost} ${read.pattern.join()} ${roots
      .map(({ holder }) => numberOf(holder))
      .sort()
      .join()}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { read, reads: [read], roots, where: isLost ? undefined : 'sometimes' });
    else group.reads.push(read);
  }
  return [...[...groups.values()].flatMap((group) => judged(group, index) ?? []), ...lostOfAll(world)];
}

/** Of several filled dicts that a default is read from, those that certainly lack the key. */
function lackingSometimes(read: Read, holders: readonly Holder[]): readonly Holder[] {
  if (read.how !== 'default' || read.isGuarded || !isConstant(read.pattern)) return [];
  return holders.filter((holder) => holder.storesOf.size > 0 && !mayHold(holder, read.pattern));
}

/** The dicts where the way of a key ends: those that neither hold it nor take it from elsewhere. */
function* rootsOf(read: Omit<Root, 'holder'>, holders: readonly Holder[], seen: Set<string>): Generator<Root> {
  const { pattern, prefix, suffix } = read;
  for (const holder of holders) {
    const id = `${numberOf(holder)} ${pattern.join()}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const relays = [...storesUnder(holder, pattern)].flatMap((store) => store.relays);
    if (relays.length === 0) yield { holder, pattern, prefix, suffix };
    for (const relay of relays) yield* rootsOf({ ...read, pattern: relay.pattern }, mappingsOf(relay) ?? [], seen);
    for (const { from, how } of holder.takes) {
      const inner = before(pattern, how);
      const around = { prefix: `${prefix}${how.prefix}`, suffix: `${how.suffix}${suffix}` };
      if (inner !== undefined) yield* rootsOf({ pattern: inner, ...around }, [from], seen);
    }
  }
}

function judged({ read, reads, roots: ends, where }: Group, index: KeyIndex): LostKey | undefined {
  const roots = ends.map(({ holder }) => holder);
  if (roots.every(isForUsers)) return undefined;
  const origins = index.originsElsewhere(read, roots);
  const sources = new Set(roots.flatMap((root) => [...sourcesOf(root)]));
  const related = origins.filter(({ holder }) => sources.has(holder));
  const nearest = index.renamed(read.how, ends);
  if (where === 'sometimes' && (nearest === undefined || roots.length > 1 || haveBoth(read, nearest))) return undefined;
  if (related.length === 0 && nearest === undefined && !isCertain(reads, roots)) return undefined;
  const given = where === 'sometimes' || (related.length === 0 && nearest === undefined) ? origins : related;
  return {
    key: shown(read.pattern),
    where: where ?? (given.length > 0 ? 'dropped' : 'nowhere'),
    reads: reads.map((each) => ({
      ...placeOfSpot(each),
      how: each.how,
      isGuarded: each.isGuarded,
      isHandedOn: each.isRelayed,
    })),
    lacking: shownOf(roots).map(({ spot }) => placeOfSpot(spot)),
    origins: given.map(({ store }) => placeOfSpot(store)),
    ...(nearest === undefined ? {} : { nearest: { key: nearest.key, ...placeOfSpot(nearest.store) } }),
  };
}

/** A dict that has either key tells that the one is no new name of the other. */
function haveBoth(read: Read, { key }: Renamed): boolean {
  return (mappingsOf(read) ?? []).some((holder) => mayHold(holder, read.pattern) && mayHold(holder, [key]));
}

/** `options = {}` of a module, which nobody in the repository fills, is there for those who use it. */
function isForUsers({ startsEmpty, isFilled, spot }: Holder): boolean {
  return startsEmpty && !isFilled && spot.fn === undefined;
}

/** An empty display that is filled elsewhere says less than one with keys. */
function shownOf(roots: readonly Holder[]): readonly Holder[] {
  const filled = roots.filter(({ startsEmpty }) => !startsEmpty);
  return filled.length > 0 ? filled : roots;
}

/** Without another name in sight: a read that raises, or a default that is handed on in a record of measurements. */
function isCertain(reads: readonly Read[], roots: readonly Holder[]): boolean {
  if (reads.some(({ how, isGuarded }) => how === 'item' && !isGuarded)) return true;
  const isRecord = withoutEmptyStarts(roots).every(
    (root) =>
      !root.isArgument && [...root.storesOf.values()].some((stores) => stores.some((store) => !store.isConstant)),
  );
  return isRecord && reads.some((each) => each.how === 'default' && !each.isGuarded && each.isRelayed);
}

/** The dicts that one is filled from, key by key or as a whole. */
function sourcesOf(holder: Holder): ReadonlySet<Holder> {
  const found = new Set<Holder>();
  for (const { from } of holder.takes) found.add(from);
  for (const stores of holder.storesOf.values()) {
    for (const { relays } of stores) {
      for (const { of } of relays) for (const thing of of.things) if (thing.kind === 'mapping') found.add(thing);
    }
  }
  return found;
}

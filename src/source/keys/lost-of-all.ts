import { placeOfSpot } from './key-index.js';
import { closedMappings, isThere, mayHold } from './lives.js';
import type { LostKey } from './lost-keys.js';
import type { Holder, ReadOfAll, Store } from './things.js';
import type { World } from './world.js';

/**
 * Keys of a dict that a loop goes through and that another dict is asked for with them lacks: `for key, value in
 * metrics.items(): history[key].append(value)` raises at the first of them.
 */
export function lostOfAll({ readsOfAll }: World): readonly LostKey[] {
  return readsOfAll.flatMap((read) => lostBy(read));
}

function lostBy(read: ReadOfAll): readonly LostKey[] {
  const asked = closedMappings(read.of);
  const given = closedMappings(read.keysOf);
  // What both may be is, as far as is known, one and the same.
  if (asked === undefined || given === undefined || asked.some((holder) => given.includes(holder))) return [];
  // Nothing is filled yet: who knows by whom.
  if (asked.some((holder) => holder.isOpen || holder.storesOf.size === 0)) return [];
  const lost = new Map<string, Store[]>();
  for (const holder of given) {
    for (const [key, store] of alwaysIn(holder)) {
      const isInAny = asked.some((each) => mayHold(each, [key]) || isThere(each, [key]));
      if (!isInAny) lost.set(key, [...(lost.get(key) ?? []), store]);
    }
  }
  return [...lost].map(([key, origins]) => ({
    key,
    where: 'dropped',
    reads: [{ ...placeOfSpot(read), how: 'item', isGuarded: false, isHandedOn: false }],
    lacking: asked.map(({ spot }) => placeOfSpot(spot)),
    origins: origins.map((store) => placeOfSpot(store)),
  }));
}

/** The keys that a dict has from the start, and that nobody takes out again. */
function* alwaysIn({ isShrunk, storesOf }: Holder): Generator<[string, Store]> {
  if (isShrunk) return;
  for (const [key, stores] of storesOf) {
    const displayed = stores.find(({ isDisplayed }) => isDisplayed);
    if (displayed !== undefined && !key.startsWith('\0')) yield [key, displayed];
  }
}

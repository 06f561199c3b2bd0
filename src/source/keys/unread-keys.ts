import type { Holder, Store } from './things.js';
import { placeOfSpot, type KeyIndex, type KeyPlace } from './key-index.js';
import type { World } from './world.js';

/** A key that is stored in a dict of which others are read by name, and that nobody reads. */
export interface UnreadKey extends KeyPlace {
  key: string;
}

/**
 * Keys that are computed for nobody: in dicts that stay in the repository and that are only ever asked for single keys,
 * for most of those that they have.
 */
export function unreadKeys(world: World, index: KeyIndex): readonly UnreadKey[] {
  const seen = new Set<string>();
  return world.holders.flatMap((holder) => {
    if (holder.isOpen || holder.isReadWhole || holder.takers.length > 0) return [];
    const unread = [...holder.storesOf].filter(([key, stores]) => isForNobody(key, stores, holder, index));
    if (unread.length === 0 || index.numberRead(holder) <= unread.length) return [];
    return unread.flatMap(([key, [store]]) => {
      if (store === undefined) return [];
      const place = placeOfSpot(store);
      const id = `${place.file} ${store.at} ${key}`;
      if (seen.has(id)) return [];
      seen.add(id);
      return { key, ...place };
    });
  });
}

function isForNobody(key: string, stores: readonly Store[], holder: Holder, index: KeyIndex): boolean {
  return !key.startsWith('\0') && !stores.every(({ isConstant }) => isConstant) && !index.isRead(holder, key);
}

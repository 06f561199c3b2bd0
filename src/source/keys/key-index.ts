import { positionOf } from '../syntax/tree.js';
import { indexOf } from '../values/module-index.js';
import type { Holder, Read, Spot, Store } from './things.js';
import { isOrigin } from './lives.js';
import { follows, isConstant, mayMeet, type KeyPattern } from './patterns.js';
import { renameOf } from './renames.js';
import type { World } from './world.js';

export interface KeyPlace {
  file: string;
  line: number;
  column: number;
  /** The function it stands in: `Controller.get_current_metrics`; absent at the top of a module. */
  in?: string;
}

/** A dict where the way of a key ends. */
export interface Root {
  holder: Holder;
  /** The key, as that dict calls it. */
  pattern: KeyPattern;
  /** What stands around the key's name by the time that it is read. */
  prefix: string;
  suffix: string;
}

/** A key that was probably meant: under the name by which it is to be read, and where it is stored. */
export interface Renamed {
  key: string;
  store: Store;
}

/** Who reads and who stores what, by dict and by key. */
export class KeyIndex {
  private readonly readsOf = new Map<Holder, Read[]>();
  private readonly storedUnder = new Map<string, Set<Holder>>();

  constructor({ reads, holders }: World) {
    for (const read of reads) {
      for (const thing of read.of.things) {
        if (thing.kind !== 'mapping') continue;
        const own = this.readsOf.get(thing);
        if (own === undefined) this.readsOf.set(thing, [read]);
        else own.push(read);
      }
    }
    for (const holder of holders) {
      for (const key of holder.storesOf.keys())
        this.storedUnder.set(key, (this.storedUnder.get(key) ?? new Set()).add(holder));
    }
  }

  /** Some read may ask a dict for the key. */
  isRead(holder: Holder, key: string): boolean {
    return (this.readsOf.get(holder) ?? []).some(({ pattern, isFilling }) => !isFilling && follows(key, pattern));
  }

  /** The same, or one that takes the key over, maybe under a longer name. */
  private isReadAnywhere(holder: Holder, key: string, seen = new Set<Holder>()): boolean {
    if (seen.has(holder)) return false;
    seen.add(holder);
    return (
      this.isRead(holder, key) ||
      holder.takers.some(({ taker, how }) => {
        const isTaken = how.following.every((pattern) => mayMeet([key], pattern));
        return isTaken && this.isReadAnywhere(taker, `${how.prefix}${key}${how.suffix}`, seen);
      })
    );
  }

  /** How many keys of a dict are asked for, by name. */
  numberRead(holder: Holder): number {
    return [...holder.storesOf.keys()].filter((key) => this.isRead(holder, key)).length;
  }

  /** Stores under a key, in other dicts than these, of a value that is computed there. */
  originsElsewhere({ pattern }: Read, except: readonly Holder[]): { holder: Holder; store: Store }[] {
    if (!isConstant(pattern)) return [];
    const [key = ''] = pattern;
    const found: { holder: Holder; store: Store }[] = [];
    const seen = new Set<number>();
    for (const holder of this.storedUnder.get(key) ?? []) {
      if (except.includes(holder)) continue;
      for (const store of holder.storesOf.get(key) ?? []) {
        if (store.relays.length > 0 || store.isConstant || !isOrigin(store, holder) || seen.has(store.at)) continue;
        seen.add(store.at);
        found.push({ holder, store });
      }
    }
    return found;
  }

  /** Of the keys that nobody asks these dicts for, the one that a read probably means. */
  renamed(how: Read['how'], roots: readonly Root[]): Renamed | undefined {
    const unread = new Map<string, Map<string, Renamed>>();
    for (const { holder, pattern, prefix, suffix } of roots) {
      // One option with a default says nothing of another one, which is for the function that it is passed on to.
      if (how === 'default' && holder.isArgument && holder.isPassedOn) continue;
      const wanted = pattern.join('_');
      const keys = unread.get(wanted) ?? new Map<string, Renamed>();
      unread.set(wanted, keys);
      for (const [key, [store]] of holder.storesOf) {
        if (store === undefined || key.startsWith('\0') || this.isReadAnywhere(holder, key)) continue;
        keys.set(key, { key: `${prefix}${key}${suffix}`, store });
      }
    }
    // What a dict within another calls it is all that is told apart there: `entropy` of `routing/entropy`.
    const innermost = [...unread].toSorted(([one], [other]) => one.length - other.length);
    for (const [wanted, keys] of innermost) {
      const renamed = renameOf(wanted, [...keys.keys()]);
      if (renamed !== undefined) return keys.get(renamed);
    }
    return undefined;
  }
}

export function placeOfSpot({ module, at, fn }: Spot): KeyPlace {
  const name = fn === undefined || fn.kind === 'Lambda' ? undefined : nameOf(fn, module);
  return { file: module.path, ...positionOf(module.syntax, at), ...(name === undefined ? {} : { in: name }) };
}

function nameOf(fn: Extract<NonNullable<Spot['fn']>, { kind: 'FunctionDef' }>, module: Spot['module']): string {
  const place = indexOf(module).functions.get(fn);
  return place?.class === undefined || place.function !== undefined ? fn.name : `${place.class.name}.${fn.name}`;
}

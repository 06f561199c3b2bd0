import type { Inference } from '../values/inference.js';
import type { AnyFunction } from '../values/module-index.js';
import { KeyIndex, placeOfSpot, type KeyPlace } from './key-index.js';
import { isInVain, mappingsOf, mayFind } from './lives.js';
import { lostKeys, type LostKey } from './lost-keys.js';
import { follows, shown, type KeyPattern } from './patterns.js';
import { readProgram } from './read-program.js';
import { unreadKeys, type UnreadKey } from './unread-keys.js';
import type { World } from './world.js';

/** A key that a function asks a dict for. */
export interface KeyUse extends KeyPlace {
  /** As it is shown to a reader: `expert_{…}_activation`. */
  key: string;
  pattern: KeyPattern;
  /** False when no dict that may be asked holds the key. */
  isFound: boolean;
}

export interface VainRead extends KeyPlace {
  pattern: KeyPattern;
  /** The functions that make the dicts. */
  madeIn: readonly AnyFunction[];
}

/** Where the string keys of a repository are stored, handed on and read. */
export class MetricKeys {
  private readonly world: World;
  private readonly index: KeyIndex;

  constructor(inference: Inference) {
    const modules = inference.program.paths.flatMap((path) => inference.program.module(path) ?? []);
    this.world = readProgram(inference, modules);
    this.index = new KeyIndex(this.world);
  }

  /** Keys that are read in vain. */
  lost(): readonly LostKey[] {
    return lostKeys(this.world, this.index);
  }

  /** Keys that are stored for nobody. */
  unread(): readonly UnreadKey[] {
    return unreadKeys(this.world, this.index);
  }

  /** Keys of how many reads are judged, and of how many nothing is said. */
  counts(): { resolved: number; unresolved: number } {
    const resolved = this.world.reads.filter(({ of }) => !of.isOpen && of.size > 0).length;
    return { resolved, unresolved: this.world.reads.length - resolved };
  }

  /** Every key that a function, and whatever it calls in the repository, asks a dict for. */
  keysRead(fn: AnyFunction): readonly KeyUse[] {
    const functions = this.world.calledBy(fn);
    return this.world.reads
      .filter((read) => read.fn !== undefined && functions.has(read.fn))
      .map((read) => ({
        ...placeOfSpot(read),
        key: shown(read.pattern),
        pattern: read.pattern,
        isFound: mayFind(read),
      }));
  }

  /**
   * Reads of measurements that nobody ever stores: of records that are filled in the repository, and of a key that is
   * in none of them, or stays the empty list that it starts with.
   */
  inVain(): readonly VainRead[] {
    return this.world.reads
      .filter((read) => isInVain(read))
      .map((read) => ({
        pattern: read.pattern,
        ...placeOfSpot(read),
        madeIn: (mappingsOf(read) ?? []).flatMap(({ spot }) => spot.fn ?? []),
      }));
  }

  /** Somebody in the repository stores, under the key or a pattern that it follows, what is computed there. */
  isProduced(key: string): boolean {
    return this.world.holders.some(
      (holder) =>
        (holder.storesOf.get(key) ?? []).some(({ relays }) => relays.length === 0) ||
        holder.patterns.some(({ pattern }) => follows(key, pattern)),
    );
  }
}

const known = new WeakMap<Inference, MetricKeys>();

/** The keys of a repository, read once a run. */
export function metricKeysOf(inference: Inference): MetricKeys {
  const keys = known.get(inference) ?? new MetricKeys(inference);
  known.set(inference, keys);
  return keys;
}

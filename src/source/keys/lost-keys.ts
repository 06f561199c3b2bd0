import { positionOf } from '../syntax/tree.js';
import { indexOf } from '../values/module-index.js';
import type { Holder, Read, Spot, Store } from './graph.js';
import { isOrigin, mappingsOf, mayFind, numberOf, storesUnder, before } from './lives.js';
import { follows, isConstant, shown } from './patterns.js';
import { renameOf } from './renames.js';
import type { World } from './world.js';

export interface KeyPlace {
  file: string;
  line: number;
  column: number;
  /** The function it stands in: `Controller.get_current_metrics`; absent at the top of a module. */
  in?: string;
}

export interface KeyRead extends KeyPlace {
  /** `item` raises where the key is missing; `default` goes on with something else; `test` only asks. */
  how: Read['how'];
  /** A test around asks for the key, or a `try` catches its absence. */
  isGuarded: boolean;
}

/** A key that is read and, as far as the whole repository shows, is never there. */
export interface LostKey {
  /** `expert_{…}_activation` where parts of it vary. */
  key: string;
  /**
   * `nowhere`: nobody stores it; `dropped`: it is stored elsewhere and not handed on; `sometimes`: some of the dicts
   * that may be read have it.
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
  roots: readonly Holder[];
}

/** Every key of the repository that is read in vain. Certain or silent. */
export function lostKeys(world: World): readonly LostKey[] {
  const groups = new Map<string, Group>();
  const context = new Context(world);
  for (const read of world.reads) {
    const holders = mappingsOf(read);
    if (holders === undefined || mayFind(read)) continue;
    const roots = [...context.rootsOf(read, holders, new Set())];
    const id = `${shown(read.pattern)}\0${roots.map(numberOf).sort().join()}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { read, reads: [read], roots });
    else group.reads.push(read);
  }
  return [...groups.values()].flatMap((group) => context.judged(group) ?? []);
}

class Context {
  private readonly readOf = new Map<Holder, Read[]>();
  private readonly storedUnder = new Map<string, Set<Holder>>();

  constructor(world: World) {
    for (const read of world.reads) {
      for (const thing of read.of.things) {
        if (thing.kind !== 'mapping') continue;
        const reads = this.readOf.get(thing);
        if (reads === undefined) this.readOf.set(thing, [read]);
        else reads.push(read);
      }
    }
    for (const holder of world.holders) {
      for (const key of holder.storesOf.keys())
        this.storedUnder.set(key, (this.storedUnder.get(key) ?? new Set()).add(holder));
    }
  }

  /** The dicts where the way of a key ends: those that neither hold it nor take it from elsewhere. */
  *rootsOf(read: Read, holders: readonly Holder[], seen: Set<string>): Generator<Holder> {
    for (const holder of holders) {
      const id = `${numberOf(holder)} ${shown(read.pattern)}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const relays = [...storesUnder(holder, read.pattern)].flatMap(({ relays }) => relays);
      const taken = holder.takes.flatMap(({ from, how }) => {
        const pattern = before(read.pattern, how);
        return pattern === undefined ? [] : { from, pattern };
      });
      if (relays.length === 0 && taken.length === 0) yield holder;
      for (const relay of relays) yield* this.rootsOf(relay, mappingsOf(relay) ?? [], seen);
      for (const { from, pattern } of taken) yield* this.rootsOf({ ...read, pattern }, [from], seen);
      if (taken.length > 0 && relays.length === 0) yield holder;
    }
  }

  judged({ read, reads, roots }: Group): LostKey | undefined {
    const origins = this.originsOf(read, roots);
    const handedFrom = new Set(roots.flatMap((root) => [...sourcesOf(root)]));
    const related = origins.filter(({ holder }) => handedFrom.has(holder));
    const nearest = this.nearestOf(read, roots);
    const isWeak = related.length === 0 && nearest === undefined;
    if (isWeak && !this.isCertain(reads, roots)) return undefined;
    const given = related.length > 0 ? related : nearest === undefined ? origins : [];
    return {
      key: shown(read.pattern),
      where: given.length > 0 ? 'dropped' : 'nowhere',
      reads: reads.map((each) => ({ ...this.place(each), how: each.how, isGuarded: each.isGuarded })),
      lacking: roots.map(({ spot }) => this.place(spot)),
      origins: given.map(({ store }) => this.place(store)),
      ...(nearest === undefined ? {} : { nearest: { key: nearest.pattern.join(''), ...this.place(nearest) } }),
    };
  }

  /** Without another name in sight: a read that raises, or a default in a record of measurements. */
  private isCertain(reads: readonly Read[], roots: readonly Holder[]): boolean {
    if (reads.some(({ how, isGuarded }) => how === 'item' && !isGuarded)) return true;
    const isRecord = roots.every(
      (root) =>
        !root.isArgument && [...root.storesOf.values()].some((stores) => stores.some((store) => !store.isConstant)),
    );
    return isRecord && reads.some((each) => each.how === 'default' && !each.isGuarded && each.isRelayed);
  }

  private originsOf(read: Read, roots: readonly Holder[]): { holder: Holder; store: Store }[] {
    if (!isConstant(read.pattern)) return [];
    const found: { holder: Holder; store: Store }[] = [];
    for (const holder of this.storedUnder.get(read.pattern[0] ?? '') ?? []) {
      if (roots.includes(holder)) continue;
      for (const store of holder.storesOf.get(read.pattern[0] ?? '') ?? []) {
        if (store.relays.length === 0 && !store.isConstant && isOrigin(store, holder)) found.push({ holder, store });
      }
    }
    return found;
  }

  /** A key of the same dicts that nobody asks them for. */
  private nearestOf(read: Read, roots: readonly Holder[]): Store | undefined {
    const unread = new Map<string, Store>();
    for (const root of roots) {
      for (const [key, [store]] of root.storesOf) {
        if (store !== undefined && !key.startsWith('\0') && !this.isRead(root, key)) unread.set(key, store);
      }
    }
    const renamed = renameOf(read.pattern.join('_'), [...unread.keys()]);
    return renamed === undefined ? undefined : unread.get(renamed);
  }

  private isRead(holder: Holder, key: string): boolean {
    return (this.readOf.get(holder) ?? []).some(({ pattern }) => follows(key, pattern));
  }

  place({ module, at, fn }: Spot): KeyPlace {
    const name = fn === undefined ? undefined : nameOf(fn, module);
    return { file: module.path, ...positionOf(module.syntax, at), ...(name === undefined ? {} : { in: name }) };
  }
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

function nameOf(fn: NonNullable<Spot['fn']>, module: Spot['module']): string | undefined {
  if (fn.kind === 'Lambda') return undefined;
  const place = indexOf(module).functions.get(fn);
  return place?.class === undefined || place.function !== undefined ? fn.name : `${place.class.name}.${fn.name}`;
}

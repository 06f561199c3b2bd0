import type { Nesting } from './key-products.js';
import { anyKey, follows, isConstant, joined, mayMeet, type KeyPattern } from './patterns.js';
import { Cell, type Holder, type Store, type Taken, type Thing } from './things.js';

/** More things than this in one place are no knowledge. */
const mostThings = 48;
/** More keys than this in one dict are no record. */
const mostKeys = 400;

/** What flows where, solved as far as it goes after each addition. Everything is only ever added. */
export class Flow {
  private readonly waiting: (() => void)[] = [];
  private isSettling = false;
  private readonly readThrough = new Set<Holder>();
  /** Called for functions and classes that are handed out. */
  onCallableHandedOut: (thing: Thing) => void = () => {};

  add(cell: Cell, thing: Thing): void {
    if (cell.holds(thing)) return;
    // What others may fill or empty says no more than something unknown, and in large repositories it is everywhere.
    if (isHandedOut(thing)) return this.open(cell);
    if (cell.size >= mostThings) {
      this.open(cell);
      this.handOut(cell);
      return this.handOutThing(thing);
    }
    cell.add(thing);
    if (cell.isUnused) return;
    this.later(() => {
      if (cell.isHandedOut) this.handOutThing(thing);
      for (const next of cell.to) this.add(next, thing);
      for (const watcher of cell.watchers) watcher(thing);
    });
  }

  open(cell: Cell): void {
    if (cell.isOpen) return;
    cell.isOpen = true;
    if (cell.opensUnseen) return;
    this.later(() => {
      for (const next of cell.to) this.open(next);
      for (const watcher of cell.openWatchers) watcher();
    });
  }

  edge(from: Cell, to: Cell): void {
    if (from === to || !from.lead(to)) return;
    for (const thing of from.things) this.add(to, thing);
    if (from.isOpen) this.open(to);
  }

  watch(cell: Cell, onThing: (thing: Thing) => void, onOpen?: () => void): void {
    cell.watch(onThing);
    for (const thing of cell.things) onThing(thing);
    if (onOpen === undefined) return;
    cell.watchOpening(onOpen);
    if (cell.isOpen) onOpen();
  }

  /** Whatever a cell holds, now or later, others may fill, empty or call. */
  handOut(cell: Cell): void {
    if (cell.isHandedOut) return;
    cell.isHandedOut = true;
    for (const thing of cell.things) this.handOutThing(thing);
  }

  handOutThing(thing: Thing): void {
    if (thing.kind === 'function' || thing.kind === 'class') return this.onCallableHandedOut(thing);
    this.openHolder(thing);
    this.open(thing.all);
    this.handOut(thing.all);
  }

  /** All keys of what a cell holds are looked at, of what is inside too; functions may be called. */
  readWhole(cell: Cell): void {
    this.watch(cell, (thing) => {
      if (thing.kind === 'function' || thing.kind === 'class') return this.handOutThing(thing);
      thing.isReadWhole = true;
      if (this.readThrough.has(thing)) return;
      this.readThrough.add(thing);
      this.readWhole(thing.all);
    });
  }

  field(holder: Holder, key: string): Cell {
    const known = holder.fields.get(key);
    if (known !== undefined) return known;
    const cell = new Cell();
    holder.fields.set(key, cell);
    this.edge(cell, holder.all);
    for (const { pattern, value } of holder.patterned) if (follows(key, pattern)) this.edge(value, cell);
    for (const entry of holder.takers) this.later(() => this.takeKey(key, holder, entry));
    for (const entry of holder.nesters) this.later(() => this.takeUnder([key], cell, entry));
    return cell;
  }

  /** What `base[key]` gives; of anything in it without a key. */
  load(base: Cell, key: string | undefined, to: Cell): void {
    this.watch(
      base,
      (thing) => {
        if (thing.kind === 'function' || thing.kind === 'class') return this.open(to);
        if (key === undefined) return this.edge(thing.all, to);
        this.edge(this.field(thing, key), to);
        this.edge(thing.rest, to);
      },
      () => this.open(to),
    );
  }

  /** What iterating gives; of a mapping those are keys, which hold nothing. */
  loadElements(base: Cell, to: Cell): void {
    this.watch(
      base,
      (thing) => {
        if (thing.kind === 'sequence') this.edge(thing.all, to);
        else if (thing.kind === 'mapping') thing.isReadWhole = true;
        else this.open(to);
      },
      () => this.open(to),
    );
  }

  /** Puts a value under a key. */
  store(holder: Holder, store: Store, value: Cell): void {
    if (holder.storesOf.size + holder.patterns.length > mostKeys) {
      this.handOut(value);
      return this.openHolder(holder);
    }
    this.fill(holder);
    const [key = ''] = store.pattern;
    if (isConstant(store.pattern)) {
      this.edge(value, this.field(holder, key));
      const stores = holder.storesOf.get(key);
      if (stores === undefined) holder.storesOf.set(key, [store]);
      else stores.push(store);
    } else {
      holder.patterns.push(store);
      this.putPattern(holder, store.pattern, value);
    }
  }

  /** Puts a value under every key that follows a pattern. */
  private putPattern(holder: Holder, pattern: KeyPattern, value: Cell): void {
    const { patterned } = holder;
    if (pattern.every((part) => part === '') || patterned.length > mostKeys) return this.putRest(holder, value);
    if (patterned.some((known) => known.value === value && known.pattern.join('\0') === pattern.join('\0'))) return;
    patterned.push({ pattern, value });
    this.edge(value, holder.all);
    for (const [key, cell] of holder.fields) if (follows(key, pattern)) this.edge(value, cell);
    for (const entry of holder.takers) this.later(() => this.takePattern({ pattern, value }, entry));
    for (const entry of holder.nesters) this.later(() => this.takeUnder(pattern, value, entry));
  }

  private takePattern(
    { pattern, value }: Holder['patterned'][number],
    { taker, how, values }: Holder['takers'][number],
  ): void {
    if (!how.following.every((following) => mayMeet(pattern, following))) return;
    this.putPattern(taker, joined(joined([how.prefix], pattern), [how.suffix]), values ?? value);
  }

  /** @param isSeen the inference knows of it. */
  putRest(holder: Holder, value: Cell, isSeen = false): void {
    this.fill(holder, isSeen);
    this.edge(value, holder.rest);
    this.edge(holder.rest, holder.all);
  }

  private fill(holder: Holder, isSeen = false): void {
    holder.isFilled = true;
    if (isSeen || !holder.isMade || holder.isGrown) return;
    holder.isGrown = true;
    for (const watcher of holder.growWatchers) watcher();
  }

  /** Tells when a cell may hold something that has more in it than the inference knows of. */
  watchGrowth(cell: Cell, onGrown: () => void): void {
    this.watch(
      cell,
      (thing) => {
        if (thing.kind === 'function' || thing.kind === 'class') return;
        if (thing.isGrown || thing.isOpen) onGrown();
        else thing.growWatchers.push(onGrown);
      },
      onGrown,
    );
  }

  /** Puts everything that another container holds into it. */
  putElements(holder: Holder, from: Cell, isSeen = false): void {
    this.fill(holder, isSeen);
    this.loadElements(from, holder.rest);
    this.edge(holder.rest, holder.all);
  }

  openHolder(holder: Holder): void {
    if (holder.isOpen) return;
    holder.isOpen = true;
    this.edge(holder.rest, holder.all);
    this.open(holder.rest);
    for (const watcher of holder.growWatchers) this.later(watcher);
    for (const { taker } of [...holder.takers, ...holder.nesters]) this.later(() => this.openHolder(taker));
  }

  /**
   * A dict takes over the keys of another.
   * @param values what is stored under them, if not the very same values.
   */
  take(taker: Holder, from: Holder, how: Taken, values: Cell | undefined): void {
    if (taker === from || taker.takes.some((each) => each.from === from && isSame(each.how, how))) return;
    this.fill(taker);
    taker.takes.push({ from, how });
    const entry = { taker, how, values };
    from.takers.push(entry);
    if (from.isOpen) this.openHolder(taker);
    this.takeRest(from, entry);
    for (const key of from.fields.keys()) this.takeKey(key, from, entry);
    for (const each of from.patterned) this.takePattern(each, entry);
  }

  /** What is under keys of which nothing is known; other values stand for it only where there is something. */
  private takeRest({ rest }: Holder, { taker, values }: Holder['takers'][number]): void {
    if (values === undefined) return this.putRest(taker, rest);
    this.edge(taker.rest, taker.all);
    const put = (): void => this.edge(values, taker.rest);
    this.watch(rest, put, put);
  }

  private takeKey(key: string, from: Holder, { taker, how, values }: Holder['takers'][number]): void {
    if (!how.following.every((pattern) => mayMeet([key], pattern))) return;
    // Dicts that take from each other under longer and longer names would never come to an end.
    if (taker.fields.size > mostKeys) {
      this.handOut(values ?? this.field(from, key));
      return this.openHolder(taker);
    }
    this.edge(values ?? this.field(from, key), this.field(taker, `${how.prefix}${key}${how.suffix}`));
  }

  /** A dict takes over the keys of all dicts that another holds, behind the keys under which that one holds them. */
  takeNested(from: Holder, entry: Holder['nesters'][number]): void {
    const { taker, how } = entry;
    if (taker === from || taker.nests.some((each) => each.from === from && isSameNesting(each.how, how))) return;
    this.fill(taker);
    taker.nests.push({ from, how });
    from.nesters.push(entry);
    if (from.isOpen) this.openHolder(taker);
    for (const [key, cell] of from.fields) this.takeUnder([key], cell, entry);
    for (const { pattern, value } of from.patterned) this.takeUnder(pattern, value, entry);
    this.takeUnder(anyKey, from.rest, entry);
  }

  private takeUnder(key: KeyPattern, held: Cell, { taker, how, spot, values }: Holder['nesters'][number]): void {
    const around = joined(joined([how.prefix], key), [how.between]);
    const [prefix = ''] = around;
    const put = (): void =>
      this.store(taker, { ...spot, pattern: [...around, how.suffix], relays: [], isConstant: false }, values);
    let isPut = false;
    const putOnce = (): void => {
      if (!isPut) put();
      isPut = true;
    };
    this.watch(
      held,
      (thing) => {
        if (thing.kind !== 'mapping') return;
        if (isConstant(around)) this.take(taker, thing, { following: [], prefix, suffix: how.suffix }, values);
        else putOnce();
      },
      putOnce,
    );
  }

  private later(act: () => void): void {
    this.waiting.push(act);
    if (this.isSettling) return;
    this.isSettling = true;
    for (let next = this.waiting.pop(); next !== undefined; next = this.waiting.pop()) next();
    this.isSettling = false;
  }
}

function isHandedOut(thing: Thing): boolean {
  return (thing.kind === 'mapping' || thing.kind === 'sequence') && thing.all.isHandedOut;
}

function isSameNesting(a: Nesting, b: Nesting): boolean {
  return a.prefix === b.prefix && a.between === b.between && a.suffix === b.suffix;
}

function isSame(a: Taken, b: Taken): boolean {
  return a.prefix === b.prefix && a.suffix === b.suffix && JSON.stringify(a.following) === JSON.stringify(b.following);
}

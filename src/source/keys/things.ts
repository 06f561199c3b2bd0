import type { Module } from '../program.js';
import type { AnyFunction } from '../values/module-index.js';
import type { ClassValue, FunctionValue } from '../values/values.js';
import type { Nesting } from './key-products.js';
import type { KeyPattern } from './patterns.js';

/** A place in the text. */
export interface Spot {
  module: Module;
  at: number;
  /** The function it stands in. */
  fn: AnyFunction | undefined;
}

/** Something that is found again wherever it flows: what a display makes, a function, a class. */
export type Thing = Holder | { kind: 'function'; value: FunctionValue } | { kind: 'class'; value: ClassValue };

/** Which keys one dict takes over from another. */
export interface Taken {
  /** Only keys that follow all of these. */
  following: readonly KeyPattern[];
  prefix: string;
  suffix: string;
}

export const takenAsTheyAre: Taken = { following: [], prefix: '', suffix: '' };

/**
 * Where a variable, attribute, parameter, element or expression keeps what it may hold. There are several for each
 * expression of a repository, and most stay empty: what one does not need, it does not have.
 */
export class Cell {
  /** May be something of which nothing is known. */
  isOpen = false;
  /** What it holds is handed to code that may do anything with it. */
  isHandedOut = false;
  /** Mostly there is one; so with `next`. */
  private held: Thing | Set<Thing> | undefined;
  private next: Cell | Set<Cell> | undefined;
  private told: ((thing: Thing) => void)[] | undefined;
  private toldOfOpening: (() => void)[] | undefined;

  get things(): Iterable<Thing> {
    if (this.held === undefined) return nobody;
    return this.held instanceof Set ? this.held : [this.held];
  }

  /** How many things it holds. */
  get size(): number {
    if (this.held === undefined) return 0;
    return this.held instanceof Set ? this.held.size : 1;
  }

  holds(thing: Thing): boolean {
    return this.held === thing || (this.held instanceof Set && this.held.has(thing));
  }

  /** Where everything that it holds may be as well. */
  get to(): Iterable<Cell> {
    if (this.next === undefined) return nobody;
    return this.next instanceof Cell ? [this.next] : this.next;
  }

  /** Nobody waits for what it holds. */
  get isUnused(): boolean {
    return this.next === undefined && this.told === undefined && !this.isHandedOut;
  }

  /** Nobody waits for it to open. */
  get opensUnseen(): boolean {
    return this.next === undefined && this.toldOfOpening === undefined;
  }

  get watchers(): readonly ((thing: Thing) => void)[] {
    return this.told ?? nobody;
  }

  get openWatchers(): readonly (() => void)[] {
    return this.toldOfOpening ?? nobody;
  }

  add(thing: Thing): void {
    if (this.held === undefined) this.held = thing;
    else if (this.held instanceof Set) this.held.add(thing);
    else if (this.held !== thing) this.held = new Set([this.held, thing]);
  }

  /** @returns false when it leads there already. */
  lead(to: Cell): boolean {
    if (this.next === undefined) this.next = to;
    else if (this.next instanceof Cell) {
      if (this.next === to) return false;
      this.next = new Set([this.next, to]);
    } else {
      if (this.next.has(to)) return false;
      this.next.add(to);
    }
    return true;
  }

  watch(onThing: (thing: Thing) => void): void {
    if (this.told === undefined) this.told = [onThing];
    else this.told.push(onThing);
  }

  watchOpening(onOpen: () => void): void {
    if (this.toldOfOpening === undefined) this.toldOfOpening = [onOpen];
    else this.toldOfOpening.push(onOpen);
  }
}

const nobody: readonly never[] = [];

/** One way in which a key came into a dict. */
export interface Store extends Spot {
  pattern: KeyPattern;
  /** Reads of the same key, from which alone the value comes. */
  relays: readonly Read[];
  /** The literal text of a number, text or container. */
  isConstant: boolean;
  /** The empty container it starts with. */
  empty?: Holder;
  /** It stands in the display that makes the dict, and so is there from the start. */
  isDisplayed?: true;
}

/** `base[key]` in a loop over the keys of another dict: every one of them is asked for. */
export interface ReadOfAll extends Spot {
  of: Cell;
  keysOf: Cell;
}

export interface Read extends Spot {
  pattern: KeyPattern;
  of: Cell;
  /** `item` raises where the key is missing; `default` goes on with something else; `test` only asks. */
  how: 'item' | 'default' | 'test';
  /** The key is asked for around it, or a `try` catches its absence. */
  isGuarded: boolean;
  /** A list that the key comes from has more in it than its display shows, or it is no name of a metric. */
  isUnsure: boolean;
  /** What is there is only filled: `d["k"].append(x)`. */
  isFilling: boolean;
  /** Somewhere the value is stored under the very same key. */
  isRelayed: boolean;
}

/** A dict, list or other container, by the one place in the text that makes it. */
export class Holder {
  /** `mapping` with keys, `sequence` with elements. */
  readonly kind: 'mapping' | 'sequence';
  readonly spot: Spot;
  /** Has keys that the text does not show. */
  isOpen = false;
  /** Its display has nothing in it. */
  startsEmpty = false;
  /** Its display is read: whatever is put into it from here on makes it grow. */
  isMade = false;
  /** More is put into it than its display shows, and the inference does not know of it. */
  isGrown = false;
  readonly growWatchers: (() => void)[] = [];
  /** Something was ever put into it. */
  isFilled = false;
  /** All its keys are looked at: iterated over, printed, saved. */
  isReadWhole = false;
  /** Written as an argument, so that what is not in it may be meant to be left out. */
  isArgument = false;
  /** Some key is taken out of it again. */
  isShrunk = false;
  /** Its keys are options of another call, too: `draw(**options)`. */
  isPassedOn = false;
  readonly fields = new Map<string, Cell>();
  /** Values under keys of which nothing is known. */
  readonly rest = new Cell();
  /** Values under keys that are only known by a pattern. */
  readonly patterned: { pattern: KeyPattern; value: Cell }[] = [];
  /** Every value. */
  readonly all = new Cell();
  readonly storesOf = new Map<string, Store[]>();
  readonly patterns: Store[] = [];
  /** Dicts whose keys this one has too. */
  readonly takes: { from: Holder; how: Taken }[] = [];
  /** Dicts whose keys it has behind the keys under which another one holds them: `f"{key}/{inner}"`. */
  readonly nests: { from: Holder; how: Nesting }[] = [];
  readonly nesters: { taker: Holder; how: Nesting; spot: Spot; values: Cell }[] = [];
  /** Whatever is gone through for its keys: dicts, or texts and lists that nothing shows. */
  readonly keysFrom = new Set<Cell>();
  readonly takers: { taker: Holder; how: Taken; values: Cell | undefined }[] = [];

  constructor(kind: 'mapping' | 'sequence', spot: Spot) {
    this.kind = kind;
    this.spot = spot;
  }
}

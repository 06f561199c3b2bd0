import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import { dottedName, expressionsIn } from '../syntax/walk.js';
import { conditionsOf, triesAround } from '../values/guards.js';
import { placeOf, type Place } from '../values/module-index.js';
import { takenAsTheyAre, type Cell, type Holder, type Read, type Spot, type Store, type Taken } from './things.js';
import type { KeySet } from './key-products.js';
import { keySetOf } from './key-sets.js';
import { isConstant, type KeyPattern } from './patterns.js';
import type { World } from './world.js';

/** What the parts that read the text ask of each other. */
export interface Reader {
  readonly world: World;
  /** What an expression may hold; reads the expression on the first call. */
  cellOf(expression: Expression, module: Module): Cell;
  /** `target = value` */
  assign(target: Expression, value: Cell, module: Module, text?: Expression): void;
}

/** `base[key] = value` */
export function storeUnder(
  base: Cell,
  key: KeySet,
  value: Cell,
  { text, ...spot }: Spot & Pick<Store, 'isDisplayed'> & { text: Expression | undefined },
  reader: Reader,
): void {
  const { flow } = reader.world;
  const stores = key.patterns.map((pattern): Store => {
    const relays = text === undefined ? [] : relaysIn(text, pattern, spot.module, reader.world);
    for (const read of relays) read.isRelayed = true;
    const empty =
      text !== undefined && isEmpty(text) ? [...value.things].find((thing) => 'isFilled' in thing) : undefined;
    return {
      ...spot,
      pattern,
      relays,
      isConstant: text !== undefined && isLiteral(text),
      ...(empty === undefined ? {} : { empty }),
    };
  });
  const dict = (key.taken ?? key.nested)?.from;
  const from = dict === undefined ? undefined : reader.cellOf(dict, spot.module);
  const openAll = () =>
    flow.watch(base, (thing) => {
      if (thing.kind !== 'mapping') return;
      flow.openHolder(thing);
      flow.putRest(thing, value);
    });
  for (const { iterable, module } of key.from) flow.watchGrowth(reader.cellOf(iterable, module), openAll);
  flow.watch(
    base,
    (thing) => {
      if (thing.kind === 'function' || thing.kind === 'class') return flow.handOut(value);
      if (thing.kind === 'sequence') return flow.putRest(thing, value);
      for (const store of stores) flow.store(thing, store, value);
      if (key.taken !== undefined && from !== undefined) {
        thing.keysFrom.add(from);
        takeInto(thing, from, key.taken, value, reader);
      }
      if (key.nested !== undefined && from !== undefined) {
        thing.keysFrom.add(from);
        nestInto(thing, from, { how: key.nested, spot, values: value }, reader);
      }
      if (!key.isOpen && key.isPartial !== true) return;
      flow.openHolder(thing);
      flow.putRest(thing, value);
    },
    () => flow.handOut(value),
  );
}

/** A dict takes over the keys of whatever a cell holds. */
export function takeInto(
  taker: Holder,
  from: Cell,
  how: Taken = takenAsTheyAre,
  values: Cell | undefined,
  { world: { flow } }: Reader,
): void {
  flow.watch(
    from,
    (thing) => {
      if (thing.kind === 'mapping') flow.take(taker, thing, how, values);
      else flow.openHolder(taker);
    },
    () => flow.openHolder(taker),
  );
}

/** A dict takes over the keys of all dicts that whatever a cell holds holds. */
function nestInto(
  taker: Holder,
  from: Cell,
  entry: Omit<Holder['nesters'][number], 'taker'>,
  { world: { flow } }: Reader,
): void {
  flow.watch(
    from,
    (thing) => {
      if (thing.kind === 'mapping') flow.takeNested(thing, { ...entry, taker });
      else flow.openHolder(taker);
    },
    () => flow.openHolder(taker),
  );
}

/** `base[key]`, `base.get(key)`, `key in base`: remembers the reads, and says what comes out. */
export function readUnder(
  base: Cell,
  object: Expression,
  index: Expression,
  how: Read['how'],
  { node, module }: { node: Expression; module: Module },
  reader: Reader,
): Cell {
  const { world } = reader;
  const key = keySetOf(index, module, world);
  const result = world.newCell();
  if (how !== 'test') {
    const isKnown = !key.isOpen && !key.isPartial && key.taken === undefined && key.nested === undefined;
    const names = isKnown && key.patterns.every(isConstant) ? key.patterns.flat() : [undefined];
    for (const name of names) world.flow.load(base, name, result);
  }
  const isVague = key.isNarrowed || key.isOpen || key.taken !== undefined || key.nested !== undefined;
  const isUnknown = isVague || isChoice(object, index);
  if (isUnknown || key.isPartial === true) {
    // What the key is, nothing tells: it may be any, and so none of them is stored for nobody.
    world.flow.watch(base, (thing) => {
      if (thing.kind === 'mapping') thing.isReadWhole = true;
    });
  }
  if (isUnknown) {
    if (how === 'item') noteReadOfAll(base, object, index, key, { at: node.at, module }, reader);
    return result;
  }
  const place = placeOf(object, module);
  // `if name in skipped` of one name after the other picks some of them, now or when there are more.
  const isFilter = how === 'test' && key.patterns.length > 1;
  // Of what an attribute was ever set to, not everything is there when it is asked for.
  const isLate = index.kind === 'Attribute' && key.patterns.length > 1;
  const reads = key.patterns.map((pattern): Read => {
    const spot = { module, at: node.at, fn: world.functionRead };
    return {
      ...spot,
      pattern,
      of: base,
      how,
      isGuarded: isGuarded(place, pattern, object, index),
      isUnsure: isFilter || isLate || isNumber(pattern),
      isFilling: false,
      isRelayed: false,
    };
  });
  for (const { iterable, module: home } of key.from) {
    world.flow.watchGrowth(reader.cellOf(iterable, home), () => {
      world.flow.load(base, undefined, result);
      for (const read of reads) read.isUnsure = true;
    });
  }
  world.reads.push(...reads);
  world.readsAt.set(node, reads);
  return result;
}

/** The number of a kind, an item or a layer is no name of a metric; True and False are such numbers. */
function isNumber([key = '']: KeyPattern): boolean {
  return /^\0(?:-?\d|true$|false$)/.test(key);
}

/** `dict(line=…, bar=…)[kind]`: written down where it is asked, it says which kinds there may be; others are refused. */
function isChoice(object: Expression, index: Expression): boolean {
  const isTable = object.kind === 'Dict' || (object.kind === 'Call' && dottedName(object.callee) === 'dict');
  return isTable && index.kind !== 'Constant';
}

/** `history[key].append(value)` in `for key, value in metrics.items()` asks for every key of `metrics`, untested. */
function noteReadOfAll(
  of: Cell,
  object: Expression,
  index: Expression,
  { taken, patterns, isOpen, from, isNarrowed }: KeySet,
  { at, module }: Omit<Spot, 'fn'>,
  reader: Reader,
): void {
  if (taken === undefined || index.kind !== 'Name' || isOpen || isNarrowed) return;
  if (patterns.length > 0 || from.length > 0 || taken.following.length > 0) return;
  const place = placeOf(object, module);
  // A test of the value leaves out keys as well: `if isinstance(value, float)`.
  if (!conditionsOf(place?.guard).next().done || isGuarded(place, [], object, index)) return;
  const { world } = reader;
  world.readsOfAll.push({ of, keysOf: reader.cellOf(taken.from, module), at, module, fn: world.functionRead });
}

/** A test around asks for the key or for another one of the same dict, or a `try` catches what a missing key raises. */
function isGuarded(
  place: Place | undefined,
  [key, ...gaps]: KeyPattern,
  object: Expression,
  index: Expression,
): boolean {
  const name = dottedName(object);
  const asked = dottedName(index);
  for (const { test } of conditionsOf(place?.guard)) {
    for (const part of expressionsIn(test)) {
      if (gaps.length > 0 ? part.kind === 'JoinedStr' : part.kind === 'Constant' && part.value === key) return true;
      if (part.kind === 'Compare' && asked !== undefined && dottedName(part.left) === asked) {
        const [within] = part.comparators;
        if (name !== undefined && within !== undefined && dottedName(within) === name) return true;
      }
      if (part.kind === 'Subscript' && name !== undefined && dottedName(part.object) === name) return true;
      if (part.kind === 'Call' && name !== undefined && dottedName(part.callee) === `${name}.get`) return true;
    }
  }
  for (const { handlers } of triesAround(place?.guard)) {
    for (const { type } of handlers) {
      const caught = type === undefined ? [] : type.kind === 'Tuple' ? type.elements : [type];
      const names = caught.map((each) => dottedName(each) ?? '');
      if (type === undefined || names.some((name) => /(?:KeyError|LookupError|Exception)$/.test(name))) return true;
    }
  }
  return false;
}

/** Methods and functions that give what they are given, in another form. */
const sameMethods = /^(?:item|tolist|copy|detach|cpu|numpy|clone|strip)$/;
const sameFunctions = /^(?:float|int|round|str|bool|list|tuple|copy|deepcopy|abs)$/;

/** The reads of the same key from which alone a value comes; none where anything is computed. */
function relaysIn(text: Expression, pattern: KeyPattern, module: Module, world: World, depth = 0): readonly Read[] {
  if (depth > 6) return [];
  const within = (part: Expression) => relaysIn(part, pattern, module, world, depth + 1);
  const reads = world.readsAt.get(text)?.filter((read) => read.pattern.join('\0') === pattern.join('\0')) ?? [];
  if (reads.length > 0) return reads;
  switch (text.kind) {
    case 'Subscript':
      return text.index.kind === 'Slice' || isLiteral(text.index) ? within(text.object) : [];
    case 'Call': {
      const { callee, args } = text;
      if (callee.kind === 'Attribute' && sameMethods.test(callee.name) && args.length === 0)
        return within(callee.object);
      const [first] = args;
      return callee.kind === 'Name' && sameFunctions.test(callee.id) && first !== undefined ? within(first.value) : [];
    }
    case 'IfExp':
      return relaysOfBoth(text.body, text.orelse, within);
    case 'BoolOp':
      return relaysOfBoth(text.left, text.right, within);
    case 'Name': {
      const [definition, ...others] = namesOf(module.syntax).definitionsReaching(text).definitions;
      const isPlain = others.length === 0 && definition?.kind === 'assignment';
      return isPlain && definition.value !== undefined ? within(definition.value) : [];
    }
    default:
      return [];
  }
}

function relaysOfBoth(
  one: Expression,
  other: Expression,
  within: (part: Expression) => readonly Read[],
): readonly Read[] {
  const [a, b] = [within(one), within(other)];
  const isRelay = (a.length > 0 || isLiteral(one)) && (b.length > 0 || isLiteral(other));
  return isRelay ? [...a, ...b] : [];
}

/** A number, text, `None`, or an empty container. */
export function isLiteral(text: Expression): boolean {
  switch (text.kind) {
    case 'Constant':
      return true;
    case 'UnaryOp':
      return isLiteral(text.operand);
    case 'List':
    case 'Tuple':
    case 'Set':
      return text.elements.every(isLiteral);
    case 'Dict':
      return text.entries.every(({ key, value }) => key !== undefined && isLiteral(key) && isLiteral(value));
    default:
      return false;
  }
}

function isEmpty(text: Expression): boolean {
  if (text.kind === 'Call')
    return text.args.length === 0 && /^(?:list|dict|set|deque)$/.test(dottedName(text.callee) ?? '');
  if (text.kind === 'Dict') return text.entries.length === 0;
  return (text.kind === 'List' || text.kind === 'Set') && text.elements.length === 0;
}

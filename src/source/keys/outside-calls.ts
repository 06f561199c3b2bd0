import type { Module } from '../program.js';
import type { Call } from '../syntax/tree.js';
import { handOutArguments, invokeFunction, type Invocation } from './callables.js';
import type { Cell, Holder, Thing } from './things.js';
import { readAttribute, storeAttribute } from './attributes.js';
import { storeUnder, takeInto, type Reader } from './uses.js';
import { recordAsDict } from './records.js';

/** Functions from outside that only look at what they are given, and give nothing of it back. */
const looksOnly =
  /^(?:builtins\.(?:print|len|str|repr|bool|int|float|type|id|hash|any|all|isinstance|issubclass|format|hasattr|callable|abs|round|range|sum|ascii)|json\.dumps?|yaml\.(?:safe_)?dump|pickle\.dumps?|pprint\.p?print|torch\.save|math\..*|logging\..*|numpy\.(?!ndarray).*|pandas\.(?:DataFrame|Series|concat|json_normalize).*|streamlit\.(?!session_state|cache|fragment|dialog|Page|navigation|experimental).*|plotly\..*|matplotlib\..*|altair\..*|wandb\.(?:log|init|config\.update|summary\.update)|mlflow\.\w+|rich\..*print.*|statistics\..*|time\..*|os\.path\..*|pathlib\..*|hashlib\..*|csv\..*)$/;

/** Methods by whose name nobody expects what they are given to be changed. */
const harmlessMethods =
  /^(?:debug|info|warning|warn|error|exception|critical|log|write|writerow|writerows|writelines|add_scalar|add_scalars|add_histogram|add_hparams|log_metrics|log_metric|log_dict|log_params|json|metric|dataframe|table|markdown|plotly_chart|pyplot|line_chart|bar_chart|area_chart|altair_chart|caption|text|success|set_postfix|print|plot|scatter|bar|hist|imshow|legend|title|set_title|add_trace|add_scatter|add_bar|add_hline|update_layout|update_xaxes|update_yaxes|format|join|startswith|endswith|split)$/;

const passesOn =
  /^(?:copy\.(?:deep)?copy|types\.MappingProxyType|typing\.cast|contextlib\.closing|functools\.wraps.*|torch\.nn\.ModuleList)$/;
const copies = /^builtins\.(?:list|tuple|set|frozenset|sorted|reversed|iter)$/;
const queues =
  /^(?:queue\.(?:Simple|Lifo|Priority)?Queue|multiprocessing\.(?:\w+\.)*(?:Simple|Joinable)?Queue|asyncio\.Queue|collections\.deque)$/;
const dicts = /^(?:builtins\.dict|collections\.OrderedDict)$/;
const selfFilling = /^collections\.(?:defaultdict|Counter)$/;
const threads = /^(?:threading\.(?:Thread|Timer)|multiprocessing\.(?:\w+\.)*Process)$/;

export function isHarmlessMethod(name: string): boolean {
  return harmlessMethods.test(name);
}

/** A function or class from outside the repository is called. */
export function callOutside(name: string, call: Call, invocation: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { result, positional, module, at } = invocation;
  const [first, second] = positional;
  if (dicts.test(name)) return makeDict(call, invocation, reader);
  if (selfFilling.test(name)) return makeSelfFilling(call, invocation, reader);
  if (queues.test(name) || copies.test(name)) {
    const holder = world.newHolder('sequence', module, at);
    if (first !== undefined && !name.endsWith('Queue')) flow.putElements(holder, first.cell);
    else flow.edge(holder.rest, holder.all);
    return flow.add(result, holder);
  }
  if (threads.test(name)) return startThread(invocation, reader);
  const given = (/^typing\.cast$/.test(name) ? second : first)?.cell;
  if (passesOn.test(name) && given !== undefined) return flow.edge(given, result);
  switch (name) {
    case 'builtins.enumerate':
      return pairs([undefined, first?.cell], invocation, reader);
    case 'builtins.zip':
      return pairs(
        positional.map(({ cell }) => cell),
        invocation,
        reader,
      );
    case 'builtins.next':
    case 'builtins.min':
    case 'builtins.max':
      for (const { cell } of positional) flow.loadElements(cell, result);
      for (const { cell } of positional.slice(1)) flow.edge(cell, result);
      for (const { cell } of invocation.named) flow.handOut(cell);
      return;
    case 'builtins.getattr':
    case 'builtins.setattr':
      return byName(name, call, invocation, reader);
    case 'dataclasses.field':
      return makeField(invocation, reader);
    case 'dataclasses.asdict':
      return call.args[0] === undefined ? flow.open(result) : recordAsDict(call.args[0].value, invocation, reader);
    case 'builtins.super':
      return flow.open(result);
    default:
  }
  flow.open(result);
  if (!looksOnly.test(name)) return handOutArguments(invocation, world);
  readAll(invocation, reader);
}

/** Streamlit's widgets keep what was chosen in the session state. */
function readAll({ positional, named, spread }: Invocation, { world: { flow, session } }: Reader): void {
  const isCallback = ({ name }: { name: string }) => /^(?:on_\w+|args|kwargs|target|default|key_fn)$/.test(name);
  for (const each of named) {
    if (isCallback(each)) flow.handOut(each.cell);
    else flow.readWhole(each.cell);
    const key = each.name === 'key' && each.text?.kind === 'Constant' ? each.text.value : undefined;
    if (typeof key === 'string') flow.open(flow.field(session, key));
  }
  for (const { cell } of positional) flow.readWhole(cell);
  for (const cell of spread) flow.readWhole(cell);
}

function made(holder: Holder, { result }: Invocation, { world: { flow } }: Reader): void {
  flow.add(result, holder);
}

/** `dict(other, k=v)`, `dict(zip(names, values))` */
function makeDict(call: Call, invocation: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { positional, named, spread, module, at, fn } = invocation;
  const holder = world.newHolder('mapping', module, at);
  made(holder, invocation, reader);
  const base = world.newCell();
  flow.add(base, holder);
  for (const { name, cell, text } of named) {
    const key = { patterns: [[name]], isOpen: false, from: [], isNarrowed: false };
    storeUnder(base, key, cell, { text, module, at: text?.at ?? at, fn }, reader);
  }
  for (const cell of spread) takeInto(holder, cell, undefined, undefined, reader);
  const pairs = call.args.find((each) => each.name === undefined)?.value;
  for (const { cell } of positional) {
    if (pairs?.kind === 'List' || pairs?.kind === 'Call') flow.openHolder(holder);
    takeInto(holder, cell, undefined, undefined, reader);
  }
}

/** Reading a key makes it. */
function makeSelfFilling({ args }: Call, invocation: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { positional, module, at } = invocation;
  const holder = world.newHolder('mapping', module, at);
  made(holder, invocation, reader);
  holder.isOpen = true;
  flow.edge(holder.rest, holder.all);
  const factory = args[0]?.value;
  const value = world.newCell();
  if (factory?.kind === 'Name' && /^(?:list|set|dict|deque)$/.test(factory.id)) {
    flow.add(value, world.newHolder(factory.id === 'dict' ? 'mapping' : 'sequence', module, factory.at));
  } else if (positional[0] !== undefined) callBack(positional[0].cell, [], value, module, at, reader);
  flow.putRest(holder, value);
  for (const { cell } of positional.slice(1)) flow.handOut(cell);
}

/** `zip`, `enumerate`: a list of tuples of what the lists hold. */
function pairs(cells: readonly (Cell | undefined)[], invocation: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { module, at } = invocation;
  const tuple = world.newHolder('sequence', module, at);
  for (const [position, cell] of cells.entries()) {
    if (cell !== undefined) flow.loadElements(cell, flow.field(tuple, `\0${position}`));
  }
  const all = world.newHolder('sequence', module, at);
  const cell = world.newCell();
  flow.add(cell, tuple);
  flow.putRest(all, cell);
  made(all, invocation, reader);
}

/** `getattr(x, "name", default)`, `setattr(x, "name", value)` */
function byName(name: string, { args, at }: Call, invocation: Invocation, reader: Reader): void {
  const { flow } = reader.world;
  const [object, attribute, third] = args.map(({ value }) => value);
  const { module, result, positional } = invocation;
  const given = positional[2]?.cell;
  if (object === undefined || attribute?.kind !== 'Constant' || typeof attribute.value !== 'string') {
    flow.open(result);
    return given === undefined ? undefined : flow.handOut(given);
  }
  const node = { kind: 'Attribute', object, name: attribute.value, nameAt: at, at } as const;
  if (name.endsWith('setattr')) return given && storeAttribute(node, given, module, third, reader);
  flow.edge(readAttribute(node, module, reader), result);
  if (given !== undefined) flow.edge(given, result);
}

/** `field(default_factory=dict)` */
function makeField({ named, module, at, result }: Invocation, reader: Reader): void {
  const { world } = reader;
  for (const { name, cell, text } of named) {
    if (name === 'default') world.flow.edge(cell, result);
    if (name !== 'default_factory') continue;
    if (text?.kind === 'Name' && /^(?:dict|list|set|deque)$/.test(text.id))
      world.flow.add(result, world.newHolder(text.id === 'dict' ? 'mapping' : 'sequence', module, text.at));
    else callBack(cell, [], result, module, at, reader);
  }
}

/** `Thread(target=f, args=(a, b), kwargs={…})` calls `f(a, b)`. */
function startThread(invocation: Invocation, reader: Reader): void {
  const { world } = reader;
  const { flow } = world;
  const { named, positional, spread, module, at, fn, result } = invocation;
  flow.open(result);
  const called = (name: string) => named.find((each) => each.name === name)?.cell;
  const target = called('target');
  const [args, kwargs] = [called('args'), called('kwargs')];
  const listed = named.find((each) => each.name === 'args')?.text;
  for (const { cell } of positional) flow.handOut(cell);
  if (target === undefined) return;
  flow.watch(
    target,
    (thing) => {
      if (thing.kind !== 'function') return flow.handOutThing(thing);
      const given =
        listed?.kind === 'Tuple' || listed?.kind === 'List'
          ? listed.elements.map((each) => ({ cell: reader.cellOf(each, module), isSpread: each.kind === 'Starred' }))
          : args === undefined
            ? []
            : [{ cell: args, isSpread: true }];
      invokeFunction(
        thing.value,
        {
          positional: given,
          named: [],
          spread: [...spread, ...(kwargs === undefined ? [] : [kwargs])],
          result: world.newCell(),
          module,
          at,
          fn,
        },
        reader,
      );
    },
    () => {
      if (args !== undefined) flow.handOut(args);
      if (kwargs !== undefined) flow.handOut(kwargs);
    },
  );
}

/** A function that was handed over is called with these. */
function callBack(cell: Cell, args: readonly Cell[], result: Cell, module: Module, at: number, reader: Reader): void {
  const { flow } = reader.world;
  const positional = args.map((each) => ({ cell: each, isSpread: false }));
  flow.watch(
    cell,
    (thing: Thing) => {
      if (thing.kind !== 'function') return flow.open(result);
      invokeFunction(thing.value, { positional, named: [], spread: [], result, module, at, fn: undefined }, reader);
    },
    () => flow.open(result),
  );
}

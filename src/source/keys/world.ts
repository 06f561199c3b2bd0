import type { Scope } from '../names/scope.js';
import type { Module } from '../program.js';
import type { ClassDef, Expression, Parameter, FunctionDef, Name } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf, type AnyFunction } from '../values/module-index.js';
import { ownerOf } from '../values/names.js';
import { keyOf, type ClassValue, type FunctionValue } from '../values/values.js';
import { homeOfName, moduleBinding } from './scopes.js';
import { Flow } from './flow.js';
import { Cell, Holder, type Read, type ReadOfAll, type Thing } from './things.js';

/** A function of the repository, as far as dicts go through it. */
export interface Callable {
  module: Module;
  node: AnyFunction;
  params: ReadonlyMap<string, Cell>;
  result: Cell;
  /** What a generator yields. */
  yielded: Cell;
  /** Somebody in the repository calls it. */
  isCalled: boolean;
  /** Others may call it, with anything. */
  isOpen: boolean;
}

/** Bases from outside that leave the attributes of their subclasses alone. */
const quietBases =
  /(?:^|\.)(?:object|ABC|Generic|Protocol|NamedTuple|Enum|IntEnum|StrEnum|str|int|Exception|\w+Error|Thread|Module|Dataset|IterableDataset|\w*Callback)$/;

/** What the frameworks behind quiet bases call. */
const hooks =
  /^(?:forward|run|collate_fn|extra_repr|state_dict|load_state_dict|train|eval|apply|setup|teardown|on_\w+|\w*_hook)$/;

/** All that is known about where dicts go, shared by everything that adds to it. */
export class World {
  readonly flow = new Flow();
  readonly inference: Inference;
  readonly cells = new Map<Expression, Cell>();
  readonly callables = new Map<AnyFunction, Callable>();
  readonly reads: Read[] = [];
  readonly readsOfAll: ReadOfAll[] = [];
  readonly readsAt = new Map<Expression, Read[]>();
  /** Which functions call which. */
  private readonly calleesOf = new Map<AnyFunction, Set<AnyFunction>>();
  readonly holders: Holder[] = [];
  /** Methods of these names are called on objects of which nothing is known. */
  readonly methodsCalledOpenly = new Set<string>();
  /** Attributes of these names are stored in objects of which nothing is known. */
  readonly attributesStoredOpenly = new Set<string>();
  /** `st.session_state`, one for all. */
  readonly session: Holder;
  /** What calls hand on for a parameter one by one. */
  readonly iterablesOf = new Map<Parameter, readonly { iterable: Expression; module: Module }[] | undefined>();
  /** The function whose text is being read, and the scope. */
  functionRead: AnyFunction | undefined;
  scopeRead: Scope | undefined;
  private readonly variables = new Map<object, Map<string, Cell>>();
  private readonly families = new Map<ClassDef, ClassDef>();
  private readonly extras = new Map<AnyFunction, Map<string, Holder>>();
  private readonly functionsNamed = new Map<string, Pick<FunctionValue, 'module' | 'node'>[]>();
  private readonly callableThings = new Map<string, Thing>();
  private readonly attributesNamed = new Map<string, Set<Cell>>();
  private readonly ofAnybody = new Map<string, Cell>();

  constructor(inference: Inference, modules: readonly Module[]) {
    this.inference = inference;
    for (const module of modules) {
      for (const node of indexOf(module).classes.keys()) {
        for (const base of inference.hierarchy.bases({ kind: 'class', module, node }).own) this.join(node, base.node);
      }
    }
    for (const module of modules) {
      for (const node of indexOf(module).functions.keys()) {
        if (node.kind === 'Lambda') continue;
        const named = this.functionsNamed.get(node.name);
        if (named === undefined) this.functionsNamed.set(node.name, [{ module, node }]);
        else named.push({ module, node });
      }
    }
    const [first] = modules;
    this.session = new Holder('mapping', {
      module: first ?? { path: '', syntax: { body: [], lines: [0] } },
      at: 0,
      fn: undefined,
    });
    // Components from outside store there too, but not under the names that the repository stores.
    this.session.isOpen = true;
    this.flow.edge(this.session.rest, this.session.all);
  }

  addCallee(caller: AnyFunction | undefined, callee: AnyFunction): void {
    if (caller === undefined) return;
    const callees = this.calleesOf.get(caller) ?? new Set();
    this.calleesOf.set(caller, callees.add(callee));
  }

  /** A function and all that it calls, in the repository. */
  calledBy(fn: AnyFunction): ReadonlySet<AnyFunction> {
    const found = new Set([fn]);
    for (const each of found) for (const callee of this.calleesOf.get(each) ?? []) found.add(callee);
    return found;
  }

  newCell(): Cell {
    return new Cell();
  }

  /** The one thing that stands for a function, or for a method bound to an object. */
  functionThing(value: FunctionValue): Thing {
    return this.callableThing(keyOf(value), { kind: 'function', value });
  }

  classThing(value: ClassValue): Thing {
    return this.callableThing(keyOf(value), { kind: 'class', value });
  }

  private callableThing(key: string, thing: Thing): Thing {
    const known = this.callableThings.get(key) ?? thing;
    this.callableThings.set(key, known);
    return known;
  }

  newHolder(kind: Holder['kind'], module: Module, at: number): Holder {
    const holder = new Holder(kind, { module, at, fn: this.functionRead });
    this.holders.push(holder);
    return holder;
  }

  variable(scope: object, name: string): Cell {
    const names = this.variables.get(scope) ?? new Map<string, Cell>();
    this.variables.set(scope, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    const cell = new Cell();
    names.set(name, cell);
    if ('syntax' in scope) this.nameAttribute(name, cell);
    return cell;
  }

  /** The cell of an attribute: one for a class and all that it is related to. */
  attribute(of: ClassValue, name: string): Cell {
    const cell = this.variable(this.family(of.node), name);
    this.nameAttribute(name, cell);
    if (this.isShared(of)) {
      this.flow.open(cell);
      this.flow.handOut(cell);
    }
    return cell;
  }

  private nameAttribute(name: string, cell: Cell): void {
    const named = this.attributesNamed.get(name) ?? new Set();
    this.attributesNamed.set(name, named.add(cell));
    const ofAnybody = this.ofAnybody.get(name);
    if (ofAnybody !== undefined) this.flow.edge(cell, ofAnybody);
    if (this.attributesStoredOpenly.has(name)) this.flow.open(cell);
  }

  /** An attribute of that name is stored in who knows what. */
  storeOpenly(name: string, value: Cell): void {
    this.flow.handOut(value);
    this.attributesStoredOpenly.add(name);
    for (const cell of this.attributesNamed.get(name) ?? []) this.flow.open(cell);
  }

  /** What attributes of that name hold, whoever has them: where one of them is filled and nothing tells which. */
  attributesOfAnybody(name: string): Cell {
    const known = this.ofAnybody.get(name);
    if (known !== undefined) return known;
    const cell = new Cell();
    this.ofAnybody.set(name, cell);
    for (const each of this.attributesNamed.get(name) ?? []) this.flow.edge(each, cell);
    // What is stored may be meant for another one of them, so nobody has to read it in each.
    this.flow.watch(cell, (thing) => {
      if (thing.kind === 'mapping') thing.isReadWhole = true;
    });
    return cell;
  }

  /** Somebody else may store in the attributes of its objects. */
  private isShared(of: ClassValue): boolean {
    const { hierarchy } = this.inference;
    return hierarchy.isOpen(of) || hierarchy.outsideBases(of).some((base) => !quietBases.test(base));
  }

  private family(node: ClassDef): ClassDef {
    let root = node;
    for (let next = this.families.get(root); next !== undefined; next = this.families.get(root)) root = next;
    return root;
  }

  private join(one: ClassDef, other: ClassDef): void {
    const [a, b] = [this.family(one), this.family(other)];
    if (a !== b) this.families.set(a, b);
  }

  callable({ module, node }: Pick<FunctionValue, 'module' | 'node'>): Callable {
    const known = this.callables.get(node);
    if (known !== undefined) return known;
    const params = new Map(node.params.map(({ name }) => [name, this.variable(node, name)]));
    const made: Callable = {
      module,
      node,
      params,
      result: new Cell(),
      yielded: new Cell(),
      isCalled: false,
      isOpen: false,
    };
    this.callables.set(node, made);
    return made;
  }

  isGenerator({ module, node }: Pick<FunctionValue, 'module' | 'node'>): boolean {
    return indexOf(module).yields.has(node);
  }

  /** What calling a generator function gives. */
  generatorOf(callable: Callable): Holder {
    const holder = this.extraOf(callable, '', 'sequence');
    this.flow.putRest(holder, callable.yielded);
    return holder;
  }

  /** The container behind `*args` or `**kwargs`, or of what a generator yields: one a function. */
  extraOf({ node, module }: Callable, name: string, kind: Holder['kind']): Holder {
    const names = this.extras.get(node) ?? new Map<string, Holder>();
    this.extras.set(node, names);
    const known = names.get(name);
    if (known !== undefined) return known;
    const holder = this.newHolder(kind, module, node.at);
    holder.isArgument = true;
    names.set(name, holder);
    return holder;
  }

  /** Objects of the class can hold more than the text of the class shows: those of a subclass of `dict`. */
  isMoreThanItsText(of: ClassValue): boolean {
    const { hierarchy } = this.inference;
    const has = (name: string) => this.inference.attributeOf(of, name) !== undefined;
    return this.isShared(of) || hierarchy.outsideBases(of).length > 0 || has('__getitem__') || has('__iter__');
  }

  /** A function of the repository has that name. */
  hasFunction(name: string): boolean {
    return this.functionsNamed.has(name);
  }

  /** A method of that name is called on who knows what. */
  callOpenly(name: string): void {
    if (this.methodsCalledOpenly.has(name)) return;
    this.methodsCalledOpenly.add(name);
    for (const each of this.functionsNamed.get(name) ?? []) this.openCallable(this.callable(each), true);
  }

  /** Frameworks call methods of their subclasses, Python those with two underscores. */
  isCalledFromOutside(node: FunctionDef, module: Module): boolean {
    const { owner }: { owner?: ClassValue } = ownerOf(node, module);
    if (owner === undefined) return false;
    if (/^__(?!init__|call__)\w+__$/.test(node.name)) return true;
    const { hierarchy } = this.inference;
    if (hierarchy.isOpen(owner)) return true;
    const outside = hierarchy
      .outsideBases(owner)
      .filter((base) => !/(?:^|\.)(?:NamedTuple|\w*Enum|str|int)$/.test(base));
    if (outside.length === 0) return false;
    return outside.some((base) => !quietBases.test(base)) || hooks.test(node.name);
  }

  /** Others may call it: with anything, and do anything with what it gives. */
  openCallable(callable: Callable, isResultKept: boolean): void {
    if (!isResultKept) {
      this.flow.handOut(callable.result);
      this.flow.handOut(callable.yielded);
    }
    if (callable.isOpen) return;
    callable.isOpen = true;
    for (const cell of callable.params.values()) this.flow.open(cell);
  }

  /** The cell that a name stands for where it is; undefined where nothing in the file binds it. */
  cellOfName(node: Name, module: Module): Cell | undefined {
    const home = homeOfName(node, this.scopeRead, module, this.inference.program);
    if (home === undefined) return undefined;
    return 'of' in home ? this.attribute(home.of, node.id) : this.variable(home.scope, node.id);
  }

  /** What a module's namespace holds under a name; undefined where its text binds no such name. */
  cellOfGlobal(name: string, module: Module): Cell | undefined {
    const home = moduleBinding(name, module, this.inference.program);
    return home === undefined ? undefined : this.variable(home, name);
  }
}

export function isDataclass({ decorators }: ClassDef): boolean {
  return decorators.some((each) =>
    /(?:^|\.)dataclass$/.test(dottedName(each.kind === 'Call' ? each.callee : each) ?? ''),
  );
}

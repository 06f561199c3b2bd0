import type { Module, Program } from '../program.js';
import type { Expression, FunctionDef, Parameter } from '../syntax/tree.js';
import { dottedName, lastName } from '../syntax/walk.js';
import { isEnum } from './attributes.js';
import { isClassMethod, isStatic } from './class-info.js';
import { leftByDecorator } from './decorators.js';
import type { Infer } from './infer.js';
import { givenToLambda } from './lambda-parameters.js';
import { argumentFor, indexOf, type AnyFunction } from './module-index.js';
import { classesBehindSuper, usesThatMayReach } from './super-calls.js';
import { callsByTables, tableAround, tablesFilledBy } from './table-calls.js';
import { type CallUse, type Uses } from './uses.js';
import {
  anything,
  nothing,
  only,
  union,
  type ClassValue,
  type FunctionValue,
  type Value,
  type Values,
} from './values.js';

/** More calls than this are not looked at. */
const mostCalls = 200;

/** Decorators under which a function is still called as it is written, by the repository's own calls alone. */
const plainDecorators =
  /^(?:staticmethod|classmethod|property|abstractmethod|override|(?:\w+\.)*(?:abstractmethod|cached_property|lru_cache|cache|contextmanager|wraps|no_grad|inference_mode|enable_grad|cache_data|cache_resource|experimental_memo|experimental_singleton|singledispatch|overload|final|override|deprecated|jit\.\w+|compile|profile))$/;

/**
 * What a parameter may be: what its annotation says, and what every call in the repository gives it. Open where somebody
 * else may call the function too: a callback, a method that a base from outside calls, a decorated function.
 */
export function parameterValues(fn: FunctionValue, name: string, infer: Infer): Values {
  const { params } = fn.node;
  const position = params.findIndex((parameter) => parameter.name === name);
  const parameter = params[position];
  if (parameter === undefined) return anything;
  if (position === 0 && isMethod(fn)) return selfOf(fn, fn.owner);
  if (position === 0 && fn.node.kind === 'Lambda') return givenToLambda(fn.node, fn.module, infer);
  if (parameter.splat !== undefined)
    return only({ kind: 'outside-instance', of: parameter.splat === '*' ? 'builtins.tuple' : 'builtins.dict' });
  const said = parameter.annotation === undefined ? anything : infer.annotated(parameter.annotation, fn.module);
  const given = givenByCalls(fn, parameter, position, infer);
  // Where all calls are known, `key: str` says less than the names that they pass.
  if (!given.open && given.known.length > 0 && said.known.every((value) => isName(value, infer))) return given;
  // An annotation closes the world; what is passed all the same is no less possible.
  return said.open ? given : union([said, { known: given.known, open: false }]);
}

/** Any text, or any member of an enum. */
function isName(value: Value, infer: Infer): boolean {
  if (value.kind === 'outside-instance') return value.of === 'builtins.str';
  return value.kind === 'instance' && value.member === undefined && isEnum(value.of, infer);
}

function isMethod(fn: FunctionValue): fn is FunctionValue & { owner: ClassValue; node: FunctionDef } {
  return fn.owner !== undefined && fn.node.kind === 'FunctionDef' && !isStatic(fn.node);
}

function selfOf(fn: FunctionValue & { node: FunctionDef }, owner: ClassValue): Values {
  const isOfClass = /^__(?:new|init_subclass|class_getitem)__$/.test(fn.node.name) || isClassMethod(fn.node);
  return only(isOfClass ? { ...owner, orSubclass: true } : { kind: 'instance', of: owner, exact: false });
}

function givenByCalls(fn: FunctionValue, parameter: Parameter, position: number, infer: Infer): Values {
  const { given, open } = argumentsFor(fn, parameter, position, infer);
  return union([...given.map(({ value, module }) => infer.valuesOf(value, module)), open ? anything : nothing]);
}

/** What the repository's calls hand over for a parameter, its default included; open where there may be more. */
export interface Arguments {
  given: readonly { value: Expression; module: Module; by: CallUse }[];
  open: boolean;
}

/** @param position of the parameter among all of the function's. */
export function argumentsFor(fn: FunctionValue, parameter: Parameter, position: number, infer: Infer): Arguments {
  const { calls, open: isOpen } = infer.callersOf(fn);
  let open = isOpen;
  const given = calls.flatMap(({ use, bound }) => {
    const { call, module } = use;
    const argument = argumentFor(
      call.args,
      parameter.name,
      parameter.keywordOnly ? undefined : position - (bound ? 1 : 0),
    );
    if (argument === 'unknown') open = true;
    else if (argument !== undefined) return [{ value: argument, module, by: use }];
    else if (parameter.default !== undefined) return [{ value: parameter.default, module: fn.module, by: use }];
    return [];
  });
  return { given, open };
}

/** Who calls a function. */
export interface Callers {
  calls: readonly CallOfFunction[];
  /** Others may call it as well. */
  open: boolean;
}

/** The calls in the repository; none where there are too many to look at. */
export function callersOf(fn: FunctionValue, infer: Infer, uses: Uses): Callers {
  if (fn.node.kind === 'Lambda') return noneKnown;
  const calls: CallOfFunction[] = [];
  for (const call of callsOf(fn, fn.node, infer, uses)) {
    calls.push(call);
    if (calls.length > mostCalls) return noneKnown;
  }
  return calls.every(({ isOfAny }) => isOfAny)
    ? noneKnown
    : { calls, open: isCalledFromElsewhere(fn, fn.node, infer, uses) };
}

const noneKnown: Callers = { calls: [], open: true };

export interface CallOfFunction {
  use: CallUse;
  /** Its first argument is for the second parameter. */
  bound: boolean;
  /** Of an object or class that is not known and may well be another, so that it says nothing of who calls this one. */
  isOfAny?: true;
}

/** The calls in the repository that may be calls of a function. */
export function* callsOf(fn: FunctionValue, node: FunctionDef, infer: Infer, uses: Uses): Generator<CallOfFunction> {
  const isInit = node.name === '__init__' && fn.owner !== undefined;
  const owner = fn.owner;
  if (owner !== undefined && isInit) {
    const made = [owner, ...infer.hierarchy.descendants(owner)];
    for (const name of new Set(made.flatMap((each) => namesOf(each.node.name, uses)))) {
      for (const use of uses.calls.get(name) ?? []) if (mayMake(use, made, fn, infer)) yield { use, bound: true };
    }
    for (const use of uses.calls.get('cls') ?? []) {
      const maker = ofMaker(use, owner, infer);
      if (maker !== 'other') yield { use, bound: true, ...(maker === 'any' ? { isOfAny: true as const } : {}) };
    }
  }
  yield* callsByKey(fn, node, infer, uses);
  for (const name of namesOf(node.name, uses)) {
    const all = uses.calls.get(name) ?? [];
    for (const use of owner === undefined ? all : usesThatMayReach(owner, all, infer)) {
      const bound =
        owner === undefined ? (mayBePlain(use, fn, infer) ? false : undefined) : boundness(use, owner, infer);
      if (bound === undefined) continue;
      const isOfAny = owner !== undefined && isOfUnknown(use, infer) && isSharedName(name, owner, infer);
      yield { use, bound: isClassMethod(node) || (bound && !isStatic(node)), ...(isOfAny ? { isOfAny } : {}) };
    }
  }
}

/** Calls of an item of a table that the function, or the class that it makes objects of, stands in. */
function* callsByKey(fn: FunctionValue, node: FunctionDef, infer: Infer, uses: Uses): Generator<CallOfFunction> {
  if (uses.tables.calls.size === 0) return;
  const names = tablesFilledBy(node, fn.module, infer, uses);
  for (const use of callsByTables(names, uses)) yield { use, bound: false };
  const { owner } = fn;
  const isInit = node.name === '__init__' && owner !== undefined;
  for (const { node: mention, module } of mentionsOf(isInit ? owner.node.name : node.name, uses)) {
    const table = tableAround(mention, uses);
    if (table === undefined || !isMentionOf(infer.valuesOf(mention, module), fn, isInit)) continue;
    const bound = isInit || (owner !== undefined && isOfObject(mention, module, infer));
    for (const use of callsByTables([table], uses)) yield { use, bound };
  }
}

function isOfObject(mention: Expression, module: Module, infer: Infer): boolean {
  if (mention.kind !== 'Attribute') return false;
  return infer.valuesOf(mention.object, module).known.some(({ kind }) => kind === 'instance');
}

function mentionsOf(name: string, uses: Uses): readonly { node: Expression; module: Module }[] {
  return namesOf(name, uses).flatMap((each) => uses.mentions.get(each) ?? []);
}

function isMentionOf({ known }: Values, fn: FunctionValue, isInit: boolean): boolean {
  return known.some((value) =>
    isInit
      ? value.kind === 'class' && value.node === fn.owner?.node
      : value.kind === 'function' && value.node === fn.node,
  );
}

function namesOf(name: string, uses: Uses): readonly string[] {
  return [name, ...(uses.aliases.get(name) ?? [])];
}

/** Whether `cls(…)` makes objects of a class or its heirs, of others, or of any. */
function ofMaker({ call, module }: CallUse, owner: ClassValue, infer: Infer): 'own' | 'other' | 'any' {
  const { known } = infer.valuesOf(call.callee, module);
  if (known.length === 0) return 'any';
  return known.some((value) => value.kind === 'class' && infer.hierarchy.areRelated(value, owner)) ? 'own' : 'other';
}

/** The call makes an object of one of the classes, whose own `__init__`, if any, is this one. */
function mayMake({ call, module }: CallUse, made: readonly ClassValue[], init: FunctionValue, infer: Infer): boolean {
  const { known, open } = infer.valuesOf(call.callee, module);
  if (open && known.length === 0) return true;
  return known.some(
    (value) =>
      value.kind === 'class' && made.some(({ node }) => node === value.node) && initOf(value, infer) === init.node,
  );
}

function initOf(of: ClassValue, infer: Infer): AnyFunction | undefined {
  const [first] = infer.attributeOf(of, '__init__')?.known ?? [];
  return first?.kind === 'function' ? first.node : undefined;
}

function mayBePlain({ call, module }: CallUse, fn: FunctionValue, infer: Infer): boolean {
  const { known, open } = infer.valuesOf(call.callee, module);
  return (open && known.length === 0) || known.some((value) => value.kind === 'function' && value.node === fn.node);
}

/** Whether a call of a method's name is one of the method, and if so whether the object is bound already. */
function boundness({ call, module }: CallUse, owner: ClassValue, infer: Infer): boolean | undefined {
  if (call.callee.kind !== 'Attribute') return undefined;
  const { known, open } = infer.valuesOf(call.callee.object, module);
  for (const value of known) {
    if (value.kind !== 'instance' && value.kind !== 'class') continue;
    const of = value.kind === 'instance' ? value.of : value;
    const isExact = value.kind === 'instance' ? value.exact : value.orSubclass !== true;
    // An object of a base itself, such as `super()`, never comes to the method of a subclass.
    const { hierarchy } = infer;
    const reaches = isExact ? hierarchy.isA(of, owner) : hierarchy.areRelated(of, owner);
    if (reaches) return value.kind === 'instance';
  }
  if (!open || known.length > 0) return undefined;
  const behind = classesBehindSuper(call.callee.object, module, infer);
  return behind === undefined || behind.has(owner.node) ? true : undefined;
}

function isOfUnknown({ call: { callee }, module }: CallUse, infer: Infer): boolean {
  if (callee.kind !== 'Attribute') return false;
  const { known, open } = infer.valuesOf(callee.object, module);
  return open && known.length === 0;
}

const ofContainers = /^(?:append|clear|copy|extend|get|insert|items|keys|pop|remove|setdefault|update|values)$/;
const methods = new WeakMap<Program, ReadonlyMap<string, readonly ClassValue[]>>();

/** Containers, or classes that have nothing to do with the owner, have a method of that name too. */
function isSharedName(name: string, owner: ClassValue, { program, hierarchy }: Infer): boolean {
  if (ofContainers.test(name)) return true;
  const known = methods.get(program) ?? methodsIn(program);
  methods.set(program, known);
  return (known.get(name) ?? []).some((other) => !hierarchy.areRelated(other, owner));
}

function methodsIn(program: Program): ReadonlyMap<string, readonly ClassValue[]> {
  const found = new Map<string, ClassValue[]>();
  for (const path of program.paths) {
    const module = program.module(path);
    for (const node of module === undefined ? [] : indexOf(module).classes.keys()) {
      for (const member of node.body) {
        if (member.kind !== 'FunctionDef' || module === undefined) continue;
        const others = found.get(member.name) ?? [];
        found.set(member.name, others);
        others.push({ kind: 'class', module, node });
      }
    }
  }
  return found;
}

function isCalledFromElsewhere(fn: FunctionValue, node: FunctionDef, infer: Infer, uses: Uses): boolean {
  const isPlain = node.decorators.every(
    (decorator) =>
      plainDecorators.test(dottedName(decorator.kind === 'Call' ? decorator.callee : decorator) ?? '') ||
      leftByDecorator(decorator, fn.module, infer) === 'handed on' ||
      tablesFilledBy({ ...node, decorators: [decorator] }, fn.module, infer, uses).length > 0,
  );
  if (!isPlain) return true;
  const { owner } = fn;
  const isInit = node.name === '__init__';
  if (owner !== undefined && !isInit) {
    if (/^__\w+__$/.test(node.name)) return true;
    const { outside, open } = infer.hierarchy.bases(owner);
    if (open || outside.length > 0) return true;
  }
  const mentioned = owner !== undefined && isInit ? owner.node.name : node.name;
  return mentionsOf(mentioned, uses).some(({ node: mention, module }) => {
    const values = infer.valuesOf(mention, module);
    if (isMentionOf(values, fn, isInit)) return tableAround(mention, uses) === undefined;
    const isUnknown = values.open && values.known.length === 0;
    return isUnknown && lastName(mention) === mentioned && owner !== undefined && !isInit;
  });
}

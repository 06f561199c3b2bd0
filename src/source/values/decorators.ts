import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import type { Call, Expression, FunctionDef } from '../syntax/tree.js';
import { expressionsHeldBy, lastName, statementsIn } from '../syntax/walk.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import type { FunctionValue } from './values.js';

type Written = Pick<FunctionValue, 'module'> & { node: FunctionDef };

/** Streamlit calls these again with what they were called with before. */
const reruns = /^streamlit\.(?:experimental_)?(?:fragment|dialog)$/;

/**
 * What a decorator leaves of a function: `handed on`: another function stands in its place that only hands calls on, and
 * what they give; `given back`: the function itself, which the decorator may have put somewhere.
 */
export function leftByDecorator(
  decorator: Expression,
  module: Module,
  infer: Infer,
): 'handed on' | 'given back' | undefined {
  const called = decorator.kind === 'Call' ? decorator.callee : decorator;
  const { known, open } = infer.valuesOf(called, module);
  const [value, ...others] = known;
  if (open || others.length > 0) return undefined;
  if (value?.kind === 'outside') return reruns.test(value.name) ? 'handed on' : undefined;
  const made = value?.kind === 'function' ? plainFunction(value, infer) : undefined;
  // `@timed("step")` is called to make the decorator.
  const wrap = made !== undefined && decorator.kind === 'Call' ? functionGivenBy(made, infer) : made;
  return wrap === undefined ? undefined : leftBy(wrap, infer);
}

/**
 * The name of the dict that a decorator puts a function into, `TABLE[key] = fn`, before it gives it back; undefined where
 * it does something else with it.
 */
export function tableFilledBy(decorator: Expression, module: Module, infer: Infer): string | undefined {
  if (leftByDecorator(decorator, module, infer) !== 'given back') return undefined;
  const called = decorator.kind === 'Call' ? decorator.callee : decorator;
  const [value] = infer.valuesOf(called, module).known;
  const made = value?.kind === 'function' ? plainFunction(value, infer) : undefined;
  const wrap = made !== undefined && decorator.kind === 'Call' ? functionGivenBy(made, infer) : made;
  return wrap === undefined ? undefined : onlyTableIn(wrap);
}

function onlyTableIn({ node, module }: Written): string | undefined {
  const given = givenTo({ node, module });
  if (given === undefined) return undefined;
  const harmless = new Set<Expression>();
  const tables = new Set<string | undefined>();
  for (const each of expressionsHeldBy(statementsIn(node.body)))
    if (each.kind === 'Attribute') harmless.add(each.object);
  for (const { value } of indexOf(module).returns.get(node) ?? []) if (value !== undefined) harmless.add(value);
  for (const statement of statementsIn(node.body)) {
    if (statement.kind !== 'Assign' || !isNamed(statement.value, given)) continue;
    harmless.add(statement.value);
    for (const target of statement.targets)
      tables.add(target.kind === 'Subscript' ? lastName(target.object) : undefined);
  }
  const [name, ...others] = tables;
  return others.length > 0 || namesIn(node).some((each) => each.id === given && !harmless.has(each)) ? undefined : name;
}

type Left = ReturnType<typeof leftByDecorator>;

/** One decorator mostly stands over many functions. */
const leftByAll = new WeakMap<Infer, Map<FunctionDef, Left>>();

function leftBy(wrap: Written, infer: Infer): Left {
  const known = leftByAll.get(infer) ?? new Map<FunctionDef, Left>();
  leftByAll.set(infer, known);
  if (known.has(wrap.node)) return known.get(wrap.node);
  const left = isGivenBack(wrap) ? 'given back' : isHandedOn(wrap, infer) ? 'handed on' : undefined;
  known.set(wrap.node, left);
  return left;
}

/** Undefined for a lambda, a generator, a coroutine and what is decorated itself, but for `@functools.wraps(fn)`. */
function plainFunction({ node, module }: FunctionValue, infer: Infer): Written | undefined {
  if (node.kind === 'Lambda' || node.isAsync || indexOf(module).yields.has(node)) return undefined;
  const isBare = node.decorators.every((each) => each.kind === 'Call' && isWraps(each, module, infer));
  return isBare ? { node, module } : undefined;
}

function isWraps({ callee }: Call, module: Module, infer: Infer): boolean {
  const [only] = infer.valuesOf(callee, module).known;
  return only?.kind === 'outside' && only.name === 'functools.wraps';
}

/** The function inside of another that every `return` of it gives. */
function functionGivenBy({ node, module }: Written, infer: Infer): Written | undefined {
  const index = indexOf(module);
  const found = new Set<FunctionDef>();
  for (const { value } of index.returns.get(node) ?? []) {
    const values = value?.kind === 'Name' ? infer.valuesOf(value, module) : undefined;
    const [only, ...others] = values?.known ?? [];
    if (values?.open !== false || others.length > 0 || only?.kind !== 'function') return undefined;
    const inner = plainFunction(only, infer);
    if (inner === undefined || index.functions.get(inner.node)?.function !== node) return undefined;
    found.add(inner.node);
  }
  const [inner, ...others] = found;
  return inner === undefined || others.length > 0 ? undefined : { node: inner, module };
}

/** The one thing that a decorator is given, and never binds anew. */
function givenTo({ node, module }: Written): string | undefined {
  const [given, ...others] = node.params;
  if (given === undefined || others.length > 0 || given.splat !== undefined || given.default !== undefined)
    return undefined;
  const { stored } = indexOf(module);
  const isBound = namesIn(node).some((name) => name.id === given.name && stored.has(name));
  return isBound ? undefined : given.name;
}

function namesIn(node: FunctionDef): Extract<Expression, { kind: 'Name' }>[] {
  return expressionsHeldBy(statementsIn(node.body)).filter((each) => each.kind === 'Name');
}

function isGivenBack(wrap: Written): boolean {
  const given = givenTo(wrap);
  const returns = indexOf(wrap.module).returns.get(wrap.node) ?? [];
  return (
    given !== undefined &&
    returns.length > 0 &&
    returns.every(({ value }) => value?.kind === 'Name' && value.id === given)
  );
}

/** `def inner(*args, **kwargs): … return fn(*args, **kwargs)`, of whose names nothing else is done. */
function isHandedOn(wrap: Written, infer: Infer): boolean {
  const { module } = wrap;
  const given = givenTo(wrap);
  const inner = functionGivenBy(wrap, infer);
  if (given === undefined || inner === undefined) return false;
  const harmless = new Set<Expression>();
  const calls = new Set<Expression>();
  for (const each of expressionsHeldBy(statementsIn(wrap.node.body))) {
    // `fn.__name__`, but not `kwargs.pop("name")`.
    if (each.kind === 'Attribute' && (isNamed(each.object, given) || isNamed(each.object, inner.node.name)))
      harmless.add(each.object);
    if (each.kind !== 'Call') continue;
    if (isWraps(each, module, infer)) for (const { value } of each.args) harmless.add(value);
    if (!handsOn(each, given, inner.node)) continue;
    calls.add(each);
    for (const part of [each.callee, ...each.args.map(({ value }) => value)]) harmless.add(part);
  }
  const { returns } = indexOf(module);
  for (const { value } of returns.get(wrap.node) ?? []) if (value !== undefined) harmless.add(value);
  const own = new Set(inner.node.params.map(({ name }) => name));
  const isUsedOtherwise = namesIn(wrap.node).some(
    (name) => (own.has(name.id) || name.id === given || name.id === inner.node.name) && !harmless.has(name),
  );
  if (isUsedOtherwise || calls.size === 0) return false;
  const results = (returns.get(inner.node) ?? []).map(({ value }) => value).filter((value) => !isNone(value));
  return (
    results.length > 0 && results.every((value) => value !== undefined && givesWhatCallsGive(value, calls, module))
  );
}

function handsOn({ callee, args }: Call, given: string, { params }: FunctionDef): boolean {
  if (!isNamed(callee, given) || args.length !== params.length) return false;
  return params.every(({ name, splat, default: value }, at) => {
    const argument = args[at];
    return (
      value === undefined &&
      argument?.value.kind === 'Name' &&
      argument.value.id === name &&
      argument.name === undefined &&
      argument.splat === splat
    );
  });
}

function isNamed(expression: Expression, name: string): boolean {
  return expression.kind === 'Name' && expression.id === name;
}

function isNone(value: Expression | undefined): boolean {
  return value === undefined || (value.kind === 'Constant' && value.type === 'None');
}

/** The call itself, or a name that nothing but such calls are assigned to. */
function givesWhatCallsGive(value: Expression, calls: ReadonlySet<Expression>, module: Module): boolean {
  if (value.kind !== 'Name') return calls.has(value);
  const { definitions } = namesOf(module.syntax).definitionsReaching(value);
  return (
    definitions.length > 0 &&
    definitions.every((each) => each.kind === 'assignment' && each.value !== undefined && calls.has(each.value))
  );
}

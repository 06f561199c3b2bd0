import type { Definition } from '../../source/names/definitions.js';
import { namesOf } from '../../source/names/names.js';
import { runningScope, type Scope } from '../../source/names/scope.js';
import type { Module } from '../../source/program.js';
import type { Expression, Name, Parameter } from '../../source/syntax/tree.js';
import { expressionsIn } from '../../source/syntax/walk.js';
import { argumentFor, placeOf, type AnyFunction } from '../../source/values/module-index.js';
import { ownerOf, pathTo } from '../../source/values/names.js';
import type { Change } from './changes.js';
import { demoFlagOf, flagOf, placeOfStatement } from './demo.js';
import { both, constant, either, measured, passing, plain, type Origins } from './origins.js';
import { any, element, pathInto, type Path } from './paths.js';
import type { Frame, Trace, Where } from './trace.js';

/** More calls of a function than this are not looked at. */
const mostCalls = 24;

/** What a variable holds where it is read. */
export function nameOrigins(node: Name, where: Where, path: Path, trace: Trace): Origins {
  const { module } = where;
  const names = namesOf(module.syntax);
  const scope = names.scopeAt(node);
  const owner = scope === undefined ? undefined : names.resolve(node.id, scope);
  if (scope === undefined || owner === undefined) return measured;
  if (owner === names.module && runningScope(scope) !== owner) return trace.ofModuleName(module, node.id, path);
  return ofDefinitions(names.definitionsReaching(node).definitions, node.id, owner, where, path, trace);
}

export function moduleNameOrigins(module: Module, name: string, path: Path, trace: Trace): Origins {
  const names = namesOf(module.syntax);
  const definitions = names.definitionsOf(names.module, name);
  return definitions.length === 0 ? measured : ofDefinitions(definitions, name, names.module, { module }, path, trace);
}

function ofDefinitions(
  definitions: readonly Definition[],
  name: string,
  owner: Scope,
  where: Where,
  path: Path,
  trace: Trace,
): Origins {
  const all = definitions.map((definition) => ofDefinition(definition, owner, where, path, trace));
  // Where it begins is no alternative to what becomes of it: weights that are trained.
  const isUpdated = definitions.some((definition, at) => isUpdate(definition) && isMeasured(all[at] ?? []));
  const base = isUpdated ? measured : either(all);
  const body = 'body' in owner.node && Array.isArray(owner.node.body) ? owner.node.body : undefined;
  return body === undefined ? base : changed(base, trace.changes.ofVariable(body, name), where, path, trace);
}

/** `w = w - rate * gradient` */
function isUpdate(definition: Definition): boolean {
  if (definition.kind !== 'assignment') return definition.kind === 'augmented';
  const value = definition.value ?? definition.from;
  return (
    value !== undefined && expressionsIn(value).some((part) => part.kind === 'Name' && part.id === definition.name)
  );
}

function ofDefinition(definition: Definition, owner: Scope, where: Where, path: Path, trace: Trace): Origins {
  const { module } = where;
  switch (definition.kind) {
    case 'parameter': {
      const { node: fn } = owner;
      return 'params' in fn ? ofParameter(definition.node, fn, where, path, trace) : measured;
    }
    case 'assignment':
      return ofAssignment(definition, where, path, trace);
    case 'augmented': {
      const { op, target, value } = definition.node;
      if (op === '@') return measured;
      const sum = both(trace.at(target, where, path), trace.at(value, where, path));
      return handedOn(sum, definition.name, target, where);
    }
    case 'for': {
      const { target, iterable } = definition.node;
      const into = pathTo(definition.at, [target]);
      if (into === undefined) return measured;
      return handedOn(elementOrigins(iterable, into, where, path, trace), definition.name, target, where);
    }
    case 'import': {
      const { node, alias } = definition;
      if (node.kind === 'Import') return measured;
      const from = trace.inference.program.imported(module.path, node.module, node.level);
      const isOther = from.kind === 'module' && from.module !== module;
      return isOther ? trace.ofModuleName(from.module, alias.name, path) : measured;
    }
    case 'unbinding':
      return [];
    default:
      return measured;
  }
}

function ofAssignment(
  { node, value, from, at, name }: Extract<Definition, { kind: 'assignment' }>,
  where: Where,
  path: Path,
  trace: Trace,
): Origins {
  const given = value ?? from;
  if (given === undefined) return measured;
  const targets = node.kind === 'Assign' ? node.targets : [node.target];
  const into = value === undefined ? pathTo(at, targets) : [];
  if (into === undefined) return measured;
  const steps = into.map((index) => ({ kind: 'any', index }) as const);
  return handedOn(trace.at(given, where, [...steps, ...path]), name, targets[0] ?? given, where);
}

/** A variable on the way; its place says under which tests it gets its value. */
function handedOn(origins: Origins, name: string, target: Expression, { module }: Where): Origins {
  const place = placeOf(target, module);
  return passing(origins, { module, at: target.at, place }, name, flagOf(place, module));
}

/** What a loop over something gives to one of its variables. */
export function elementOrigins(
  iterable: Expression,
  into: readonly number[],
  where: Where,
  path: Path,
  trace: Trace,
): Origins {
  const asked: Path = [...into.map((index) => ({ kind: 'any', index }) as const), ...path];
  if (iterable.kind === 'Call') {
    const { callee, args } = iterable;
    const called = callee.kind === 'Name' ? callee.id : callee.kind === 'Attribute' ? callee.name : '';
    const [at, ...rest] = into;
    const [first, ...others] = args.map(({ value }) => value);
    if (called === 'enumerate' && first !== undefined && at !== undefined) {
      return at === 0 ? [plain('grid')] : elementOrigins(first, rest, where, path, trace);
    }
    const zipped = called === 'zip' && at !== undefined ? [first, ...others][at] : undefined;
    if (zipped !== undefined) return elementOrigins(zipped, rest, where, path, trace);
    if (callee.kind === 'Attribute' && args.length === 0) {
      if (called === 'items' && at !== undefined)
        return at === 0 ? constant : trace.at(callee.object, where, [any, ...asked.slice(1)]);
      if (called === 'values') return trace.at(callee.object, where, [any, ...asked]);
      if (called === 'keys') return constant;
      if (called === 'iterrows' || called === 'itertuples')
        return trace.at(callee.object, where, asked.slice(into.length));
    }
  }
  return trace.at(iterable, where, [element, ...asked]);
}

/** What a call that is being followed gives a parameter; without one, what all the calls in the repository give. */
function ofParameter(parameter: Parameter, fn: AnyFunction, where: Where, path: Path, trace: Trace): Origins {
  const { module } = where;
  if (parameter.splat !== undefined) return measured;
  const position = fn.params.indexOf(parameter);
  const given = (frame: Omit<Frame, 'fn'>): Origins => {
    const at = parameter.keywordOnly ? undefined : position - (frame.bound ? 1 : 0);
    const argument = argumentFor(frame.args, parameter.name, at);
    if (argument === 'unknown') return measured;
    if (argument !== undefined) return trace.at(argument, frame.caller, path);
    return parameter.default === undefined ? measured : trace.at(parameter.default, { module, closed: true }, path);
  };
  for (let frame = where.frame; frame !== undefined; frame = frame.caller.frame)
    if (frame.fn === fn) return given(frame);
  if (where.closed === true) return measured;
  const owner = ownerOf(fn, module);
  if (owner.owner !== undefined && position === 0) return measured;
  const calls = trace.inference.callsOf({ kind: 'function', module, node: fn, ...owner });
  if (calls.length === 0 || calls.length > mostCalls) return measured;
  return either(
    calls.map(({ use: { call, module }, bound }) => {
      const passed = given({ args: call.args, bound, caller: { module } });
      const origins = isMeasured(passed) ? passed : passed.map((origin) => ({ ...origin, isAlone: true as const }));
      return passing(origins, { module, at: call.at }, undefined, demoFlagOf(call, module));
    }),
  );
}

/** What is held after all that is put into it. */
export function changed(base: Origins, changes: readonly Change[], where: Where, path: Path, trace: Trace): Origins {
  const put: { origins: Origins; change: Change; isAlways: boolean }[] = [];
  for (const change of changes) {
    const asked = pathInto(change.part, path);
    if (asked === undefined) continue;
    const inside: Where = change.module === where.module ? where : { module: change.module };
    const given = change.value === undefined ? measured : trace.at(change.value, inside, asked);
    const origins = isPaint(given) && isWhereMeasured(change.index, inside, trace) ? measured : given;
    const spot = { module: change.module, at: change.statement.at };
    const place = placeOfStatement(change.statement, change.module);
    const flag = flagOf(place, change.module);
    put.push({ origins: passing(origins, spot, undefined, flag), change, isAlways: place?.guard === undefined });
  }
  if (put.length === 0) return base;
  const isReplaced = put.some(
    ({ origins, change }) => change.replaces && change.part.every(({ kind }) => kind !== 'key') && isMeasured(origins),
  );
  if (isReplaced) return measured;
  if (path[0]?.kind === 'key') {
    const stored = either(put.map(({ origins }) => origins));
    const isCertain = put.some(({ change, isAlways }) => change.replaces && change.part.length === 1 && isAlways);
    return isCertain || isMeasured(stored) ? stored : either([base, stored]);
  }
  // A column is put beside the others, an item on top of them.
  const beside = put.filter(({ change }) => path.length > 0 && change.part[0]?.kind === 'key');
  const onTop = put.filter((each) => !beside.includes(each)).map(({ origins }) => both(base, origins));
  return either([...(onTop.length === 0 ? [base] : onTop), ...beside.map(({ origins }) => origins)]);
}

/** Numbers that are written down: a colour. */
function isPaint(origins: Origins): boolean {
  return origins.every(({ kind }) => kind === 'constant' || kind === 'series');
}

/** What is painted where a measurement says shows that measurement: `image[loads > 0, :3] = (255, 0, 0)`. */
function isWhereMeasured(index: Expression | undefined, where: Where, trace: Trace): boolean {
  if (index === undefined) return false;
  return (index.kind === 'Tuple' ? index.elements : [index]).some(
    (each) => each.kind !== 'Slice' && isMeasured(trace.at(each, where, [])),
  );
}

function isMeasured(origins: Origins): boolean {
  return origins.some(({ kind }) => kind === 'measured');
}

import type { Module } from '../../source/program.js';
import type { Expression, Name, Parameter, Statement } from '../../source/syntax/tree.js';
import { expressionsIn } from '../../source/syntax/walk.js';
import { bindingsOf } from '../../source/values/bindings.js';
import { argumentFor, indexOf, type AnyFunction, type Place } from '../../source/values/module-index.js';
import { ownerOf, pathTo } from '../../source/values/names.js';
import type { Change } from './changes.js';
import { demoFlagOf, flagOf, placeOfStatement } from './demo.js';
import { both, constant, either, measured, passing, plain, type Origins } from './origins.js';
import { any, element, pathInto, type Path } from './paths.js';
import { reachingIn, type Definition } from './reaching.js';
import type { Frame, Trace, Where } from './trace.js';

/** More calls of a function than this are not looked at. */
const mostCalls = 24;

/** What a variable holds where it is read. */
export function nameOrigins(node: Name, where: Where, path: Path, trace: Trace): Origins {
  const { module } = where;
  const index = indexOf(module);
  const place = index.places.get(node);
  if (place === undefined) return measured;
  for (let each = place.comprehension; each !== undefined; each = each.outer) {
    for (const { target, iterable } of each.node.clauses) {
      const into = pathTo(node.id, target);
      if (into !== undefined) return elementOrigins(iterable, into, where, path, trace);
    }
  }
  for (let here: Place | undefined = place; here?.function !== undefined; here = index.functions.get(here.function)) {
    const fn = here.function;
    const found = inFunction(node, fn, place.function === fn, where, path, trace);
    if (found !== undefined) return found;
  }
  if (place.function === undefined && place.class === undefined && bindingsOf(module.syntax.body).names.has(node.id)) {
    const definitions = reachingIn(module.syntax.body).at(node);
    return ofDefinitions(definitions, node.id, module.syntax.body, where, path, trace);
  }
  return moduleNameOrigins(module, node.id, path, trace);
}

export function moduleNameOrigins(module: Module, name: string, path: Path, trace: Trace): Origins {
  const { body } = module.syntax;
  const definitions = reachingIn(body).atEnd(name);
  return definitions.length === 0 ? measured : ofDefinitions(definitions, name, body, { module }, path, trace);
}

function inFunction(
  node: Name,
  fn: AnyFunction,
  isInnermost: boolean,
  where: Where,
  path: Path,
  trace: Trace,
): Origins | undefined {
  const parameter = fn.params.find(({ name }) => name === node.id);
  if (fn.kind === 'Lambda') return parameter === undefined ? undefined : ofParameter(parameter, fn, where, path, trace);
  const { names, elsewhere } = bindingsOf(fn.body);
  if (elsewhere.has(node.id)) return measured;
  if (parameter === undefined && !names.has(node.id)) return undefined;
  const reaching = reachingIn(fn.body, fn.params);
  const definitions = isInnermost ? reaching.at(node) : reaching.atEnd(node.id);
  return ofDefinitions(definitions, node.id, fn.body, where, path, trace, fn);
}

function ofDefinitions(
  definitions: readonly Definition[],
  name: string,
  body: readonly Statement[],
  where: Where,
  path: Path,
  trace: Trace,
  fn?: AnyFunction,
): Origins {
  const all = definitions.map((definition) => ofDefinition(definition, name, where, path, trace, fn));
  // Where it begins is no alternative to what becomes of it: weights that are trained.
  const isUpdated = definitions.some((definition, at) => isUpdate(definition, name) && isMeasured(all[at] ?? []));
  const base = isUpdated ? measured : either(all);
  return changed(base, trace.changes.ofVariable(body, name), where, path, trace);
}

/** `w = w - rate * gradient` */
function isUpdate(definition: Definition, name: string): boolean {
  if (definition.kind !== 'bound') return definition.kind === 'augmented';
  const value = definition.binding.kind === 'value' ? definition.binding.value : undefined;
  return value !== undefined && [...expressionsIn(value)].some((part) => part.kind === 'Name' && part.id === name);
}

function ofDefinition(
  definition: Definition,
  name: string,
  where: Where,
  path: Path,
  trace: Trace,
  fn: AnyFunction | undefined,
): Origins {
  const { module } = where;
  if (definition.kind === 'parameter')
    return fn === undefined ? measured : ofParameter(definition.parameter, fn, where, path, trace);
  const place = placeOfStatement(definition.statement, module);
  const flag = flagOf(place, module);
  const spot = { module, at: definition.statement.at, place };
  if (definition.kind === 'augmented') {
    if (definition.op === '@') return measured;
    const before = trace.at(definition.before, where, path);
    const sum = both(before, trace.at(definition.value, where, path));
    return passing(sum, spot, name, flag);
  }
  const { binding } = definition;
  switch (binding.kind) {
    case 'value': {
      if (binding.value === undefined) return measured;
      const into = binding.path.map((index) => ({ kind: 'any', index }) as const);
      return passing(trace.at(binding.value, where, [...into, ...path]), spot, name, flag);
    }
    case 'element':
      return passing(elementOrigins(binding.of, binding.path, where, path, trace), spot, name, flag);
    case 'importFrom': {
      const from = trace.inference.program.imported(module.path, binding.module, binding.level);
      return from.kind === 'module' && from.module !== module
        ? trace.ofModuleName(from.module, binding.name, path)
        : measured;
    }
    default:
      return measured;
  }
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
    const origins = change.value === undefined ? measured : trace.at(change.value, inside, asked);
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

function isMeasured(origins: Origins): boolean {
  return origins.some(({ kind }) => kind === 'measured');
}

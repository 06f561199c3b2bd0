import type { Module } from '../program.js';
import type { Comprehension, Expression, Name } from '../syntax/tree.js';
import { expressionsIn } from '../syntax/walk.js';
import { bindingsOf, type Binding } from '../values/bindings.js';
import { indexOf, type AnyFunction } from '../values/module-index.js';
import { ownerOf } from '../values/names.js';
import type { World } from './world.js';

/** Longer ways are not followed, and more places are not told apart. */
const deepest = 4;
const most = 40;

/** A list or dict that something is taken from one by one. */
export interface Iterable {
  iterable: Expression;
  module: Module;
}

/** What the names in an expression are taken from one by one; undefined where that is too much to follow. */
export function iterablesBehind(
  expression: Expression,
  module: Module,
  world: World,
  depth = 0,
): readonly Iterable[] | undefined {
  const found: Iterable[] = [];
  for (const part of expressionsIn(expression)) {
    if (part.kind !== 'Name') continue;
    const behind = iterablesOfName(part, module, world, depth);
    if (behind === undefined || found.length > most) return undefined;
    found.push(...behind);
  }
  return found;
}

function iterablesOfName(name: Name, module: Module, world: World, depth: number): readonly Iterable[] | undefined {
  const scope = world.scopeOf(name.id, indexOf(module).places.get(name), module);
  if (scope === undefined || 'of' in scope) return [];
  const found: Iterable[] = [];
  for (const binding of bindingsIn(scope, name.id, module) ?? []) {
    if (binding.kind === 'element') {
      for (const iterable of containersIn(binding.of)) found.push({ iterable, module });
    } else if (binding.kind === 'value' && binding.value !== undefined && binding.value.kind !== 'Constant') {
      const behind = depth < deepest ? iterablesBehind(binding.value, module, world, depth + 1) : undefined;
      if (behind === undefined) return undefined;
      found.push(...behind);
    }
  }
  const { fn } = scope;
  if (fn?.kind !== 'FunctionDef' || !fn.params.some((each) => each.name === name.id)) return found;
  const isSelf = fn.params[0]?.name === name.id && 'owner' in ownerOf(fn, module);
  if (isSelf) return found;
  const given = iterablesOfArguments(fn.name, world, depth);
  return given === undefined ? undefined : [...found, ...given];
}

/** Whatever the calls of functions of that name hand on one by one. */
function iterablesOfArguments(name: string, world: World, depth: number): readonly Iterable[] | undefined {
  const { iterablesOfCalls } = world;
  if (iterablesOfCalls.has(name)) return iterablesOfCalls.get(name);
  // Functions that call each other hand on what is found elsewhere.
  iterablesOfCalls.set(name, []);
  const calls = world.inference.uses.calls.get(name) ?? [];
  let found: Iterable[] | undefined = calls.length > most || depth >= deepest ? undefined : [];
  for (const { call, module } of found === undefined ? [] : calls) {
    for (const { value } of call.args) {
      if (value.kind === 'Constant' || found === undefined) continue;
      const behind = iterablesBehind(value, module, world, depth + 1);
      found = behind === undefined || found.length > most ? undefined : [...found, ...behind];
    }
  }
  iterablesOfCalls.set(name, found);
  return found;
}

/** `a`, `b` and `c.d` of `zip(a, sorted(b), c.d.keys())` */
function containersIn(iterable: Expression): readonly Expression[] {
  if (iterable.kind === 'BinOp') return [iterable.left, iterable.right].flatMap(containersIn);
  if (iterable.kind === 'Tuple') return [];
  if (iterable.kind !== 'Call') return [iterable];
  const { callee, args } = iterable;
  if (callee.kind === 'Attribute' && /^(?:items|keys|values)$/.test(callee.name)) return containersIn(callee.object);
  const isWrapper = callee.kind === 'Name' && /^(?:zip|enumerate|sorted|list|tuple|set|reversed|iter)$/.test(callee.id);
  return isWrapper ? args.flatMap(({ value }) => containersIn(value)) : [iterable];
}

/** The ways in which a scope binds a name; undefined for parameters. */
export function bindingsIn(
  { comprehension, fn }: { comprehension?: Comprehension; fn?: AnyFunction },
  name: string,
  module: Module,
): readonly Binding[] | undefined {
  if (comprehension !== undefined) {
    return comprehension.clauses.flatMap(({ target, iterable }): Binding[] => {
      const path = pathTo(name, target);
      return path === undefined ? [] : [{ kind: 'element', of: iterable, path }];
    });
  }
  if (fn === undefined) return bindingsOf(module.syntax.body).names.get(name);
  if (fn.kind === 'Lambda' || fn.params.some((each) => each.name === name)) return undefined;
  return bindingsOf(fn.body).names.get(name);
}

function pathTo(name: string, target: Expression): readonly number[] | undefined {
  if (target.kind === 'Name') return target.id === name ? [] : undefined;
  if (target.kind !== 'Tuple' && target.kind !== 'List') return undefined;
  for (const [at, element] of target.elements.entries()) {
    const path = pathTo(name, element);
    if (path !== undefined) return [at, ...path];
  }
  return undefined;
}

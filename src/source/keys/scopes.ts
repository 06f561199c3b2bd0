import type { Module, Program } from '../program.js';
import type { Comprehension, Expression } from '../syntax/tree.js';
import { bindingsOf } from '../values/bindings.js';
import { classInfoOf } from '../values/class-info.js';
import { indexOf, type AnyFunction, type Place } from '../values/module-index.js';
import type { ClassValue } from '../values/values.js';

/** The scope that binds a name that is used in a place. */
export function scopeOf(
  name: string,
  place: Place | undefined,
  module: Module,
  program: Program,
): { scope: object; fn?: AnyFunction; comprehension?: Comprehension } | { of: ClassValue } | undefined {
  for (let each = place?.comprehension; each !== undefined; each = each.outer) {
    if (each.node.clauses.some(({ target }) => bindsName(target, name)))
      return { scope: each.node, comprehension: each.node };
  }
  let isGlobal = false;
  for (
    let here: Place | undefined = place;
    here?.function !== undefined;
    here = indexOf(module).functions.get(here.function)
  ) {
    const fn = here.function;
    const bound = fn.kind === 'Lambda' ? undefined : bindingsOf(fn.body);
    if (bound?.elsewhere.has(name) === true) {
      isGlobal = true;
      continue;
    }
    if (fn.params.some((each) => each.name === name) || bound?.names.has(name) === true) return { scope: fn, fn };
  }
  if (!isGlobal && place?.function === undefined && place?.class !== undefined) {
    const node = place.class;
    if (classInfoOf(node, module).body.has(name)) return { of: { kind: 'class', module, node } };
  }
  if (isGlobal) return { scope: module };
  const home = homeOf(name, module, program);
  return home === undefined ? undefined : { scope: home };
}

/** The module that binds a name: the module itself, or one that it imports everything from. */
export function homeOf(name: string, module: Module, program: Program, seen = new Set<Module>()): Module | undefined {
  const { names, stars } = bindingsOf(module.syntax.body);
  if (names.has(name)) return module;
  seen.add(module);
  for (const star of stars) {
    const from = program.imported(module.path, star.module, star.level);
    if (from.kind !== 'module' || seen.has(from.module)) continue;
    const home = homeOf(name, from.module, program, seen);
    if (home !== undefined) return home;
  }
  return undefined;
}

function bindsName(target: Expression, name: string): boolean {
  if (target.kind === 'Name') return target.id === name;
  if (target.kind === 'Starred') return bindsName(target.value, name);
  return (target.kind === 'Tuple' || target.kind === 'List') && target.elements.some((each) => bindsName(each, name));
}

import { namesOf } from '../names/names.js';
import type { Scope } from '../names/scope.js';
import type { Module, Program } from '../program.js';
import type { Name } from '../syntax/tree.js';
import type { ClassValue } from '../values/values.js';

/**
 * What a name lives in: a function, comprehension or module, or a class, whose names are attributes.
 * @param around the scope that is being read; for names that are only bound.
 */
export function homeOfName(
  name: Name,
  around: Scope | undefined,
  module: Module,
  program: Program,
): { scope: object } | { of: ClassValue } | undefined {
  const names = namesOf(module.syntax);
  const scope = names.scopeAt(name) ?? around ?? names.module;
  const owner = names.resolve(name.id, scope);
  if (owner === undefined || owner.kind === 'module') {
    const home = moduleBinding(name.id, module, program);
    return home === undefined ? undefined : { scope: home };
  }
  const { node } = owner;
  return 'kind' in node && node.kind === 'ClassDef' ? { of: { kind: 'class', module, node } } : { scope: node };
}

/** The module that binds a name: the module itself, or one that it imports everything from. */
export function moduleBinding(
  name: string,
  module: Module,
  program: Program,
  seen = new Set<Module>(),
): Module | undefined {
  const names = namesOf(module.syntax);
  if (names.module.bound.has(name) || names.boundAsGlobal.has(name)) return module;
  seen.add(module);
  for (const star of names.module.stars) {
    const from = program.imported(module.path, star.module, star.level);
    if (from.kind !== 'module' || seen.has(from.module)) continue;
    const home = moduleBinding(name, from.module, program, seen);
    if (home !== undefined) return home;
  }
  return undefined;
}

/** Which names does a module get from elsewhere? */
import { namesOf, type Names } from '../names/names.js';
import type { Module, Program } from '../program.js';
import type { Expression, Statement } from '../syntax/tree.js';
import type { HiddenNames } from '../syntax/hidden-names.js';
import { dottedName, expressionsOfModule } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';

/** What gives a module names that its own code can read: neither those of `__getattr__`, nor submodules, nor other modules. */
const giving: ReadonlySet<HiddenNames> = new Set(['globals', 'exec', 'locals', 'itself']);

/** Can code of the module give it any name? Star imports are followed to where they lead. */
export function isDynamic({ syntax: { hiddenNames = [] } }: Module): boolean {
  return hiddenNames.some((means) => giving.has(means));
}

/** Can a star import somewhere in the module give it the name? */
export function mayComeFromStar(name: string, module: Module, program: Program, seen = new Set<Module>()): boolean {
  seen.add(module);
  return namesOf(module.syntax).stars.some((star) => {
    const from = program.imported(module.path, star.module, star.level);
    if (from.kind !== 'module') return true;
    if (seen.has(from.module)) return false;
    return mayGive(from.module, name, program, seen) || program.submodule(from, name) !== undefined;
  });
}

function mayGive(module: Module, name: string, program: Program, seen: Set<Module>): boolean {
  if (module.syntax.hasSyntaxErrors || isDynamic(module)) return true;
  const names = namesOf(module.syntax);
  const listed = names.module.bound.has('__all__') ? listedIn(module) : undefined;
  if (listed !== undefined) return listed.has(name);
  if (names.module.bound.has('__all__')) return true;
  // Without a list, a star leaves these behind.
  if (name.startsWith('_')) return false;
  if (isBoundInModule(name, names) || module.syntax.hiddenNames?.includes('__getattr__') === true) return true;
  return mayComeFromStar(name, module, program, seen);
}

const lists = new WeakMap<Module, ReadonlySet<string> | 'unknown'>();

/** What stands in `__all__`, which a star import goes by; undefined where its text does not show all of that. */
function listedIn(module: Module): ReadonlySet<string> | undefined {
  const known = lists.get(module) ?? namesInAll(module) ?? 'unknown';
  lists.set(module, known);
  return known === 'unknown' ? undefined : known;
}

function namesInAll({ syntax }: Module): ReadonlySet<string> | undefined {
  const parts = syntax.body.flatMap((each) => partOfAll(each) ?? []);
  const mentions = expressionsOfModule(syntax).filter((each) => each.kind === 'Name' && each.id === '__all__');
  if (parts.length === 0 || mentions.length > parts.length) return undefined;
  const found = new Set<string>();
  for (const value of parts) {
    if (value.kind !== 'List' && value.kind !== 'Tuple') return undefined;
    for (const element of value.elements) {
      if (element.kind !== 'Constant' || typeof element.value !== 'string') return undefined;
      found.add(element.value);
    }
  }
  return found;
}

/** `__all__ = […]`, `__all__ += […]` */
function partOfAll(statement: Statement): Expression | undefined {
  if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign') return undefined;
  const targets: readonly Expression[] = statement.kind === 'Assign' ? statement.targets : [statement.target];
  return targets.some((target) => target.kind === 'Name' && target.id === '__all__') ? statement.value : undefined;
}

export function isBoundInModule(name: string, { module, boundAsGlobal }: Names): boolean {
  return module.bound.has(name) || boundAsGlobal.has(name);
}

/** `config.DEBUG = True` or `setattr(config, "DEBUG", True)` in another file, and `builtins.log = …` in any. */
export function isStoredFromElsewhere(name: string, module: Module, { uses, replacements }: Inference): boolean {
  const isBuiltin = (uses.stores.get(name) ?? []).some(({ store: { target } }) =>
    /^(?:builtins|__builtins?__)$/.test(dottedName(target.object) ?? ''),
  );
  return isBuiltin || replacements.areGiven(module, name);
}

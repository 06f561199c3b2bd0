/** Which names does a module get from elsewhere? */
import { moduleName } from '../modules/module-tree.js';
import { namesOf, type Names } from '../names/names.js';
import type { Module, Program } from '../program.js';
import type { Expression, Statement } from '../syntax/tree.js';
import type { HiddenNames } from '../syntax/hidden-names.js';
import { dottedName, expressionsOfModule } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf } from '../values/module-index.js';

/** What gives a module names that its own code can read: neither those of `__getattr__`, nor submodules, nor other modules. */
const giving: ReadonlySet<HiddenNames> = new Set(['globals', 'exec', 'locals', 'itself']);

/** Can code of the module give it any name? Star imports are followed to where they lead. */
export function givesItselfNames({ syntax: { hiddenNames = [] } }: Module): boolean {
  return hiddenNames.some((means) => giving.has(means));
}

const givers = new WeakMap<Program, ReadonlySet<string>>();

/** The module calls, or decorates with, a function of the repository that puts names where it is called: `_getframe(1).f_globals`. */
export function isGivenByCallee(module: Module, program: Program): boolean {
  const known = givers.get(program) ?? giversIn(program);
  givers.set(program, known);
  if (known.size === 0) return false;
  for (const node of indexOf(module).places.keys()) if (node.kind === 'Name' && known.has(node.id)) return true;
  return false;
}

function giversIn(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of program.paths) {
    for (const [node, place] of indexOf(program.module(path) ?? noModule).places) {
      if (node.kind !== 'Attribute' || node.name !== 'f_globals' || place.function?.kind !== 'FunctionDef') continue;
      found.add(place.function.name);
    }
  }
  return found;
}

const runners = new WeakMap<Program, boolean>();

/** No import statement can name the file, and the repository runs texts with names of its own: `exec(plugin.read(), names)`. */
export function isRunAsText({ path }: Module, program: Program): boolean {
  if (moduleName(path, '.') !== undefined) return false;
  const known = runners.get(program);
  if (known !== undefined) return known;
  let found = false;
  for (const each of program.paths) {
    const calls = indexOf(program.module(each) ?? noModule).calls.keys();
    for (const { callee, args } of calls) {
      found ||= callee.kind === 'Name' && callee.id === 'exec' && args.length > 1 && args[0]?.value.kind === 'Call';
    }
  }
  runners.set(program, found);
  return found;
}

const noModule: Module = { path: '', syntax: { body: [], lines: [0] } };

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
  if (module.syntax.hasSyntaxErrors || givesItselfNames(module)) return true;
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
export function isStoredFromElsewhere(name: string, module: Module, inference: Inference): boolean {
  const isBuiltin = (inference.uses.stores.get(name) ?? []).some(
    ({ store: { target }, module: by }) =>
      /^(?:builtins|__builtins?__)$/.test(dottedName(target.object) ?? '') ||
      inference.valuesOf(target.object, by).known.some((each) => each.kind === 'outside' && each.name === 'builtins'),
  );
  return isBuiltin || inference.replacements.areGiven(module, name);
}

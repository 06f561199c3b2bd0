import { moduleName } from '../module-tree.js';
import { namesOf, type Names } from '../names/names.js';
import type { Module, Program } from '../program.js';
import type { Expression, Statement } from '../syntax/tree.js';
import { dottedName, expressionsOfModule } from '../syntax/walk.js';
import type { Inference } from '../values/inference.js';
import { indexOf } from '../values/module-index.js';

/** Calls that can give a module names which its text does not show. */
const dynamic = /^(?:globals|vars|exec|execfile)$/;

const dynamicModules = new WeakMap<Module, boolean>();

/** `globals()[name] = …`, `exec(…)`, `setattr(sys.modules[__name__], …)` */
export function isDynamic(module: Module): boolean {
  const known = dynamicModules.get(module);
  if (known !== undefined) return known;
  let found = false;
  for (const expression of expressionsOfModule(module.syntax)) {
    if (expression.kind === 'Call' && dynamic.test(dottedName(expression.callee) ?? '')) found = true;
    if (expression.kind === 'Subscript' && dottedName(expression.object) === 'sys.modules') {
      found ||= dottedName(expression.index) === '__name__';
    }
  }
  dynamicModules.set(module, found);
  return found;
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
  if (module.syntax.hasSyntaxErrors || isDynamic(module)) return true;
  const names = namesOf(module.syntax);
  if (isBoundInModule(name, names) || names.module.bound.has('__getattr__')) return true;
  return mayComeFromStar(name, module, program, seen) || module.syntax.body.some((each) => listsName(each, name));
}

/** In `__all__`, which a star import goes by. */
function listsName(statement: Statement, name: string): boolean {
  if (statement.kind !== 'Assign' && statement.kind !== 'AugAssign') return false;
  const targets: readonly Expression[] = statement.kind === 'Assign' ? statement.targets : [statement.target];
  if (!targets.some((target) => target.kind === 'Name' && target.id === '__all__')) return false;
  const { value } = statement;
  if (value.kind !== 'List' && value.kind !== 'Tuple') return true;
  return value.elements.some((element) => element.kind !== 'Constant' || element.value === name);
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

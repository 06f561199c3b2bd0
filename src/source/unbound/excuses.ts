/** Does the author answer for a name that is not there? */
import type { Module } from '../program.js';
import type { Attribute, Expression, Name, Try } from '../syntax/tree.js';
import { dottedName, expressionsHeldBy, expressionsIn, statementsIn } from '../syntax/walk.js';
import { indexOf, type Place } from '../values/module-index.js';
import { triesAround } from '../values/guards.js';

/** Does the code around a read reckon with the name not being there, or ask for another Python or program? */
export function isExcused(name: Name, module: Module): boolean {
  const index = indexOf(module);
  const place = index.places.get(name);
  for (const statement of triesAround(place?.guard)) if (expectsNoName(statement)) return true;
  if (asBefore(module).has(name)) return true;
  for (let around: Place | undefined = place; around !== undefined; around = outer(around, module)) {
    if (around.function?.kind === 'FunctionDef' && handedOn(module).has(around.function.name)) return true;
    for (let guard = around.guard; guard !== undefined; guard = guard.outer) {
      if (guard.what.kind === 'test' && asksForIt(guard.what.test, name.id)) return true;
    }
  }
  return false;
}

const olds = new WeakMap<Module, ReadonlySet<Expression>>();

/** Names that another Python has without an import: `except ImportError: again = reload`, after `from importlib import reload`. */
function asBefore(module: Module): ReadonlySet<Expression> {
  const known = olds.get(module);
  if (known !== undefined) return known;
  const found = new Set<Expression>();
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind !== 'Try') continue;
    const imported = new Set(
      statement.body.flatMap((each) => (each.kind === 'ImportFrom' ? each.names.map(({ name }) => name) : [])),
    );
    for (const { type, body } of imported.size === 0 ? [] : statement.handlers) {
      const caught = type === undefined ? undefined : dottedName(type);
      if (caught !== 'ImportError' && caught !== 'ModuleNotFoundError') continue;
      for (const part of expressionsHeldBy(body)) if (part.kind === 'Name' && imported.has(part.id)) found.add(part);
    }
  }
  olds.set(module, found);
  return found;
}

const codes = new WeakMap<Module, ReadonlySet<string>>();

/** Functions whose code another one runs, with the names of its own module: `threading.run.__code__ = run.__code__`. */
function handedOn(module: Module): ReadonlySet<string> {
  const known = codes.get(module);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const statement of statementsIn(module.syntax.body)) {
    if (statement.kind !== 'Assign' || !statement.targets.some(isCode) || !isCode(statement.value)) continue;
    const { object } = statement.value;
    if (object.kind === 'Name') found.add(object.id);
  }
  codes.set(module, found);
  return found;
}

function isCode(expression: Expression): expression is Attribute {
  return expression.kind === 'Attribute' && expression.name === '__code__';
}

function outer({ function: inside, class: of }: Place, module: Module): Place | undefined {
  const { functions, classes } = indexOf(module);
  if (inside !== undefined) return functions.get(inside);
  return of === undefined ? undefined : classes.get(of);
}

/** Is the read in a branch that only type checkers take? */
export function isReadForTypeCheckers(name: Name, module: Module): boolean {
  for (
    let around: Place | undefined = indexOf(module).places.get(name);
    around !== undefined;
    around = outer(around, module)
  ) {
    for (let guard = around.guard; guard !== undefined; guard = guard.outer) {
      if (guard.what.kind === 'test' && mentions(guard.what.test, /^TYPE_CHECKING$/)) return true;
    }
  }
  return false;
}

/** `except NameError`; whatever is caught, when nothing but the name is tried: `try: unicode` … `except: …`. */
function expectsNoName({ body, handlers }: Try): boolean {
  return handlers.some(({ type }) => {
    const caught = type === undefined ? [] : type.kind === 'Tuple' ? type.elements : [type];
    const names = caught.map((each) => dottedName(each)?.split('.').at(-1) ?? '');
    if (names.some((name) => name === 'NameError' || name === 'UnboundLocalError')) return true;
    const isBroad = type === undefined || names.some((name) => name === 'Exception' || name === 'BaseException');
    return isBroad && body.length === 1;
  });
}

/** `"name" in globals()`, `hasattr(builtins, "name")`, `if PY2`, `if in_notebook()` */
function asksForIt(test: Expression, id: string): boolean {
  return mentions(
    test,
    /^(?:.*_)?(?:py_?[23]\w*|python_?[23]\w*|\w*version\w*|\w*ipython\w*|\w*notebook\w*|\w*jupyter\w*|platform)$/i,
    id,
  );
}

function mentions(test: Expression, names: RegExp, text?: string): boolean {
  for (const part of expressionsIn(test)) {
    if (part.kind === 'Name' && names.test(part.id)) return true;
    if (part.kind === 'Attribute' && names.test(part.name)) return true;
    if (text !== undefined && part.kind === 'Constant' && part.value === text) return true;
  }
  return false;
}

/** What authors write behind a line whose names they answer for. */
const waivers =
  /#\s*noqa\s*(?:$|#)|noqa:.*\bF82[123]\b|type:\s*ignore\[[^\]]*name-defined|\bty:\s*ignore\[[^\]]*unresolved-reference|pylint:\s*disable=.*(?:undefined-variable|used-before-assignment)|ignore\[report(?:UndefinedVariable|UnboundVariable)/i;

export function isWaived(line: string | undefined): boolean {
  return line !== undefined && waivers.test(line);
}

import type { Imported, Module } from '../program.js';
import type { Comprehension, Expression, Name } from '../syntax/tree.js';
import { bindingsOf, type Binding } from './bindings.js';
import type { Infer } from './infer.js';
import { indexOf, type AnyFunction, type Place } from './module-index.js';
import { entered } from './results.js';
import { anything, nothing, only, union, type Values } from './values.js';

/** What a name may be where it stands: all that its scope ever binds it to. */
export function nameValues(node: Name, module: Module, infer: Infer): Values {
  const place = indexOf(module).places.get(node);
  if (place === undefined) return anything;
  for (let each = place.comprehension; each !== undefined; each = each.outer) {
    const found = inComprehension(node.id, each.node, module, infer);
    if (found !== undefined) return found;
  }
  for (
    let here: Place | undefined = place;
    here?.function !== undefined;
    here = indexOf(module).functions.get(here.function)
  ) {
    const found = inFunction(node.id, here.function, module, infer);
    if (found !== undefined) return found;
  }
  if (place.function === undefined && place.class !== undefined) {
    const own = bindingsOf(place.class.body).names.get(node.id);
    if (own !== undefined) return ofBindings(own, undefined, module, infer);
  }
  return moduleName(module, node.id, infer) ?? only({ kind: 'outside', name: `builtins.${node.id}` });
}

/** What a module's namespace holds under a name; undefined when its text shows nothing of that name. */
export function moduleName(module: Module, name: string, infer: Infer): Values | undefined {
  const { names, stars } = bindingsOf(module.syntax.body);
  const own = names.get(name);
  const declared = globalsOf(module).get(name);
  if (own !== undefined || declared !== undefined) {
    return union([
      own === undefined ? nothing : ofBindings(own, undefined, module, infer),
      declared === undefined ? nothing : anything,
    ]);
  }
  for (const star of stars) {
    const from = infer.program.imported(module.path, star.module, star.level);
    if (from.kind !== 'module') return anything;
    const found = from.module === module ? undefined : infer.moduleName(from.module, name);
    if (found !== undefined) return found;
  }
  return names.has('__getattr__') || isDynamic(module) ? anything : undefined;
}

/** Every name that a module's text binds. */
export function namesOfModule(module: Module): readonly string[] {
  return [...bindingsOf(module.syntax.body).names.keys()];
}

const declarations = new WeakMap<Module, ReadonlyMap<string, true>>();

/** Names that functions bind in the module by `global`. */
function globalsOf(module: Module): ReadonlyMap<string, true> {
  const known = declarations.get(module);
  if (known !== undefined) return known;
  const found = new Map<string, true>();
  for (const fn of indexOf(module).functions.keys()) {
    if (fn.kind === 'Lambda') continue;
    const { names, elsewhere } = bindingsOf(fn.body);
    for (const name of elsewhere) if (names.has(name)) found.set(name, true);
  }
  declarations.set(module, found);
  return found;
}

/** `globals()["x"] = …`, `exec(…)`: names can appear that the text does not show. */
function isDynamic(module: Module): boolean {
  for (const { callee } of indexOf(module).calls.keys()) {
    if (callee.kind === 'Name' && /^(?:globals|exec|vars|locals)$/.test(callee.id)) return true;
  }
  return false;
}

function inFunction(name: string, fn: AnyFunction, module: Module, infer: Infer): Values | undefined {
  const parameter = fn.params.find((each) => each.name === name);
  const { names, elsewhere } = fn.kind === 'Lambda' ? { names: undefined, elsewhere: undefined } : bindingsOf(fn.body);
  if (elsewhere?.has(name) === true) return undefined;
  const local = names?.get(name);
  if (parameter === undefined && local === undefined) return undefined;
  const owner = ownerOf(fn, module);
  const given =
    parameter === undefined ? nothing : infer.parameterOf({ kind: 'function', module, node: fn, ...owner }, name);
  return union([given, local === undefined ? nothing : ofBindings(local, fn, module, infer)]);
}

/** The class whose body a function stands in. */
export function ownerOf(fn: AnyFunction, module: Module) {
  const place = indexOf(module).functions.get(fn);
  const node = place?.function === undefined ? place?.class : undefined;
  return node === undefined ? {} : { owner: { kind: 'class', module, node } as const };
}

function inComprehension(name: string, node: Comprehension, module: Module, infer: Infer): Values | undefined {
  for (const { target, iterable } of node.clauses) {
    const path = pathTo(name, target);
    if (path !== undefined) return elementAt(iterable, path, module, infer);
  }
  return undefined;
}

/** Where a target binds a name: `[1]` for `b` in `a, b`. */
export function pathTo(name: string, target: Expression): readonly number[] | undefined {
  if (target.kind === 'Name') return target.id === name ? [] : undefined;
  if (target.kind !== 'Tuple' && target.kind !== 'List') return undefined;
  for (const [at, element] of target.elements.entries()) {
    const path = pathTo(name, element);
    if (path !== undefined) return [at, ...path];
  }
  return undefined;
}

function ofBindings(bindings: readonly Binding[], fn: AnyFunction | undefined, module: Module, infer: Infer): Values {
  return union(bindings.map((binding) => ofBinding(binding, fn, module, infer)));
}

function ofBinding(binding: Binding, fn: AnyFunction | undefined, module: Module, infer: Infer): Values {
  switch (binding.kind) {
    case 'function': {
      const { node } = binding;
      return only({ kind: 'function', module, node, ...ownerOf(node, module) });
    }
    case 'class':
      return only({ kind: 'class', module, node: binding.node });
    case 'parameter':
      return fn === undefined ? anything : infer.parameterOf({ kind: 'function', module, node: fn }, binding.node.name);
    case 'value':
      return ofValue(binding, module, infer);
    case 'element':
      return elementAt(binding.of, binding.path, module, infer);
    case 'entered':
      return binding.path.length > 0 ? anything : entered(infer.valuesOf(binding.context, module), infer);
    case 'import':
      return ofImport(infer.program.imported(module.path, binding.module, 0));
    case 'importFrom':
      return importedName(binding, module, infer);
    case 'something':
      return anything;
    default:
      return binding satisfies never;
  }
}

function ofValue(
  { value, annotation, path }: Extract<Binding, { kind: 'value' }>,
  module: Module,
  infer: Infer,
): Values {
  const said = annotation === undefined ? anything : infer.annotated(annotation, module);
  if (value === undefined) return annotation === undefined ? anything : { known: said.known, open: said.open };
  const given = partAt(infer.valuesOf(value, module), path, infer);
  return said.open ? given : union([said, { known: given.known, open: false }]);
}

/** What `a, b = value` gives `b`, for the path [1]. */
function partAt(values: Values, path: readonly number[], infer: Infer): Values {
  const [first, ...rest] = path;
  if (first === undefined) return values;
  return union([
    { known: [], open: values.open },
    ...values.known.map((value) => {
      const isTuple = value.kind === 'container' && (value.node.kind === 'Tuple' || value.node.kind === 'List');
      const elements = isTuple && 'elements' in value.node ? value.node.elements : [];
      const element = elements[first];
      const isPlain = !elements.some(({ kind }) => kind === 'Starred');
      if (isTuple && element !== undefined && isPlain)
        return partAt(infer.valuesOf(element, value.module), rest, infer);
      return partAt(infer.elementsOf(value), rest, infer);
    }),
  ]);
}

/** What `for i, x in iterable` gives `x`, for the path [1]. */
function elementAt(iterable: Expression, path: readonly number[], module: Module, infer: Infer): Values {
  if (iterable.kind === 'Call') {
    const [first, ...others] = iterable.args.map(({ value }) => value);
    const called = infer.valuesOf(iterable.callee, module).known;
    const [only] = called;
    const name = called.length === 1 && only?.kind === 'outside' ? only.name : '';
    const [at, ...rest] = path;
    if (name === 'builtins.enumerate' && first !== undefined && at !== undefined) {
      return at === 0 ? anything : elementAt(first, rest, module, infer);
    }
    const zipped = at === undefined ? undefined : [first, ...others][at];
    if (name === 'builtins.zip' && zipped !== undefined) return elementAt(zipped, rest, module, infer);
    if (/^builtins\.(?:reversed|sorted|list|tuple|set|iter)$/.test(name) && first !== undefined) {
      return elementAt(first, path, module, infer);
    }
    if (iterable.callee.kind === 'Attribute' && iterable.args.length === 0) {
      const found = ofView(iterable.callee.name, iterable.callee.object, path, module, infer);
      if (found !== undefined) return found;
    }
  }
  const values = infer.valuesOf(iterable, module);
  return partAt(
    union([{ known: [], open: values.open }, ...values.known.map((value) => infer.elementsOf(value))]),
    path,
    infer,
  );
}

/** `.items()`, `.values()` and `.keys()` of a dict. */
function ofView(
  view: string,
  object: Expression,
  path: readonly number[],
  module: Module,
  infer: Infer,
): Values | undefined {
  if (!/^(?:items|values|keys)$/.test(view)) return undefined;
  const dicts = infer.valuesOf(object, module);
  const isValue = view === 'values' || (view === 'items' && path[0] === 1);
  const rest = view === 'items' ? path.slice(1) : path;
  if (view === 'items' && path.length === 0) return anything;
  return union([
    { known: [], open: dicts.open },
    ...dicts.known.map((dict) => {
      if (dict.kind === 'outside-instance')
        return partAt((isValue ? dict.values : dict.elements) ?? anything, rest, infer);
      if (dict.kind !== 'container' || (dict.node.kind !== 'Dict' && dict.node.kind !== 'DictComp')) return anything;
      if (!isValue) return partAt(infer.elementsOf(dict), rest, infer);
      const held = dict.node.kind === 'Dict' ? dict.node.entries.map(({ value }) => value) : [dict.node.value];
      return partAt(
        union(held.map((value) => (value === undefined ? anything : infer.valuesOf(value, dict.module)))),
        rest,
        infer,
      );
    }),
  ]);
}

function ofImport(imported: Imported): Values {
  switch (imported.kind) {
    case 'module':
      return only(imported);
    case 'outside':
      return only({ kind: 'outside', name: imported.name });
    case 'folder':
    case 'unknown':
      return anything;
    default:
      return imported satisfies never;
  }
}

function importedName(
  { module: name, level, name: symbol }: Extract<Binding, { kind: 'importFrom' }>,
  module: Module,
  infer: Infer,
): Values {
  const from = infer.program.imported(module.path, name, level);
  if (from.kind === 'outside') return only({ kind: 'outside', name: `${from.name}.${symbol}` });
  const own = from.kind === 'module' && from.module !== module ? infer.moduleName(from.module, symbol) : undefined;
  if (own !== undefined) return own;
  const inside = infer.program.submodule(from, symbol);
  return inside === undefined ? anything : ofImport(inside);
}

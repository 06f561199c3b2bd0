import type { Definition } from '../names/definitions.js';
import { namesOf } from '../names/names.js';
import { runningScope, type Scope } from '../names/scope.js';
import type { Imported, Module } from '../program.js';
import type { Expression, ImportFrom, Name } from '../syntax/tree.js';
import { statementsIn } from '../syntax/walk.js';
import { heldBy } from './elements.js';
import type { Infer } from './infer.js';
import { indexOf, type AnyFunction } from './module-index.js';
import { entered } from './results.js';
import { anything, eachOf, isNothing, nothing, only, union, type Values } from './values.js';
import { topOf } from '../syntax/bound-names.js';

/** What a name may be where it stands: what the definitions that reach it give. */
export function nameValues(node: Name, module: Module, infer: Infer): Values {
  const names = namesOf(module.syntax);
  const scope = names.scopeAt(node);
  if (scope === undefined) return anything;
  const owner = names.resolve(node.id, scope);
  if (owner === undefined)
    return moduleName(module, node.id, infer) ?? only({ kind: 'outside', name: `builtins.${node.id}` });
  if (owner === names.module && runningScope(scope) !== owner) return infer.moduleName(module, node.id) ?? anything;
  const reaching = ofDefinitions(names.definitionsReaching(node).definitions, owner, module, infer);
  return owner === names.module ? union([reaching, infer.replacements.ofModule(module, node.id)]) : reaching;
}

/** What a module's namespace holds under a name; undefined when its text shows nothing of that name. */
export function moduleName(module: Module, name: string, infer: Infer): Values | undefined {
  const names = namesOf(module.syntax);
  const own = names.definitionsOf(names.module, name).filter(({ kind }) => kind !== 'unbinding');
  const replaced = infer.replacements.ofModule(module, name);
  if (own.length > 0) return union([ofDefinitions(own, names.module, module, infer), replaced]);
  // Besides what is put there, a star brings or code makes, it may be a submodule.
  const inside = submoduleNamed(module, name, infer);
  if (!isNothing(replaced)) return orElse(union([replaced, inside]));
  for (const star of names.module.stars) {
    const from = infer.program.imported(module.path, star.module, star.level);
    if (from.kind !== 'module') return orElse(inside);
    const found = from.module === module ? undefined : infer.moduleName(from.module, name);
    if (found !== undefined) return isNothing(inside) ? found : orElse(union([found, inside]));
  }
  return mayHaveHiddenNames(module, infer) ? orElse(inside) : undefined;
}

function submoduleNamed(module: Module, name: string, infer: Infer): Values {
  const inside = infer.program.submodule({ kind: 'module', module }, name);
  return inside?.kind === 'module' ? only(inside) : nothing;
}

/** One of these, or something else. */
function orElse({ known }: Values): Values {
  return { known, open: true };
}

/** Every name that a module's text binds. */
export function namesOfModule(module: Module): readonly string[] {
  return [...namesOf(module.syntax).module.bound];
}

/** Names can appear that the text does not show: by what its text does, or by a module that is none of the repository's sources, such as a compiled one. */
function mayHaveHiddenNames(module: Module, infer: Infer): boolean {
  const known = dynamicModules.get(module);
  if (known !== undefined) return known;
  const found = hidesNames(module) || importsUnknown(module, infer);
  dynamicModules.set(module, found);
  return found;
}

const dynamicModules = new WeakMap<Module, boolean>();

/** Stars are followed to where they lead. */
function hidesNames({ syntax: { hiddenNames = [] } }: Module): boolean {
  return hiddenNames.some((means) => means !== 'star');
}

function importsUnknown(module: Module, infer: Infer): boolean {
  return statementsIn(module.syntax.body).some((statement) => {
    if (statement.kind === 'ImportFrom') {
      return infer.program.imported(module.path, statement.module, statement.level).kind === 'unknown';
    }
    if (statement.kind !== 'Import') return false;
    return statement.names.some(({ name }) => infer.program.imported(module.path, name, 0).kind === 'unknown');
  });
}

/** The class whose body a function stands in. */
export function ownerOf(fn: AnyFunction, module: Module) {
  const place = indexOf(module).functions.get(fn);
  const node = place?.function === undefined ? place?.class : undefined;
  return node === undefined ? {} : { owner: { kind: 'class', module, node } as const };
}

function ofDefinitions(definitions: readonly Definition[], owner: Scope, module: Module, infer: Infer): Values {
  return union(definitions.map((definition) => ofDefinition(definition, owner, module, infer)));
}

function ofDefinition(definition: Definition, owner: Scope, module: Module, infer: Infer): Values {
  switch (definition.kind) {
    case 'function': {
      const { node } = definition;
      return only({ kind: 'function', module, node, ...ownerOf(node, module) });
    }
    case 'class':
      return only({ kind: 'class', module, node: definition.node });
    case 'parameter': {
      const { node: fn } = owner;
      if (!('params' in fn)) return anything;
      return infer.parameterOf({ kind: 'function', module, node: fn, ...ownerOf(fn, module) }, definition.node.name);
    }
    case 'assignment':
      return ofAssignment(definition, module, infer);
    case 'for': {
      const path = pathTo(definition.at, [definition.node.target]);
      return path === undefined ? anything : elementAt(definition.node.iterable, path, module, infer);
    }
    case 'with': {
      const isWhole = definition.node.items.some(
        ({ target }) => target?.at === definition.at && target.kind === 'Name',
      );
      return isWhole ? entered(infer.valuesOf(definition.context, module), infer) : anything;
    }
    case 'import':
      return ofImportStatement(definition, module, infer);
    case 'augmented':
    case 'exception':
    case 'capture':
    case 'type-alias':
    case 'type-parameter':
      return anything;
    case 'unbinding':
      return nothing;
    default:
      return definition satisfies never;
  }
}

function ofImportStatement(
  { node, alias }: Extract<Definition, { kind: 'import' }>,
  module: Module,
  infer: Infer,
): Values {
  if (node.kind === 'ImportFrom') return importedName(node, alias.name, module, infer);
  // `import a.b` binds `a`, `import a.b as c` the module itself.
  const named = alias.as === undefined ? topOf(alias.name) : alias.name;
  const imported = ofImport(infer.program.imported(module.path, named, 0));
  const dot = named.lastIndexOf('.');
  const above = dot < 0 ? undefined : infer.program.imported(module.path, named.slice(0, dot), 0);
  if (above?.kind !== 'module' || above.module === module) return imported;
  // What the package calls so comes before its module: `from .settings import settings` in `a`, and `import a.settings as s`.
  const name = named.slice(dot + 1);
  const isBound = namesOf(above.module.syntax).module.bound.has(name);
  return isBound ? union([imported, infer.moduleName(above.module, name) ?? nothing]) : imported;
}

/** The indices that lead to the name at an offset: [1] for `b` in `a, b`. */
export function pathTo(at: number, targets: readonly Expression[]): readonly number[] | undefined {
  for (const target of targets) {
    if (target.kind === 'Name' && target.at === at) return [];
    if (target.kind !== 'Tuple' && target.kind !== 'List') continue;
    for (const [index, element] of target.elements.entries()) {
      const path = pathTo(at, [element]);
      if (path !== undefined) return [index, ...path];
    }
  }
  return undefined;
}

function ofAssignment(
  { node, value, from, at }: Extract<Definition, { kind: 'assignment' }>,
  module: Module,
  infer: Infer,
): Values {
  const said = node.kind === 'AnnAssign' ? infer.annotated(node.annotation, module) : anything;
  const path = node.kind === 'Assign' ? pathTo(at, node.targets) : [];
  const taken = from === undefined || path === undefined ? anything : partAt(infer.valuesOf(from, module), path, infer);
  const given = value === undefined ? taken : infer.valuesOf(value, module);
  if (said.open) return given;
  return union([said, { known: given.known, open: false }]);
}

/** What `a, b = value` gives `b`, for the path [1]. */
function partAt(values: Values, path: readonly number[], infer: Infer): Values {
  const [first, ...rest] = path;
  if (first === undefined) return values;
  return eachOf(values, (value) => {
    const isTuple = value.kind === 'container' && (value.node.kind === 'Tuple' || value.node.kind === 'List');
    const elements = isTuple && 'elements' in value.node ? value.node.elements : [];
    const element = elements[first];
    const isPlain = !elements.some(({ kind }) => kind === 'Starred');
    if (isTuple && element !== undefined && isPlain) return partAt(infer.valuesOf(element, value.module), rest, infer);
    return partAt(infer.elementsOf(value), rest, infer);
  });
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
    eachOf(values, (value) => infer.elementsOf(value)),
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
  return eachOf(dicts, (dict) => {
    if (dict.kind === 'outside-instance')
      return partAt((isValue ? dict.values : dict.elements) ?? anything, rest, infer);
    if (dict.kind !== 'container' || (dict.node.kind !== 'Dict' && dict.node.kind !== 'DictComp')) return anything;
    return partAt(isValue ? heldBy(dict, infer) : infer.elementsOf(dict), rest, infer);
  });
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

function importedName({ module: name, level }: ImportFrom, symbol: string, module: Module, infer: Infer): Values {
  const from = infer.program.imported(module.path, name, level);
  if (from.kind === 'outside') return only({ kind: 'outside', name: `${from.name}.${symbol}` });
  const own = from.kind === 'module' && from.module !== module ? infer.moduleName(from.module, symbol) : undefined;
  if (own !== undefined) return own;
  const inside = infer.program.submodule(from, symbol);
  return inside === undefined ? anything : ofImport(inside);
}

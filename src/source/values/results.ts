import type { Module } from '../program.js';
import type { Call, FunctionDef, Statement, Expression } from '../syntax/tree.js';
import { dottedName, lastName } from '../syntax/walk.js';
import { classInfoOf } from './class-info.js';
import { leftByDecorator } from './decorators.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import {
  anything,
  eachOf,
  isUnknown,
  nothing,
  only,
  union,
  type ClassValue,
  type ContainerValue,
  type FunctionValue,
  type Value,
  type Values,
} from './values.js';

/** Methods of `torch.nn.Module` that give the module itself. */
export const givesItself =
  /^(?:to|cuda|cpu|eval|train|half|float|double|bfloat16|type|requires_grad_|apply|share_memory|to_empty|compile)$/;

/** Functions from outside that give what they are given. */
const passesOn = /^(?:copy\.(?:deep)?copy|dataclasses\.replace|torch\.compile|torch\.jit\.script|typing\.cast)$/;

/** What gives the elements of what it is given; a `ModuleList` is a list of modules. */
const collects = /^(?:builtins\.(?:sorted|list|tuple|reversed|set|frozenset|iter)|torch\.nn\.ModuleList)$/;

/** What gives a dict of modules as it is given. */
const collectsDict = /^torch\.nn\.ModuleDict$/;

/** `nn.ModuleList()`, `nn.ModuleDict()`: as good as an empty list or dict, which is filled later. */
export function emptyModules(value: Value, { at }: Call, module: Module): ContainerValue | undefined {
  if (value.kind !== 'outside') return undefined;
  if (value.name === 'torch.nn.ModuleList')
    return { kind: 'container', type: 'list', module, node: { kind: 'List', elements: [], at } };
  if (collectsDict.test(value.name))
    return { kind: 'container', type: 'dict', module, node: { kind: 'Dict', entries: [], at } };
  return undefined;
}

const propertyDecorators = /(?:^|\.)(?:property|cached_property|getter|setter|deleter)$/;
/** Under these a function gives what its text says. */
const transparentDecorators =
  /(?:^|\.)(?:staticmethod|classmethod|abstractmethod|override|final|lru_cache|cache|wraps|no_grad|inference_mode|enable_grad|cache_data|cache_resource|experimental_memo|experimental_singleton|deprecated|profile|compile)$/;

export function isProperty({ decorators }: FunctionDef): boolean {
  return decorators.some((decorator) => propertyDecorators.test(dottedName(decorator) ?? ''));
}

/** Called under its name, a function does and gives what its text says. */
export function isCalledAsWritten({ decorators }: FunctionDef, module: Module, infer: Infer): boolean {
  return decorators.every((decorator) => {
    const name = dottedName(decorator.kind === 'Call' ? decorator.callee : decorator) ?? '';
    const isPlain = transparentDecorators.test(name) || propertyDecorators.test(name);
    return isPlain || leftByDecorator(decorator, module, infer) !== undefined;
  });
}

/** What calling a value gives. */
export function resultOfCall(value: Value, infer: Infer, args: readonly Values[]): Values {
  switch (value.kind) {
    case 'class':
      return made(value, infer);
    case 'function':
      return returned(value, infer);
    case 'instance': {
      const called = infer.attributeOf(value, '__call__') ?? infer.attributeOf(value, 'forward');
      return eachOf(called ?? anything, (each) => (each.kind === 'function' ? infer.resultOf(each) : anything));
    }
    case 'outside':
      if (passesOn.test(value.name)) return args[value.name === 'typing.cast' ? 1 : 0] ?? anything;
      if (collectsDict.test(value.name))
        return eachOf(args[0] ?? anything, (each) => (isDict(each) ? only(each) : anything));
      if (collects.test(value.name)) return collected(args[0] ?? anything, value.name, infer);
      return only({ kind: 'outside-instance', of: value.name });
    default:
      return anything;
  }
}

function isDict(value: Value): boolean {
  return value.kind === 'container' && value.type === 'dict';
}

/** An object that can be iterated over is no list itself; a container goes on as it is, and of a class nothing is known. */
function collected(from: Values, of: string, infer: Infer): Values {
  return eachOf(from, (value) => {
    if (value.kind === 'container' || value.kind === 'outside-instance') return only(value);
    if (value.kind !== 'instance') return anything;
    return only({ kind: 'outside-instance', of, elements: infer.elementsOf(value) });
  });
}

function made(value: Extract<Value, { kind: 'class' }>, infer: Infer): Values {
  // Not by what attribute it has: who sets that may depend on what is made here.
  const possible = value.orSubclass ? [value, ...infer.hierarchy.descendants(value)] : [value];
  if (possible.some((each) => hasOwnNew(each, infer))) return anything;
  const itself = only({ kind: 'instance', of: value, exact: value.orSubclass !== true });
  return union([itself, infer.classChanges.ofObjectsOf(value)]);
}

function hasOwnNew(of: ClassValue, infer: Infer): boolean {
  return infer.hierarchy.ancestors(of).some(({ node, module }) => classInfoOf(node, module).body.has('__new__'));
}

/**
 * Its own `__new__` gives objects of other classes, or what something unknown makes: the class is only the name of a
 * factory.
 */
export function isFactory(of: ClassValue, infer: Infer): boolean {
  // What names the bases depends on no annotation, and should not be looked for in what every `__new__` calls.
  if (!infer.hierarchy.isComplete) return false;
  return infer.hierarchy
    .ancestors(of)
    .some(({ node, module }) =>
      (classInfoOf(node, module).body.get('__new__') ?? []).some(
        (member) =>
          member.kind === 'function' &&
          (indexOf(module).returns.get(member.node) ?? []).some(({ value }) => isOther(value, of, module, infer)),
      ),
    );
}

function isOther(value: Expression | undefined, of: ClassValue, module: Module, infer: Infer): boolean {
  if (value === undefined) return false;
  const isMade = value.kind === 'Call' && lastName(value.callee) !== '__new__';
  if (isMade && isUnknown(infer.valuesOf(value.callee, module))) return true;
  return infer
    .valuesOf(value, module)
    .known.some((each) => each.kind === 'instance' && !infer.hierarchy.areRelated(each.of, of));
}

/** What a function gives back: what it says, or else what its `return`s may be. */
export function returned(fn: FunctionValue, infer: Infer): Values {
  const { node, module } = fn;
  if (node.kind === 'Lambda') return infer.valuesOf(node.body, module);
  if (node.isAsync || !isCalledAsWritten(node, module, infer)) return anything;
  const yields = indexOf(module).yields.get(node);
  if (yields !== undefined) return anything;
  const said = node.returns === undefined ? anything : infer.annotated(node.returns, module);
  if (!said.open && !saysNothing(node.returns)) return said;
  const isStub = node.body.every(isPlaceholder);
  const returns = indexOf(module).returns.get(node) ?? [];
  if (isStub) return anything;
  return union(returns.map(({ value }) => (value === undefined ? nothing : infer.valuesOf(value, module))));
}

/** `-> None` of a method that subclasses fill in says nothing of what they give. */
function saysNothing(returns: Expression | undefined): boolean {
  return returns?.kind === 'Constant';
}

/** The body of an abstract method: documentation, `pass`, `...`, `raise NotImplementedError`. */
function isPlaceholder(statement: Statement): boolean {
  if (statement.kind === 'Pass' || statement.kind === 'Raise') return true;
  return statement.kind === 'Expr' && statement.value.kind === 'Constant';
}

/** What a `with` binds: what `__enter__` gives, or what a context manager function yields. */
export function entered(values: Values, infer: Infer): Values {
  return eachOf(values, (value) => {
    if (value.kind !== 'instance') return anything;
    return eachOf(infer.attributeOf(value, '__enter__') ?? anything, (each) => infer.resultOf(each));
  });
}

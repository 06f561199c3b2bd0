import type { Definition } from '../source/names/definitions.js';
import { namesOf } from '../source/names/names.js';
import { runningScope, storedName } from '../source/names/scope.js';
import type { Module } from '../source/program.js';
import type { BinOp, Expression, FunctionDef, Name, Parameter } from '../source/syntax/tree.js';
import type { AnyFunction } from '../source/values/module-index.js';
import { ownerOf, pathTo } from '../source/values/names.js';
import type { FunctionValue } from '../source/values/values.js';

/** One way in which a name gets its value. */
export type Binding =
  | { kind: 'value'; value: Expression }
  /** An element of what a loop goes over, taken apart by the indices. */
  | { kind: 'element'; of: Expression; path: readonly number[] }
  | { kind: 'passed'; fn: FunctionValue & { node: FunctionDef }; parameter: Parameter; position: number }
  /** Something of which nothing is known. */
  | { kind: 'something' };

/** All ways in which a name gets its value, in the scope that binds it. */
export interface Bound {
  /** That scope; absent for a module. */
  fn?: AnyFunction;
  bindings: readonly Binding[];
}

/**
 * Looks outwards from where the name stands, whatever reaches it there: a list is made at one place and added to at
 * others. Undefined for what the file does not bind, or imports or defines.
 */
export function boundAt(node: Name, module: Module): Bound | undefined {
  const names = namesOf(module.syntax);
  const scope = names.scopeAt(node);
  const owner = scope === undefined ? undefined : names.resolve(node.id, scope);
  if (scope === undefined || owner === undefined) return undefined;
  const definitions = names.definitionsOf(owner, storedName(node.id, scope));
  const isValue = definitions.every(({ kind }) => kind !== 'import' && kind !== 'function' && kind !== 'class');
  if (definitions.length === 0 || !isValue) return undefined;
  const { node: around } = runningScope(owner);
  const fn = 'params' in around ? around : undefined;
  return { ...(fn && { fn }), bindings: definitions.flatMap((each) => bindingOf(each, fn, module)) };
}

function bindingOf(definition: Definition, fn: AnyFunction | undefined, module: Module): Binding[] {
  switch (definition.kind) {
    case 'assignment':
      return [definition.value === undefined ? { kind: 'something' } : { kind: 'value', value: definition.value }];
    case 'for': {
      const { iterable, target } = definition.node;
      const path = pathTo(definition.at, [target]);
      return [path === undefined ? { kind: 'something' } : { kind: 'element', of: iterable, path }];
    }
    case 'parameter': {
      const { node: parameter } = definition;
      if (fn?.kind !== 'FunctionDef' || parameter.splat !== undefined) return [{ kind: 'something' }];
      const value = { kind: 'function', module, node: fn, ...ownerOf(fn, module) } as const;
      return [{ kind: 'passed', fn: value, parameter, position: fn.params.indexOf(parameter) }];
    }
    // What `+=` adds is found with whatever else is done to a list; `del` gives nothing.
    case 'augmented':
    case 'unbinding':
      return [];
    default:
      return [{ kind: 'something' }];
  }
}

/** `x = x + [...]` adds to what other bindings give. */
export function isAddition(value: Expression, name: string): value is BinOp {
  return value.kind === 'BinOp' && value.left.kind === 'Name' && value.left.id === name;
}

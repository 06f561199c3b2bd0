import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import { anything, only, union, type ContainerValue, type Value, type Values } from './values.js';

/** What iterating over a value gives. */
export function elementsOfValue(value: Value, infer: Infer): Values {
  switch (value.kind) {
    case 'container':
      return elementsOfContainer(value, infer);
    case 'outside-instance':
      return value.elements ?? anything;
    case 'instance': {
      const iterate = infer.attributeOf(value, '__iter__')?.known ?? [];
      return union(
        iterate.length === 0
          ? [anything]
          : iterate.map((each) => (each.kind === 'function' ? yielded(each.node, each.module, infer) : anything)),
      );
    }
    default:
      return anything;
  }
}

function yielded(
  node: Parameters<ReturnType<typeof indexOf>['yields']['get']>[0],
  module: Module,
  infer: Infer,
): Values {
  const yields = indexOf(module).yields.get(node) ?? [];
  if (yields.length === 0) return anything;
  return union(
    yields.map(({ value, from }) => (value === undefined || from ? anything : infer.valuesOf(value, module))),
  );
}

/** What it is made of, and what is put into it later. */
function elementsOfContainer(container: ContainerValue, infer: Infer): Values {
  const made = madeOf(container, infer);
  const canGrow = container.type === 'list' || container.type === 'set';
  return canGrow ? union([made, infer.grown(container)]) : made;
}

function madeOf({ node, module }: ContainerValue, infer: Infer): Values {
  switch (node.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
      return union(
        node.elements.map((element) => (element.kind === 'Starred' ? anything : infer.valuesOf(element, module))),
      );
    case 'Dict':
      return union(node.entries.map(({ key }) => (key === undefined ? anything : infer.valuesOf(key, module))));
    default:
      return infer.valuesOf(node.element, module);
  }
}

/** `value[index]` */
export function itemOf(value: Value, index: Expression, module: Module, infer: Infer): Values {
  if (index.kind === 'Slice')
    return value.kind === 'container' || value.kind === 'outside-instance' ? only(value) : anything;
  switch (value.kind) {
    case 'container':
      return itemOfContainer(value, index, module, infer);
    case 'outside-instance':
      return value.values ?? value.elements ?? anything;
    case 'class':
      // Generic[T]
      return only(value);
    case 'instance': {
      const get = infer.attributeOf(value, '__getitem__')?.known ?? [];
      return get.length === 0 ? anything : union(get.map((each) => infer.resultOf(each)));
    }
    default:
      return anything;
  }
}

function itemOfContainer(value: ContainerValue, index: Expression, module: Module, infer: Infer): Values {
  const { node } = value;
  if (node.kind === 'DictComp') return node.value === undefined ? anything : infer.valuesOf(node.value, value.module);
  if (node.kind !== 'Dict') {
    if (node.kind === 'Tuple' && index.kind === 'Constant' && typeof index.value === 'number') {
      const element = node.elements[index.value];
      return element === undefined ? anything : infer.valuesOf(element, value.module);
    }
    return elementsOfContainer(value, infer);
  }
  const asked = infer.valuesOf(index, module);
  const wanted = asked.open
    ? undefined
    : new Set(asked.known.map((each) => (each.kind === 'constant' ? each.value : undefined)));
  const entries = node.entries.filter(({ key }) => {
    if (wanted === undefined || key === undefined || wanted.has(undefined)) return true;
    const keys = infer.valuesOf(key, value.module);
    return keys.open || keys.known.some((each) => each.kind !== 'constant' || wanted.has(each.value));
  });
  // With no entry of that name, it is stored elsewhere.
  if (entries.length === 0) return anything;
  return union(
    entries.map((entry) => (entry.key === undefined ? anything : infer.valuesOf(entry.value, value.module))),
  );
}

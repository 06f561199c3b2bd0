import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import {
  anything,
  eachOf,
  isNothing,
  only,
  union,
  type ContainerValue,
  type FunctionValue,
  type Value,
  type Values,
} from './values.js';

/** What iterating over a value gives. */
export function elementsOfValue(value: Value, infer: Infer): Values {
  switch (value.kind) {
    case 'container':
      return elementsOfContainer(value, infer);
    case 'outside-instance':
      return value.elements ?? anything;
    case 'instance': {
      const iterate = infer.attributeOf(value, '__iter__') ?? anything;
      return eachOf(iterate, (each) => (each.kind === 'function' ? yielded(each, infer) : anything));
    }
    default:
      return anything;
  }
}

function yielded({ node, module }: FunctionValue, infer: Infer): Values {
  const yields = indexOf(module).yields.get(node) ?? [];
  if (yields.length === 0) return anything;
  return union(
    yields.map(({ value, from }) => (value === undefined || from ? anything : infer.valuesOf(value, module))),
  );
}

/** What it is made of, and what is put into it later. */
function elementsOfContainer(container: ContainerValue, infer: Infer): Values {
  const made = madeOf(container, infer);
  // A tuple or generator stands for the list that is made of it, too.
  const grown = infer.grown(container);
  // Under which keys a dict gets more is not kept.
  return union([made, container.type === 'dict' && !isNothing(grown) ? anything : grown]);
}

/** The values of a dict, those that are stored later included. */
export function heldBy(dict: ContainerValue, infer: Infer): Values {
  const { node, module } = dict;
  const held =
    node.kind === 'Dict' ? node.entries.map((entry) => (entry.key === undefined ? undefined : entry.value)) : [];
  if (node.kind === 'DictComp') held.push(node.value);
  return union([
    ...held.map((value) => (value === undefined ? anything : infer.valuesOf(value, module))),
    infer.grown(dict),
  ]);
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
      return eachOf(infer.attributeOf(value, '__getitem__') ?? anything, (each) => infer.resultOf(each));
    }
    default:
      return anything;
  }
}

function itemOfContainer(value: ContainerValue, index: Expression, module: Module, infer: Infer): Values {
  const { node } = value;
  if (node.kind === 'DictComp') return heldBy(value, infer);
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
  const isStored = !isNothing(infer.grown(value));
  if (entries.length === 0 && !isStored) return anything;
  return union([
    ...entries.map((entry) => (entry.key === undefined ? anything : infer.valuesOf(entry.value, value.module))),
    infer.grown(value),
  ]);
}

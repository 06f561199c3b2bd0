import type { Module } from '../program.js';
import type { Argument, Call, Expression } from '../syntax/tree.js';
import { itemOf } from './elements.js';
import type { Infer } from './infer.js';
import { anything, eachOf, nothing, only, union, type Value, type Values } from './values.js';

/** Methods that give one of the things a collection holds, or else what their second argument is. */
const lookUps = /^(?:get|pop|setdefault)$/;

/** Widgets of Streamlit that let one choose. */
const chooses = /^streamlit\.(?:sidebar\.)?(?:selectbox|radio|multiselect)$/;

/**
 * What a call gives that picks one thing out of a collection: `next(run for run in runs if …)`, `max(runs, key=…)`,
 * `runs.get(name)`. Undefined for every other call.
 */
export function pickedBy(call: Call, callee: Value, module: Module, infer: Infer): Values | undefined {
  if (callee.kind !== 'outside') return undefined;
  const positional = call.args.filter(({ name }) => name === undefined);
  const [first, otherwise, ...more] = positional;
  if (first === undefined || positional.some(({ splat }) => splat !== undefined)) return undefined;
  if (chooses.test(callee.name)) return chosen(call, callee.name, module, infer);
  if (callee.name === 'builtins.next') {
    return union([elementsOf(first.value, module, infer), valueOf(otherwise, module, infer)]);
  }
  if (!/^builtins\.(?:max|min)$/.test(callee.name)) return undefined;
  if (otherwise !== undefined) {
    return union([first, otherwise, ...more].map(({ value }) => infer.valuesOf(value, module)));
  }
  const fallback = call.args.find(({ name }) => name === 'default');
  return union([elementsOf(first.value, module, infer), valueOf(fallback, module, infer)]);
}

/** Streamlit gives back one of the options themselves, whatever `format_func` shows of them. */
function chosen({ args }: Call, widget: string, module: Module, infer: Infer): Values | undefined {
  const isWritable = args.some(({ name }) => name === 'accept_new_options');
  const options = args.find(({ name }) => name === 'options') ?? args.filter(({ name }) => name === undefined)[1];
  if (options === undefined || isWritable) return undefined;
  const elements = elementsOf(options.value, module, infer);
  if (!widget.endsWith('multiselect')) return elements;
  return only({ kind: 'outside-instance', of: 'builtins.list', elements });
}

/** `table.get(key, default)`. Undefined where no dict of the repository, nor an annotated one, is asked. */
export function lookedUp({ callee, args }: Call, module: Module, infer: Infer): Values | undefined {
  if (callee.kind !== 'Attribute' || !lookUps.test(callee.name)) return undefined;
  const [key, fallback] = args;
  if (key === undefined || args.some(({ splat }) => splat !== undefined)) return undefined;
  const asked = infer.valuesOf(callee.object, module);
  if (!asked.known.some(isTable)) return undefined;
  const held = eachOf(asked, (value) => (isTable(value) ? itemOf(value, key.value, module, infer) : anything));
  return union([held, valueOf(fallback, module, infer)]);
}

/** A dict, or what an annotation says is one. */
function isTable(value: Value): boolean {
  if (value.kind === 'outside-instance') return value.values !== undefined;
  return value.kind === 'container' && value.type === 'dict';
}

/** What iterating over an expression gives. */
function elementsOf(collection: Expression, module: Module, infer: Infer): Values {
  return eachOf(infer.valuesOf(collection, module), (value) => infer.elementsOf(value));
}

function valueOf(argument: Argument | undefined, module: Module, infer: Infer): Values {
  return argument === undefined ? nothing : infer.valuesOf(argument.value, module);
}

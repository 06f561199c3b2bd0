import type { Module } from '../program.js';
import type { Call, Expression, Lambda, ModuleSyntax } from '../syntax/tree.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import { anything, eachOf, type Value, type Values } from './values.js';

/** Who calls a function that it is given with every element of a collection: where the function stands, and the collection. */
interface Caller {
  name: RegExp;
  /** A keyword, or the index of a positional argument. */
  function: string | number;
  collection: { position: number; name?: string };
}

const callers: readonly Caller[] = [
  { name: /^builtins\.(?:max|min|sorted)$/, function: 'key', collection: { position: 0 } },
  { name: /^builtins\.(?:map|filter)$/, function: 0, collection: { position: 1 } },
  {
    name: /^streamlit\.(?:sidebar\.)?(?:selectbox|radio|multiselect|select_slider|pills|segmented_control)$/,
    function: 'format_func',
    collection: { position: 1, name: 'options' },
  },
];

/** What the first parameter of a lambda may be, by what takes the lambda: `max(runs, key=lambda run: run.loss)`. */
export function givenToLambda(lambda: Lambda, module: Module, infer: Infer): Values {
  const call = takersOf(module).get(lambda);
  const called = call === undefined ? anything : infer.valuesOf(call.callee, module);
  const [only, ...others] = called.known;
  if (call === undefined || called.open || others.length > 0 || only === undefined) return anything;
  const collection = collectionFor(lambda, call, only);
  if (collection === undefined) return anything;
  return eachOf(infer.valuesOf(collection, module), (value) => infer.elementsOf(value));
}

function collectionFor(lambda: Lambda, { args }: Call, called: Value): Expression | undefined {
  const positional = args.filter(({ name }) => name === undefined);
  if (called.kind !== 'outside' || args.some(({ splat }) => splat !== undefined)) return undefined;
  const caller = callers.find(({ name }) => name.test(called.name));
  if (caller === undefined) return undefined;
  const fn =
    typeof caller.function === 'number'
      ? positional[caller.function]
      : args.find(({ name }) => name === caller.function);
  // `max(a, b, key=…)` compares what it is given, and `map(f, xs, ys)` takes from several.
  const isOne = positional.length <= caller.collection.position + 1 || caller.collection.name !== undefined;
  if (fn?.value !== lambda || !isOne) return undefined;
  const named = args.find(({ name }) => name !== undefined && name === caller.collection.name);
  return (named ?? positional[caller.collection.position])?.value;
}

const takers = new WeakMap<ModuleSyntax, ReadonlyMap<Lambda, Call>>();

/** The call that each lambda of a module is an argument of. */
function takersOf(module: Module): ReadonlyMap<Lambda, Call> {
  const known = takers.get(module.syntax);
  if (known !== undefined) return known;
  const found = new Map<Lambda, Call>();
  for (const call of indexOf(module).calls.keys()) {
    for (const { value } of call.args) if (value.kind === 'Lambda') found.set(value, call);
  }
  takers.set(module.syntax, found);
  return found;
}

import { namesOf } from '../../source/names/names.js';
import type { Module } from '../../source/program.js';
import type { Expression, Statement } from '../../source/syntax/tree.js';
import { expressionsIn, expressionsOf } from '../../source/syntax/walk.js';
import { conditionsOf, type Guard } from '../../source/values/guards.js';
import type { Inference } from '../../source/values/inference.js';
import { indexOf, placeOf, type Place } from '../../source/values/module-index.js';
import { ownerOf } from '../../source/values/names.js';
import type { FunctionValue } from '../../source/values/values.js';

/** What the test of a demo mode speaks of. */
const flags =
  /demo|mock|fake|dummy|simulat|synthetic|sample_?data|example_?data|placeholder_?data|offline|connected|dry_?run|test_?mode|debug/i;

/** Callers of callers further up are not looked at. */
const mostCallers = 3;

/** The words of the test of a demo mode under which something stands; undefined when it does not. */
export function demoFlagOf(expression: Expression, module: Module): string | undefined {
  return flagOf(placeOf(expression, module), module);
}

export function flagOf(place: Place | undefined, module: Module): string | undefined {
  if (place?.guard === undefined) return undefined;
  const known = flagsOfPlaces.get(place);
  if (known !== undefined) return known.flag;
  const flag = flagIn(place.guard, module);
  flagsOfPlaces.set(place, { flag });
  return flag;
}

const flagsOfPlaces = new WeakMap<Place, { flag: string | undefined }>();

/** Where a statement stands, as far as something in it tells. */
export function placeOfStatement(statement: Statement, module: Module): Place | undefined {
  const index = indexOf(module);
  if (statement.kind === 'Return') return index.returnPlaces.get(statement);
  for (const expression of expressionsOf(statement)) {
    const place = placeOf(expression, module);
    if (place !== undefined) return place;
  }
  return undefined;
}

function flagIn(guard: Guard, module: Module): string | undefined {
  for (const { test } of conditionsOf(guard)) {
    const word = flagWord(test) ?? flagWordOfVariable(test, module);
    if (word !== undefined) return word;
  }
  return undefined;
}

/** What a test mentions that names a demo mode. */
export function flagWord(test: Expression): string | undefined {
  for (const part of expressionsIn(test)) {
    const text =
      part.kind === 'Name'
        ? part.id
        : part.kind === 'Attribute'
          ? part.name
          : part.kind === 'Constant' && typeof part.value === 'string'
            ? part.value
            : undefined;
    if (text !== undefined && flags.test(text)) return text;
  }
  return undefined;
}

/** `show = st.checkbox("Show demo data")`, and then `if show:` */
function flagWordOfVariable(test: Expression, module: Module): string | undefined {
  for (const part of expressionsIn(test)) {
    if (part.kind !== 'Name') continue;
    for (const definition of namesOf(module.syntax).definitionsReaching(part).definitions) {
      const value = definition.kind === 'assignment' ? definition.value : undefined;
      for (const argument of value?.kind === 'Call' ? value.args : []) {
        const word = flagWord(argument.value);
        if (word !== undefined) return word;
      }
    }
  }
  return undefined;
}

/** The test of a demo mode under which every call of a function stands, however far up; undefined when one does not. */
export function flagOfCalls(fn: FunctionValue, inference: Inference, depth = 0): string | undefined {
  const calls = inference.callsOf(fn);
  if (calls.length === 0 || depth > mostCallers) return undefined;
  let flag: string | undefined;
  for (const { use } of calls) {
    const around = use.place.function;
    const caller = { kind: 'function', module: use.module, node: around ?? fn.node } as const;
    const found =
      flagOf(use.place, use.module) ??
      (around === undefined
        ? undefined
        : flagOfCalls({ ...caller, ...ownerOf(around, use.module) }, inference, depth + 1));
    if (found === undefined) return undefined;
    flag ??= found;
  }
  return flag;
}

import { isMainTest } from '../../source/facts/conditions.js';
import type { Module } from '../../source/program.js';
import { conditionsOf } from '../../source/values/guards.js';
import type { Inference } from '../../source/values/inference.js';
import type { Place } from '../../source/values/module-index.js';
import { ownerOf } from '../../source/values/names.js';

/** Callers of callers further up are not looked at. */
const mostCallers = 3;

/** Stands in the main block of a file, or in a function that nothing but the main block of that file calls. */
export function isOfMainBlock(place: Place | undefined, module: Module, inference: Inference, depth = 0): boolean {
  for (const { test, holds } of conditionsOf(place?.guard)) if (holds && isMainTest(test)) return true;
  const fn = place?.function;
  if (fn === undefined || depth > mostCallers) return false;
  const calls = inference.callsOf({ kind: 'function', module, node: fn, ...ownerOf(fn, module) });
  return (
    calls.length > 0 &&
    calls.every(({ use }) => use.module === module && isOfMainBlock(use.place, module, inference, depth + 1))
  );
}

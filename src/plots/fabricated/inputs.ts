import { namesOf } from '../../source/names/names.js';
import type { Module } from '../../source/program.js';
import type { Call, Expression } from '../../source/syntax/tree.js';
import { expressionsIn } from '../../source/syntax/walk.js';
import type { Origin } from './origins.js';
import type { Sink } from './sinks.js';
import type { Tracer } from './tracer.js';

/** Assignments between what a chart shows and the call that gives it. */
const mostHops = 3;

/**
 * Random numbers are what something was asked, where its answer stands beside them in the same chart, table or record:
 * points in the colour of the expert that takes them, learning rates with the loss that each gave.
 */
export function areAsked({ names }: Origin, { beside, module }: Sink, tracer: Tracer): boolean {
  const isAsked = (call: Call): boolean =>
    call !== beside &&
    !isOutside(call.callee, module, tracer) &&
    call.args.some(({ value }) => mentions(value, names)) &&
    tracer.ask(call, module).some(({ kind }) => kind === 'measured');
  return callsBehind(beside, module, mostHops).some(isAsked);
}

/** A function of a library makes something else of the same numbers. */
function isOutside(callee: Expression, module: Module, tracer: Tracer): boolean {
  return tracer.inference.valuesOf(callee, module).known.some(({ kind }) => kind === 'outside');
}

function mentions(value: Expression, names: readonly string[]): boolean {
  return expressionsIn(value).some((part) => part.kind === 'Name' && names.includes(part.id));
}

/** The calls in an expression, and in what its variables were given. */
function callsBehind(expression: Expression, module: Module, hops: number): readonly Call[] {
  const names = namesOf(module.syntax);
  return expressionsIn(expression).flatMap((part): readonly Call[] => {
    if (part.kind === 'Call') return [part];
    if (part.kind !== 'Name' || hops === 0) return [];
    return names.definitionsReaching(part).definitions.flatMap((definition) => {
      if (definition.kind !== 'assignment') return [];
      const given = definition.value ?? definition.from;
      return given === undefined ? [] : callsBehind(given, module, hops - 1);
    });
  });
}

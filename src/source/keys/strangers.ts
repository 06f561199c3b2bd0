import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import { attributesBehind } from '../values/attributes-behind.js';
import { mayHideObjects } from '../values/values.js';
import type { Cell } from './things.js';
import type { Reader } from './uses.js';

/**
 * What is filled through an expression: what it holds and, where it is an attribute of something of which nothing is
 * known (`run.metrics["loss"] = loss` in a callback), what attributes of that name hold, whoever has them.
 * @param base what the expression holds.
 */
export function filledThrough(expression: Expression, base: Cell, module: Module, { world }: Reader): Cell {
  const names = new Set(
    attributesBehind(expression, module)
      .filter(({ object }) => mayHideObjects(world.inference.valuesOf(object, module)))
      .map(({ name }) => name),
  );
  if (names.size === 0) return base;
  const cell = world.newCell();
  world.flow.edge(base, cell);
  for (const name of names) world.flow.edge(world.attributesOfAnybody(name), cell);
  return cell;
}

import type { Analysis } from '../../source/analysis.js';
import type { Module } from '../../source/program.js';
import type { Argument, Expression } from '../../source/syntax/tree.js';
import type { AnyFunction } from '../../source/values/module-index.js';
import type { FunctionValue } from '../../source/values/values.js';
import type { Changes } from './changes.js';
import type { Origin, Origins } from './origins.js';
import type { Path } from './paths.js';

/** A call that is being followed into the function, so that its parameters are what this very call gives. */
export interface Frame {
  fn: AnyFunction;
  args: readonly Argument[];
  /** The first argument is for the second parameter. */
  bound: boolean;
  caller: Where;
  /** The test of a demo mode that the call stands under. */
  flag?: string;
}

/** Where an expression is looked at. */
export interface Where {
  module: Module;
  frame?: Frame;
  /** What a parameter without a followed call may be is not asked: whoever makes an object with a value measured it. */
  closed?: true;
}

/** What the parts of the trace ask of each other. */
export interface Trace {
  readonly inference: Analysis['inference'];
  readonly changes: Changes;
  /** What the value of an expression is made of, or the part of it at a path. */
  at(expression: Expression, where: Where, path: Path): Origins;
  /** The same numbers after a function that is not linear. */
  curved(origins: Origins, node: Expression, where: Where): Origins;
  /** Numbers that are made right here. */
  made(kind: 'grid' | 'series' | 'curve' | 'random', node: Expression, where: Where): Origin;
  /** What a function gives to a call. */
  ofFunction(fn: FunctionValue, frame: Omit<Frame, 'fn'>, path: Path): Origins;
  /** What a name of a module holds once it is imported. */
  ofModuleName(module: Module, name: string, path: Path): Origins;
  ofAttribute(object: Expression, name: string, where: Where, path: Path): Origins;
  ofSession(name: string, path: Path): Origins;
}

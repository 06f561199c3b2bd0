import type { Module, Program } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import type { ClassChanges } from './class-changes.js';
import type { Members } from './members.js';
import type { Callers } from './parameters.js';
import type { Replacements } from './replacements.js';
import type { Uses } from './uses.js';
import type { ClassValue, ContainerValue, FunctionValue, Value, Values } from './values.js';

/** What the parts of the inference ask of each other. */
export interface Infer {
  readonly program: Program;
  readonly uses: Uses;
  /** How often a question was not followed any further, as it was being asked already: what was found meanwhile may lack something. */
  readonly cuts: number;
  /** To be called where that is done. */
  cut(): void;
  /** What an expression of a module may be. */
  valuesOf(expression: Expression, module: Module): Values;
  /** What an annotation says; open where it says nothing of use. */
  annotated(annotation: Expression, module: Module): Values;
  /** What an attribute of a value may be; undefined when the value has none of that name. */
  attributeOf(value: Value, name: string): Values | undefined;
  /** What calling a value may give. */
  resultOf(value: Value): Values;
  /** What iterating over a value gives. */
  elementsOf(value: Value): Values;
  /** What a name of a module's namespace may be; undefined when it has none. */
  moduleName(module: Module, name: string): Values | undefined;
  /** What a function is called with for one of its parameters. */
  parameterOf(fn: FunctionValue, name: string): Values;
  /** Who calls a function. */
  callersOf(fn: FunctionValue): Callers;
  /** What is put into a container after it was made. */
  grown(container: ContainerValue): Values;
  /** What somebody stores under an attribute of a module, or of objects of a class, from outside. */
  readonly replacements: Replacements;
  /** What objects of a class may become that somebody gives another class: `model.__class__ = Other`. */
  readonly classChanges: ClassChanges;
  readonly hierarchy: Hierarchy;
  /** What classes provide under a name. */
  readonly members: Members;
}

export interface Bases {
  own: readonly ClassValue[];
  /** Dotted names. */
  outside: readonly string[];
  /** Some base cannot be told. */
  open: boolean;
}

export interface Hierarchy {
  /** Everybody's bases are known; before that, subclasses are missing. */
  readonly isComplete: boolean;
  /** Classes that functions make of a base that they are given, or find: each may be a subclass of any class. */
  readonly ofAnyBase: readonly ClassValue[];
  bases(of: ClassValue): Bases;
  /** The class itself first, then its bases in the order in which attributes are looked for. */
  ancestors(of: ClassValue): readonly ClassValue[];
  /** All subclasses in the repository, direct or not, without the class itself. */
  descendants(of: ClassValue): readonly ClassValue[];
  /** The class is that one, or inherits from it. */
  isA(of: ClassValue, above: ClassValue): boolean;
  /** Two classes can have an object in common. */
  areRelated(one: ClassValue, other: ClassValue): boolean;
  /** Of the class and its ancestors. */
  outsideBases(of: ClassValue): readonly string[];
  isOpen(of: ClassValue): boolean;
}

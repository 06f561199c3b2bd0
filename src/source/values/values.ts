import type { Module } from '../program.js';
import type { ClassDef, Comprehension, Dict, Expression, FunctionDef, Lambda, Sequence } from '../syntax/tree.js';

/** A class of the repository. */
export interface ClassValue {
  kind: 'class';
  module: Module;
  node: ClassDef;
  /** It may be a subclass: the `cls` of a classmethod, `type[Model]`. */
  orSubclass?: true;
}

/** An object of a class of the repository. */
export interface InstanceValue {
  kind: 'instance';
  of: ClassValue;
  /** Made by calling that very class; otherwise it may be of a subclass. */
  exact: boolean;
  /** Of an enum: which member it is, and the value behind it. */
  member?: { name: string; value: Values };
}

/** A function of the repository. */
export interface FunctionValue {
  kind: 'function';
  module: Module;
  node: FunctionDef | Lambda;
  /** The class whose body it stands in. */
  owner?: ClassValue;
  /** What its first parameter is bound to: the object or class it was taken from. */
  self?: InstanceValue | ClassValue;
}

export interface ModuleValue {
  kind: 'module';
  module: Module;
}

/** Something that an import from outside the repository, or Python itself, provides. */
export interface OutsideValue {
  kind: 'outside';
  /** Dotted: `torch.nn.Module`, `builtins.list`. */
  name: string;
}

/** What calling something from outside gives. */
export interface OutsideInstance {
  kind: 'outside-instance';
  of: string;
  /** What iterating over it gives, where an annotation says so. */
  elements?: Values;
  /** Of a mapping. */
  values?: Values;
}

export interface ConstantValue {
  kind: 'constant';
  value: string | number | boolean | null;
}

/** What a display or comprehension makes, each place in the text another one. */
export interface ContainerValue {
  kind: 'container';
  type: 'list' | 'tuple' | 'set' | 'dict' | 'generator';
  module: Module;
  node: Sequence | Dict | Comprehension;
}

const containerTypes = {
  List: 'list',
  Tuple: 'tuple',
  Set: 'set',
  Dict: 'dict',
  ListComp: 'list',
  SetComp: 'set',
  DictComp: 'dict',
  GeneratorExp: 'generator',
} as const;

/** What a display or comprehension makes; undefined for any other expression. */
export function containerOf(node: Expression, module: Module): ContainerValue | undefined {
  switch (node.kind) {
    case 'List':
    case 'Tuple':
    case 'Set':
    case 'Dict':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return { kind: 'container', type: containerTypes[node.kind], module, node };
    default:
      return undefined;
  }
}

/**
 * Values of which something may be an object of the repository that nothing tells: they are open, or what a function
 * from outside gives, which may be what it was given (`random.choice(trainers)`, `getattr(self, name)`, `torch.load(path)`).
 */
export function mayHideObjects({ known, open }: Values): boolean {
  return open || known.some((value) => value.kind === 'outside-instance' && isGivenByFunction(value));
}

/** Classes begin with a capital, but for those of Python itself. */
function isGivenByFunction({ of, elements }: OutsideInstance): boolean {
  return elements === undefined && /(?:^|\.)[a-z_]\w*$/.test(of) && !ownTypes.test(of);
}

const ownTypes =
  /^builtins\.(?:str|bytes|bytearray|int|float|complex|bool|list|tuple|dict|set|frozenset|range|type|object|property)$/;

export type Value =
  | ClassValue
  | InstanceValue
  | FunctionValue
  | ModuleValue
  | OutsideValue
  | OutsideInstance
  | ConstantValue
  | ContainerValue;

/**
 * What an expression may be. `open`: it may be something else as well, of which nothing is known. With nothing known
 * and not open, it is never evaluated, as far as the repository shows.
 */
export interface Values {
  known: readonly Value[];
  open: boolean;
}

export const anything: Values = { known: [], open: true };
export const nothing: Values = { known: [], open: false };

/** More possibilities than this are no knowledge. */
const mostKnown = 24;

export function only(...known: readonly Value[]): Values {
  return { known, open: false };
}

export function union(all: readonly Values[]): Values {
  // Most often there is nothing to unite, and the keys are what costs.
  const open = all.some((values) => values.open);
  const telling = all.filter((values) => values.known.length > 0);
  const [first] = telling;
  if (first === undefined) return open ? anything : nothing;
  if (telling.length === 1) return first.open === open ? first : { known: first.known, open };
  const known = new Map<string, Value>();
  for (const values of telling) for (const value of values.known) known.set(keyOf(value), value);
  return known.size > mostKnown ? anything : { known: [...known.values()], open };
}

/** What asking each possibility gives, all together; open where the possibilities are. */
export function eachOf(values: Values, ask: (value: Value) => Values): Values {
  const given = values.known.map(ask);
  return union(values.open ? [anything, ...given] : given);
}

export function isNothing({ known, open }: Values): boolean {
  return !open && known.length === 0;
}

/** Nothing but `None` is known of it, and it may be something else. */
export function isUnknown({ known, open }: Values): boolean {
  return open && known.every((value) => value.kind === 'constant' && value.value === null);
}

/** The same text for the same value. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'class':
      return `class ${value.module.path} ${value.node.at}${value.orSubclass ? ' or a subclass' : ''}`;
    case 'container':
      return `container ${value.module.path} ${value.node.at}`;
    case 'instance':
      return `${value.exact ? 'exactly' : 'instance'} ${keyOf(value.of)} ${value.member?.name ?? ''}`;
    case 'function':
      return `function ${value.module.path} ${value.node.at}${value.self === undefined ? '' : ` of ${keyOf(value.self)}`}`;
    case 'module':
      return `module ${value.module.path}`;
    case 'outside':
      return `outside ${value.name}`;
    case 'outside-instance':
      return `object of ${value.of}${keysIn(value.elements)}${keysIn(value.values)}`;
    case 'constant':
      return `constant ${JSON.stringify(value.value)}`;
    default:
      return value satisfies never;
  }
}

function keysIn(values: Values | undefined): string {
  return values === undefined ? '' : ` [${values.known.map(keyOf).join(', ')}${values.open ? ', …' : ''}]`;
}

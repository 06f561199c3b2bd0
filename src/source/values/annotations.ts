import type { Module } from '../program.js';
import type { Expression } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import { classInfoOf } from './class-info.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import { isFactory } from './results.js';
import { anything, eachOf, nothing, only, union, type ClassValue, type Value, type Values } from './values.js';

/** Wrappers that say nothing of the type itself. */
const transparent = /(?:^|\.)(?:Optional|Annotated|Final|ClassVar|Required|NotRequired|ReadOnly|InitVar|Awaitable)$/;
const unions = /(?:^|\.)Union$/;
const classes = /(?:^|\.)[Tt]ype$/;
const mappings = /(?:^|\.)(?:[Dd]ict|Mapping|MutableMapping|[Dd]efault[Dd]ict|OrderedDict)$/;
const iterables =
  /(?:^|\.)(?:[Ll]ist|[Tt]uple|[Ss]et|[Ff]rozen[Ss]et|[Dd]eque|Sequence|MutableSequence|Collection|Iterable|Iterator|Generator|AsyncIterator|AsyncGenerator|KeysView|ValuesView)$/;

/** What a value of an annotated place may be. `None` is left out: nothing is ever asked of it. */
export function annotationValues(annotation: Expression, module: Module, infer: Infer): Values {
  switch (annotation.kind) {
    case 'Constant':
      return annotation.type === 'None' ? nothing : anything;
    case 'BinOp':
      return annotation.op === '|'
        ? union([annotationValues(annotation.left, module, infer), annotationValues(annotation.right, module, infer)])
        : anything;
    case 'Name':
    case 'Attribute':
      return ofType(infer.valuesOf(annotation, module), infer);
    case 'Subscript':
      return generic(annotation.object, parametersIn(annotation.index), module, infer);
    default:
      return anything;
  }
}

function parametersIn(index: Expression): readonly Expression[] {
  return index.kind === 'Tuple' ? index.elements : [index];
}

function generic(object: Expression, parameters: readonly Expression[], module: Module, infer: Infer): Values {
  const base = infer.valuesOf(object, module);
  const [type] = base.known;
  if (base.open || base.known.length !== 1 || type === undefined) return anything;
  if (type.kind !== 'outside') return ofType(base, infer);
  const [first, second] = parameters;
  const inside = (each: Expression | undefined) =>
    each === undefined ? anything : annotationValues(each, module, infer);
  if (transparent.test(type.name)) return inside(first);
  if (unions.test(type.name)) return union(parameters.map(inside));
  if (classes.test(type.name)) {
    const { known, open } = inside(first);
    return {
      known: known.flatMap((value) => (value.kind === 'instance' ? { ...value.of, orSubclass: true } : [])),
      open,
    };
  }
  if (mappings.test(type.name))
    return only({ kind: 'outside-instance', of: type.name, elements: inside(first), values: inside(second) });
  if (iterables.test(type.name))
    return only({ kind: 'outside-instance', of: type.name, elements: elementsIn(type.name, parameters, inside) });
  return ofType(base, infer);
}

/** `tuple[A, B]` has either, `tuple[A, ...]` and `Generator[A, None, None]` have the first. */
function elementsIn(
  name: string,
  parameters: readonly Expression[],
  inside: (each: Expression | undefined) => Values,
): Values {
  const isTuple =
    /tuple$/i.test(name) && !parameters.some((each) => each.kind === 'Constant' && each.type === 'Ellipsis');
  return isTuple ? union(parameters.map(inside)) : inside(parameters[0]);
}

/** An object of each type that an expression may be. */
function ofType(types: Values, infer: Infer): Values {
  return eachOf(types, (type) => objectOf(type, infer));
}

function objectOf(type: Value, infer: Infer): Values {
  if (type.kind === 'class') {
    // Whatever has the methods of a protocol follows it.
    if (isProtocol(type, infer) || isFactory(type, infer)) return anything;
    return only(...[type, ...replacing(type, infer)].map((of) => ({ kind: 'instance', of, exact: false }) as const));
  }
  if (type.kind !== 'outside' || /(?:^|\.)(?:Any|Self|object|TypeVar|NewType)$/.test(type.name)) return anything;
  return only({ kind: 'outside-instance', of: type.name });
}

/** What subclasses have in the place of a class that stands inside of another: `class Params` in a scheduler and its heirs. */
function replacing({ module, node }: ClassValue, infer: Infer): readonly ClassValue[] {
  const owner = indexOf(module).classes.get(node)?.class;
  if (owner === undefined) return [];
  return infer.hierarchy
    .descendants({ kind: 'class', module, node: owner })
    .flatMap((heir) =>
      (classInfoOf(heir.node, heir.module).body.get(node.name) ?? []).flatMap((member) =>
        member.kind === 'class' ? [{ kind: 'class', module: heir.module, node: member.node } as const] : [],
      ),
    );
}

export function isProtocol(type: ClassValue, infer: Infer): boolean {
  return infer.hierarchy
    .ancestors(type)
    .some(({ node }) =>
      node.args.some(({ value }) =>
        /(?:^|\.)Protocol$/.test(dottedName(value.kind === 'Subscript' ? value.object : value) ?? ''),
      ),
    );
}

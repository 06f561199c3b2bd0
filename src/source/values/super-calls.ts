import type { Module } from '../program.js';
import type { ClassDef, Expression } from '../syntax/tree.js';
import type { Infer } from './infer.js';
import { indexOf } from './module-index.js';
import type { CallUse } from './uses.js';
import type { ClassValue } from './values.js';

/** Of each class; undefined where some base cannot be told. */
const behindAll = new WeakMap<Infer, Map<ClassDef, ReadonlyMap<ClassDef, ClassValue> | undefined>>();

/**
 * The classes of the repository that `super()` or `super(Net, self)` may come to, whatever class the object is of.
 * Undefined for other expressions, where some base cannot be told, and as long as it is being found out who inherits from
 * whom.
 */
export function classesBehindSuper(
  expression: Expression,
  module: Module,
  infer: Infer,
): ReadonlyMap<ClassDef, ClassValue> | undefined {
  const of = infer.hierarchy.isComplete ? classAround(expression, module, infer) : undefined;
  if (of === undefined) return undefined;
  const known = behindAll.get(infer) ?? new Map<ClassDef, ReadonlyMap<ClassDef, ClassValue> | undefined>();
  behindAll.set(infer, known);
  if (known.has(of.node)) return known.get(of.node);
  const found = look(of, infer);
  known.set(of.node, found);
  return found;
}

function look(of: ClassValue, { hierarchy }: Infer): ReadonlyMap<ClassDef, ClassValue> | undefined {
  const found = new Map<ClassDef, ClassValue>();
  for (const heir of [of, ...hierarchy.descendants(of)]) {
    for (const each of hierarchy.ancestors(heir)) {
      if (hierarchy.bases(each).open) return undefined;
      // A class comes before its bases, so that `super()` never comes back to it or to its heirs.
      if (!hierarchy.isA(each, of)) found.set(each.node, each);
    }
  }
  return found;
}

/** The class after which `super` looks; undefined for other expressions, and where that cannot be told. */
export function classAround(expression: Expression, module: Module, infer: Infer): ClassValue | undefined {
  if (expression.kind !== 'Call' || expression.callee.kind !== 'Name' || expression.callee.id !== 'super')
    return undefined;
  const [named] = expression.args;
  if (named === undefined) {
    const node = indexOf(module).calls.get(expression)?.class;
    return node === undefined ? undefined : { kind: 'class', module, node };
  }
  const { known, open } = infer.valuesOf(named.value, module);
  const [only, ...others] = known;
  return open || others.length > 0 || only?.kind !== 'class' || only.orSubclass ? undefined : only;
}

/** Below this it is as quick to look at each. */
const few = 64;

interface Indexed {
  /** What `super()` comes to, by class. */
  bySuper: ReadonlyMap<ClassDef, readonly CallUse[]>;
  /** All others. */
  rest: readonly CallUse[];
}

const indexedUses = new WeakMap<readonly CallUse[], Indexed>();

/**
 * Of the calls of a name those that may be of a class's method: all but those of a `super()` that never comes to it. In
 * thousands of classes, each with `super().__init__()`, there is no asking each call for each class.
 */
export function usesThatMayReach(owner: ClassValue, uses: readonly CallUse[], infer: Infer): readonly CallUse[] {
  if (uses.length < few || !infer.hierarchy.isComplete) return uses;
  const known = indexedUses.get(uses) ?? indexed(uses, infer);
  indexedUses.set(uses, known);
  return [...(known.bySuper.get(owner.node) ?? []), ...known.rest];
}

function indexed(uses: readonly CallUse[], infer: Infer): Indexed {
  const bySuper = new Map<ClassDef, CallUse[]>();
  const rest: CallUse[] = [];
  for (const use of uses) {
    const { callee } = use.call;
    const targets = callee.kind === 'Attribute' ? targetsOf(callee.object, use.module, infer) : undefined;
    if (targets === undefined) rest.push(use);
    for (const target of targets ?? []) {
      const others = bySuper.get(target);
      if (others === undefined) bySuper.set(target, [use]);
      else others.push(use);
    }
  }
  return { bySuper, rest };
}

function targetsOf(object: Expression, module: Module, infer: Infer): Iterable<ClassDef> | undefined {
  const behind = classesBehindSuper(object, module, infer);
  if (behind === undefined) return undefined;
  const { known } = infer.valuesOf(object, module);
  if (known.length === 0) return behind.keys();
  const [only, ...others] = known;
  if (only?.kind !== 'instance' || !only.exact || others.length > 0) return undefined;
  return infer.hierarchy.ancestors(only.of).map(({ node }) => node);
}

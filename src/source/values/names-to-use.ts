import type { Expression } from '../syntax/tree.js';
import { classInfoOf, type Member } from './class-info.js';
import type { Infer } from './infer.js';
import { namesOfModule } from './names.js';
import { isProperty } from './results.js';
import type { ClassValue, InstanceValue, ModuleValue, Value, Values } from './values.js';

/** How a name is asked for that is not there. */
interface Asked {
  name: string;
  isCall: boolean;
  object: Expression;
}

/**
 * The names of an object, class or module that may be meant by one it does not have: in a call nothing that cannot be
 * called, and from outside of the object nothing that is its own.
 */
export function namesToUse(
  owner: InstanceValue | ClassValue | ModuleValue,
  { name, isCall, object }: Asked,
  infer: Infer,
): readonly string[] {
  const isOwn = object.kind === 'Name' && /^(?:self|cls)$/.test(object.id);
  const isFitting = (each: string): boolean => isOwn || name.startsWith('_') || !each.startsWith('_');
  if (owner.kind === 'module') {
    return namesOfModule(owner.module).filter(
      (each) => isFitting(each) && (!isCall || mayBeCalled(infer.moduleName(owner.module, each), infer)),
    );
  }
  return infer.hierarchy.ancestors(owner.kind === 'class' ? owner : owner.of).flatMap((of) => {
    const { body, instance } = classInfoOf(of.node, of.module);
    return [...body, ...instance].flatMap(([each, members]) =>
      isFitting(each) && (!isCall || members.some((member) => isCallable(member, of, infer))) ? [each] : [],
    );
  });
}

function isCallable(member: Member, { module }: ClassValue, infer: Infer): boolean {
  if (member.kind === 'function') return !isProperty(member.node);
  if (member.kind !== 'value') return member.kind === 'class';
  return member.value !== undefined && mayBeCalled(infer.valuesOf(member.value, module), infer);
}

/** Something is known that can be called, a layer of a model included. */
function mayBeCalled(values: Values | undefined, infer: Infer): boolean {
  return values?.known.some((value) => isOneToCall(value, infer)) ?? false;
}

function isOneToCall(value: Value, infer: Infer): boolean {
  if (value.kind === 'outside-instance') return value.of.startsWith('torch.nn.');
  if (value.kind !== 'instance') return /^(?:function|class|outside)$/.test(value.kind);
  return ['__call__', 'forward'].some((name) => infer.attributeOf(value, name) !== undefined);
}

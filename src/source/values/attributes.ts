import type { Expression } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import { isStatic, type Member } from './class-info.js';
import type { Infer } from './infer.js';
import { isProperty, returned } from './results.js';
import {
  anything,
  eachOf,
  isNothing,
  only,
  union,
  type ClassValue,
  type InstanceValue,
  type Value,
  type Values,
} from './values.js';

/** What an attribute of a value may be. Undefined when a class or module of the repository does not show that name. */
export function attributeOf(value: Value, name: string, infer: Infer): Values | undefined {
  switch (value.kind) {
    case 'instance':
      return memberOf(value.of, name, value, infer);
    case 'class':
      return memberOf(value, name, value, infer) ?? (isOfMetaclass(value, name, infer) ? anything : undefined);
    case 'module': {
      const found = infer.moduleName(value.module, name);
      if (found !== undefined) return found;
      const inside = infer.program.submodule({ kind: 'module', module: value.module }, name);
      if (inside?.kind === 'module') return only(inside);
      return inside !== undefined || infer.program.hasUnseen(value.module, name) ? anything : undefined;
    }
    case 'outside':
      return only({ kind: 'outside', name: `${value.name}.${name}` });
    case 'function':
    case 'outside-instance':
    case 'constant':
    case 'container':
      return anything;
    default:
      return value satisfies never;
  }
}

const ofTypes = /^(?:mro|__name__)$/;
const ofAbstractTypes = /^(?:register|_dump_registry|_abc_\w+)$/;
/** Inheriting from them makes a class one of `ABCMeta`. */
const abstractBases = /(?:^|\.)(?:ABC|ABCMeta|Protocol)$|^collections\.abc\.|^numbers\.|^io\./;

/** What a class has of its metaclass, and its objects have not. */
export function isOfMetaclass(of: ClassValue, name: string, infer: Infer): boolean {
  if (ofTypes.test(name)) return true;
  return (
    ofAbstractTypes.test(name) &&
    infer.hierarchy.ancestors(of).some(({ node, module }) =>
      node.args.some(({ name: keyword, value }) => {
        if (keyword !== undefined && keyword !== 'metaclass') return false;
        const base = value.kind === 'Subscript' ? value.object : value;
        return infer
          .valuesOf(base, module)
          .known.some((each) => each.kind === 'outside' && abstractBases.test(each.name));
      }),
    )
  );
}

function memberOf(of: ClassValue, name: string, self: InstanceValue | ClassValue, infer: Infer): Values | undefined {
  if (self.kind === 'instance' && self.member !== undefined) {
    if (/^_?value_?$/.test(name)) return self.member.value;
    if (/^_?name_?$/.test(name)) return only({ kind: 'constant', value: self.member.name });
  }
  const members = infer.members.of(of, name);
  const replaced = infer.replacements.ofObjects(of, name);
  if (members.length > 0 || !isNothing(replaced)) {
    const isExact = self.kind === 'instance' ? self.exact : self.orSubclass !== true;
    const all = isExact ? members : [...members, ...infer.members.ofDescendants(of, name)];
    return union([...all.map(({ member, owner }) => valuesOfMember(member, owner, self, name, infer)), replaced]);
  }
  return infer.hierarchy.isOpen(of) || infer.hierarchy.outsideBases(of).length > 0 ? anything : undefined;
}

export function isTorchModule(of: ClassValue, infer: Infer): boolean {
  return infer.hierarchy
    .outsideBases(of)
    .some((base) => /(?:^|\.)nn(?:\.modules\.module)?\.Module$|LightningModule$/.test(base));
}

function valuesOfMember(
  member: Member,
  owner: ClassValue,
  self: InstanceValue | ClassValue,
  name: string,
  infer: Infer,
): Values {
  switch (member.kind) {
    case 'function': {
      const fn = { kind: 'function', module: owner.module, node: member.node, owner } as const;
      if (isProperty(member.node)) return self.kind === 'class' ? anything : returned({ ...fn, self }, infer);
      return only(isStatic(member.node) ? fn : { ...fn, self });
    }
    case 'class':
      return only({ kind: 'class', module: owner.module, node: member.node });
    case 'value': {
      if (isEnum(owner, infer)) return enumMember(member, owner, self, name, infer);
      const said = member.annotation === undefined ? anything : infer.annotated(member.annotation, owner.module);
      const given =
        member.value === undefined || isField(member.value) ? anything : infer.valuesOf(member.value, owner.module);
      const held =
        said.open && member.value !== undefined ? given : union([said, { known: given.known, open: said.open }]);
      return eachOf(held, (each) => (isDescriptor(each, infer) ? anything : only(each)));
    }
    case 'something':
      return anything;
    default:
      return member satisfies never;
  }
}

/** Reading it gives what its `__get__` gives. */
function isDescriptor(value: Value, infer: Infer): boolean {
  if (value.kind !== 'instance') return false;
  if (infer.members.of(value.of, '__get__').length > 0) return true;
  return infer.hierarchy.outsideBases(value.of).some((base) => /(?:^|\.)(?:\w*_)?property$/.test(base));
}

/** `field(default_factory=list)` of a dataclass says less than its annotation. */
function isField(value: Expression): boolean {
  return value.kind === 'Call' && /(?:^|\.)(?:field|Field|attrib|ib)$/.test(dottedName(value.callee) ?? '');
}

export function isEnum(of: ClassValue, infer: Infer): boolean {
  return infer.hierarchy.outsideBases(of).some((base) => /(?:^|\.)(?:\w*Enum|\w*Flag)$/.test(base));
}

function enumMember(
  member: Extract<Member, { kind: 'value' }>,
  owner: ClassValue,
  self: InstanceValue | ClassValue,
  name: string,
  infer: Infer,
): Values {
  if (self.kind === 'instance' || member.value === undefined) return anything;
  const value = infer.valuesOf(member.value, owner.module);
  return only({ kind: 'instance', of: owner, exact: true, member: { name, value } });
}

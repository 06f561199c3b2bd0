import { resembling } from '../../util/alike.js';
import { isCython } from '../syntax/cython.js';
import { moduleName } from '../modules/module-tree.js';
import { namesOf } from '../names/names.js';
import type { Module } from '../program.js';
import { positionOf, type Attribute, type Call, type Expression } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import { isProtocol } from './annotations.js';
import { isOfMetaclass } from './attributes.js';
import { classInfoOf } from './class-info.js';
import { isMadeByOtherName } from './classes-made.js';
import { fallbacksIn } from './fallbacks.js';
import { conditionsOf } from './guards.js';
import type { Inference } from './inference.js';
import { indexOf, type Place } from './module-index.js';
import type { OutsideClasses } from './outside-classes.js';
import { namesToUse } from './names-to-use.js';
import { classAround } from './super-calls.js';
import { isSwallowed } from './swallowed.js';
import { isNothing, keyOf, type ClassValue, type InstanceValue, type ModuleValue, type Values } from './values.js';

/** An attribute that is asked of an object whose class does not have it. */
export interface MissingAttribute {
  file: string;
  line: number;
  column: number;
  /** As it is written: `self.model`. */
  receiver: string;
  /** Every class that the receiver may be an object of, class or module that it may be; each lacks the name. */
  owners: readonly { kind: 'instance' | 'class' | 'module'; name: string; file: string; line: number }[];
  name: string;
  /** Called on the spot. */
  isCall: boolean;
  /** What hides its absence: `hasattr`, `getattr` with a default, a `try` that swallows. Absent when it raises. */
  guard?: 'hasattr' | 'getattr' | 'try';
  /** Classes from outside that the owners inherit from and of which it is not known whether they have the name. */
  outsideBases: readonly string[];
  /** A name that the owners do have. */
  nearest?: string;
}

export interface AttributesSeen {
  missing: readonly MissingAttribute[];
  /** Attributes that were asked of something whose class is known, and of something of which it is not. */
  resolved: number;
  unresolved: number;
}

type Owner = InstanceValue | ClassValue | ModuleValue;

/** Names that every object, class or module has. */
const ofEverything = /^__\w+__$/;

/**
 * All attributes of the given files that nobody provides. Certain or silent, but for bases from outside of which nothing
 * is known.
 * @param known what classes from outside provide.
 */
export function missingAttributes(
  inference: Inference,
  files: Iterable<string>,
  known: OutsideClasses,
): AttributesSeen {
  const missing: MissingAttribute[] = [];
  let resolved = 0;
  let unresolved = 0;
  for (const path of files) {
    const module = inference.program.module(path);
    if (module === undefined || module.syntax.hasSyntaxErrors || isCython(module)) continue;
    const index = indexOf(module);
    const asker = new Asker(inference, known, module);
    const unevaluated = new Set<Expression>(namesOf(module.syntax).all.flatMap(({ hints }) => hints));
    for (const [node, place] of index.places) {
      if (node.kind !== 'Attribute' || index.stored.has(node) || unevaluated.has(rootOf(node))) continue;
      const isCall = index.callees.has(node);
      const found = asker.asked(node.object, node.name, node.nameAt, isCall);
      if (found === 'unknown') unresolved += 1;
      else resolved += 1;
      if (typeof found !== 'object' || isTested(node, place) || fallbacksIn(module).has(node)) continue;
      const guard = isSwallowed(place) ? ({ guard: 'try' } as const) : {};
      missing.push({ ...found, isCall, ...guard });
    }
    for (const [call, place] of index.calls) {
      const asked = byName(call);
      if (asked === undefined) continue;
      const found = asker.asked(asked.object, asked.name, call.at, false);
      if (typeof found !== 'object') continue;
      const guard = asked.guard ?? (isSwallowed(place) ? 'try' : undefined);
      missing.push({ ...found, isCall: false, ...(guard === undefined ? {} : { guard }) });
    }
  }
  return { missing, resolved, unresolved };
}

class Asker {
  private readonly inference: Inference;
  private readonly known: OutsideClasses;
  private readonly module: Module;

  constructor(inference: Inference, known: OutsideClasses, module: Module) {
    this.inference = inference;
    this.known = known;
    this.module = module;
  }

  /** 'there' when some possibility has the name, 'unknown' when nothing can be said. */
  asked(
    object: Expression,
    name: string,
    at: number,
    isCall: boolean,
  ): Omit<MissingAttribute, 'isCall'> | 'there' | 'unknown' {
    const values = this.inference.valuesOf(object, this.module);
    const owners = ownersIn(values);
    if (owners === undefined || owners.some((owner) => this.isProtocol(owner))) return 'unknown';
    if (ofEverything.test(name)) return 'there';
    if (owners.some((owner) => this.mayHave(owner, name))) return 'there';
    const outsideBases = [...new Set(owners.flatMap((owner) => this.outsideBases(owner)))];
    if (outsideBases.some((base) => this.known.get(base)?.has(name))) return 'there';
    if (owners.some((owner) => this.isMixedIn(owner, name))) return 'unknown';
    const asSelf = isSelf(object, owners) ? owners : this.aroundSuper(object);
    if (!asSelf.every((owner) => this.isMade(owner))) return 'unknown';
    const { line, column } = positionOf(this.module.syntax, at);
    const near = resembling(
      name,
      owners.flatMap((owner) => namesToUse(owner, { name, isCall, object }, this.inference)),
    );
    return {
      file: this.module.path,
      line,
      column,
      receiver: describe(object),
      owners: distinct(owners.map(placeOf)),
      name,
      outsideBases: outsideBases.filter((base) => !this.known.has(base)),
      ...(near === undefined ? {} : { nearest: near }),
    };
  }

  /** Whatever has the methods of a protocol follows it, and has others besides. */
  private isProtocol(owner: Owner): boolean {
    return owner.kind !== 'module' && isProtocol(owner.kind === 'class' ? owner : owner.of, this.inference);
  }

  private mayHave(owner: Owner, name: string): boolean {
    if (owner.kind === 'module') return this.inference.attributeOf(owner, name) !== undefined;
    if (owner.kind === 'class' && isOfMetaclass(owner, name, this.inference)) return true;
    const isThere = this.possible(owner).some(
      (each) => this.provides(each, name) || !isNothing(this.inference.replacements.ofObjects(each, name)),
    );
    const { ofAnyBase } = this.inference.hierarchy;
    return isThere || (!isExact(owner) && ofAnyBase.some((each) => this.showsItself(each, name)));
  }

  /** The classes of which it may be an object, or which it may be. */
  private possible(owner: InstanceValue | ClassValue): readonly ClassValue[] {
    const of = owner.kind === 'class' ? owner : owner.of;
    return isExact(owner) ? [of] : [of, ...this.inference.hierarchy.descendants(of)];
  }

  private provides(of: ClassValue, name: string): boolean {
    const { hierarchy } = this.inference;
    return hierarchy.isOpen(of) || this.showsItself(of, name);
  }

  /** The text of the class, or of one that it inherits from, has the name. */
  private showsItself(of: ClassValue, name: string): boolean {
    return this.inference.hierarchy.ancestors(of).some((each) => {
      const { body, instance } = classInfoOf(each.node, each.module);
      return body.has(name) || instance.has(name);
    });
  }

  /** Somewhere in the repository an object of the class or of a subclass is made; of others `self` may be anybody's. */
  private isMade(owner: Owner): boolean {
    if (owner.kind === 'module') return true;
    const { uses, hierarchy } = this.inference;
    const of = owner.kind === 'class' ? owner : owner.of;
    return [of, ...hierarchy.descendants(of)].some(
      (each) =>
        [each.node.name, ...(uses.aliases.get(each.node.name) ?? [])].some((name) =>
          (uses.calls.get(name) ?? []).some(({ call, module }) =>
            this.inference.valuesOf(call.callee, module).known.some((value) => keyOf(value) === keyOf(each)),
          ),
        ) || isMadeByOtherName(each, this.inference),
    );
  }

  private outsideBases(owner: Owner): readonly string[] {
    return owner.kind === 'module'
      ? []
      : this.inference.hierarchy.outsideBases(owner.kind === 'class' ? owner : owner.of);
  }

  /** A subclass may have the name by another base, from outside: `class Linear(nn.Module, Layer)`. */
  private isMixedIn(owner: Owner, name: string): boolean {
    if (owner.kind === 'module') return false;
    const bases = this.possible(owner).flatMap((each) => this.inference.hierarchy.outsideBases(each));
    const own = this.outsideBases(owner);
    return bases.some((base) => !own.includes(base) && this.known.get(base)?.has(name) !== false);
  }

  /** The class in whose code `super()` stands: what comes next is up to the classes that it is mixed into. */
  private aroundSuper(object: Expression): readonly ClassValue[] {
    const of = classAround(object, this.module, this.inference);
    return of === undefined ? [] : [of];
  }
}

/** `a` of `a.b.c` */
function rootOf(expression: Expression): Expression {
  return expression.kind === 'Attribute' ? rootOf(expression.object) : expression;
}

/** Of that very class, or it: no subclass. */
function isExact(owner: InstanceValue | ClassValue): boolean {
  return owner.kind === 'instance' ? owner.exact : owner.orSubclass !== true;
}

/** Undefined unless every possibility is an object, class or module of the repository. `None` does not count: it is tested for. */
function ownersIn({ known, open }: Values): readonly Owner[] | undefined {
  const some = known.filter((value) => value.kind !== 'constant' || value.value !== null);
  const owners = some.filter((value) => value.kind === 'instance' || value.kind === 'class' || value.kind === 'module');
  return open || owners.length === 0 || owners.length < some.length ? undefined : owners;
}

/** A parameter such as `self`, whose object may be of any subclass. */
function isSelf(object: Expression, owners: readonly Owner[]): boolean {
  if (object.kind !== 'Name') return false;
  return object.id === 'cls' || owners.every((owner) => owner.kind === 'instance' && !owner.exact);
}

function placeOf(owner: Owner): MissingAttribute['owners'][number] {
  if (owner.kind === 'module') {
    const { path } = owner.module;
    return { kind: 'module', name: moduleName(path, '.') ?? path, file: path, line: 1 };
  }
  const { node, module } = owner.kind === 'class' ? owner : owner.of;
  const kind = owner.kind === 'class' ? 'class' : 'instance';
  return { kind, name: node.name, file: module.path, line: positionOf(module.syntax, node.at).line };
}

function distinct(places: MissingAttribute['owners']): MissingAttribute['owners'] {
  return places.filter(
    (place, index) => places.findIndex(({ file, line }) => file === place.file && line === place.line) === index,
  );
}

function describe(object: Expression): string {
  if (object.kind === 'Name') return object.id;
  if (object.kind === 'Call') return `${describe(object.callee)}(…)`;
  if (object.kind === 'Subscript') return `${describe(object.object)}[…]`;
  return object.kind === 'Attribute' ? `${describe(object.object)}.${object.name}` : '…';
}

/** `hasattr(x, "name")`, `getattr(x, "name", default)` */
function byName({
  callee,
  args,
}: Call): { object: Expression; name: string; guard?: 'hasattr' | 'getattr' } | undefined {
  const called = callee.kind === 'Name' ? callee.id : '';
  const [object, name, fallback] = args.map(({ value }) => value);
  if ((called !== 'hasattr' && called !== 'getattr') || object === undefined) return undefined;
  if (name?.kind !== 'Constant' || typeof name.value !== 'string') return undefined;
  const guard = called === 'hasattr' || fallback !== undefined ? ({ guard: called } as const) : {};
  return { object, name: name.value, ...guard };
}

/** Under a `hasattr` of that very name, which is told in its stead. */
function isTested(node: Attribute, place: Place): boolean {
  const object = dottedName(node.object);
  for (const { test } of conditionsOf(place.guard)) {
    if (test.kind !== 'Call' || dottedName(test.callee) !== 'hasattr') continue;
    const [asked, name] = test.args.map(({ value }) => value);
    const isSame = asked !== undefined && object !== undefined && dottedName(asked) === object;
    if (isSame && name?.kind === 'Constant' && name.value === node.name) return true;
  }
  return false;
}

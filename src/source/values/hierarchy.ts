import type { ClassDef } from '../syntax/tree.js';
import { dottedName } from '../syntax/walk.js';
import { classInfoOf } from './class-info.js';
import type { Bases, Hierarchy, Infer } from './infer.js';
import { indexOf } from './module-index.js';
import type { ClassValue } from './values.js';

/** Bases from outside that add no names an object would be asked for. */
const plainBases = /(?:^|\.)(?:object|ABC|Generic|Protocol)$/;
/** Bases whose objects have whatever names somebody gives them. */
const madeOfWhatIsGiven =
  /^(?:builtins\.type|argparse\.Namespace|types\.SimpleNamespace|optparse\.Values|threading\.local)$/;
const plainMetaclasses = /(?:^|\.)(?:ABCMeta|type)$/;
const plainDecorators =
  /(?:^|\.)(?:dataclass|dataclass_json|total_ordering|runtime_checkable|final|unique|deprecated|jit\.ignore)$/;

/** Who inherits from whom in the repository. */
export class ClassHierarchy implements Hierarchy {
  private readonly infer: Infer;
  private readonly basesOf = new Map<ClassDef, Bases>();
  private readonly ancestorsOf = new Map<ClassDef, readonly ClassValue[]>();
  private readonly descendantsOf = new Map<ClassDef, readonly ClassValue[]>();
  private readonly direct = new Map<ClassDef, ClassValue[]>();
  private readonly below = new Map<ClassDef, ReadonlySet<ClassDef>>();
  private readonly allOf = new Map<ClassDef, Omit<Bases, 'own'>>();
  readonly ofAnyBase: ClassValue[] = [];
  isComplete = false;
  /** Classes whose bases are being looked up: what is found meanwhile may lack something, and is not kept. */
  private looking = 0;

  constructor(infer: Infer) {
    this.infer = infer;
  }

  bases(of: ClassValue): Bases {
    const known = this.basesOf.get(of.node);
    if (known !== undefined) return known;
    // Met again while its own bases are looked up, it has an open one.
    this.basesOf.set(of.node, { own: [], outside: [], open: true });
    this.looking += 1;
    const found = this.look(of);
    this.looking -= 1;
    this.basesOf.set(of.node, found);
    return found;
  }

  private look({ module, node }: ClassValue): Bases {
    const own: ClassValue[] = [];
    const outside: string[] = [];
    let open = node.decorators.some((decorator) => {
      const called = decorator.kind === 'Call' ? decorator.callee : decorator;
      return !plainDecorators.test(dottedName(called) ?? '');
    });
    const isInFunction = indexOf(module).classes.get(node)?.function !== undefined;
    let isOfAnyBase = false;
    for (const { name, splat, value } of node.args) {
      if (name === 'metaclass') open ||= !plainMetaclasses.test(dottedName(value) ?? '');
      if (splat !== undefined) open = true;
      if (name !== undefined || splat !== undefined) continue;
      const generic = value.kind === 'Subscript' ? value.object : value;
      const base = this.infer.valuesOf(generic, module);
      const [only] = base.known;
      if (base.open || base.known.length !== 1 || only === undefined) {
        open = true;
        isOfAnyBase ||= isInFunction;
      } else if (only.kind === 'class') own.push(only);
      else if (only.kind !== 'outside') open = true;
      else if (madeOfWhatIsGiven.test(only.name)) open = true;
      else if (!plainBases.test(only.name)) outside.push(only.name);
    }
    if (isOfAnyBase) this.ofAnyBase.push({ kind: 'class', module, node });
    return { own, outside, open };
  }

  ancestors(of: ClassValue): readonly ClassValue[] {
    const known = this.ancestorsOf.get(of.node);
    if (known !== undefined) return known;
    const found = new Map<ClassDef, ClassValue>();
    const visit = (each: ClassValue): void => {
      if (found.has(each.node)) return;
      found.set(each.node, each);
      for (const base of this.bases(each).own) visit(base);
    };
    visit(of);
    const ancestors = [...found.values()];
    if (this.looking === 0) this.ancestorsOf.set(of.node, ancestors);
    return ancestors;
  }

  descendants(of: ClassValue): readonly ClassValue[] {
    const known = this.descendantsOf.get(of.node);
    if (known !== undefined) return known;
    const found = new Map<ClassDef, ClassValue>();
    const waiting = [of];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      for (const derived of this.direct.get(each.node) ?? []) {
        if (found.has(derived.node) || derived.node === of.node) continue;
        found.set(derived.node, derived);
        waiting.push(derived);
      }
    }
    const descendants = [...found.values()];
    if (this.isComplete) this.descendantsOf.set(of.node, descendants);
    return descendants;
  }

  /** The class is that one, or inherits from it. */
  isA(of: ClassValue, above: ClassValue): boolean {
    if (of.node === above.node) return true;
    const known = this.below.get(above.node) ?? new Set(this.descendants(above).map(({ node }) => node));
    if (this.isComplete) this.below.set(above.node, known);
    return known.has(of.node);
  }

  /** Two classes can have an object in common. */
  areRelated(one: ClassValue, other: ClassValue): boolean {
    return this.isA(one, other) || this.isA(other, one);
  }

  /**
   * Finds out who inherits from whom, all over the repository. To be called before anything is asked, so that no answer
   * depends on what was asked first.
   */
  complete(): void {
    for (const derived of this.allClasses()) {
      for (const base of this.bases(derived).own) {
        const known = this.direct.get(base.node);
        if (known === undefined) this.direct.set(base.node, [derived]);
        else known.push(derived);
      }
    }
    this.isComplete = true;
  }

  private *allClasses(): Generator<ClassValue> {
    for (const path of this.infer.program.paths) {
      const module = this.infer.program.module(path);
      if (module === undefined) continue;
      for (const node of indexOf(module).classes.keys()) yield { kind: 'class', module, node };
    }
  }

  outsideBases(of: ClassValue): readonly string[] {
    return this.aboveAll(of).outside;
  }

  isOpen(of: ClassValue): boolean {
    return this.aboveAll(of).open;
  }

  /** What is true of a class or of one that it inherits from. */
  private aboveAll(of: ClassValue): Omit<Bases, 'own'> {
    const known = this.allOf.get(of.node);
    if (known !== undefined) return known;
    const ancestors = this.ancestors(of);
    const found = {
      outside: [...new Set(ancestors.flatMap((each) => this.bases(each).outside))],
      open: ancestors.some((each) => this.bases(each).open || classInfoOf(each.node, each.module).isDynamic),
    };
    if (this.isComplete) this.allOf.set(of.node, found);
    return found;
  }
}

import type { ClassDef } from '../syntax/tree.js';
import { classInfoOf, type Member } from './class-info.js';
import type { Hierarchy } from './infer.js';
import type { ClassValue } from './values.js';

/** A member, and the class whose text shows it. */
export interface ProvidedMember {
  member: Member;
  owner: ClassValue;
}

type Known = Map<ClassDef, Map<string, readonly ProvidedMember[]>>;

/** What classes provide under a name. Asked at every `self.name` of every method, and looked up once. */
export class Members {
  private readonly hierarchy: Hierarchy;
  private readonly own: Known = new Map();
  private readonly ofHeirs: Known = new Map();
  private readonly ofAll: Known = new Map();

  constructor(hierarchy: Hierarchy) {
    this.hierarchy = hierarchy;
  }

  /** All that a class and its bases provide; the first class that has it in its body hides the others' bodies. */
  of(of: ClassValue, name: string): readonly ProvidedMember[] {
    return this.once(this.own, of, name, () => {
      const found: ProvidedMember[] = [];
      let isHidden = false;
      for (const owner of this.hierarchy.ancestors(of)) {
        const { body, instance } = classInfoOf(owner.node, owner.module);
        for (const member of instance.get(name) ?? []) found.push({ member, owner });
        if (isHidden) continue;
        const own = body.get(name) ?? [];
        for (const member of own) found.push({ member, owner });
        isHidden = own.length > 0;
      }
      return found;
    });
  }

  /** What an object may have in its place when it is of a subclass. */
  ofDescendants(of: ClassValue, name: string): readonly ProvidedMember[] {
    return this.once(this.ofHeirs, of, name, () =>
      this.hierarchy.descendants(of).flatMap((owner) => {
        const { body, instance } = classInfoOf(owner.node, owner.module);
        return [...(body.get(name) ?? []), ...(instance.get(name) ?? [])].map((member) => ({ member, owner }));
      }),
    );
  }

  /** Whatever an object of the class or of a subclass may have; what several of these inherit, once. */
  ofAny(of: ClassValue, name: string): readonly ProvidedMember[] {
    return this.once(this.ofAll, of, name, () => {
      const possible = [of, ...this.hierarchy.descendants(of)];
      return [...new Map(possible.flatMap((each) => this.of(each, name)).map((each) => [each.member, each])).values()];
    });
  }

  private once(
    all: Known,
    { node }: ClassValue,
    name: string,
    find: () => readonly ProvidedMember[],
  ): readonly ProvidedMember[] {
    if (!this.hierarchy.isComplete) return find();
    const known = all.get(node) ?? new Map<string, readonly ProvidedMember[]>();
    all.set(node, known);
    const found = known.get(name) ?? find();
    known.set(name, found);
    return found;
  }
}

import type { ClassDef } from '../syntax/tree.js';
import { indexOf } from '../values/module-index.js';
import type { Holder } from './things.js';

/**
 * The dicts without `self.current = {}`, which is there until a method of the same class puts a record in its place. Where
 * others give those dicts, an empty one may be as good.
 */
export function withoutEmptyStarts(holders: readonly Holder[]): readonly Holder[] {
  const starts = new Map<Holder, ClassDef>();
  for (const holder of holders) {
    const of = classStartedFor(holder);
    if (of !== undefined) starts.set(holder, of);
  }
  const others = holders.filter((holder) => !starts.has(holder));
  const [first] = others.map(classMadeIn);
  const areOfOneClass = first !== undefined && others.every((each) => classMadeIn(each) === first);
  return areOfOneClass && [...starts.values()].every((of) => of === first) ? others : holders;
}

/** The class in whose objects an empty dict is kept that nobody ever fills. */
function classStartedFor({ startsEmpty, isFilled, spot }: Holder): ClassDef | undefined {
  if (!startsEmpty || isFilled) return undefined;
  const store = indexOf(spot.module).stores.find(({ value }) => value?.kind === 'Dict' && value.at === spot.at);
  return store?.place.class;
}

function classMadeIn({ spot: { fn, module } }: Holder): ClassDef | undefined {
  return fn === undefined ? undefined : indexOf(module).functions.get(fn)?.class;
}

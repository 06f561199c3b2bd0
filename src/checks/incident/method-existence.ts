import type { Attributes } from '../../collectors/attributes.js';
import type { Imports } from '../../collectors/imports.js';
import { defineCheck } from '../../engine/define.js';
import { missingMethod } from './method-existence/finding.js';
import { unsetKey } from './method-existence/unset-key.js';
import { isWaived } from './method-existence/waived.js';
import { pushTo } from '../../util/push-to.js';

type Missing = Attributes['missing'][number];

export const methodExistence = defineCheck({
  id: 'incident/method-existence',
  title: 'Every attribute asked of a known class is there',
  why: 'a method that is not there raises when it is called, or, behind hasattr and try, leaves a plot at its default for ever',
  severity: 'error',
  codes: {
    'missing-method': 'a method or attribute that no class the object can be of has',
    'guarded-missing-method': 'the same behind hasattr, getattr or try, so that the fallback is always taken',
    'unset-state': 'a key of the session state that nothing ever stores',
  },
  needs: ['attributes'],
  deepenedBy: ['imports'],
  run({ attributes, imports }) {
    const certain = attributes.missing.filter((each) => isCertain(each, imports) && !isWaived(each.text));
    const bySubject = grouped(
      certain,
      (each) => `${each.guard === undefined} ${each.owners.map(({ name }) => name).join(' | ')}.${each.name}`,
    );
    const unset = (attributes.unset ?? []).filter(({ text }) => !isWaived(text));
    return [...bySubject.map(missingMethod), ...grouped(unset, ({ key }) => key).map(unsetKey)];
  },
});

/** Where a base from outside may provide it, only the imported class knows. */
function isCertain({ owners, name, outsideBases }: Missing, imports: Imports | undefined): boolean {
  if (outsideBases.length === 0) return true;
  return owners.every((owner) =>
    imports?.attributes?.some(
      (each) =>
        each.file === owner.file && each.class === owner.name && each.name === name && each.status === 'missing',
    ),
  );
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) pushTo(groups, keyOf(item), item);
  return [...groups.values()];
}

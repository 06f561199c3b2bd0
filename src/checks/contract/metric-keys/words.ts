import type { MetricKeys } from '../../../collectors/metric-keys.js';

type Lost = MetricKeys['lost'][number];
type Place = Lost['lacking'][number];

/** Where the way of the key ends, rather than where it is handed on. */
export function readers({ reads }: Lost): Lost['reads'] {
  const unguarded = reads.filter(({ isGuarded, how }) => !isGuarded && how !== 'test');
  const last = unguarded.filter(({ isHandedOn }) => !isHandedOn);
  return last.length > 0 ? last : unguarded;
}

export function messageOf(lost: Lost): string {
  const { key, where, reads, lacking, origins } = lost;
  const ends = readers(lost);
  const reader = namesOf(ends.length > 0 ? ends : reads);
  const raises = ends.some(({ how }) => how === 'item');
  const then = raises
    ? 'it raises KeyError'
    : ends.length > 0
      ? 'it is its default for ever'
      : 'the test is never true';
  switch (where) {
    case 'nowhere':
      return `nothing stores "${key}" in the dict of ${namesOf(lacking)}: in ${reader} ${then}`;
    case 'dropped':
      return `"${key}" is stored by ${namesOf(origins)} and lost in ${namesOf(lacking)}: in ${reader} ${then}`;
    case 'sometimes':
      return `the dict of ${namesOf(lacking)} has no "${key}", as others have: in ${reader} it is then its default, unseen`;
    default:
      return where satisfies never;
  }
}

export function fixOf({ key, where, lacking, nearest }: Lost): string {
  const [place] = lacking;
  const store = `store "${key}" in ${place?.in ?? place?.file ?? 'the dict'}`;
  if (where === 'dropped' && nearest !== undefined)
    return `Hand it on in ${namesOf(lacking)}, where nobody reads "${nearest.key}" any more.`;
  if (where === 'dropped') return `Hand it on: ${store}.`;
  return nearest === undefined ? `S${store.slice(1)}, or take the read out.` : `Use "${nearest.key}", or ${store}.`;
}

export function namesOf(places: readonly Pick<Place, 'in' | 'file'>[]): string {
  const names = [...new Set(places.map((place) => place.in ?? place.file))];
  return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(' and ');
}

import type { MetricKeys } from '../../../collectors/metric-keys.js';
import type { Finding } from '../../../engine/types.js';

type Lost = MetricKeys['lost'][number];
type Place = Lost['lacking'][number];

/** More places than this are counted, not listed. */
const mostPlaces = 6;

const codes = { nowhere: 'never-produced', dropped: 'lost-on-the-way', sometimes: 'silent-default' } as const;

/** One finding for all places that read the same key from the same dicts. */
export function lostKey(lost: Lost): Finding {
  const { key, where, reads, lacking, origins, nearest } = lost;
  const first = readers(lost)[0] ?? reads[0];
  if (first === undefined) throw new RangeError(`nobody reads ${key}`);
  const isCertain = reads.some(({ isGuarded, how, reachable }) => !isGuarded && how !== 'test' && reachable);
  return {
    code: codes[where],
    subject: `${namesOf(lacking)}: ${key}`,
    message: messageOf(lost),
    ...(where !== 'sometimes' && isCertain ? {} : { severity: 'warning' as const }),
    location: { file: first.file, line: first.line, column: first.column },
    evidence: [
      ...listed(reads, 'read'),
      ...listed(lacking, where === 'dropped' ? 'dropped' : 'not in'),
      ...listed(origins, 'stored'),
    ],
    fix: fixOf(lost),
    ...(nearest === undefined || where === 'dropped' ? {} : { suggestion: nearest.key }),
  };
}

export function unreadKey({ key, text, file, line, column, ...place }: MetricKeys['unread'][number]): Finding {
  return {
    code: 'never-read',
    subject: `${place.in ?? file}: ${key}`,
    message: `"${key}" is stored by ${place.in ?? file}, which others are read from; nobody reads it`,
    severity: 'info',
    location: { file, line, column },
    evidence: [`${file}:${line}: ${text}`],
    fix: `Read "${key}" where it was meant to be read, or take it out.`,
  };
}

/** Where the way of the key ends, rather than where it is handed on. */
function readers({ reads }: Lost): Lost['reads'] {
  const unguarded = reads.filter(({ isGuarded, how }) => !isGuarded && how !== 'test');
  const last = unguarded.filter(({ isHandedOn }) => !isHandedOn);
  return last.length > 0 ? last : unguarded;
}

function messageOf(lost: Lost): string {
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

function fixOf({ key, where, lacking, nearest }: Lost): string {
  const [place] = lacking;
  const store = `store "${key}" in ${place?.in ?? place?.file ?? 'the dict'}`;
  if (where === 'dropped' && nearest !== undefined)
    return `Hand it on in ${namesOf(lacking)}, where nobody reads "${nearest.key}" any more.`;
  if (where === 'dropped') return `Hand it on: ${store}.`;
  return nearest === undefined ? `S${store.slice(1)}, or take the read out.` : `Use "${nearest.key}", or ${store}.`;
}

function namesOf(places: readonly Pick<Place, 'in' | 'file'>[]): string {
  const names = [...new Set(places.map((place) => place.in ?? place.file))];
  return names.length > 2 ? `${names[0]} and ${names.length - 1} more` : names.join(' and ');
}

function listed(places: readonly Pick<Place, 'file' | 'line' | 'text'>[], what: string): string[] {
  const lines = [...new Set(places.map(({ file, line, text }) => `${what} ${file}:${line}: ${text}`))];
  const more = lines.length - mostPlaces;
  return more > 0 ? [...lines.slice(0, mostPlaces), `and ${more} more places`] : lines;
}

import type { MetricKeys } from '../../../collectors/metric-keys.js';
import type { Finding } from '../../../engine/types.js';
import { fixOf, messageOf, namesOf, readers } from './words.js';

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
  return {
    code: codes[where],
    subject: `${namesOf(lacking)}: ${key}`,
    message: messageOf(lost),
    ...(isError(lost) ? {} : { severity: 'warning' as const }),
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

/** Somebody reads it without a test, and never from a dict that has it. */
export function isError({ where, reads }: Lost): boolean {
  const isCertain = reads.some(({ isGuarded, how, reachable }) => !isGuarded && how !== 'test' && reachable);
  return where !== 'sometimes' && isCertain;
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

function listed(places: readonly Pick<Place, 'file' | 'line' | 'text'>[], what: string): string[] {
  const lines = [...new Set(places.map(({ file, line, text }) => `${what} ${file}:${line}: ${text}`))];
  const more = lines.length - mostPlaces;
  return more > 0 ? [...lines.slice(0, mostPlaces), `and ${more} more places`] : lines;
}

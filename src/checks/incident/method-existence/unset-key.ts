import type { Attributes } from '../../../collectors/attributes.js';
import type { Finding } from '../../../engine/types.js';

type Unset = NonNullable<Attributes['unset']>[number];

/** More places than this are counted, not listed. */
const mostPlaces = 5;

/** One finding for all places that ask the session state for the same key. */
export function unsetKey(places: readonly Unset[]): Finding {
  const first = places.find((place) => place.reachable) ?? places[0];
  if (first === undefined) throw new RangeError('no place asks for it');
  const { key, nearest, isItem, file, line, column } = first;
  const more = places.length - mostPlaces;
  return {
    code: 'unset-state',
    subject: `session_state.${key}`,
    message: `nothing stores "${key}" in the session state: reading it raises ${isItem ? 'KeyError' : 'AttributeError'}`,
    ...(places.some((place) => place.reachable) ? {} : { severity: 'warning' as const }),
    location: { file, line, column },
    evidence: [
      ...places.slice(0, mostPlaces).map((place) => `${place.file}:${place.line}: ${place.text}`),
      ...(more > 0 ? [`and ${more} more places`] : []),
    ],
    fix: `${nearest === undefined ? 'Store' : `Use "${nearest}", or store`} "${key}" before it is read: if "${key}" not in st.session_state: …`,
    ...(nearest === undefined ? {} : { suggestion: nearest }),
  };
}

import type { Attributes } from '../../../collectors/attributes.js';
import type { Finding } from '../../../engine/types.js';

type Missing = Attributes['missing'][number];

/** More places than this are counted, not listed. */
const mostPlaces = 5;

/** One finding for all places that ask the same of the same. */
export function missingMethod(places: readonly Missing[]): Finding {
  const first = places.find((place) => place.reachable) ?? places[0];
  if (first === undefined) throw new RangeError('no place asks for it');
  const { name, guard, nearest, file, line, column } = first;
  const owner = first.owners.map((each) => each.name).join(' or ');
  const more = places.length - mostPlaces;
  const evidence = [
    ...places.slice(0, mostPlaces).map((place) => `${place.file}:${place.line}: ${place.text}`),
    ...(more > 0 ? [`and ${more} more places`] : []),
    ...first.owners.map((each) => `${each.name} is ${each.file}:${each.line}`),
  ];
  const reached = places.some((place) => place.reachable);
  return {
    code: guard === undefined ? 'missing-method' : 'guarded-missing-method',
    subject: `${owner}.${name}`,
    message: messageOf(first, owner),
    ...(guard === undefined && reached ? {} : { severity: 'warning' as const }),
    location: { file, line, column },
    evidence,
    fix: fixOf(first, owner),
    ...(nearest === undefined ? {} : { suggestion: nearest }),
  };
}

function messageOf({ receiver, name, guard, isCall, owners }: Missing, owner: string): string {
  const what = isCall ? `${name}()` : name;
  const article = /^[AEIOU]/.test(owner) ? 'an' : 'a';
  const [{ kind } = { kind: 'instance' }] = owners;
  const is = kind === 'instance' ? `${article} ${owner}` : `the ${kind} ${owner}`;
  const fact = `${receiver} is ${is}, ${owners.length > 1 ? 'none of which has' : 'which has no'} ${what}`;
  return guard === undefined ? fact : `${fact}: the ${guard} hides it, and its fallback is always taken`;
}

function fixOf({ name, guard, nearest, receiver }: Missing, owner: string): string {
  const define = `define ${name} in ${owner}`;
  const otherwise = guard === undefined ? `take out ${receiver}.${name}` : `take out the ${guard} and what it guards`;
  return nearest === undefined ? `D${define.slice(1)}, or ${otherwise}.` : `Use ${nearest}, or ${define}.`;
}

import type { Finding } from '../../../engine/types.js';
import type { Place } from '../../../plots/types.js';

/** Where a finding is shown, as far as that is known. */
export function at(place: Place | undefined): Pick<Finding, 'location'> {
  return place === undefined ? {} : { location: { file: place.path, line: place.line, column: place.column } };
}

export function evidence({ path, line, text }: Place): string {
  return `${path}:${line}: ${text}`;
}

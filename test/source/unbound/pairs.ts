import type { Sources } from '../values/inference-of.js';

/** Code in which something must be found, and code much like it in which nothing may be. A first line break is left out. */
export interface Pair {
  fires: Sources;
  /** Line, code, name and reason of all that is found. */
  told: readonly string[];
  silent: Sources;
}

export function withoutFirstBreak(sources: Sources): Sources {
  return typeof sources === 'string' ? sources.replace(/^\n/, '') : sources;
}

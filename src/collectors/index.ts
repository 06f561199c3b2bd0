import type { Collector } from '../engine/types.js';

/** Every collector there is; the engine picks those that the selected checks need. */
export const collectors: readonly Collector[] = [];

import type { Collector } from '../engine/types.js';
import { hubAssetsCollector } from './hub-assets.js';
import { networkCollector } from './network.js';

/** Every collector there is; the engine picks those that the selected checks need. */
export const collectors: readonly Collector[] = [hubAssetsCollector, networkCollector];

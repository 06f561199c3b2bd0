import type { Collector } from '../engine/types.js';
import { compilationCollector } from './compilation.js';
import { hubAssetsCollector } from './hub-assets.js';
import { importsCollector } from './imports.js';
import { interpreterCollector } from './interpreter.js';
import { launchCollector } from './launch.js';
import { networkCollector } from './network.js';

/** Every collector there is; the engine picks those that the selected checks need. */
export const collectors: readonly Collector[] = [
  interpreterCollector,
  compilationCollector,
  importsCollector,
  hubAssetsCollector,
  networkCollector,
  launchCollector,
];

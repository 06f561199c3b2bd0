import type { Collector } from '../engine/types.js';
import { advisoriesCollector } from './advisories.js';
import { attributesCollector } from './attributes.js';
import { compilationCollector } from './compilation.js';
import { distributionsCollector } from './distributions.js';
import { fabricatedPlotsCollector } from './fabricated-plots.js';
import { filesCollector } from './files.js';
import { hubAssetsCollector } from './hub-assets.js';
import { importsCollector } from './imports.js';
import { interpreterCollector } from './interpreter.js';
import { launchCollector } from './launch.js';
import { leftoversCollector } from './leftovers.js';
import { metricKeysCollector } from './metric-keys.js';
import { metricsCollector } from './metrics.js';
import { namesCollector } from './names.js';
import { networkCollector } from './network.js';
import { plotListsCollector } from './plot-lists.js';
import { plotsCollector } from './plots.js';
import { projectCollector } from './project.js';
import { recordedEnvironmentCollector } from './recorded-environment.js';
import { requirementsCollector } from './requirements.js';
import { sourceCollector } from './source.js';
import { comparisonsCollector } from './comparisons.js';
import { trainingsCollector } from './trainings.js';

/** Every collector there is; the engine picks those that the selected checks need. */
export const collectors: readonly Collector[] = [
  filesCollector,
  sourceCollector,
  projectCollector,
  interpreterCollector,
  requirementsCollector,
  distributionsCollector,
  recordedEnvironmentCollector,
  attributesCollector,
  namesCollector,
  advisoriesCollector,
  compilationCollector,
  importsCollector,
  plotsCollector,
  plotListsCollector,
  fabricatedPlotsCollector,
  hubAssetsCollector,
  leftoversCollector,
  networkCollector,
  launchCollector,
  metricKeysCollector,
  metricsCollector,
  comparisonsCollector,
  trainingsCollector,
];

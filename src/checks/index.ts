import type { Check } from '../engine/types.js';
import { advisories } from './environment/advisories.js';
import { drift } from './environment/drift.js';
import { packages } from './environment/packages.js';
import { state } from './environment/state.js';
import { compile } from './incident/compile.js';
import { importCheck } from './incident/import.js';
import { network } from './incident/network.js';
import { reassignedState } from './incident/reassigned-state.js';
import { startup } from './incident/startup.js';
import { unboundName } from './incident/unbound-name.js';
import { metricsSchema } from './contract/metrics-schema.js';
import { metricsLive } from './contract/metrics-live.js';
import { methodExistence } from './incident/method-existence.js';
import { coverage } from './plots/coverage.js';
import { dispatch } from './plots/dispatch.js';
import { metricKeys } from './contract/metric-keys.js';
import { fabricated } from './plots/fabricated.js';
import { reference } from './training/reference.js';
import { regression } from './training/regression.js';

/** The registry: every check there is, in report order. */
export const checks: readonly Check[] = [
  compile,
  importCheck,
  methodExistence,
  unboundName,
  reassignedState,
  network,
  startup,
  packages,
  drift,
  advisories,
  state,
  metricKeys,
  metricsSchema,
  metricsLive,
  dispatch,
  coverage,
  fabricated,
  reference,
  regression,
];

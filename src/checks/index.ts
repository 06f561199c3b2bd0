import type { Check } from '../engine/types.js';
import { advisories } from './environment/advisories.js';
import { drift } from './environment/drift.js';
import { packages } from './environment/packages.js';
import { state } from './environment/state.js';
import { compile } from './incident/compile.js';
import { importCheck } from './incident/import.js';
import { network } from './incident/network.js';
import { startup } from './incident/startup.js';
import { fabricated } from './plots/fabricated.js';

/** The registry: every check there is, in report order. */
export const checks: readonly Check[] = [
  compile,
  importCheck,
  network,
  startup,
  packages,
  drift,
  advisories,
  state,
  fabricated,
];

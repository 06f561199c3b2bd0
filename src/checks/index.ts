import type { Check } from '../engine/types.js';
import { network } from './incident/network.js';

/** The registry: every check there is, in report order. */
export const checks: readonly Check[] = [network];

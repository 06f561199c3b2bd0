import { CannotLook } from '../../engine/errors.js';
import { MetricsError } from '../../metrics/errors.js';

/**
 * Says what is wrong with the runs that the config names.
 * @throws CannotLook for what is wrong with them, and anything else as it is.
 */
export function cannotLookAtRuns(error: unknown): never {
  if (!(error instanceof MetricsError)) throw error;
  throw new CannotLook(error.message, error.fix ?? 'Mend metrics.runs in the config.');
}

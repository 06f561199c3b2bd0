import type { ReferenceConfig } from './config.js';

/**
 * The largest angle of a step, in radians: max_rotation times 1 (fixed), times what grows evenly to 1 over the first
 * half of the training (curriculum), or times √L_orth of the step before (adaptive): experts turn as far apart as they
 * still overlap.
 * @param step from 0
 * @param overlap L_orth of the step before, in [0, 1]; 1 before the first
 */
export function rotationBound(config: ReferenceConfig, step: number, overlap: number): number {
  switch (config.rotation_schedule) {
    case 'fixed':
      return config.max_rotation;
    case 'curriculum':
      return config.max_rotation * Math.min(1, (step + 1) / Math.ceil(config.max_steps / 2));
    case 'adaptive':
      return config.max_rotation * Math.sqrt(overlap);
  }
}

import { describe, expect, it } from 'vitest';
import { type ReferenceConfig, resolveReferenceConfig } from '../../src/reference/config.js';
import {
  type GhostState,
  advanceGhosts,
  dormantGhosts,
  ghostLearningRates,
  observeSaturation,
} from '../../src/reference/ghosts.js';

const config = (given: Partial<ReferenceConfig> = {}): ReferenceConfig =>
  resolveReferenceConfig({
    architecture: 'ghost',
    ghost_threshold: 1,
    saturation_window: 2,
    activation_rate: 0.5,
    ...given,
  });

/** The levels after each step, for the saturation of each step. */
function levels(saturations: readonly number[], given: Partial<ReferenceConfig> = {}): (readonly number[])[] {
  const resolved = config(given);
  let state: GhostState = dormantGhosts(resolved);
  return saturations.map((saturation) => {
    state = advanceGhosts(observeSaturation(state, saturation, resolved), resolved);
    return state.levels;
  });
}

describe('the ghosts', () => {
  it('sleep as long as the averaged saturation is not above the threshold', () => {
    // A peak of 1.5 is no more than 1 in the mean of two steps.
    expect(levels([0.5, 1.5, 0.5, 1, 1])).toEqual(Array.from({ length: 5 }, () => [0, 0]));
  });

  it('wake in the step in which it passes the threshold, one at a time, while nothing else moves', () => {
    expect(levels([1, 1.01, 1.01, 1.01, 1.01, 0])).toEqual([
      [0, 0],
      [0.5, 0],
      [0.5, 0.5],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it('are all there at once when binary', () => {
    expect(levels([2, 2, 0], { ghost_schedule: 'binary' })).toEqual([
      [1, 0],
      [1, 1],
      [1, 1],
    ]);
  });

  it('follow the saturation when selective, down to 0', () => {
    const given = { ghost_schedule: 'selective', saturation_window: 1, ghosts: 1 } as const;
    expect(levels([2, 1.25, 1.75, 9, 0.5, 1.5], given)).toEqual([[0.5], [0.25], [0.75], [1], [0], [0.5]]);
  });

  it('learn at rates that differ by the coupling', () => {
    const state = { ...dormantGhosts(config()), levels: [0, 0.5] };
    expect(ghostLearningRates(state, 0.75, config({ ghost_lr: 0.1, lr_coupling: 'inverse' }))).toEqual([0, 0.0125]);
    expect(ghostLearningRates(state, 0.75, config({ ghost_lr: 0.1, lr_coupling: 'complementary' }))).toEqual([0, 0.05]);
  });
});

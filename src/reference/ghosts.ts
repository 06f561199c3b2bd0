import type { ReferenceConfig } from './config.js';

type Phase = 'dormant' | 'activating' | 'active';

/** Where the ghosts stand; all of it is needed to resume. */
export interface GhostState {
  /** [G], 0 to 1. */
  levels: readonly number[];
  /** [G] */
  phases: readonly Phase[];
  /** The saturation of the last steps, oldest first. */
  window: readonly number[];
}

export function dormantGhosts({ ghosts }: ReferenceConfig): GhostState {
  return { levels: Array(ghosts).fill(0), phases: Array(ghosts).fill('dormant'), window: [] };
}

/** The moving average of saturation with this step's. */
export function observeSaturation(state: GhostState, saturation: number, config: ReferenceConfig): GhostState {
  return { ...state, window: [...state.window, saturation].slice(-config.saturation_window) };
}

/** The mean of the window; 0 before the first step. */
export function meanSaturation({ window }: GhostState): number {
  return window.length === 0 ? 0 : window.reduce((sum, value) => sum + value, 0) / window.length;
}

/**
 * Where the ghosts stand in the next step. Above the threshold the first dormant ghost wakes and nothing else moves;
 * otherwise those awake go on: up to 1 step by step, or, when selective, to where saturation is above the threshold.
 */
export function advanceGhosts(state: GhostState, config: ReferenceConfig): GhostState {
  const { ghost_threshold: threshold, activation_rate: rate, ghost_schedule: schedule } = config;
  const saturation = meanSaturation(state);
  const sleeper = state.phases.indexOf('dormant');
  if (saturation > threshold && sleeper >= 0) {
    return {
      ...state,
      phases: state.phases.with(sleeper, 'activating'),
      levels: state.levels.with(sleeper, schedule === 'binary' ? 1 : rate),
    };
  }
  const excess = Math.min(1, Math.max(0, (saturation - threshold) / threshold));
  const levels = state.levels.map((level, g) => {
    if (state.phases[g] === 'dormant') return level;
    if (schedule === 'selective') return excess;
    return state.phases[g] === 'activating' ? Math.min(1, level + rate) : level;
  });
  const phases = state.phases.map((phase, g) => (phase === 'activating' && levels[g] === 1 ? 'active' : phase));
  return { ...state, levels, phases };
}

/** Each ghost's learning rate: ghost_lr · (1 − cosine | 1) · level, for inverse | complementary. */
export function ghostLearningRates({ levels }: GhostState, cosine: number, config: ReferenceConfig): number[] {
  const coupling = config.lr_coupling === 'inverse' ? 1 - cosine : 1;
  return levels.map((level) => config.ghost_lr * coupling * level);
}

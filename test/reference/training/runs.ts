import { readFileSync } from 'node:fs';
import { runFiles } from '../../../src/metrics/run-folder.js';
import { type ReferenceConfig, resolveReferenceConfig } from '../../../src/reference/config.js';
import type { TrainRequest } from '../../../src/reference/training/train.js';
import { small } from '../combinations.js';

/** A config of a few milliseconds a step, with all that a run has to keep: ghosts that wake, rotations that follow. */
export const config: ReferenceConfig = resolveReferenceConfig({
  ...small,
  architecture: 'ghost',
  training: 'geometric',
  rotation_schedule: 'adaptive',
  layers: 1,
  max_steps: 12,
  eval_every: 5,
  checkpoint_every: 4,
  eval_batches: 2,
});

/** A request whose clock stands still, so that the records are the same to the last byte. */
export function requestOf(folder: string, more: Partial<TrainRequest> = {}): TrainRequest {
  const about = { tool: { name: 'moe-check', version: '0.0.0' }, backend: { name: 'cpu' } };
  return { config, folder, about, clock: () => 1_000_000, ...more };
}

export function metricsOf(folder: string): string {
  return readFileSync(runFiles(folder).metrics, 'utf8');
}

/** Metrics without the times at the end of each record, which is all that differs between two runs of the same config. */
export function withoutTimes(metrics: string): string {
  return metrics.replaceAll(/,"wall_time_s":[\d.]+,"tokens_per_s":[\d.]+\}/g, '}');
}

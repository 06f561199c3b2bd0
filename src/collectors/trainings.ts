import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { CannotLook, Skip } from '../engine/errors.js';
import type { Lane } from '../metrics/compare/compare-runs.js';
import type { SourceReport } from '../metrics/validate/problems.js';
import type { Ended, Target } from '../reference/training/target.js';
import { tool } from '../util/tool.js';

/** What there is to say about the training of one reference config. */
export interface ReferenceTraining {
  /** `ghost-geometric` */
  combination: string;
  ended: Ended;
  target: Target;
  /** What its metrics are by their schema. */
  metrics: readonly SourceReport[];
  /** How it compares with the golden that comes with moe-check. */
  lanes: readonly Lane[];
}

/** The trainings of the reference configs, one a combination. */
export interface Trainings {
  backend: string;
  runs: readonly ReferenceTraining[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    trainings: Trainings;
  }
}

/** On a machine that is busy with something else; alone it takes half a minute. */
const patienceS = 1800;

export const trainingsCollector = defineCollector({
  artifact: 'trainings',
  tier: 'static',
  title: 'training the reference models',
  // Training keeps a core busy: what measures times comes first.
  wants: ['imports', 'network', 'launch'],
  deadlineS: () => patienceS,
  async collect({ settings, signal }) {
    if (!settings.train) throw new Skip('nothing is trained without --train');
    // TensorFlow.js is loaded only where something is trained.
    const { trainReferences } = await import('./trainings/train-references.js');
    const folder = await mkdtemp(path.join(tmpdir(), 'moe-check-train-'));
    try {
      return await trainReferences(folder, tool(), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error && error.name === 'OutOfMemory') throw new CannotLook(error.message);
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type ReferenceConfig, resolveReferenceConfig } from '../../src/reference/config.js';
import type { Batch } from '../../src/reference/data/batch.js';
import { type ReferenceModel, createModel } from '../../src/reference/model.js';

const folder = path.join(import.meta.dirname, '../../fixtures/goldens');

/** What float64 PyTorch computes in one step; the names are those of the file. */
export interface GoldenStep {
  step: number;
  loss: number;
  task_loss: number;
  grad_norm: number;
  learning_rate: number;
  orthogonality_preservation: number;
  expert_specialization: number;
  expert_loads: number[];
  saturation_level: number;
  ghost_activations: number[];
  active_ghosts: number;
  rotation_efficiency_loss?: number;
  specialization_loss?: number;
  avg_rotation_magnitude?: number;
}

interface GoldenFile {
  config: Record<string, string | number | boolean>;
  parameters: Record<string, { shape: number[]; f32: string }>;
  batches: number[][][];
  expected: { logits0: number[]; steps: GoldenStep[]; final_parameter_norms: Record<string, number> };
}

export interface Golden {
  config: ReferenceConfig;
  batches: Batch[];
  expected: GoldenFile['expected'];
  /** A model at the golden's initial parameters, on the backend that is open. */
  model(): ReferenceModel;
}

export const goldenNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.basename(file, '.json'));

/** Our names for those of the files; the same where there is none. */
const renamed: Record<string, keyof ReferenceConfig> = {
  V: 'vocab_size',
  D: 'embed_dim',
  T: 'context',
  B: 'batch_size',
  H: 'heads',
  E: 'experts',
  L: 'layers',
  G: 'ghosts',
  k: 'rotation_angles',
  arch: 'architecture',
  strategy: 'hyperedges',
  schedule: 'ghost_schedule',
  threshold: 'ghost_threshold',
  window: 'saturation_window',
};
/** These follow from the architecture. */
const implied = new Set(['coupling', 'orthogonal']);

export function readGolden(name: string): Golden {
  const file = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as GoldenFile;
  const given = Object.entries(file.config).filter(([key]) => !implied.has(key));
  const config = resolveReferenceConfig(Object.fromEntries(given.map(([key, value]) => [renamed[key] ?? key, value])));
  return {
    config,
    batches: file.batches.map((rows) => ({ ids: Int32Array.from(rows.flat()), sequences: rows.length, epoch: 0 })),
    expected: file.expected,
    model() {
      const model = createModel(config);
      const state = model.state();
      const tensors = new Map(state.tensors);
      for (const [name, { shape, f32 }] of Object.entries(file.parameters)) {
        const bytes = new Uint8Array(Buffer.from(f32, 'base64'));
        tensors.set(name, { shape, values: new Float32Array(bytes.buffer) });
      }
      model.restore({ ...state, tensors });
      return model;
    },
  };
}

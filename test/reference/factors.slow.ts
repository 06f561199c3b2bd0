import { make } from 'covertable';
import { beforeAll, expect, it } from 'vitest';
import { openBackend } from '../../src/reference/backend.js';
import {
  architectures,
  ghostSchedules,
  hyperedgeStrategies,
  lrCouplings,
  resolveReferenceConfig,
  rotationKinds,
  rotationSchedules,
  trainingModes,
} from '../../src/reference/config.js';
import { createModel } from '../../src/reference/model.js';
import { randomBatch, small } from './combinations.js';

const factors = {
  architecture: [...architectures],
  training: [...trainingModes],
  hyperedges: [...hyperedgeStrategies],
  learnable_edges: [true, false],
  ghost_schedule: [...ghostSchedules],
  lr_coupling: [...lrCouplings],
  rotation: [...rotationKinds],
  rotation_schedule: [...rotationSchedules],
};
const names = Object.keys(factors);

/** Ghosts and rotations have factors of their own; without them these say nothing. So those that have both are covered too. */
const rows: Record<string, unknown>[] = [
  ...make(factors),
  ...make({ ...factors, architecture: ['ghost'], training: ['geometric'] }),
];

beforeAll(async () => void (await openBackend('wasm')));

it('covers every pair of values, among the combinations that use all factors too', () => {
  const pairsOf = (all: readonly Record<string, unknown>[]): Set<string> =>
    new Set(all.flatMap((row) => names.flatMap((a) => names.map((b) => `${a}=${row[a]} ${b}=${row[b]}`))));
  const wanted = Object.entries(factors).flatMap(([a, values]) =>
    Object.entries(factors)
      .filter(([b]) => b !== a)
      .flatMap(([b, others]) => values.flatMap((x) => others.map((y) => `${a}=${x} ${b}=${y}`))),
  );
  const all = pairsOf(rows);
  expect(wanted.filter((pair) => !all.has(pair))).toEqual([]);

  const full = pairsOf(rows.filter((row) => row['architecture'] === 'ghost' && row['training'] === 'geometric'));
  const settled = /architecture=(?!ghost)|training=(?!geometric)/;
  expect(wanted.filter((pair) => !settled.test(pair) && !full.has(pair))).toEqual([]);
  const product = Object.values(factors).reduce((count, values) => count * values.length, 1);
  expect(rows.length).toBeLessThan(product / 20);
});

it.each(rows.map((row) => [Object.values(row).join(', '), row] as const))('trains %s', (_, row) => {
  const config = resolveReferenceConfig({ ...small, experts: 4, ...row, lr: 1e-2, expert_lr: 1e-2, max_steps: 40 });
  const model = createModel(config);
  const batch = randomBatch(config);
  const records = Array.from({ length: 25 }, () => model.trainStep(batch).record);
  // With one hyperedge over all experts its weight cancels out of D⁻¹ H W B⁻¹ Hᵀ: the exact gradient is zero.
  const cancels = (name: string): boolean => config.hyperedges === 'all' && name.endsWith('coupler.edge');
  const idle = [...model.gradients(batch)].filter(
    ([name, gradient]) => !cancels(name) && gradient.every((g) => g === 0),
  );
  model.dispose();
  const losses = records.map(({ task_loss }) => task_loss);
  expect(Math.min(...losses.slice(-3))).toBeLessThan(0.7 * (losses[0] ?? 0));
  expect(JSON.stringify(records)).not.toContain('null');
  expect(idle.map(([name]) => name)).toEqual([]);
});

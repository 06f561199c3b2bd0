import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '#tensorflow';
import { openBackend } from '../../src/reference/backend.js';
import { type ReferenceConfig, resolveReferenceConfig } from '../../src/reference/config.js';
import type { Batch } from '../../src/reference/data/batch.js';
import { type ReferenceModel, createModel } from '../../src/reference/model.js';
import { combinations, randomBatch, small } from './combinations.js';

beforeAll(async () => void (await openBackend('wasm')));

/** A model whose ghosts, where it has any, are awake: their levels count in what is tested. */
function awake(config: ReferenceConfig): ReferenceModel {
  const model = createModel(config);
  const levels = Array<number>(config.ghosts).fill(0.5);
  const phases = Array<'activating'>(config.ghosts).fill('activating');
  const state = model.state();
  model.restore({ ...state, ghosts: { ...state.ghosts, levels, phases } });
  return model;
}

/** The batch with one of its tokens replaced. */
function changed(batch: Batch, sequence: number, token: number, { context, vocab_size }: ReferenceConfig): Batch {
  const at = sequence * (context + 1) + token;
  return { ...batch, ids: batch.ids.with(at, ((batch.ids[at] ?? 0) + 1) % vocab_size) };
}

describe.each(combinations)('%s', (_, config) => {
  const { context: T, vocab_size: V } = config;
  const batch = randomBatch(config);
  /** Where the logits differ: [sequence, token] pairs. */
  const differences = (other: Batch): [number, number][] => {
    const model = awake(config);
    const [before, after] = [model.logits(batch), model.logits(other)];
    model.dispose();
    const rows = Array.from({ length: batch.sequences * T }, (_, row) => row);
    const differs = (row: number): boolean =>
      before.subarray(row * V, (row + 1) * V).some((logit, i) => logit !== after[row * V + i]);
    return rows.filter(differs).map((row) => [Math.floor(row / T), row % T]);
  };

  it('shows no token what comes after it, and no sequence what is in another', () => {
    const from = 3;
    const expected = Array.from({ length: T - from }, (_, i) => [1, from + i]);
    expect(differences(changed(batch, 1, from, config))).toEqual(expected);
  });

  it('gives every parameter a gradient, those of ghosts once they are awake', () => {
    const model = awake(config);
    const gradients = model.gradients(batch);
    model.dispose();
    const experts = config.experts + config.ghosts;
    const without = [...gradients].flatMap(([name, gradient]) => {
      // A token that is not in the batch has no gradient; one row with some proves the table.
      const parts = model.parameters.find((spec) => spec.name === name)?.group === 'experts' ? experts : 1;
      const size = gradient.length / parts;
      const idle = Array.from({ length: parts }, (_, n) => n).filter((n) =>
        gradient.subarray(n * size, (n + 1) * size).every((value) => value === 0),
      );
      return idle.map((n) => `${name} of expert ${n}`);
    });
    expect(without).toEqual([]);
    expect(gradients.size).toBe(model.parameters.length);
  });

  it('gives a sleeping ghost no gradient and no step', () => {
    const model = createModel({ ...config, ghost_threshold: 1e9 });
    const name = 'layers.0.ffn.up.weight';
    const ghosts = (values: Float32Array | undefined): Float32Array =>
      (values ?? new Float32Array()).slice(config.experts * config.embed_dim * 4 * config.embed_dim);
    const before = model.state().tensors.get(name)?.values;
    expect(ghosts(model.gradients(batch).get(name)).every((value) => value === 0)).toBe(true);
    model.trainStep(batch);
    const after = model.state().tensors.get(name)?.values;
    model.dispose();
    expect(ghosts(after)).toEqual(ghosts(before));
    expect(after).not.toEqual(before);
  });

  it('goes on from a saved state to the same bytes', () => {
    const straight = createModel(config);
    const whole = [0, 1, 2, 3].map((step) => straight.trainStep(randomBatch(config, step)).record);

    const first = createModel(config);
    const begun = [0, 1].map((step) => first.trainStep(randomBatch(config, step)).record);
    const second = createModel({ ...config, seed: config.seed + 1 });
    second.restore(structuredClone(first.state()));
    const rest = [2, 3].map((step) => second.trainStep(randomBatch(config, step)).record);

    expect([...begun, ...rest]).toEqual(whole);
    expect(second.state()).toEqual(straight.state());
    for (const model of [straight, first, second]) model.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = engine().memory().numTensors;
    const model = createModel(config);
    model.trainStep(batch);
    const after = engine().memory().numTensors;
    for (let step = 1; step < 5; step++) model.trainStep(batch);
    model.evaluate([batch]);
    model.logits(batch);
    model.gradients(batch);
    model.restore(model.state());
    expect(engine().memory().numTensors).toBe(after);
    model.dispose();
    expect(engine().memory().numTensors).toBe(before);
  });

  it('learns a batch by heart', () => {
    const model = createModel({ ...config, lr: 1e-2, expert_lr: 1e-2, max_steps: 60 });
    const start = model.evaluate([batch]);
    for (let step = 0; step < 40; step++) model.trainStep(batch);
    const end = model.evaluate([batch]);
    model.dispose();
    expect(end.loss).toBeLessThan(start.loss / 2);
    expect(end.perplexity).toBeCloseTo(Math.exp(end.loss), 10);
  });
});

it('refuses a state of another shape', () => {
  const config = resolveReferenceConfig({ ...small });
  const model = createModel(config);
  const { tensors, ...rest } = model.state();
  const without = new Map([...tensors].filter(([name]) => name !== 'adam.v.pos'));
  expect(() => model.restore({ ...rest, tensors: without })).toThrow('the tensor adam.v.pos is missing');
  const wider = createModel({ ...config, embed_dim: 16 });
  expect(() => model.restore(wider.state())).toThrow('the tensor tok is [11, 16], expected [11, 8]');
  for (const each of [model, wider]) each.dispose();
});

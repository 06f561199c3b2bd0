import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { engine } from '#tensorflow';
import { readManifest, readSummary, runFiles } from '../../../src/metrics/run-folder.js';
import { validatePath } from '../../../src/metrics/validate/validate-path.js';
import { openBackend } from '../../../src/reference/backend.js';
import { asOutOfMemory, OutOfMemory } from '../../../src/reference/training/out-of-memory.js';
import { decodeTensors } from '../../../src/reference/training/safetensors.js';
import { train } from '../../../src/reference/training/train.js';
import { combinations } from '../combinations.js';
import { config, metricsOf, requestOf } from './runs.js';

let fixture: FsFixture;
const folder = (name: string): string => fixture.getPath(name);

beforeAll(async () => {
  await openBackend('cpu');
  fixture = await createFixture();
  await train(requestOf(folder('whole')));
});
afterAll(() => fixture.rm());

const recordsOf = (name: string): Record<string, unknown>[] =>
  metricsOf(folder(name))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** A signal that is aborted once so many steps are done. */
function stopAfter(steps: number) {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    onStep: ({ done }: { done: number }) => {
      if (done === steps) controller.abort(new Error('stop'));
    },
  };
}

describe('a run', () => {
  it('has a record a step, evaluated where that is due and at its end', () => {
    const records = recordsOf('whole');
    expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, step) => step));
    const evaluated = records.filter((record) => 'eval_loss' in record);
    expect(evaluated.map(({ step }) => step)).toEqual([4, 9, 11]);
    for (const { eval_loss: loss, perplexity } of evaluated) expect(perplexity).toBe(Math.exp(Number(loss)));
  });

  it.each(combinations)('of %s follows the schema and its invariants', async (name, combination) => {
    await train(requestOf(folder(name), { config: { ...combination, max_steps: 4 } }));
    expect(await validatePath(folder(name))).toMatchObject([{ records: 4, problems: [], unnamed: [] }]);
  });

  it('says in its manifest how to do it again, and in its summary how it ended', async () => {
    expect(await readManifest(folder('whole'))).toMatchObject({
      seed: 5,
      combination: { architecture: 'ghost', training: 'geometric' },
      config: { ...config },
    });
    expect(await readSummary(folder('whole'))).toMatchObject({
      outcome: 'finished',
      steps: 12,
      resumed: 0,
      final: { step: 11, eval_loss: recordsOf('whole').at(-1)?.['eval_loss'] },
    });
  });

  it('keeps its newest two checkpoints, with parameters and moments', async () => {
    const { checkpoints } = runFiles(folder('whole'));
    expect(await readdir(checkpoints)).toEqual(['step-00000008.safetensors', 'step-00000012.safetensors']);
    const { tensors } = decodeTensors(await readFile(path.join(checkpoints, 'step-00000012.safetensors')));
    expect([...tensors.keys()]).toEqual(expect.arrayContaining(['tok', 'adam.m.tok', 'adam.v.rotation.theta']));
  });

  it('is the same to the last byte when it is made again, and another with another seed', async () => {
    const before = engine().memory().numTensors;
    await train(requestOf(folder('again')));
    expect(metricsOf(folder('again'))).toBe(metricsOf(folder('whole')));
    expect(engine().memory().numTensors).toBe(before);
    await train(requestOf(folder('other'), { config: { ...config, seed: 6 } }));
    expect(metricsOf(folder('other'))).not.toBe(metricsOf(folder('whole')));
  });

  it('tells every step to who watches', async () => {
    const onStep = vi.fn<(step: { done: number; of: number }) => void>();
    await train(requestOf(folder('watched'), { onStep }));
    expect(onStep.mock.calls.map(([{ done, of }]) => `${done}/${of}`)).toEqual(
      Array.from({ length: 12 }, (_, step) => `${step + 1}/12`),
    );
  });

  it('ends where a number is not finite, with the record that shows it', async () => {
    const wild = { ...config, expert_lr: 1e30, geometric_lr: 1e30 };
    const { summary } = await train(requestOf(folder('wild'), { config: wild }));
    expect(summary).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/ is not finite at step \d+$/) });
    expect(recordsOf('wild').at(-1)).toHaveProperty('non_finite');
    expect(await readSummary(folder('wild'))).toEqual(summary);
  });

  it('does not touch a folder that holds something', async () => {
    await writeFile(folder('occupied'), '');
    await expect(train(requestOf(folder('whole')))).rejects.toThrow(/is not empty/);
    await expect(train(requestOf(folder('occupied')))).rejects.toThrow(/could not be written/);
  });
});

describe('a run that was interrupted', () => {
  it.each([1, 4, 7, 11])('after %i steps and resumed ends in the same bytes', async (steps) => {
    const name = folder(`stopped-${steps}`);
    const stopped = await train(requestOf(name, stopAfter(steps)));
    expect(stopped.summary).toMatchObject({ outcome: 'interrupted', steps });
    const { summary, resumedFrom, notes } = await train(requestOf(name, { resume: true }));
    expect({ resumedFrom, notes }).toEqual({ resumedFrom: steps, notes: [] });
    expect(summary).toMatchObject({ outcome: 'finished', resumed: 1 });
    expect(metricsOf(name)).toBe(metricsOf(folder('whole')));
  });

  it('before its first step is begun by its resumption', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    const stopped = await train(requestOf(folder('unbegun'), { signal: controller.signal }));
    expect(stopped.summary).toMatchObject({ outcome: 'interrupted', steps: 0 });
    const { summary, notes } = await train(requestOf(folder('unbegun'), { resume: true }));
    expect({ outcome: summary.outcome, notes }).toEqual({ outcome: 'finished', notes: [] });
    expect(metricsOf(folder('unbegun'))).toBe(metricsOf(folder('whole')));
  });

  it('may be interrupted and resumed again and again', async () => {
    const name = folder('often');
    for (const steps of [2, 5, 6, 9]) await train(requestOf(name, { resume: true, ...stopAfter(steps) }));
    const { summary } = await train(requestOf(name, { resume: true }));
    expect(summary.resumed).toBe(4);
    expect(metricsOf(name)).toBe(metricsOf(folder('whole')));
  });

  it('does nothing more once it has finished', async () => {
    const { mtimeMs } = await stat(runFiles(folder('whole')).metrics);
    const { summary, resumedFrom } = await train(requestOf(folder('whole'), { resume: true }));
    expect({ outcome: summary.outcome, resumedFrom }).toEqual({ outcome: 'finished', resumedFrom: 12 });
    expect((await stat(runFiles(folder('whole')).metrics)).mtimeMs).toBe(mtimeMs);
  });

  it('is not resumed with other settings, or on another backend', async () => {
    const name = folder('settled');
    await train(requestOf(name, stopAfter(2)));
    const other = requestOf(name, { resume: true, config: { ...config, expert_lr: 0.5 } });
    await expect(train(other)).rejects.toThrow(/expert_lr was 0\.001 and is 0\.5$/);
    const about = { ...requestOf(name).about, backend: { name: 'wasm' } };
    await expect(train(requestOf(name, { resume: true, about }))).rejects.toThrow(/backend was "cpu" and is "wasm"/);
    const { summary } = await train(requestOf(name, { resume: true }));
    expect(summary.outcome).toBe('finished');
  });
});

describe('a run on a file of data', () => {
  it('is resumed with the same bytes alone', async () => {
    const data = folder('data.txt');
    const text = 'to be or not to be, that is the question\n'.repeat(10);
    await writeFile(data, text);
    const onText = { ...config, data, vocab_size: 256 };
    await train(requestOf(folder('on-text'), { config: onText, ...stopAfter(3) }));
    expect(await readManifest(folder('on-text'))).toMatchObject({ data: { file: data, bytes: 410 } });

    const again = requestOf(folder('on-text'), { config: onText, resume: true });
    await writeFile(data, text.replace('question', 'answer?!'));
    await expect(train(again)).rejects.toThrow(
      `${data} is not any more what the run in ${folder('on-text')} was begun with`,
    );
    await writeFile(data, `${text}\n`);
    await expect(train(again)).rejects.toThrow('was begun with: it had 410 bytes and has 411');
    await writeFile(data, text);
    expect(await train(again)).toMatchObject({ resumedFrom: 3, summary: { outcome: 'finished' } });
  });
});

describe('memory', () => {
  it('is asked for before anything is written', async () => {
    const available = vi.spyOn(process, 'availableMemory').mockReturnValue(1000);
    await expect(train(requestOf(folder('large')))).rejects.toThrow(OutOfMemory);
    available.mockRestore();
    await expect(readdir(folder('large'))).rejects.toThrow(/ENOENT/);
  });

  it('that runs out is told as that, and nothing else is', () => {
    const words = ['Array buffer allocation failed', 'Aborted(Cannot enlarge memory arrays)', 'Aborted(OOM)'];
    for (const word of words) expect(asOutOfMemory(new RangeError(word), config)).toBeInstanceOf(OutOfMemory);
    const other = new Error('the room is locked');
    expect(asOutOfMemory(other, config)).toBe(other);
  });
});

import { describe, expect, it } from 'vitest';
import { jsonl } from './records.js';
import { problemsIn, reportOn } from './report-on.js';

type Row = Record<string, unknown>;

/** Sixty records of a run that no schema describes, each made from its step. */
const run = (row: (step: number) => Row) => jsonl(Array.from({ length: 60 }, (_, step) => row(step)));
const told = async (text: string, name?: string) =>
  (await problemsIn(text, name === undefined ? {} : { name })).map(
    ({ code, severity, message, count }) => `${severity} ${code} ${count}: ${message}`,
  );

describe('a run without a schema', () => {
  it('is shown with its metrics, and the name of its step', async () => {
    const report = await reportOn(run((step) => ({ global_step: step, 'train/loss': 3 - step / 30 })));
    expect(report).toMatchObject({ judgedBy: 'none', found: { metrics: ['train/loss'], step: 'global_step' } });
  });

  it('that renames a metric midway is told', async () => {
    const text = run((step) => ({ step, [step < 30 ? 'train/loss' : 'train/Loss']: 3 - step / 30 }));
    expect(await told(text)).toEqual([
      'warning renamed-metric 1: train/loss ends after step 29, where train/Loss begins',
    ]);
  });

  it('that says a number as text is told', async () => {
    const text = run((step) => ({ step, loss: step < 40 ? 3 - step / 30 : 'NaN' }));
    expect(await told(text)).toEqual(['warning text-for-number 20: loss is the text "NaN", and was a number before']);
  });

  it('that never says its step as a number is told', async () => {
    const text = run((step) => ({ step: String(step), loss: 3 - step / 30 }));
    expect(await told(text)).toEqual([
      'warning no-step 1: no record says its step as a number, under step, global_step or _step',
    ]);
  });

  it.each<[name: string, row: (step: number) => Row]>([
    ['evaluates every ten steps', (step) => ({ step, loss: 3 - step / 30, ...(step % 10 ? {} : { eval_loss: 3 }) })],
    ['ends with a summary', (step) => (step < 59 ? { step, loss: 3 - step / 30 } : { step, train_runtime: 12.5 })],
    ['wakes its ghosts late', (step) => ({ step, loss: 3 - step / 30, ...(step > 30 && { ghost_load: 0.1 + step }) })],
    ['has nothing to say at times', (step) => ({ step, loss: 3 - step / 30, accuracy: step % 3 ? null : step })],
    ['names its phase', (step) => ({ step, loss: 3 - step / 30, phase: step < 9 ? 'warm-up' : 'training' })],
    ['ends one metric and begins another', (step) => ({ step, [step < 30 ? 'warmup_lr' : 'cosine_lr']: step })],
    ['has two metrics that are spelled alike', (step) => ({ step, loss: 3 - step / 30, Loss: 2 - step / 30 })],
  ])('that %s is left alone', async (_, row) => expect(await told(run(row))).toEqual([]));

  it('may be a single record, such as a summary', async () => {
    expect(await told(jsonl([{ accuracy: 0.9 }]))).toEqual([]);
  });
});

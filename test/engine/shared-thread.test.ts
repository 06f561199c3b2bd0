import { expect, test } from 'vitest';
import { sharedThread } from '../../src/engine/shared-thread.js';

/** A clock that only moves when somebody works or waits. */
function standing() {
  let at = 0;
  return { now: () => at, pass: (ms: number) => (at += ms) };
}

test('the time for which another work keeps the thread is not that of the work that waits', async () => {
  const clock = standing();
  const timed = sharedThread(clock.now);
  let arrive = () => {};
  const file = new Promise<void>((resolve) => (arrive = resolve));
  const reader = timed(async () => {
    clock.pass(3);
    await file;
    clock.pass(2);
    return 'read';
  });
  const types = timed(async () => clock.pass(500));
  clock.pass(40);
  arrive();
  expect(await types).toMatchObject({ durationMs: 500 + 40 });
  expect(await reader).toEqual({ result: 'read', durationMs: 3 + 40 + 2 });
});

test('what a work itself keeps the thread for is counted', async () => {
  const clock = standing();
  const timed = sharedThread(clock.now);
  expect(await timed(async () => clock.pass(7))).toEqual({ result: 7, durationMs: 7 });
  await expect(timed(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

import { setFlagsFromString } from 'node:v8';

/**
 * When V8 optimizes a function: after it has interpreted so much of it, in bytes of code. Usual is 66 KB. It optimizes on
 * threads of its own, and with two cores a short run waits for them longer than it gains. Of V8 11, which is Node 20.
 */
const budgets = { late: 400_000, usual: 67_584 };

/** Later versions have other settings for this, and complain about ours. */
const isAdjustable = process.versions.v8.startsWith('11.');

let current: keyof typeof budgets = 'usual';

/** Late is for processes that run once, usual for those that stay. */
export function optimize(when: keyof typeof budgets): void {
  current = when;
  if (isAdjustable) setFlagsFromString(`--interrupt-budget=${budgets[when]}`);
}

/** Does something under the settings of processes that run once: V8 refuses code that was compiled under others. */
export function optimizingLate<Result>(act: () => Result): Result {
  const before = current;
  optimize('late');
  try {
    return act();
  } finally {
    optimize(before);
  }
}

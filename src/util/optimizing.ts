import { setFlagsFromString } from 'node:v8';

/**
 * When V8 optimizes a function: after it has worked so much, in bytes of code. It optimizes on threads of its own, and
 * with two cores a short run waits for them longer than it gains. Of V8 11, which is Node 20.
 */
const budgets = {
  late: { 'interrupt-budget': 400_000, 'wasm-tiering-budget': 30_000_000 },
  usual: { 'interrupt-budget': 67_584, 'wasm-tiering-budget': 1_800_000 },
};

/** Later versions have other settings for this, and complain about ours. */
const isAdjustable = process.versions.v8.startsWith('11.');

let current: keyof typeof budgets = 'usual';

/** Late is for processes that run once, usual for those that stay. */
export function optimize(when: keyof typeof budgets): void {
  current = when;
  if (!isAdjustable) return;
  for (const [name, bytes] of Object.entries(budgets[when])) setFlagsFromString(`--${name}=${bytes}`);
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

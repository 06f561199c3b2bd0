import { setFlagsFromString } from 'node:v8';

/**
 * When V8 optimizes a function: after it has interpreted so much of it, in bytes of code. Usual is 66 KB. It optimizes on
 * threads of its own, and with two cores a short run waits for them longer than it gains.
 */
const budgets = { late: 400_000, usual: 67_584 };

/** For processes that run once, and what is kept of them: V8 refuses code that was compiled under other settings. */
export function optimizeLate(): void {
  setFlagsFromString(`--interrupt-budget=${budgets.late}`);
}

/** For processes that stay. */
export function optimizeAsUsual(): void {
  setFlagsFromString(`--interrupt-budget=${budgets.usual}`);
}

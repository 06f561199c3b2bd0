import { defineConfig } from 'vitest/config';

/** What takes minutes: run by .ci/run, not by npm test. */
export default defineConfig({
  test: { include: ['test/**/*.slow.ts'], testTimeout: 600_000, hookTimeout: 120_000, maxWorkers: 2 },
});

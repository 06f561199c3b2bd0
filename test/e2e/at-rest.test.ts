import { createFixture } from 'fs-fixture';
import { expect, test } from 'vitest';
import { moeCheck } from './moe-check.js';

test('a run that waits for what never comes is a defect, and no success', async () => {
  await using fixture = await createFixture({
    'dashboard/app.py': 'import streamlit\n',
    'dashboard/moe-check.config.yaml': 'tier: static\n',
    // Node ends by itself, with 0, once nothing is left to wait for.
    'hook.cjs': "require('node:fs/promises').readFile = () => new Promise(() => {});\n",
  });
  const { stderr, exitCode } = await moeCheck(['preflight', 'dashboard'], {
    cwd: fixture.path,
    env: { NODE_OPTIONS: `--require ${fixture.getPath('hook.cjs')}` },
  });
  expect(stderr).toContain('it came to rest before it was done');
  return expect(exitCode).toBe(3);
});

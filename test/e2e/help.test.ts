import { expect, it } from 'vitest';
import { moeCheck, transcript } from './moe-check.js';

it.each([
  ['help', ['--help']],
  ['preflight', ['preflight', '--help']],
  ['launch', ['launch', '--help']],
  ['init', ['init', '--help']],
  ['train', ['train', '--help']],
  ['validate', ['validate', '--help']],
  ['compare', ['compare', '--help']],
  ['golden', ['golden', '--help']],
  ['golden-update', ['golden', 'update', '--help']],
  ['checks', ['checks', '--help']],
  ['checks-list', ['checks', 'list', '--help']],
  ['checks-explain', ['checks', 'explain', '--help']],
])('the help of %s', async (name, args) => {
  const text = await transcript(args);
  expect(text).toContain('[exit 0]');
  await expect(text).toMatchFileSnapshot(`transcripts/help-${name}.txt`);
});

it('shows the help when nothing is asked', async () => {
  expect((await moeCheck([])).stdout).toBe((await moeCheck(['--help'])).stdout);
});

it('tells its version', async () => {
  const { stdout, exitCode } = await moeCheck(['--version']);
  expect(stdout).toMatch(/^moe-check\/\d+\.\d+\.\d+ /);
  expect(exitCode).toBe(0);
});

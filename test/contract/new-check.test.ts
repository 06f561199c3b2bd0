import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exec } from '../../src/util/exec.js';

const root = path.join(import.meta.dirname, '../..');
const copied = ['src', 'test/checks', 'test/contract/checks.test.ts', 'docs/checks', 'fixtures/artifacts', 'schemas'];
const config = ['scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts', '.oxfmtrc.json', '.oxlintrc.json'];

/** The part of the repository that a check lives in, to scaffold in without touching the real one. */
async function copyOfTheTree(): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'moe-check-scaffold-'));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  for (const part of [...copied, ...config])
    await cp(path.join(root, part), path.join(copy, part), { recursive: true });
  for (const part of ['node_modules', 'dist']) await symlink(path.join(root, part), path.join(copy, part));
  return copy;
}

it('npm run new:check writes a check that compiles, is linted, and holds the contract', async () => {
  const cwd = await copyOfTheTree();
  const node = (...args: string[]) => exec(process.execPath, args, { cwd, env: { VITEST: undefined } });
  const written = await node('scripts/new-check.mjs', 'contract/my-check');
  expect(written).toMatchObject({ exitCode: 0, stderr: '' });
  const again = await node('scripts/new-check.mjs', 'contract/my-check');
  expect(again).toMatchObject({ exitCode: 2 });
  expect((await node('scripts/new-check.mjs', 'My Check')).stderr).toContain('usage:');

  const steps = [
    ['node_modules/typescript/bin/tsc', '--noEmit'],
    ['node_modules/oxlint/bin/oxlint', 'src/checks', 'test/checks/contract'],
    ['node_modules/oxfmt/bin/oxfmt', '--check', 'src/checks', 'test/checks/contract'],
    ['node_modules/vitest/vitest.mjs', 'run', 'test/contract', 'test/checks/contract'],
  ];
  for (const step of steps) {
    const { exitCode, stdout, stderr } = await node(...step);
    expect({ step, exitCode, output: exitCode === 0 ? '' : stdout + stderr }).toEqual({
      step,
      exitCode: 0,
      output: '',
    });
  }
});

// `npm test`: sets up what is missing, then checks types, lint, format and generated files, and runs the tests.
// Words after `npm test --` go to vitest.
import { spawnSync } from 'node:child_process';
import { orExplain, root, setUpNode, setUpPython } from './set-up.mjs';

orExplain(() => {
  setUpNode();
  setUpPython('test/requirements.txt');
});
const words = process.argv.slice(2);
const steps = [
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
  ['node_modules/oxlint/bin/oxlint'],
  ['node_modules/oxfmt/bin/oxfmt', '--check', '.'],
  ['scripts/schemas.mjs', '--check'],
  ['node_modules/vitest/vitest.mjs', 'run', ...words],
];
for (const step of words.length > 0 ? steps.slice(-1) : steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

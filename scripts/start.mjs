// `npm start`: sets up what is missing and runs the main job, preflight, on the demo dashboard.
import { spawnSync } from 'node:child_process';
import { orExplain, root, SetUpError, setUpNode, setUpPython } from './set-up.mjs';

const dashboard = 'fixtures/dashboards/moe-hub';

orExplain(setUpNode);
const tier = [];
try {
  setUpPython(`${dashboard}/requirements.txt`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(
    `\n${error.message}\n\nWithout it only the static tier can be run: nothing is compiled, imported or started.\n`,
  );
  tier.push('--tier', 'static');
}
const args = ['bin/run.cjs', 'preflight', dashboard, ...tier, ...process.argv.slice(2)];
const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1);

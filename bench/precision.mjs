// `npm run bench:precision [-- PACKAGE…]`: the checks that read source alone, on large healthy Python code. Prints the
// findings per 100,000 lines, and every error with its place, to be looked at; asserts nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const root = path.join(here, '..');
const packages = {
  streamlit: 'streamlit==1.64.0',
  plotly: 'plotly',
  pandas: 'pandas',
  torch: 'torch==2.13.0+cpu',
  transformers: 'transformers',
  huggingface_hub: 'huggingface_hub==2.0.0',
  requests: 'requests',
  rich: 'rich',
};

/** A folder that holds the package alone, unpacked and never imported. */
function unpacked(name) {
  const folder = path.join(here, '.tools/packages', name);
  if (existsSync(path.join(folder, name))) return folder;
  mkdirSync(folder, { recursive: true });
  const pip = ['-m', 'pip', 'install', '--retries', '0', '--quiet', '--no-deps', '--target', folder, packages[name]];
  execFileSync('python3', pip, { stdio: ['ignore', 2, 2] });
  return folder;
}

function linesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.py'))
    .reduce((sum, name) => sum + readFileSync(path.join(folder, name), 'utf8').split('\n').length, 0);
}

function findingsOf(folder) {
  const args = ['preflight', folder, '--tier', 'static', '--json', '--skip', 'environment'];
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'bin/run.cjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (stdout === '') throw new Error(stderr);
  const { checks, error } = JSON.parse(stdout);
  if (error !== undefined) throw new Error(error.message);
  return checks.flatMap(({ id, outcome }) =>
    (outcome.status === 'failed' ? outcome.findings : []).map((finding) => ({ check: id, ...finding })),
  );
}

const total = { lines: 0, error: 0, warning: 0 };
const row = (name, { lines, error, warning }) => {
  const per = (count) => ((count / lines) * 100_000).toFixed(2).padStart(8);
  console.log(
    `${name.padEnd(18)}${String(lines).padStart(9)} lines ${per(error)} errors ${per(warning)} warnings per 100 k lines`,
  );
};
const errors = [];
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(packages)) {
  const folder = unpacked(name);
  const findings = findingsOf(folder);
  const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
  const counted = { lines: linesOf(folder), error: count('error'), warning: count('warning') };
  row(name, counted);
  for (const key of Object.keys(total)) total[key] += counted[key];
  errors.push(...findings.filter((finding) => finding.severity === 'error'));
}
row('all', total);
for (const { check, code, location, message } of errors) {
  console.log(`${check} ${code}  ${location?.file ?? ''}:${location?.line ?? ''}  ${message}`);
}

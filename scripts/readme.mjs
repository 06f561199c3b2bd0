// Writes the command reference into README.md from the commands themselves. `--check` only compares.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = new URL('../README.md', import.meta.url);
const before = readFileSync(readme, 'utf8');
const oclif = [
  'node_modules/oclif/bin/run.js',
  'readme',
  '--no-aliases',
  '--repository-prefix',
  '<%- repo %>/<%- commandPath %>',
];
execFileSync(process.execPath, oclif, { cwd: root, stdio: ['ignore', 'ignore', 2] });

// Which Node and which system wrote it would make it differ from machine to machine.
const after = readFileSync(readme, 'utf8').replace(/moe-check\/[\d.]+ \S+ node-v[\d.]+/g, 'moe-check/X.Y.Z');
if (!process.argv.includes('--check')) writeFileSync(readme, after);
else {
  writeFileSync(readme, before);
  if (after !== before) {
    console.error('The command reference in README.md is out of date: run `npm run readme` and commit what it writes.');
    process.exitCode = 1;
  }
}

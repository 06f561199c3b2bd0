// The package as others get it: packed, held against publint, attw and knip, installed into an empty folder, its size
// measured, and run there.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm i -g moe-check` may bring, dependencies included but for the optional native backend. */
const limitMB = 25;

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => path.join(root, 'node_modules/.bin', name);
const run = (file, args, options = {}) =>
  execFileSync(file, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });

function step(what, work) {
  console.log(`\n${what}`);
  return work();
}

function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(path.join(entry.parentPath, entry.name)).size, 0);
}

step('knip: nothing unused', () => run(bin('knip'), []));
step('the command reference in README.md', () => run(process.execPath, ['scripts/readme.mjs', '--check']));

const folder = mkdtempSync(path.join(tmpdir(), 'moe-check-package-'));
try {
  const tarball = step('npm pack', () => {
    const json = run('npm', ['pack', '--json', '--pack-destination', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    return path.join(folder, JSON.parse(json)[0].filename);
  });
  step('publint', () => run(bin('publint'), ['run', tarball, '--strict']));
  step('are the types wrong', () => run(bin('attw'), [tarball, '--profile', 'esm-only']));
  step('npm install, in an empty folder', () => {
    run('npm', ['init', '-y'], { cwd: folder, stdio: 'ignore' });
    run('npm', ['install', '--no-audit', '--no-fund', '--omit=dev', '--omit=optional', tarball], { cwd: folder });
  });
  const megabytes = bytesBelow(path.join(folder, 'node_modules')) / 1e6;
  console.log(`installed size: ${megabytes.toFixed(1)} MB of ${limitMB}`);
  if (megabytes > limitMB) throw new Error(`the installed package is over ${limitMB} MB`);
  step('the installed command', () => {
    const installed = path.join(folder, 'node_modules/.bin/moe-check');
    run(installed, ['--version'], { cwd: folder });
    run(installed, ['preflight', path.join(root, 'fixtures/dashboards/moe-hub')], { cwd: folder });
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

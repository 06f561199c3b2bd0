// Installs what is missing and stamps what it did, so that the second time costs nothing. No dependencies: it runs on
// a fresh clone, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const inVenv = at('.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Something the person at the keyboard has to mend; shown as it is, without a stack. */
export class SetUpError extends Error {}

/** Dependencies, build and docs of the commands: everything that needs Node alone. */
export function setUpNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19) || major > 22) {
    throw new SetUpError(`Node ${process.versions.node} will not do: moe-check needs Node 20.19 or newer, below 23.`);
  }
  unlessStamped(at('node_modules/.moe-check-stamp'), hashOf(['package-lock.json'], process.version), () => {
    say('installing the packages (npm ci)');
    // No package of ours needs its install script: what is native ships prebuilt, or is optional.
    npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  });
  const sources = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'scripts/build.mjs',
    'scripts/bundle.mjs',
    'scripts/vendor.mjs',
    'src',
  ];
  unlessStamped(at('dist/.stamp'), hashOf(sources), () => {
    say('building');
    run(process.execPath, [at('scripts/build.mjs')]);
  });
}

/**
 * A virtual environment in `.venv` that holds what the requirement files name.
 * @param {string} requirements the file, relative to the root; a later call with a wider file adds to it
 * @throws SetUpError when Python or its packages cannot be had, saying how to get them
 */
export function setUpPython(requirements) {
  const stamps = at('.venv/.moe-check-stamps');
  // The interpreter it was made from may be gone since, which leaves a dangling link.
  if (!existsSync(inVenv)) rmSync(stamps, { recursive: true, force: true });
  const stamp = path.join(stamps, requirements.replaceAll('/', '-'));
  const files = ['fixtures/dashboards/moe-hub/requirements.txt', requirements];
  unlessStamped(stamp, hashOf(files), () => {
    setUpVenv();
    say(`installing the Python packages of ${requirements}`);
    pipInstall(
      ['-r', at(requirements)],
      `the Python packages of ${requirements}`,
      `Try again with a network, or by hand: .venv/bin/pip install -r ${requirements}`,
    );
  });
}

/**
 * Makes the virtual environment `.venv`, unless it is there.
 * @throws SetUpError when there is no Python for it
 */
export function setUpVenv() {
  if (existsSync(inVenv) && spawnSync(inVenv, ['-m', 'pip', '--version']).status === 0) return;
  const python = findPython();
  say(`making a virtual environment (${python.join(' ')} -m venv .venv)`);
  rmSync(at('.venv'), { recursive: true, force: true });
  const made = spawnSync(python[0], [...python.slice(1), '-m', 'venv', at('.venv')], { encoding: 'utf8' });
  if (made.status !== 0) {
    throw new SetUpError(
      `Python could not make a virtual environment:\n${tail(made.stdout + made.stderr)}\n` +
        'On Debian and Ubuntu: apt-get install python3-venv',
    );
  }
}

/**
 * @param {string[]} words what to install, and where: arguments of the virtual environment's pip
 * @param {string} what in words, and the fix
 * @throws SetUpError when it cannot be had
 */
export function pipInstall(words, what, fix) {
  // With an unreachable first index, pip's retries cost minutes before it asks the next one.
  const options = ['--retries', '0', '--disable-pip-version-check', '--quiet'];
  const pip = spawnSync(inVenv, ['-m', 'pip', 'install', ...options, ...words], { encoding: 'utf8' });
  if (pip.status !== 0) throw new SetUpError(`${what} could not be installed:\n${tail(pip.stderr)}\n${fix}`);
}

/** Runs a set-up and turns what a person has to mend into a plain message and exit code 2. */
export function orExplain(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`\n${error.message}`);
    return process.exit(2);
  }
}

function findPython() {
  const named = process.env.PYTHON ? [[process.env.PYTHON]] : [];
  const onPath = process.platform === 'win32' ? [['py', '-3'], ['python']] : [['python3'], ['python']];
  const versioned = ['3.13', '3.12', '3.11', '3.10'].map((version) => [`python${version}`]);
  const atLeast310 = 'import sys; sys.exit(sys.version_info < (3, 10))';
  const found = [...named, ...onPath, ...versioned].find(
    ([file, ...args]) => spawnSync(file, [...args, '-c', atLeast310], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined) {
    throw new SetUpError(
      'Python 3.10 or newer was not found. Install it (https://www.python.org/downloads, or apt-get install python3 ' +
        'python3-venv), or name one: PYTHON=/path/to/python3',
    );
  }
  return found;
}

/** Does the work and stamps it, unless the stamp says that it was done for the same hash. */
export function unlessStamped(stamp, hash, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/** @param {string[]} files files and folders, relative to the root */
export function hashOf(files, ...more) {
  const hash = createHash('sha256');
  for (const each of more) hash.update(each);
  for (const file of files.flatMap(filesBelow)) hash.update(`\0${file}\0`).update(readFileSync(at(file)));
  return hash.digest('hex');
}

function filesBelow(file) {
  if (!existsSync(at(file))) return [];
  const entries = file.includes('.') ? undefined : readdirSync(at(file), { recursive: true, withFileTypes: true });
  if (entries === undefined) return [file];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

function npm(...args) {
  run(...npmCommand(...args));
}

/** @returns {[string, string[]]} a program and its arguments, for spawnSync */
export function npmCommand(...args) {
  // npm tells its children where it is; found like this it also works where npm is a .cmd file.
  const script = process.env.npm_execpath;
  return script === undefined ? ['npm', args] : [process.execPath, [script, ...args]];
}

function run(file, args) {
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new SetUpError(`${[file, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

export function say(what) {
  console.error(`set-up: ${what}`);
}

/** The last lines of what a program printed. */
export function tail(text, lines = 6) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

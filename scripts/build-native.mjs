// `npm run build:native`: builds the native backend, `@tensorflow/tfjs-node`, into .native, from its own sources against
// the C library in the tensorflow-cpu wheel. Asks npm and pip only; docs/native-backend.md tells what it is good for.
// Ends with 0 when it is there, 2 when something it needs cannot be had here, 1 when it does not compile or load.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  SetUpError,
  hashOf,
  npmCommand,
  orExplain,
  pipInstall,
  root,
  say,
  setUpVenv,
  tail,
  unlessStamped,
} from './set-up.mjs';

/** The newest of both that were tried together. */
const tfjsNode = '4.22.0';
const tensorflow = '2.21.0';

const folder = path.join(root, '.native');
const addon = path.join(folder, 'node_modules/@tensorflow/tfjs-node');
const wheel = path.join(folder, 'wheel');
/** What binding.gyp links, and the file in the wheel. The loader looks for the latter. */
const libraries = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
};

class BuildError extends Error {}

try {
  orExplain(() => unlessStamped(path.join(folder, 'stamp'), hashOf(['scripts/build-native.mjs'], process.arch), build));
  console.error(`the native backend is in ${path.relative(process.cwd(), folder)}`);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

function build() {
  requireTools();
  const clear = () => rmSync(folder, { recursive: true, force: true });
  clear();
  try {
    installSources();
    installLibrary();
    compile();
    load();
  } catch (error) {
    clear();
    throw error;
  }
}

function requireTools() {
  if (process.platform !== 'linux') {
    throw new SetUpError('The tensorflow-cpu wheel has its C library on Linux only, so this build needs Linux.');
  }
  for (const tool of ['make', process.env.CXX ?? 'g++']) {
    if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0) {
      throw new SetUpError(
        `${tool} was not found, and the binding has to be compiled. On Debian and Ubuntu: apt-get install build-essential`,
      );
    }
  }
}

/** Without its install script, which would download TensorFlow 2.9 from a host of its own. */
function installSources() {
  say(`installing @tensorflow/tfjs-node ${tfjsNode}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const [npm, args] = npmCommand('install', `@tensorflow/tfjs-node@${tfjsNode}`, '--ignore-scripts', ...quiet);
  const { status, output } = run(npm, args, { cwd: folder });
  if (status !== 0) throw new SetUpError(`@tensorflow/tfjs-node could not be installed:\n${output.trimEnd()}`);
}

/** Moves headers and libraries to where binding.gyp expects them, and drops the 400 MB of Python around them. */
function installLibrary() {
  setUpVenv();
  say(`installing the C library of tensorflow-cpu ${tensorflow} (270 MB)`);
  pipInstall(
    ['--no-deps', '--no-compile', '--only-binary', ':all:', '--target', wheel, `tensorflow-cpu==${tensorflow}`],
    `tensorflow-cpu ${tensorflow}`,
    'It needs a package index that has this release for the Python of .venv and this processor.',
  );
  const deps = path.join(addon, 'deps');
  mkdirSync(path.join(deps, 'lib'), { recursive: true });
  renameSync(path.join(wheel, 'tensorflow/include'), path.join(deps, 'include'));
  for (const [linked, file] of Object.entries(libraries)) {
    renameSync(path.join(wheel, 'tensorflow', file), path.join(deps, 'lib', file));
    symlinkSync(file, path.join(deps, 'lib', linked));
  }
  rmSync(wheel, { recursive: true });
}

function compile() {
  say('compiling the binding');
  // Where Node came without its headers, node-gyp asks nodejs.org for them.
  const prefix = path.join(process.execPath, '../..');
  const headers = existsSync(path.join(prefix, 'include/node/node_api.h'));
  const env = headers ? { npm_config_nodedir: prefix, ...process.env } : process.env;
  const { status, output } = run(...npmCommand('run', 'build-addon-from-source'), { cwd: addon, env });
  if (status !== 0) {
    const message = `the binding could not be compiled:\n${tail(output, 40)}`;
    if (headers) throw new BuildError(message);
    throw new SetUpError(`${message}\nThere are no headers of Node in ${prefix}/include/node, which may be why.`);
  }
  rmSync(path.join(addon, 'deps/include'), { recursive: true });
}

function load() {
  const program = "console.log(require('@tensorflow/tfjs-node').backend().binding.TF_Version)";
  const { status, output } = run(process.execPath, ['-e', program], { cwd: folder });
  if (status !== 0 || !output.includes(tensorflow)) {
    throw new BuildError(`the binding was built, but does not load TensorFlow ${tensorflow}:\n${tail(output, 40)}`);
  }
}

function run(file, args, options) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1e8, ...options });
  return { status, output: `${stdout}${stderr}` };
}

import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { enableProdMode, setBackend, version_core } from '#tensorflow';
import { packageFile } from '../util/package-root.js';

export const backendNames = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** The backend that runs, and why not one of those before it. */
export interface OpenBackend {
  name: BackendName;
  /** Of TensorFlow.js, or of the native package. */
  version: string;
  /** The faster backends that are not to be had, each with the reason. */
  passedOver: readonly { name: BackendName; reason: string }[];
}

/** The backend that was asked for is not to be had. */
export class BackendUnavailable extends Error {
  override readonly name = 'BackendUnavailable';
  /** How to get it. */
  readonly fix: string;
  constructor(name: BackendName, reason: string) {
    super(`the backend ${name} cannot be loaded: ${reason}`);
    this.fix = howToGet[name];
  }
}

const howToGet: Record<BackendName, string> = {
  'tfjs-node-gpu':
    'npm install @tensorflow/tfjs-node-gpu (Linux with CUDA; its install script downloads the C library)',
  'tfjs-node':
    'npm install @tensorflow/tfjs-node (its install script downloads the C library; where it cannot, see docs/native-backend.md)',
  wasm: 'Reinstall moe-check: its own files are damaged.',
  cpu: 'Reinstall moe-check: its own files are damaged.',
};

const openers: Record<BackendName, () => Promise<string>> = {
  'tfjs-node-gpu': () => openNative('@tensorflow/tfjs-node-gpu'),
  'tfjs-node': () => openNative('@tensorflow/tfjs-node'),
  wasm: openWasm,
  cpu: openCpu,
};

/**
 * Opens the fastest backend there is, in the order of `backendNames`, or the one that is asked for.
 * @throws BackendUnavailable when the one that is asked for cannot be loaded, or none can
 */
export async function openBackend(forced?: BackendName): Promise<OpenBackend> {
  // Without it TensorFlow.js advertises its native package on stderr.
  enableProdMode();
  const passedOver: { name: BackendName; reason: string }[] = [];
  for (const name of forced === undefined ? backendNames : [forced]) {
    try {
      return { name, version: await openers[name](), passedOver };
    } catch (error) {
      passedOver.push({ name, reason: firstLine(error) });
    }
  }
  const last = passedOver.at(-1);
  throw new BackendUnavailable(last?.name ?? 'cpu', last?.reason ?? 'it is not known');
}

/**
 * A native package registers its backend, and kernels for it, in registries that all copies of TensorFlow.js in a process
 * share: our own functions then run on it.
 */
async function openNative(name: string): Promise<string> {
  const folder = installedFolder(name);
  // Where install scripts are blocked or the download failed, the package is there without its binding; to find that out
  // by loading it would cost half a second.
  if (!hasBinding(folder)) throw new Error(`its native library was never downloaded into ${folder}`);
  // TensorFlow announces the processor's features on stderr at every start.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // oneDNN announces itself whatever that level is, sums in another order, and is slower at the sizes trained here.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '0';
  const loaded: unknown = createRequire(import.meta.url)(folder);
  await choose('tensorflow');
  return nativeVersion(loaded) ?? version_core;
}

/** Where a package is installed: beside this one, or else in the folder in which the command was started. */
function installedFolder(name: string): string {
  for (const from of [import.meta.url, path.join(process.cwd(), 'package.json')]) {
    try {
      return path.dirname(createRequire(from).resolve(`${name}/package.json`));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Error('it is not installed');
}

/** The binding lies in a folder named after the version of Node's C interface that it was built for. */
function hasBinding(folder: string): boolean {
  const library = path.join(folder, 'lib');
  if (!existsSync(library)) return false;
  return readdirSync(library).some((api) => existsSync(path.join(library, api, 'tfjs_binding.node')));
}

/** Both native packages give their own version as `version['tfjs-node']`. */
function nativeVersion(loaded: unknown): string | undefined {
  if (loaded === null || typeof loaded !== 'object' || !('version' in loaded)) return undefined;
  const { version } = loaded;
  if (version === null || typeof version !== 'object' || !('tfjs-node' in version)) return undefined;
  return String(version['tfjs-node']);
}

const vendored = packageFile('dist/vendor/');

async function openWasm(): Promise<string> {
  const { setWasmPaths } = await import('#tensorflow-backends');
  setWasmPaths(vendored);
  await choose('wasm');
  const { replaceWasmKernels } = await import('./wasm-kernels.js');
  replaceWasmKernels();
  return version_core;
}

async function openCpu(): Promise<string> {
  await import('#tensorflow-backends');
  await choose('cpu');
  return version_core;
}

async function choose(backend: string): Promise<void> {
  if (!(await setBackend(backend))) throw new Error(`TensorFlow.js could not start ${backend}`);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
}

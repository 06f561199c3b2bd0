/**
 * Bundles what training stands on into dist/vendor: TensorFlow.js (core, all gradients, the cpu and wasm backends) and
 * GPT-2's tokenizer. As dependencies they would bring 300 MB and half a second of loading.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = new URL('../', import.meta.url);

/** What src/reference uses of TensorFlow.js. The rest is left out of the bundle, and of its declarations. */
const operations = [
  'abs',
  'add',
  'backend_util',
  'concat',
  'cos',
  'customGrad',
  'dispose',
  'div',
  'enableProdMode',
  'engine',
  'erf',
  'exp',
  'eye',
  'gather',
  'getBackend',
  'getKernel',
  'grad',
  'keep',
  'log',
  'matMul',
  'max',
  'maximum',
  'mean',
  'memory',
  'mul',
  'neg',
  'oneHot',
  'ones',
  'pad',
  'ready',
  'registerKernel',
  'relu',
  'reshape',
  'rsqrt',
  'scatterND',
  'setBackend',
  'sin',
  'slice',
  'slice_util',
  'softmax',
  'softplus',
  'split',
  'sqrt',
  'square',
  'stack',
  'sub',
  'sum',
  'tanh',
  'tensor1d',
  'tensor2d',
  'tensor3d',
  'tidy',
  'transpose',
  'unregisterKernel',
  'util',
  'valueAndGrads',
  'version_core',
];

/** The types that it uses with them. */
const types = ['BatchMatMulAttrs', 'SliceAttrs', 'SplitVAttrs', 'Tensor', 'TensorInfo'];

/** Each entry's exports: those of the package, by the same names. */
const entries = {
  tensorflow: `export { ${operations.join(', ')} } from '@tensorflow/tfjs-core';`,
  'tensorflow-backends': `export { BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';`,
  'gpt2-tokenizer': `export { encode } from 'gpt-tokenizer/encoding/gpt2';`,
};

/** What an entry runs before it exports. */
const preludes = {
  tensorflow: `import '@tensorflow/tfjs-core/dist/register_all_gradients.js';`,
  'tensorflow-backends': `import '@tensorflow/tfjs-backend-cpu';`,
  'gpt2-tokenizer': '',
};

/** What the bundles show to TypeScript: the declarations of the packages, which are there when we compile. */
export const declarations = {
  ...entries,
  tensorflow: entries.tensorflow.replace('{ ', `{ ${types.map((name) => `type ${name}`).join(', ')}, `),
  // The type of the backend is built on types that are global.
  'tensorflow-backends': `/// <reference types="emscripten" />\n${entries['tensorflow-backends']}`,
};

/** Node gets the single-threaded binaries only; the threaded one and its glue stay out. */
export const wasmBinaries = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/**
 * Writes the bundles into dist/vendor.
 * @returns {Promise<string[]>} the packages whose code is in them
 */
export async function bundle() {
  const build = await rolldown({
    input: Object.fromEntries(Object.keys(entries).map((name) => [name, `entry:${name}`])),
    cwd: fileURLToPath(root),
    platform: 'node',
    // The `main` of tfjs-core is one CommonJS file without gradients, and every backend would bring its own copy of it.
    resolve: { mainFields: ['module', 'main'] },
    // Asked for only on a Node without fetch of its own.
    external: ['node-fetch'],
    plugins: [entriesFromText, withoutProcessHandlers, withoutThreads],
  });
  const { output } = await build.write({
    dir: fileURLToPath(new URL('dist/vendor', root)),
    format: 'esm',
    minify: true,
    chunkFileNames: '[name].js',
  });
  await build.close();
  return packagesIn(output);
}

/** The packages whose code went into what rolldown wrote: their folders, below node_modules. */
export function packagesIn(output) {
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  return modules.flatMap((id) => {
    const below = path.relative(fileURLToPath(root), id).replaceAll('\\', '/');
    return /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(below)?.[1] ?? [];
  });
}

const entriesFromText = {
  name: 'entries-from-text',
  resolveId: (id) => (id.startsWith('entry:') ? id : undefined),
  load: (id) => (id.startsWith('entry:') ? `${preludes[id.slice(6)]}\n${entries[id.slice(6)]}` : undefined),
};

/** Emscripten's glue takes over uncaught exceptions and rejections of the whole process. They are not its to handle. */
const withoutProcessHandlers = {
  name: 'without-process-handlers',
  transform(code, id) {
    if (!/wasm-out[\\/]tfjs-backend-wasm\.js$/.test(id)) return undefined;
    const handlers =
      /process\["on"\]\("uncaughtException",function\(ex\)\{.*?\}\}\);process\["on"\]\("unhandledRejection",function\(reason\)\{throw reason\}\);/;
    if (!handlers.test(code)) throw new Error('the glue of tfjs-backend-wasm has changed: adapt scripts/bundle.mjs');
    return code.replace(handlers, '');
  },
};

const withoutThreads = {
  name: 'without-threads',
  load: (id) =>
    /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/.test(id)
      ? 'export default {}; export const wasmWorkerContents = "";'
      : undefined,
};

#!/usr/bin/env node
/**
 * Puts into dist/vendor what would be heavy as a dependency: the parser that the static model stands on (web-tree-sitter
 * and tree-sitter-python's grammar, both WebAssembly), because tree-sitter-python would run node-gyp; and what training
 * stands on, bundled (see bundle.mjs). Tests load it from there; the build bundles it again, all but the WebAssembly.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundle, declarations, wasmBinaries } from './bundle.mjs';

const root = new URL('../', import.meta.url);
const copied = ['web-tree-sitter', 'tree-sitter-python'];

/** @returns {Promise<string[]>} the packages whose code is in dist/vendor, once it is written */
export async function vendor() {
  const to = (name) => new URL(`dist/vendor/${name}`, root);
  await mkdir(to(''), { recursive: true });
  const bundled = await bundle();
  await Promise.all([
    copyFile(from('web-tree-sitter/web-tree-sitter.wasm'), to('web-tree-sitter.wasm')),
    copyFile(from('tree-sitter-python/tree-sitter-python.wasm'), to('tree-sitter-python.wasm')),
    write(
      to('web-tree-sitter.js'),
      adapted(withoutSourceMap(await read(from('web-tree-sitter/web-tree-sitter.js')))) +
        (await read(new URL('walk-tree.js', import.meta.url))),
    ),
    write(
      to('web-tree-sitter.d.ts'),
      asModule(await read(from('web-tree-sitter/web-tree-sitter.d.ts'))) + walkTreeType,
    ),
    ...wasmBinaries.map((name) => copyFile(from(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`), to(name))),
    ...Object.entries(declarations).map(([name, text]) => write(to(`${name}.d.ts`), `${text}\n`)),
  ]);
  return [...copied, ...bundled];
}

const from = (path) => new URL(`node_modules/${path}`, root);
const read = (url) => readFile(url, 'utf8');
const write = (url, text) => writeFile(url, text);

const withoutSourceMap = (code) => code.replace(/^\/\/# sourceMappingURL=.*$/m, '').trimEnd() + '\n';

/** What we change in web-tree-sitter.js, each with the number of places. */
const changes = [
  // A script that is kept compiled (src/cli/compiled-code.ts) cannot import; all that this one does is part of Node.
  { from: /await import\((?="(?:fs\/promises|module)"\))/g, to: 'process.getBuiltinModule(', places: 2 },
  // It hands texts over a character at a time, through a function for each; Node copies them at once.
  {
    from: /(?<=\n {6}setValue\(lengthAddress, string\.length, "i32"\);\n {6})stringToUTF16\(string, inputBufferAddress, INPUT_BUFFER_SIZE\);/g,
    to: `const view = Buffer.from(HEAP8.buffer, inputBufferAddress, INPUT_BUFFER_SIZE);
      view.writeUInt16LE(0, view.write(string, 0, INPUT_BUFFER_SIZE - 2, "utf16le"));`,
    places: 1,
  },
];

function adapted(code) {
  return changes.reduce((text, { from, to, places }) => {
    if (text.match(from)?.length !== places)
      throw new Error(`web-tree-sitter.js has changed at ${from}: adapt scripts/vendor.mjs`);
    return text.replaceAll(from, to);
  }, code);
}

/** Of scripts/walk-tree.js, which can only do what it does from inside of the module. */
const walkTreeType = `
export function walkTree(
  tree: Tree,
  enter: (typeId: number, fieldId: number, start: number, end: number) => void,
  leave: () => void,
): void;
`;

/** The declarations are those of an ambient module of the package's own name; a file of its own needs them bare. */
function asModule(declarations) {
  const body = /^declare module 'web-tree-sitter' \{\n(.*)^\}$/ms.exec(declarations)?.[1];
  if (body === undefined)
    throw new Error('web-tree-sitter.d.ts is no longer one ambient module: adapt scripts/vendor.mjs');
  return body;
}

/**
 * Writes THIRD-PARTY-NOTICES.txt.
 * @param {string[]} packages those whose code we ship, by their folders below node_modules; each may come up repeatedly
 */
export async function writeNotices(packages) {
  const parts = await Promise.all(
    [...new Set(packages)].sort().map(async (folder) => {
      const { name, version } = JSON.parse(await read(from(`${folder}/package.json`)));
      return `${name} ${version}\n${'-'.repeat(name.length + version.length + 1)}\n\n${(await licenceOf(folder)).trim()}\n`;
    }),
  );
  const text = `moe-check contains the following third-party software.\n\n${[...new Set(parts)].join('\n\n')}`;
  await write(new URL('THIRD-PARTY-NOTICES.txt', root), text);
}

/** TensorFlow.js ships no licence file; seedrandom has its licence at the end of its README. */
async function licenceOf(folder) {
  if (folder.startsWith('@tensorflow/'))
    return 'Copyright Google LLC. Apache License 2.0: its text stands below, at long.';
  if (folder === 'seedrandom') {
    const [licence] = /LICENSE \(MIT\)[^]*?SOFTWARE\.$/m.exec(await read(from('seedrandom/README.md'))) ?? [];
    if (licence === undefined) throw new Error('the README of seedrandom no longer holds its licence');
    return licence;
  }
  const entries = await readdir(from(folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /^(?:licen[cs]e|notice)/i.test(entry.name));
  if (files.length === 0) throw new Error(`${folder} holds no licence`);
  return (await Promise.all(files.map(({ name }) => read(from(`${folder}/${name}`))))).join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await vendor();

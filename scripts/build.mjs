// Builds dist/ from nothing: the bundled sources with their fingerprint, the vendored parser, and oclif's manifest of the commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { packagesIn } from './bundle.mjs';
import { vendor, writeNotices } from './vendor.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
const vendored = await vendor();
node('node_modules/typescript/bin/tsc', '--noEmit');
await writeNotices([...vendored, ...(await bundle())]);
writeFileSync(new URL('../dist/fingerprint', import.meta.url), fingerprint());
node('node_modules/oclif/bin/run.js', 'manifest', '--no-jit');

/**
 * Few files load several times faster than one a module. Only what is started on its own stays a file of its own: the
 * commands, which oclif looks up, the thread, and what tests and benchmarks start in other processes. As CommonJS, for
 * whose compiled code Node 20 can be given a place (src/cli/compiled-code.ts), and with the packages that it stands on.
 * @returns {Promise<string[]>} the packages whose code is in it
 */
async function bundle() {
  const entries = [
    'cli/compiled-code',
    'cli/main',
    ...readdirSync(`${root}src/commands`, { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `commands/${name.slice(0, -'.ts'.length)}`),
    'source/reading/worker',
    'cli/interrupt',
    'cli/start-dashboard',
    'collectors/launch',
    ...['backend', 'config', 'data/dataset', 'model'].map((name) => `reference/${name}`),
    'metrics/metrics-writer',
  ];
  const built = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    platform: 'node',
    // In the glue that Emscripten puts around a parser, for what ours does not hold.
    checks: { eval: false },
  });
  const { output } = await built.write({
    dir: 'dist',
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
  });
  await built.close();
  return packagesIn(output);
}

/** Of all code: what was read by other code is not taken for its own. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const name of readdirSync(`${root}dist`, { recursive: true }).sort()) {
    if (statSync(`${root}dist/${name}`).isFile()) hash.update(`${name}\0`).update(readFileSync(`${root}dist/${name}`));
  }
  return hash.digest('hex');
}

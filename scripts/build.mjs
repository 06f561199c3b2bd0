// Builds dist/ from nothing: the bundled sources with their fingerprint, the vendored parser, and oclif's manifest of the commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { vendor } from './vendor.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
await vendor();
node('node_modules/typescript/bin/tsc', '--noEmit');
await bundle();
writeFileSync(new URL('../dist/fingerprint', import.meta.url), fingerprint());
node('node_modules/oclif/bin/run.js', 'manifest', '--no-jit');

/**
 * Few files load several times faster than one a module. Only what is started on its own stays a file of its own: the
 * commands, which oclif looks up, the thread, and what tests and benchmarks start in other processes.
 */
async function bundle() {
  const entries = [
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
    external: (id) => !/^[./]/.test(id) && !path.isAbsolute(id),
  });
  await built.write({ dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name].js' });
  await built.close();
}

/** Of all code: what was read by other code is not taken for its own. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const name of readdirSync(`${root}dist`, { recursive: true }).sort()) {
    if (statSync(`${root}dist/${name}`).isFile()) hash.update(`${name}\0`).update(readFileSync(`${root}dist/${name}`));
  }
  return hash.digest('hex');
}

// Builds dist/ from nothing: compiled sources with their fingerprint, the vendored parser, and oclif's manifest of the commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vendor } from './vendor.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
await vendor();
node('node_modules/typescript/bin/tsc');
writeFileSync(new URL('../dist/fingerprint', import.meta.url), fingerprint(['source', 'vendor']));
node('node_modules/oclif/bin/run.js', 'manifest', '--no-jit');

/** Of the code that reads sources: what it read before is only good for the very same code. */
function fingerprint(folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const base = new URL(`../dist/${folder}/`, import.meta.url);
    for (const name of readdirSync(base, { recursive: true }).sort()) {
      const file = new URL(name, base);
      if (statSync(file).isFile()) hash.update(`${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

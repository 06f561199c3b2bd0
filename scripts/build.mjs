// Builds dist/ from nothing: compiled sources, the vendored parser, and oclif's manifest of the commands.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vendor } from './vendor.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
await vendor();
node('node_modules/typescript/bin/tsc');
node('node_modules/oclif/bin/run.js', 'manifest', '--no-jit');

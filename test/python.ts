import { globSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const environment = fileURLToPath(new URL('../.venv', import.meta.url));

/** The interpreter of the tests' own virtual environment. */
export const python = join(environment, 'bin', 'python');

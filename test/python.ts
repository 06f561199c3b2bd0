import { readdirSync } from 'node:fs';
import path from 'node:path';

const environment = path.join(import.meta.dirname, '../.venv');

/** The interpreter of the virtual environment that the tests share. */
export const python = path.join(environment, 'bin/python');

/** Where that environment keeps its packages: real Python code to test on. */
export const sitePackages = path.join(
  environment,
  'lib',
  readdirSync(path.join(environment, 'lib'))[0] ?? 'python3',
  'site-packages',
);

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the installed package; the same from src/ and from dist/, wherever the build puts a module. */
export const packageRoot = rootAbove(path.dirname(fileURLToPath(import.meta.url)));

/** Absolute path of a file that comes with the package: `data/advisories.json`. */
export function packageFile(relative: string): string {
  return path.join(packageRoot, relative);
}

function rootAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : rootAbove(path.dirname(folder));
}

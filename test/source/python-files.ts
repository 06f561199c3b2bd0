import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every Python file below a folder, sorted, absolute. */
export function pythonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .sort()
    .map((path) => join(folder, path));
}

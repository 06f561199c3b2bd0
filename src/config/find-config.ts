import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../engine/errors.js';

const fileNames = ['moe-check.config.yaml', 'moe-check.config.yml', 'moe-check.config.json'];

/**
 * The config file that applies to a folder: its own, or that of the nearest folder above it, up to the root of the git
 * repository and no further. Outside of a repository only the folder itself is looked at.
 * @throws UsageError when a folder has two of them.
 */
export async function findConfig(folder: string): Promise<string | undefined> {
  for (const place of upToGitRoot(folder)) {
    const here = await configsIn(place);
    if (here.length > 1) {
      throw new UsageError(
        `two configs in one folder: ${here.join(' and ')}`,
        'Keep one of them, or name the one that counts with --config.',
      );
    }
    if (here[0] !== undefined) return here[0];
  }
  return undefined;
}

function upToGitRoot(folder: string): readonly string[] {
  const places: string[] = [];
  for (let place = folder; ; place = dirname(place)) {
    places.push(place);
    if (existsSync(join(place, '.git'))) return places;
    if (dirname(place) === place) return [folder];
  }
}

/** The configs that stand in a folder itself. */
export async function configsIn(folder: string): Promise<readonly string[]> {
  const files = fileNames.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const pyproject = join(folder, 'pyproject.toml');
  // A pyproject.toml without our table is none of our business, not even when it does not parse.
  const text = await readFile(pyproject, 'utf8').catch(() => '');
  return /^\s*\[+\s*tool\s*\.\s*["']?moe-check["']?\s*[.\]]/m.test(text) ? [...files, pyproject] : files;
}

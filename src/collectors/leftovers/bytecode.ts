import { readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Compiled files that Python would import although their source is gone: `model.pyc` where no `model.py` and no
 * package `model` is. What lies in `__pycache__` is never imported without its source.
 * @param root absolute
 * @param folders those that hold Python files, relative to the root
 * @returns paths relative to the root, with forward slashes, sorted
 */
export async function findSourcelessBytecode(root: string, folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(folders.map((folder) => sourcelessIn(root, folder)));
  return [...new Set(found.flat())].sort();
}

async function sourcelessIn(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  const names = new Set(entries.map(({ name }) => name));
  const packages = entries.filter((entry) => entry.isDirectory() && /^[A-Za-z_]\w*$/.test(entry.name));
  const isSourceless = (stem: string, among: ReadonlySet<string>) =>
    ![...among].some(
      (name) => name === stem || name === `${stem}.py` || (name.startsWith(`${stem}.`) && /\.(?:so|pyd)$/.test(name)),
    );
  const modules = entries.flatMap((entry) => {
    const stem = /^([A-Za-z_]\w*)\.pyc$/.exec(entry.name)?.[1];
    return stem !== undefined && entry.isFile() && isSourceless(stem, names) ? [entry.name] : [];
  });
  // A package whose sources are all gone holds no Python file any more, so it is not among the folders.
  const gone = await Promise.all(
    packages.map(async ({ name }) => {
      const inside = new Set(await readdir(path.join(root, folder, name)).catch(() => []));
      return inside.has('__init__.pyc') && isSourceless('__init__', inside) ? [`${name}/__init__.pyc`] : [];
    }),
  );
  return [...modules, ...gone.flat()].map((file) => path.posix.join(folder, file));
}

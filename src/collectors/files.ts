import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { minimatch } from 'minimatch';
import { defineCollector } from '../engine/define.js';
import { UsageError } from '../engine/errors.js';

/** The Python files of the target, found by walking it once. */
export interface Files {
  /** Sorted by path. */
  python: readonly { path: string; bytes: number }[];
  /** Files that say how the dashboard is run or configured, when they exist: README*, Procfile, Dockerfile, Makefile, pyproject.toml, .streamlit/config.toml … */
  hints: readonly string[];
  /** Folders and files not looked into, with the reason: virtual environments, caches, `exclude` globs, links, no permission. */
  leftOut: readonly { path: string; reason: string }[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    files: Files;
  }
}

/** Folders that hold what tools made or fetched, never a dashboard's own code. */
const toolFolders = new Set([
  'node_modules',
  '__pycache__',
  'site-packages',
  'build',
  'dist',
  'venv',
  'env',
  'wandb',
  'mlruns',
]);
const hintNames =
  /^(?:README[^/]*|Procfile|Dockerfile[^/]*|[^/]*\.dockerfile|(?:docker-)?compose[^/]*\.ya?ml|Makefile|justfile|pyproject\.toml|setup\.cfg|[^/]+\.sh|[^/]+\.service)$/i;
const hintFolders = /^(?:[^/]+\/)?[^/]+$/;

export const filesCollector = defineCollector({
  artifact: 'files',
  tier: 'static',
  title: 'listing the files',
  deadlineS: () => 60,
  async collect({ settings: { root, exclude }, signal }) {
    const files = await walk(root, exclude, signal);
    if (files.python.length > 0) return files;
    const excluded = exclude.length > 0 ? ` (exclude: ${exclude.join(', ')})` : '';
    throw new UsageError(`there is no Python file in ${root}${excluded}`, 'Name the folder of the dashboard.');
  },
});

interface Found {
  python: { path: string; bytes: number }[];
  hints: string[];
  leftOut: { path: string; reason: string }[];
}

/** Walks the root once, breadth first and without recursion, so that no depth of folders is too deep. */
async function walk(root: string, exclude: readonly string[], signal: AbortSignal): Promise<Files> {
  const found: Found = { python: [], hints: [], leftOut: [] };
  const realRoot = await realpath(root);
  for (let level = ['']; level.length > 0;) {
    signal.throwIfAborted();
    const below = await Promise.all(level.map((folder) => readFolder({ root, realRoot, folder, exclude }, found)));
    level = below.flat();
  }
  const byPath =
    <T>(key: (item: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : 1;
  return {
    python: found.python.sort(byPath((file) => file.path)),
    hints: found.hints.sort(),
    leftOut: found.leftOut.sort(byPath((each) => each.path)),
  };
}

interface Place {
  root: string;
  /** The root with links resolved. */
  realRoot: string;
  /** Relative, '' for the root. */
  folder: string;
  exclude: readonly string[];
}

/** Notes the files of one folder and returns its subfolders. */
async function readFolder(place: Place, found: Found): Promise<string[]> {
  const { root, folder } = place;
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (folder === '') throw new UsageError(`${root} cannot be read: ${reasonOf(error)}`);
    found.leftOut.push({ path: folder, reason: reasonOf(error) });
    return [];
  });
  if (folder !== '' && entries.some((entry) => entry.name === 'pyvenv.cfg')) {
    found.leftOut.push({ path: folder, reason: 'a virtual environment' });
    return [];
  }
  const folders = await Promise.all(
    entries.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isPython = /\.pyw?$/.test(entry.name);
      const isHint = isHintFile(name, folder);
      if (!isPython && !isHint && !entry.isDirectory() && !entry.isSymbolicLink()) return [];
      if (isExcluded(name, place.exclude)) {
        found.leftOut.push({ path: name, reason: 'excluded by the config' });
      } else if (entry.isDirectory()) {
        return isToolFolder(entry.name) ? [] : [name];
      } else {
        await noteFile(place, { name, isLink: entry.isSymbolicLink(), isPython, isHint }, found);
      }
      return [];
    }),
  );
  return folders.flat();
}

interface Entry {
  /** Relative to the root. */
  name: string;
  isLink: boolean;
  isPython: boolean;
  isHint: boolean;
}

async function noteFile({ root, realRoot }: Place, entry: Entry, found: Found): Promise<void> {
  const { name, isLink, isPython, isHint } = entry;
  const leaveOut = (reason: string) => found.leftOut.push({ path: name, reason });
  try {
    const { size, ...kind } = await kindOf(path.join(root, name));
    if (kind.isFolder && isLink) {
      // A folder inside the root is walked where it really is; what a link brings in from outside is not the target's.
      const real = await realpath(path.join(root, name));
      const inside = real === realRoot || real.startsWith(realRoot + path.sep);
      leaveOut(inside ? 'a link to a folder that is looked at elsewhere' : 'a link to a folder outside');
    } else if (kind.isFile && isPython && !name.includes('{{')) found.python.push({ path: name, bytes: size });
    else if (kind.isFile && isHint) found.hints.push(name);
    else if (isPython) leaveOut(kind.isFile ? 'a template' : 'not a regular file');
  } catch (error) {
    if (isPython || isHint) leaveOut(isLink ? 'a link that leads nowhere' : reasonOf(error));
  }
}

async function kindOf(file: string): Promise<{ size: number; isFile: boolean; isFolder: boolean }> {
  const status = await stat(file);
  return { size: status.size, isFile: status.isFile(), isFolder: status.isDirectory() };
}

function isHintFile(name: string, folder: string): boolean {
  if (name === '.streamlit/config.toml' || name.endsWith('/.streamlit/config.toml')) return true;
  return hintFolders.test(name) && !folder.startsWith('.') && hintNames.test(path.posix.basename(name));
}

function isToolFolder(name: string): boolean {
  return toolFolders.has(name) || name.endsWith('.egg-info') || (name.startsWith('.') && name !== '.streamlit');
}

function isExcluded(name: string, exclude: readonly string[]): boolean {
  return exclude.some((glob) => minimatch(name, glob.replace(/^\.\//, '').replace(/\/$/, ''), { dot: true }));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === 'EACCES' || code === 'EPERM' ? 'no permission' : code || String(error);
}

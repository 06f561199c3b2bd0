import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dirent } from 'node:fs';
import { Minimatch } from 'minimatch';
import { defineCollector } from '../engine/define.js';
import { UsageError } from '../engine/errors.js';

/** The Python files of the target, found by walking it once. */
export interface Files {
  /** Sorted by path. */
  python: readonly { path: string; bytes: number }[];
  /** Files that say how the dashboard is run or configured, when they exist: README*, Procfile, Dockerfile, Makefile, pyproject.toml, .streamlit/config.toml … */
  hints: readonly string[];
  /**
   * Folders and files not looked into, with the reason: virtual environments, `exclude` globs, symlink loops, no
   * permission, compiled modules (`core/fast.cpython-311-x86_64-linux-gnu.so`). Sorted by path.
   */
  leftOut: readonly { path: string; reason: string }[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    files: Files;
  }
}

export const filesCollector = defineCollector({
  artifact: 'files',
  tier: 'static',
  title: 'listing the files',
  reads: (file) => isRead(file),
  deadlineS: () => 60,
  async collect({ settings, signal }) {
    const root = await rootOf(settings.root);
    const walk = new Walk(root, settings.exclude, signal);
    await walk.enter({ path: '', real: root, above: [], throughLink: false });
    if (walk.python.length === 0) {
      const shown = walk.leftOut.slice(0, 3).map((each) => `${each.path}: ${each.reason}`);
      const leftOut = shown.length === 0 ? '' : ` (left out: ${shown.join('; ')})`;
      throw new UsageError(
        `there is no Python file under ${settings.root}${leftOut}`,
        "Name the folder that holds the dashboard's code.",
      );
    }
    return {
      python: walk.python.sort(byPath),
      hints: walk.hints.sort(),
      leftOut: walk.leftOut.sort(byPath),
    };
  },
});

async function rootOf(given: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(given);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    throw new UsageError(`${given} cannot be looked into: ${reasonOf(error)}`, 'Name the folder of the dashboard.');
  }
  throw new UsageError(`${given} is a file, not a folder`, `Name the folder it lies in: ${path.dirname(given)}`);
}

interface Folder {
  /** Relative to the root; empty for the root itself. */
  path: string;
  /** Absolute, without symlinks. */
  real: string;
  /** The real paths of the folders on the way here. */
  above: readonly string[];
  /** Reached through a symlink; links to folders are then not followed any further, or n folders could be n! paths. */
  throughLink: boolean;
}

class Walk {
  readonly python: { path: string; bytes: number }[] = [];
  readonly hints: string[] = [];
  readonly leftOut: { path: string; reason: string }[] = [];
  private readonly root: string;
  private readonly excluded: readonly Minimatch[];
  private readonly signal: AbortSignal;

  constructor(root: string, exclude: readonly string[], signal: AbortSignal) {
    this.root = root;
    // `tests/` and `tests/**` mean the folder itself, which is then not even entered.
    this.excluded = exclude.map((glob) => new Minimatch(glob.replace(/\/+(?:\*\*)?$/, ''), { dot: true }));
    this.signal = signal;
  }

  async enter(folder: Folder): Promise<void> {
    this.signal.throwIfAborted();
    let entries: Dirent[];
    try {
      entries = await readdir(folder.real, { withFileTypes: true });
    } catch (error) {
      if (folder.path === '') throw new UsageError(`${this.root} cannot be looked into: ${reasonOf(error)}`);
      this.leave(folder.path, reasonOf(error));
      return;
    }
    const reason = folder.path === '' ? undefined : whyLeftOut(folder.path, new Set(entries.map(({ name }) => name)));
    if (reason !== undefined) return this.leave(folder.path, reason);
    await Promise.all(entries.map((entry) => this.look(folder, entry)));
  }

  private async look(folder: Folder, entry: Dirent): Promise<void> {
    const at = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
    const isInteresting = entry.isDirectory() || entry.isSymbolicLink() || isRead(at);
    if (!isInteresting || entry.name === '__pycache__') return;
    if (entry.name.includes('\uFFFD')) return this.leave(at, 'its name is not valid UTF-8');
    if (entry.name.includes('{{')) return this.leave(at, 'a template');
    if (this.excluded.some((glob) => glob.match(at))) return this.leave(at, 'excluded by the config');
    const real = path.join(folder.real, entry.name);
    if (entry.isSymbolicLink()) return this.follow(folder, at, real);
    if (!entry.isDirectory()) return this.take(at, real);
    await this.enter({ ...folder, path: at, real, above: [...folder.above, folder.real] });
  }

  private async follow(folder: Folder, at: string, link: string): Promise<void> {
    let real: string;
    let isFolder: boolean;
    try {
      real = await realpath(link);
      isFolder = (await stat(real)).isDirectory();
    } catch (error) {
      if (isPython(at)) this.leave(at, `a symlink that leads nowhere: ${reasonOf(error)}`);
      return;
    }
    if (!isFolder && !isRead(at)) return;
    if (!`${real}/`.startsWith(`${this.root}/`)) return this.leave(at, 'a symlink that leads out of the repository');
    if (!isFolder) return this.take(at, real);
    if ([...folder.above, folder.real].some((above) => above === real)) return this.leave(at, 'a symlink loop');
    if (folder.throughLink) return this.leave(at, 'a symlink inside a folder reached by a symlink');
    await this.enter({ path: at, real, above: [...folder.above, folder.real], throughLink: true });
  }

  private async take(at: string, real: string): Promise<void> {
    if (isHint(at)) this.hints.push(at);
    if (isCompiled(at)) this.leave(at, 'a compiled module');
    if (!isPython(at)) return;
    try {
      const found = await stat(real);
      if (found.isFile()) this.python.push({ path: at, bytes: found.size });
      else this.leave(at, 'not a regular file');
    } catch (error) {
      this.leave(at, reasonOf(error));
    }
  }

  private leave(at: string, reason: string): void {
    this.leftOut.push({ path: at, reason });
  }
}

const isPython = (at: string): boolean => at.endsWith('.py');
const isCompiled = (at: string): boolean => /\.(?:so|pyd)$/.test(at);
const isRead = (at: string): boolean => isPython(at) || isCompiled(at) || isHint(at);

/** At the root or one folder below; deeper ones belong to something else. */
const hint =
  /^(?:[^/]+\/)?(?:README(?:\.\w+)?|Procfile|Dockerfile[^/]*|[^/]*\.Dockerfile|(?:docker-)?compose[^/]*\.ya?ml|Makefile|[Jj]ustfile|Taskfile\.ya?ml|pyproject\.toml|setup\.cfg|[^/]+\.service|[^/]+\.sh|\.streamlit\/config\.toml)$/i;
const isHint = (at: string): boolean => hint.test(at);

/** Folders that hold what somebody else wrote. */
export const toolFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '__pypackages__',
  'site-packages',
  'dist-packages',
  'wandb',
  'mlruns',
]);

/** Why a folder is not the dashboard's code, told by its name and by what lies in it. */
function whyLeftOut(at: string, names: ReadonlySet<string>): string | undefined {
  const name = path.posix.basename(at);
  if (names.has('pyvenv.cfg') || names.has('conda-meta')) return 'a virtual environment';
  if (name === '.streamlit') return undefined;
  if (name.startsWith('.')) return 'a hidden folder';
  if (toolFolders.has(name)) return 'installed packages, or copies that a tool made';
  if (name.endsWith('.egg-info')) return 'made by a build';
  if ((name === 'build' || name === 'dist') && !names.has('__init__.py')) return 'made by a build';
  return undefined;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a symlink loop',
  ENOENT: 'it does not exist',
  ENAMETOOLONG: 'its path is too long',
};

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

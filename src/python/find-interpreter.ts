import { constants, type Dirent } from 'node:fs';
import { access, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { exec } from '../util/exec.js';

/** An interpreter that might be the dashboard's, not yet started. */
export interface Candidate {
  /** Absolute path of the program. */
  executable: string;
  /** How it was come by, for the report: `.venv in the dashboard`, `$VIRTUAL_ENV`. */
  how: string;
  /** Found on PATH, where a shim may stand in for the interpreter proper. */
  onPath: boolean;
}

export interface Surroundings {
  /** Absolute path of the dashboard's folder. */
  root: string;
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  signal: AbortSignal;
}

/**
 * The interpreters that may be the dashboard's own, the likeliest first: virtual environments in its folder and in
 * those above it up to the git repository, the activated environment, Poetry's, then what PATH offers.
 */
export async function* interpreterCandidates(around: Surroundings): AsyncGenerator<Candidate> {
  const folders = await upToRepository(around.root);
  for (const folder of folders) {
    for (const name of await environmentFolders(folder, around.platform)) {
      const where = folder === around.root ? 'in the dashboard' : `in ${folder}`;
      const executable = await venvPython(path.join(folder, name), around.platform);
      yield { executable, how: `${name} ${where}`, onPath: false };
    }
  }
  for (const variable of ['VIRTUAL_ENV', 'CONDA_PREFIX']) {
    const folder = around.environment[variable];
    if (folder === undefined || folder === '') continue;
    const executable = await venvPython(path.resolve(folder), around.platform);
    yield { executable, how: `$${variable}`, onPath: false };
  }
  const poetrys = await poetryPython(folders, around);
  if (poetrys !== undefined) yield { executable: poetrys, how: 'poetry env info', onPath: false };
  for (const name of ['python3', 'python']) {
    const executable = await onPath(name, around);
    if (executable !== undefined) yield { executable, how: `${name} on PATH`, onPath: true };
  }
}

/** Where a virtual or conda environment keeps its interpreter, whether it is there or not. */
export async function venvPython(folder: string, platform: NodeJS.Platform): Promise<string> {
  if (platform !== 'win32') return path.posix.join(folder, 'bin', 'python');
  const inScripts = path.win32.join(folder, 'Scripts', 'python.exe');
  const asConda = path.win32.join(folder, 'python.exe');
  return (await exists(asConda)) && !(await exists(inScripts)) ? asConda : inScripts;
}

/** The folder and those above it, up to the one that is a git repository; without a repository, the folder alone. */
async function upToRepository(folder: string): Promise<string[]> {
  const folders = [folder];
  for (let at = folder; !(await exists(path.join(at, '.git'))); folders.push(at)) {
    const above = path.dirname(at);
    if (above === at) return [folder];
    at = above;
  }
  return folders;
}

const usualNames = ['.venv', 'venv', 'env'];

/** Names of the folders in `folder` that are Python environments, also broken ones; the usual names first. */
async function environmentFolders(folder: string, platform: NodeJS.Platform): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())) {
    const inside = path.join(folder, name);
    const usual = usualNames.includes(name) && (await exists(await venvPython(inside, platform)));
    if (usual || (await exists(path.join(inside, 'pyvenv.cfg')))) found.push(name);
  }
  const rank = (name: string): number => (usualNames.indexOf(name) + usualNames.length + 1) % (usualNames.length + 1);
  return found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Poetry keeps its environments elsewhere; it is asked only where its lock file says that the project is Poetry's. */
async function poetryPython(folders: readonly string[], around: Surroundings): Promise<string | undefined> {
  for (const folder of folders) {
    if (!(await exists(path.join(folder, 'poetry.lock')))) continue;
    const poetry = await onPath('poetry', around);
    if (poetry === undefined) return undefined;
    const asked = await exec(poetry, ['env', 'info', '--executable'], { cwd: folder, signal: around.signal });
    const answer = asked.stdout.trim();
    return asked.exitCode === 0 && path.isAbsolute(answer) ? answer : undefined;
  }
  return undefined;
}

async function onPath(name: string, { environment, platform }: Surroundings): Promise<string | undefined> {
  const file = platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (environment['PATH'] ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const executable = path.join(folder, file);
    const runnable = await access(executable, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return executable;
  }
  return undefined;
}

/** Also true for a symbolic link that leads nowhere. */
async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

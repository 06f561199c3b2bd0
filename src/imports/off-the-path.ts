import path from 'node:path';
import type { Project } from '../collectors/project.js';
import type { Finding } from '../engine/types.js';

/** Where the dashboard's files lie, and from which folder a launch imports. */
export type Places = Pick<Project, 'entry' | 'files' | 'sourceRoot'>;

/**
 * The folder of the repository that a module which was not found lies in, although no launch imports from there. Folders
 * that are packages themselves, or hold tests, are none that somebody would expect on the path.
 */
export function folderOf(name: string, { files, sourceRoot }: Places): string | undefined {
  if (name.includes('.')) return undefined;
  const paths = new Set(files.map((file) => file.path));
  const folders = files.flatMap((file) => {
    if (file.role === 'test') return [];
    const base = path.posix.basename(file.path);
    const at = path.posix.dirname(file.path);
    if (base === `${name}.py`) return [at];
    if (base === '__init__.py' && path.posix.basename(at) === name) return [path.posix.dirname(at)];
    return file.path.startsWith(`${name}/`) ? ['.'] : file.path.startsWith(`src/${name}/`) ? ['src'] : [];
  });
  const candidates = folders.filter((at) => at !== sourceRoot && !paths.has(path.posix.join(at, '__init__.py')));
  return candidates.toSorted((a, b) => a.length - b.length)[0];
}

export function offThePath(
  name: string,
  folder: string,
  { entry, sourceRoot }: Places,
): Pick<Finding, 'message' | 'fix'> {
  const say = (at: string): string => (at === '.' ? 'the root of the repository' : at);
  const started = entry?.path ?? 'the entry script';
  const asModule =
    folder === '.' ? `Start it from the root with python -m streamlit run ${started}, install` : 'Install';
  return {
    message: `${name} is in the repository, in ${say(folder)}, but not where a launch looks: sys.path[0] of streamlit run ${started} is ${say(sourceRoot)}`,
    fix: `${asModule} the repository with python -m pip install -e ., move ${name} into ${say(sourceRoot)}, or put ${say(folder)} on sys.path first thing in ${started}.`,
  };
}

import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** A folder that cannot be made, for a reason that the error code of the system does not tell. */
export class NoFolder extends Error {
  override readonly name = 'NoFolder';
}

/**
 * Makes a folder and those above it that are missing, one by one from the nearest that is there: Node's recursive mkdir
 * never comes back from a place such as /proc, where nothing can be made and the system says that something is missing.
 * @throws NoFolder, or the error of the system
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  let at = path.resolve(folder);
  while (statSync(at, { throwIfNoEntry: false }) === undefined) {
    missing.unshift(at);
    at = path.dirname(at);
  }
  for (const each of missing) makeOne(each);
}

/** Makes a folder in one that is there. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new NoFolder(`no folder can be made in ${path.dirname(folder)}`, { cause: error });
    if (code !== 'EEXIST') throw error;
    // Another process was faster, or it is a symbolic link.
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) {
      throw new NoFolder(`${folder} is a symbolic link to nothing`, { cause: error });
    }
  }
}

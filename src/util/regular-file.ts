import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** A path is neither a file nor a folder, and was not opened. */
export class NotAFile extends Error {
  override readonly name = 'NotAFile';
}

/**
 * Who opens a named pipe waits for somebody to write to it, in the kernel, where no signal ends the process; so this is
 * asked first. A folder passes: opening one fails by itself.
 * @throws NotAFile when it is a pipe, a socket or a device; what `stat` throws when there is nothing there
 */
export async function assertFile(at: string): Promise<Stats> {
  const stats = await stat(at);
  const kind = kindOf(stats);
  if (kind !== undefined) throw new NotAFile(`it is ${kind}, and no file`);
  return stats;
}

/** Reads a whole file, with the errors of `assertFile` and of reading. */
export async function readRegular(file: string): Promise<Buffer> {
  await assertFile(file);
  return readFile(file);
}

function kindOf(stats: Stats): string | undefined {
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : undefined;
}

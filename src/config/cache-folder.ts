import { homedir } from 'node:os';
import path from 'node:path';

/** The folders that this process was told to look at, and so writes nothing into, not even when it ends. */
export const lookedAt = new Set<string>();

/**
 * Where this user's caches lie, with a folder of ours: `$XDG_CACHE_HOME`, or what is usual on the platform.
 * @returns undefined when that is inside of `root`, into which we never write.
 */
export function cacheFolder(
  root: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string | undefined {
  const given = env['XDG_CACHE_HOME'];
  // The XDG rules: a relative path is to be ignored.
  const base = given !== undefined && path.isAbsolute(given) ? given : usualFolder(env, platform);
  const folder = path.join(base, 'moe-check');
  const below = path.relative(root, folder);
  return below.startsWith('..') || path.isAbsolute(below) ? folder : undefined;
}

function usualFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  if (platform === 'darwin') return path.join(homedir(), 'Library/Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData/Local');
  return path.join(homedir(), '.cache');
}

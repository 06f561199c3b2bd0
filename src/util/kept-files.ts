import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from './make-folder.js';

const checksumBytes = 4;

/**
 * Keeps something that only saves time, with a checksum: whole or not at all, since others may be reading it. Folders
 * that are missing are made. That it cannot be written is no error.
 */
export function keepFile(file: string, parts: readonly Uint8Array[]): void {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    makeFolder(path.dirname(file));
    const whole = Buffer.concat([Buffer.alloc(checksumBytes), ...parts]);
    whole.writeUInt32LE(crc32(whole.subarray(checksumBytes)), 0);
    writeFileSync(unfinished, whole, { flag: 'wx' });
    renameSync(unfinished, file);
  } catch {
    discard(unfinished);
  }
}

/** What was kept; undefined where there is nothing, or where it is damaged. */
export function readKept(file: string): Buffer | undefined {
  let whole: Buffer;
  try {
    whole = readFileSync(file);
  } catch {
    return undefined;
  }
  // Nobody keeps nothing; its checksum would be that of an empty disk block.
  if (whole.length <= checksumBytes) return undefined;
  const kept = whole.subarray(checksumBytes);
  return crc32(kept) === whole.readUInt32LE(0) ? kept : undefined;
}

/** Lets the oldest files of a folder go, until the rest is within a size. */
export function pruneFolder(folder: string, mostBytes: number): void {
  let bytes = 0;
  for (const { file, size } of byAge(folder)) {
    bytes += size;
    if (bytes > mostBytes) discard(file);
  }
}

/** The newest first; none where the folder cannot be read. */
function byAge(folder: string): { file: string; size: number }[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const entries = names.flatMap((name) => {
    const file = path.join(folder, name);
    // Another process may have taken it away by now.
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? [] : [{ file, size: found.size, mtimeMs: found.mtimeMs }];
  });
  return entries.sort((a, b) => b.mtimeMs - a.mtimeMs);
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing was begun where nothing can be.
  }
}

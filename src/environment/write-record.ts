import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import { recordFile, type EnvironmentRecord } from './record.js';

/**
 * Writes the record into the dashboard's folder, whole or not at all. It is the only thing moe-check ever writes
 * there, and only when asked to.
 * @throws UsageError when the folder cannot be written
 */
export async function writeRecord(root: string, record: EnvironmentRecord): Promise<string> {
  const file = path.join(root, recordFile);
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    try {
      await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`);
      await rename(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the environment could not be recorded: ${reason}`, `Make ${path.dirname(file)} writable.`);
  }
  return file;
}

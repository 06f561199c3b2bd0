import path from 'node:path';
import { UsageError } from '../engine/errors.js';
import { writeWhole } from '../util/write-whole.js';
import { recordFile, type EnvironmentRecord } from './record.js';

/**
 * Writes the record into the dashboard's folder, whole or not at all. It is the only thing moe-check ever writes
 * there, and only when asked to.
 * @throws UsageError when the folder cannot be written
 */
export async function writeRecord(root: string, record: EnvironmentRecord): Promise<string> {
  const file = path.join(root, recordFile);
  try {
    await writeWhole(file, `${JSON.stringify(record, null, 2)}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the environment could not be recorded: ${reason}`, `Make ${path.dirname(file)} writable.`);
  }
  return file;
}

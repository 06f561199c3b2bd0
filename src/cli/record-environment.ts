import type { Artifacts } from '../engine/types.js';
import { UsageError } from '../engine/errors.js';
import { environmentRecord } from '../environment/record.js';
import { writeRecord } from '../environment/write-record.js';

/**
 * Records the environment of a green run in the dashboard's folder, for `environment/drift` to compare with, and says
 * so on stderr.
 * @throws UsageError when the packages were not listed, or the folder cannot be written
 */
export async function recordEnvironment(root: string, seen: Artifacts['distributions'] | undefined): Promise<void> {
  if (seen === undefined) {
    throw new UsageError(
      'the environment cannot be recorded: its packages were not listed',
      'Record without --tier static and without leaving out environment/drift.',
    );
  }
  const file = await writeRecord(root, environmentRecord(seen, new Date()));
  process.stderr.write(`The environment is recorded in ${file}.\n`);
}

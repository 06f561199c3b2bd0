import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import { CannotLook } from '../engine/errors.js';
import { recordFile, type EnvironmentRecord } from '../environment/record.js';
import { firstComplaint, validatorOf } from '../util/json-schema.js';

/** The environment as it was at the last green preflight that was asked to record it. */
export interface RecordedEnvironment {
  /** Absent: none was recorded. */
  record?: EnvironmentRecord;
}

declare module '../engine/types.js' {
  interface Artifacts {
    'recorded-environment': RecordedEnvironment;
  }
}

export const recordedEnvironmentCollector = defineCollector({
  artifact: 'recorded-environment',
  tier: 'static',
  title: 'reading the recorded environment',
  reads: (file) => file.startsWith('.moe-check/'),
  deadlineS: () => 10,
  async collect({ settings }) {
    const file = path.join(settings.root, recordFile);
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw new CannotLook(
        `${file} could not be read (${error.code ?? error.message})`,
        'Make it readable, or record anew with --record.',
      );
    });
    if (text === undefined) return {};
    const isRecorded = await validatorOf<RecordedEnvironment>('artifacts/recorded-environment');
    const recorded = { record: parsed(text) };
    if (isRecorded(recorded)) return recorded;
    throw new CannotLook(
      `${file} is not what --record writes: ${firstComplaint(isRecorded.errors)}`,
      `Delete it, and record anew with moe-check preflight --record.`,
    );
  },
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

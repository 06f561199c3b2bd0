import { fileReason } from '../util/file-reason.js';
import { NotAFile } from '../util/regular-file.js';

/** What was asked for cannot be: no such file, no format that is known, a golden that holds NaN. Exit code 2. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
  readonly fix: string | undefined;
  constructor(message: string, fix?: string) {
    super(message);
    this.fix = fix;
  }
}

/** Why a file could not be read or written, as one error that names it. */
export function fileError(file: string, verb: 'read' | 'written', error: unknown): MetricsError {
  const fix = error instanceof NotAFile ? 'Save what comes out of it as a file.' : undefined;
  return new MetricsError(`${file} could not be ${verb}: ${fileReason(error)}`, fix);
}

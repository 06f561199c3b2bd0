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
  if (error instanceof NotAFile) {
    return new MetricsError(`${file} could not be ${verb}: ${error.message}`, 'Save what comes out of it as a file.');
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    ENOSPC: 'the disk is full',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is a file',
    EFBIG: 'the file is too large',
  };
  return new MetricsError(`${file} could not be ${verb}: ${reasons[code] ?? code}`);
}

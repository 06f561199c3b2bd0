import { NoFolder } from './make-folder.js';
import { NotAFile } from './regular-file.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'no file or folder can be written there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  EFBIG: 'the file is too large',
};

/** Why a file could not be read or written, in words. */
export function fileReason(error: unknown): string {
  if (error instanceof NoFolder || error instanceof NotAFile) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return reasons[code] ?? code;
}

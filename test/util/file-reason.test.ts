import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileReason } from '../../src/util/file-reason.js';
import { NoFolder } from '../../src/util/make-folder.js';

function reasonOfReading(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return fileReason(error);
  }
}

it('an error of the system is told in words', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'moe-check-test-'));
  expect(reasonOfReading(folder)).toBe('it is a folder');
  expect(reasonOfReading(path.join(folder, 'a'))).toBe('there is no such file or folder');
  expect(reasonOfReading(path.join(import.meta.filename, 'a'))).toBe('a part of its path is a file');
  rmSync(folder, { recursive: true });
  expect(fileReason(Object.assign(new Error('EROFS: mkdir'), { code: 'EROFS' }))).toBe('the file system is read-only');
});

it('an error that has its words keeps them, and an unknown one its code', () => {
  expect(fileReason(new NoFolder('no folder can be made in /proc'))).toBe('no folder can be made in /proc');
  expect(fileReason(Object.assign(new Error('ELOOP: open'), { code: 'ELOOP' }))).toBe('ELOOP');
  expect(fileReason('lost')).toBe('lost');
});

import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { makeFolder, NoFolder } from '../../src/util/make-folder.js';

it('a folder is made with those above it that are missing, or is there already', async () => {
  await using fixture = await createFixture({ 'a/file': '' });
  for (const name of ['a/b/c', 'a/b/c', '.']) makeFolder(fixture.getPath(name));
  expect(statSync(fixture.getPath('a/b/c')).isDirectory()).toBe(true);
});

it('a folder that cannot be made is an error that says why', async () => {
  await using fixture = await createFixture({});
  const at = (name: string) => fixture.getPath(name);
  writeFileSync(at('file'), '');
  symlinkSync(at('gone'), at('dangling'));
  expect(() => makeFolder(at('file/x/y'))).toThrow('ENOTDIR');
  expect(() => makeFolder(at('dangling/x'))).toThrow(new NoFolder(`${at('dangling')} is a symbolic link to nothing`));
  expect(existsSync(at('gone'))).toBe(false);
});

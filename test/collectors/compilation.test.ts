import { chmod, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { compilationCollector, type Compilation, type CompiledFile } from '../../src/collectors/compilation.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings } from '../engine/stand-ins.js';
import { pythons } from '../pythons.js';

let fixture: FsFixture | undefined;
afterEach(async () => {
  await fixture?.rm();
  fixture = undefined;
});

for (const { version, executable = '' } of pythons)
  describe.skipIf(executable === '')(`compiling with Python ${version}`, () => {
    async function compile(files: Record<string, string | Buffer>, also: readonly string[] = []): Promise<Compilation> {
      fixture ??= await createFixture(files);
      const python = [...Object.keys(files), ...also].map((path) => ({ path, bytes: 0 }));
      return compilationCollector.collect({
        settings: { ...settings, root: fixture.path },
        signal: new AbortController().signal,
        artifacts: {
          files: { python, hints: [], leftOut: [] },
          interpreter: {
            executable,
            version,
            implementation: 'CPython',
            platform: '',
            how: '',
            passedOver: [],
            distributions: {},
          },
        },
      });
    }

    const only = async (content: string | Buffer): Promise<CompiledFile | undefined> =>
      (await compile({ 'a.py': content })).files[0];

    it('accepts what is right, in any declared encoding and under any name', async () => {
      const files = {
        'plain.py': 'x = 1\n',
        'empty.py': '',
        'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nname = "caf\xe9"\n', 'latin1'),
        'bom.py': Buffer.from('\ufeffx = "ü"\n', 'utf8'),
        'crlf.py': 'if True:\r\n    x = 1\r\n',
        'with space/it\'s "quoted".py': 'x = 1\n',
        'emoji 🚀.py': 'x = "🚀"\n',
        'future.py': 'from __future__ import annotations\n',
      };
      const { files: compiled, python } = await compile(files);
      expect(python.startsWith(version)).toBe(true);
      expect(compiled).toEqual(Object.keys(files).map((path) => ({ path, status: 'ok', warnings: [] })));
      expect((await validatorOf('artifacts/compilation'))({ python, files: compiled })).toBe(true);
    });

    it('says where a syntax error is', async () => {
      expect(await only('x = 1\ndef f(:\n    pass\n')).toMatchObject({
        status: 'syntax-error',
        error: { type: 'SyntaxError', line: 2, column: 7, text: 'def f(:' },
      });
    });

    it('tells the kinds of syntax error apart', async () => {
      const { files } = await compile({
        'indent.py': 'def f():\npass\n',
        'tab.py': 'if True:\n\tx = 1\n        y = 2\n',
        'return.py': 'return 1\n',
        'nonlocal.py': 'def f():\n    nonlocal x\n',
      });
      const types = ['IndentationError', 'TabError', 'SyntaxError', 'SyntaxError'];
      expect(files.map((file) => file.error?.type)).toEqual(types);
    });

    it('says which byte is not text', async () => {
      expect(await only(Buffer.from('x = 1\nname = "caf\xe9"\n', 'latin1'))).toMatchObject({
        status: 'encoding-error',
        error: { type: 'UnicodeDecodeError', message: 'byte 0xe9 is not utf-8', line: 2, column: 12 },
      });
    });

    it('knows a binary file, UTF-16 and an unknown encoding', async () => {
      const { files } = await compile({
        'binary.py': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]),
        'utf16.py': Buffer.from('\ufeffx = 1\n', 'utf16le'),
        'unknown.py': '# coding: klingon\nx = 1\n',
        'no-text.py': '# coding: hex\nx = 1\n',
      });
      expect(files.map((file) => file.status)).toEqual(Array.from({ length: 4 }, () => 'encoding-error'));
      expect(files[0]?.error?.message).toContain('binary file');
      expect(files[1]?.error?.message).toContain('UTF-16');
      expect(files[2]?.error?.message).toContain('klingon');
    });

    it('cannot read what is not there, not a file, or a loop', async () => {
      fixture = await createFixture({ 'folder.py': { 'x.txt': '' }, 'a.py': '' });
      await symlink('loop.py', fixture.getPath('loop.py'));
      const { files } = await compile({ 'a.py': '' }, ['gone.py', 'folder.py', 'loop.py']);
      expect(files.map((file) => file.status)).toEqual(['ok', 'unreadable', 'unreadable', 'unreadable']);
      for (const file of files.slice(1)) expect(file.error?.message).not.toBe('');
    });

    it.skipIf(process.getuid?.() === 0)('cannot read what it may not', async () => {
      fixture = await createFixture({ 'a.py': '' });
      await chmod(fixture.getPath('a.py'), 0);
      expect((await compile({ 'a.py': '' })).files).toMatchObject([{ status: 'unreadable' }]);
    });

    it('finds a file whose name is not UTF-8', async () => {
      fixture = await createFixture({ 'sub/a.py': 'x = (' });
      const from = Buffer.from(fixture.getPath('sub/a.py'));
      await rename(from, Buffer.from(fixture.getPath('sub/caf\xe9.py'), 'latin1'));
      const { files } = await compile({}, ['sub/caf\ufffd.py']);
      expect(files).toMatchObject([{ status: 'syntax-error', error: { line: 1 } }]);
      await unlink(Buffer.from(fixture.getPath('sub/caf\xe9.py'), 'latin1'));
    });

    it('goes on after a file that the compiler cannot cope with', async () => {
      const { files } = await compile({
        'before.py': 'x = 1\n',
        'deep.py': `x = ${'('.repeat(150_000)}${')'.repeat(150_000)}\n`,
        'minus.py': `x = ${'-'.repeat(150_000)}1\n`,
        'long.py': `x = ${Array.from({ length: 60_000 }, () => '1').join('+')}\n`,
        'after.py': 'x = 1\n',
      });
      expect(files.map((file) => file.path)).toEqual(['before.py', 'deep.py', 'minus.py', 'long.py', 'after.py']);
      expect(files[0]?.status).toBe('ok');
      expect(files[1]?.status).toBe('syntax-error');
      expect(files[2]?.status).toBe('syntax-error');
      expect(files[4]?.status).toBe('ok');
    });

    it('keeps the warnings of the compiler, which are no errors', async () => {
      const file = await only('import re\n\npattern = "\\d+"\n');
      expect(file).toMatchObject({ status: 'ok', warnings: [{ line: 3 }] });
      expect(file?.warnings[0]?.message).toContain('invalid escape sequence');
    });

    it('takes thousands of files and writes none', async () => {
      const names = Array.from({ length: 1000 }, (_, index) => `m${index}.py`);
      fixture = await createFixture(Object.fromEntries(names.map((name) => [name, 'def f(x):\n    return x\n'])));
      await writeFile(fixture.getPath('m500.py'), 'def f(x:\n');
      const { files } = await compile({}, names);
      expect(files.map((file) => file.path)).toEqual(names);
      expect(files.flatMap((file) => (file.status === 'ok' ? [] : [file.path]))).toEqual(['m500.py']);
      expect((await fixture.readdir('')).sort()).toEqual(names.toSorted());
    });
  });

import { createFixture } from 'fs-fixture';
import { expect, onTestFinished, test } from 'vitest';
import { filesCollector } from '../../src/collectors/files.js';
import { sourceCollector, type Source } from '../../src/collectors/source.js';
import { loadPythonParser } from '../../src/source/parsing/parser.js';
import { pack, storeOf, SyntaxStore } from '../../src/source/store.js';
import { syntaxOf } from '../../src/source/syntax/read.js';
import { settings } from '../engine/stand-ins.js';

async function collected(files: Record<string, string>): Promise<{ source: Source; root: string }> {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  const look = { settings: { ...settings, root: fixture.path }, signal: new AbortController().signal };
  const found = await filesCollector.collect({ ...look, artifacts: {} });
  return { source: await sourceCollector.collect({ ...look, artifacts: { files: found } }), root: fixture.path };
}

const code = 'import os\n\n\nclass A:\n    def f(self, x: "int" = 1):\n        return {**x, f"a_{x}": -0.5}\n';

test('the store of a run has the syntax and the lines of its files', async () => {
  const { source } = await collected({ 'a.py': code, 'core/b.py': 'x = 1\r\ny = 2\r\n', 'bad.py': '\0' });
  const store = storeOf(source);
  expect(store.syntax('a.py')).toEqual(syntaxOf(await loadPythonParser(), code));
  expect(store.syntax('core/b.py')?.body).toHaveLength(2);
  expect(store.line('core/b.py', 2)).toBe('y = 2');
  expect(store.line('core/b.py', 4)).toBeUndefined();
  expect(store.syntax('bad.py')).toBeUndefined();
  expect(store.syntax('none.py')).toBeUndefined();
  expect(store.line('none.py', 1)).toBeUndefined();
});

test('an artifact that was saved has no store', async () => {
  const { source } = await collected({ 'a.py': code });
  expect(() => storeOf(structuredClone(source))).toThrow('the syntax of saved sources is not kept');
});

test('only the files asked for last are held unpacked', async () => {
  const store = new SyntaxStore(() => undefined);
  const packed = pack(syntaxOf(await loadPythonParser(), code));
  const padded = { ...syntaxOf(await loadPythonParser(), code), lines: Array.from({ length: 300_000 }, Math.random) };
  store.add('small.py', packed);
  for (const name of ['big.py', 'bigger.py']) store.add(name, pack(padded));
  const first = store.syntax('small.py');
  expect(store.syntax('small.py')).toBe(first);
  store.syntax('big.py');
  store.syntax('bigger.py');
  expect(store.syntax('small.py')).toEqual(first);
  expect(store.syntax('small.py')).not.toBe(first);
});

test('while a target is watched, only what has changed is read again', async () => {
  const fixture = await createFixture({ 'a.py': code, 'b.py': 'x = 1\n', 'c.py': 'y = 1\n', 'bad.py': '\0' });
  onTestFinished(() => fixture.rm());
  const look = { settings: { ...settings, root: fixture.path }, signal: new AbortController().signal };
  const filesNow = () => filesCollector.collect({ ...look, artifacts: {} });
  const value = await sourceCollector.collect({ ...look, artifacts: { files: await filesNow() } });
  const held = storeOf(value).syntax('a.py');
  await fixture.writeFile('b.py', 'import os\n');
  await fixture.writeFile('d.py', 'z = 1\n');
  await fixture.rm('c.py');
  const before = { value, changed: ['b.py', 'c.py', 'd.py'] };
  const source = await sourceCollector.collect({ ...look, artifacts: { files: await filesNow() }, before });
  expect(source.files.map(({ path }) => path)).toEqual(['a.py', 'b.py', 'bad.py', 'd.py']);
  expect(source).toEqual(await sourceCollector.collect({ ...look, artifacts: { files: await filesNow() } }));
  const store = storeOf(source);
  expect(store.syntax('a.py')).toBe(held);
  expect(store.syntax('b.py')?.body).toMatchObject([{ kind: 'Import' }]);
  expect(store.syntax('c.py')).toBeUndefined();
  expect(store.syntax('d.py')?.body).toHaveLength(1);
});

import { expect, it } from 'vitest';
import { analysed } from '../../../src/collectors/analysis/analysed.js';
import { CannotLook } from '../../../src/engine/errors.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import { keepStore, pack, SyntaxStore } from '../../../src/source/store.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';

it('says how much memory it would take, before it runs out of it; tests do not count', async () => {
  const source = { files: [] };
  const store = new SyntaxStore(() => undefined);
  const packed = pack(syntaxOf(await loadPythonParser(), 'x = 1\n'));
  for (const path of ['app.py', 'test_app.py']) store.add(path, packed);
  keepStore(source, store);
  const files = [
    { path: 'app.py', role: 'entry' },
    { path: 'test_app.py', role: 'test' },
  ];
  const project = { files, sourceRoot: '.' };
  expect(() => analysed(source, project, packed.length * 89)).toThrow(CannotLook);
  expect(() => analysed(source, project, packed.length * 89)).toThrow(
    'the sources are too large to follow types through',
  );
  expect(analysed(source, project, packed.length * 90).program.paths).toEqual(['app.py']);
});

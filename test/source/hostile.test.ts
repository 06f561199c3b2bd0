import { createFixture } from 'fs-fixture';
import { expect, onTestFinished, test } from 'vitest';
import { filesCollector } from '../../src/collectors/files.js';
import { sourceCollector } from '../../src/collectors/source.js';
import { storeOf } from '../../src/source/store.js';
import { positionOf } from '../../src/source/syntax/tree.js';
import { expressionsOfModule } from '../../src/source/syntax/walk.js';
import { project } from '../collectors/project-of.js';
import { settings } from '../engine/stand-ins.js';

/** Well beyond what any of these takes on a busy machine, and below what a person waits for. Milliseconds. */
const mostMs = 20_000;

/** Reads one file as a preflight does, and then every expression in it as an analysis does. */
async function read(content: string) {
  const fixture = await createFixture({ 'hostile.py': content, 'good.py': 'x = 1\n' });
  onTestFinished(() => fixture.rm());
  const look = { settings: { ...settings, root: fixture.path }, signal: new AbortController().signal };
  const files = await filesCollector.collect({ ...look, artifacts: {} });
  const began = performance.now();
  const source = await sourceCollector.collect({ ...look, artifacts: { files } });
  const [good, facts] = source.files;
  expect(good?.definitions).toEqual(['x']);
  const syntax = storeOf(source).syntax('hostile.py');
  const expressions = syntax === undefined ? 0 : [...expressionsOfModule(syntax)].length;
  expect(performance.now() - began).toBeLessThan(mostMs);
  return { facts, syntax, expressions };
}

const deep = 5000;
const indented = (line: (depth: number) => string): string =>
  Array.from({ length: deep }, (_, depth) => `${' '.repeat(depth)}${line(depth)}\n`).join('') +
  `${' '.repeat(deep)}pass\n`;

test.each(
  Object.entries({
    'opened brackets': '['.repeat(deep),
    'nested brackets': `x = ${'['.repeat(deep)}${']'.repeat(deep)}\n`,
    'nested calls': `x = ${'f('.repeat(deep)}${')'.repeat(deep)}\n`,
    'nested subscripts': `x = ${'a['.repeat(deep)}0${']'.repeat(deep)}\n`,
    'nested dicts': `x = ${'{1: '.repeat(deep)}1${'}'.repeat(deep)}\n`,
    'nested lambdas': `x = ${'lambda: '.repeat(deep)}1\n`,
    'nested comprehensions': `x = ${'[i for i in '.repeat(deep)}y${']'.repeat(deep)}\n`,
    'nested conditionals': `x = ${'1 if a else '.repeat(deep)}0\n`,
    'nested f-strings': `x = ${'f"{'.repeat(200)}1${'}"'.repeat(200)}\n`,
    'nested types': `x: ${'list['.repeat(deep)}int${']'.repeat(deep)}\n`,
    'unions of types': `x: ${'A | '.repeat(deep)}B\n`,
    'a type in quotes in a type in quotes': `x: ${'"list['.repeat(500)}int${']"'.repeat(500)}\n`,
    'a chain of attributes': `x = a${'.b'.repeat(deep)}\n`,
    'a chain of calls': `x = a${'.b()'.repeat(deep)}\n`,
    'a chain of sums': `x = 1${' + 1'.repeat(deep)}\n`,
    'a chain of comparisons': `x = 1${' < 1'.repeat(deep)}\n`,
    'a chain of nots': `x = ${'not '.repeat(deep)}1\n`,
    'a chain of signs': `x = ${'-'.repeat(deep)}1\n`,
    'a chain of assignments': `${'a = '.repeat(deep)}1\n`,
    'a chain of decorators': `${'@d\n'.repeat(deep)}def f(): pass\n`,
    'a chain of elifs': `if a: pass\n${'elif b: pass\n'.repeat(deep)}else: pass\n`,
    'a chain of excepts': `try: pass\n${'except A: pass\n'.repeat(deep)}`,
    'a chain of cases': `match x:\n${' case 1: pass\n'.repeat(deep)}`,
    'nested patterns': `match x:\n case ${'['.repeat(deep)}${']'.repeat(deep)}: pass\n`,
    'nested ifs': indented(() => 'if a:'),
    'nested functions': indented((depth) => `def f${depth}():`),
    'nested classes': indented((depth) => `class C${depth}:`),
    'nested elses': Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}if a: pass\n${' '.repeat(n)}else:\n`).join(
      '',
    ),
    'many strings side by side': `x = ${'"a" '.repeat(100_000)}\n`,
    'an unterminated string': `x = "${'a'.repeat(1_000_000)}`,
    'an unterminated long string': `x = """${'a\n'.repeat(300_000)}`,
    'many unterminated strings': `x = "\n'''\n`.repeat(20_000),
    'many unclosed f-strings': 'x = f"{'.repeat(20_000),
    'one long line': `x = ${'a, '.repeat(200_000)}\n`,
    'a line of blanks': `x = 1${' '.repeat(1_000_000)}\n`,
    backslashes: `x = 1 + \\\n${'\\\n'.repeat(100_000)}1\n`,
    'a long name': `${'a'.repeat(1_000_000)} = 1\n`,
    'a million lines': 'x\n'.repeat(1_000_000),
    'comments only': '# a\n'.repeat(500_000),
  }),
)('%s: a reading or a problem, in time', async (_, content) => {
  const { facts, syntax } = await read(content);
  expect(facts?.problem === undefined ? 'read' : facts.problem.kind).toBe(syntax === undefined ? 'too-large' : 'read');
});

test('a dict with a million keys is too much, or all there', async () => {
  const { facts } = await read(`x = {\n${Array.from({ length: 1_000_000 }, (_, key) => `${key}:0`).join(',')}}\n`);
  expect(facts?.problem).toMatchObject({ kind: 'too-large' });
});

test('a dict with ten thousand keys is read whole', async () => {
  const { facts, expressions } = await read(
    `x = {\n${Array.from({ length: 10_000 }, (_, key) => `'k${key}': 0,\n`).join('')}}\n`,
  );
  expect(facts?.problem).toBeUndefined();
  expect(expressions).toBe(20_002);
});

test('ten megabytes are too much, told by the size alone', async () => {
  const { facts } = await read('x = 1\n'.repeat(1_800_000));
  expect(facts?.problem).toEqual({
    kind: 'too-large',
    message: "it has 10.3 MB, too much to be read as a dashboard's code",
  });
});

test('null bytes', async () => {
  const { facts } = await read('x = 1\ny = "\0"\n');
  expect(facts?.problem).toMatchObject({ kind: 'binary', line: 2 });
});

test('what stands after something too deep is read', async () => {
  const { facts, syntax } = await read(`x = a${'.b'.repeat(deep)}\ny = 1\n`);
  expect(facts?.definitions).toEqual(['x', 'y']);
  expect(syntax?.hasSyntaxErrors).toBe(true);
  expect(syntax?.body.map((statement) => positionOf(syntax, statement.at).line)).toEqual([1, 2]);
});

test('modules that import each other in a circle', async () => {
  const { files } = await project({
    'app.py': 'import streamlit as st\nst.set_page_config()\nfrom a import x\n',
    'a.py': 'from b import *\nfrom a import x\n',
    'b.py': 'from c import *\n',
    'c.py': 'import app\nfrom a import *\n',
  });
  expect(files.filter(({ reachable }) => reachable).map(({ path }) => path)).toEqual([
    'a.py',
    'app.py',
    'b.py',
    'c.py',
  ]);
});

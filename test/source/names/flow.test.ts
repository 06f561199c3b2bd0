import { beforeAll, expect, test } from 'vitest';
import { namesOf } from '../../../src/source/names/names.js';
import { loadPythonParser, type PythonParser } from '../../../src/source/parsing/parser.js';
import { syntaxOf } from '../../../src/source/syntax/read.js';
import { positionOf } from '../../../src/source/syntax/tree.js';

let parser: PythonParser;

beforeAll(async () => {
  parser = await loadPythonParser();
});

/**
 * Every snippet is the body of a function, and `x` is the name that is followed. The comment of a line says what `x`
 * sees there: the lines of the definitions that reach it, `?` when it may have no value, `never` in code that never
 * runs. Lines are counted from 1.
 */
test.each([
  ['straight on', ['x = 1', 'x = 2', 'x  # 2']],
  ['before its assignment', ['x  # ?', 'x = 1']],
  ['a declaration is no value', ['x: int', 'x  # ?']],
  ['its own value', ['x = 1', 'x += 1  # 1', 'x  # 2']],
  ['counting from nothing', ['x += 1  # ?', 'x  # ?']],
  ['counting from nothing, in a loop', ['for i in r:', '    x = x + i  # ?']],
  ['counting from something, in a loop', ['x = 0', 'for i in r:', '    x = x + i  # 1 3', 'x  # 1 3']],
  ['if', ['if a:', '    x = 1', 'x  # 2 ?']],
  ['if and else', ['if a:', '    x = 1', 'else:', '    x = 2', 'x  # 2 4']],
  ['only in the other branch', ['if a:', '    x = 1', 'else:', '    x  # ?']],
  ['elif', ['x = 0', 'if a:', '    x = 1', 'elif b:', '    pass', 'else:', '    x = 2', 'x  # 1 3 7']],
  ['an elif that binds', ['if a:', '    x = 1', 'elif (x := b):', '    x  # 3', 'else:', '    x  # 3', 'x  # 2 3']],
  ['an early return', ['if a:', '    return', 'else:', '    x = 1', 'x  # 4']],
  ['an early exit', ['if a:', '    sys.exit(1)', 'else:', '    x = 1', 'x  # 4']],
  ['a page that stops', ['if a:', '    x = 1', 'else:', '    st.stop()', 'x  # 2']],
  ['something that may return', ['if a:', '    x = 1', 'else:', '    thread.stop()', 'x  # 2 ?']],
  ['after raise', ['x = 1', 'raise E', 'x  # never']],
  ['after assert False', ['x = 1', 'assert False', 'x  # never']],
  ['if False', ['x = 1', 'if False:', '    x  # never', '    x = 2', 'x  # 1']],
  ['a test of the version', ['if sys.version_info[0] >= 3:', '    x = 1', 'else:', '    x = 2', 'x  # 2']],
  ['a test of a later version', ['if sys.version_info >= (3, 12):', '    x = 1', 'x  # 2 ?']],
  ['for', ['for x in r:', '    x  # 1', 'x  # 1 ?']],
  ['the round before', ['for i in r:', '    x  # 3 ?', '    x = i', 'x  # 3 ?']],
  ['for and else', ['for i in r:', '    if i:', '        x = i', '        break', 'else:', '    x = 0', 'x  # 3 6']],
  ['continue', ['for i in r:', '    if i:', '        continue', '    x = i', '    x  # 4', 'x  # 4 ?']],
  ['continue after binding', ['for i in r:', '    if i:', '        x = 1', '        continue', '    x  # 3 ?']],
  ['while True', ['while True:', '    x = 1', '    if a:', '        break', 'x  # 2']],
  ['while True for ever', ['while True:', '    x = 1', 'x  # never']],
  ['while with a walrus', ['while x := f():', '    x  # 1', 'x  # 1']],
  ['loops in a loop', ['for i in r:', '    for j in r:', '        x  # 4 ?', '        x = j', '    x  # 4 ?']],
  [
    'bound in the outer loop',
    ['for i in r:', '    x = i', '    while a:', '        x  # 2 5', '        x = 3', 'x  # 2 5 ?'],
  ],
  ['try', ['try:', '    x = f()', 'except E:', '    x  # ?', 'x  # 2 ?']],
  ['what came before it raised', ['try:', '    x = f()', '    g()', 'except E:', '    x  # 2 ?']],
  ['an interrupt comes at any time', ['try:', '    x = f()', 'except KeyboardInterrupt:', '    x  # 2 ?']],
  ['try and return', ['try:', '    x = f()', 'except E:', '    return', 'x  # 2']],
  ['try and else', ['try:', '    f()', 'except E:', '    x = 1', 'else:', '    x = 2', 'x  # 4 6']],
  ['the exception itself', ['try:', '    f()', 'except E as x:', '    x  # 3', 'x  # ?']],
  ['the exception, kept', ['x = None', 'try:', '    f()', 'except E as x:', '    pass', 'x  # 1 ?']],
  ['finally', ['try:', '    x = f()', 'finally:', '    x  # 2 ?', 'x  # 2']],
  ['finally binds', ['try:', '    f()', 'finally:', '    x = 1', 'x  # 4']],
  [
    'finally on the way out of a loop',
    ['while True:', '    try:', '        break', '    finally:', '        x = 1', 'x  # 5'],
  ],
  ['finally returns', ['try:', '    x = 1', 'finally:', '    return', 'x  # never']],
  [
    'a try in a try',
    [
      'try:',
      '    try:',
      '        x = f()',
      '        g()',
      '    except E:',
      '        raise',
      'except F:',
      '    x  # 3 ?',
    ],
  ],
  ['with', ['with a as x:', '    x  # 1', 'x  # 1']],
  ['with suppress', ['with suppress(E):', '    x = f()', 'x  # 2 ?']],
  ['with suppress, left', ['x = 1', 'with contextlib.suppress(E):', '    return 2', 'x  # 1']],
  ['with, left', ['x = 1', 'with a:', '    return 2', 'x  # never']],
  ['match', ['match a:', '    case 1:', '        x = 1', '    case [x, *_]:', '        x  # 4', 'x  # 3 4 ?']],
  ['match anything', ['match a:', '    case 1:', '        x = 1', '    case _:', '        x = 2', 'x  # 3 5']],
  ['del', ['x = 1', 'del x  # 1', 'x  # ?']],
  ['del in one branch', ['x = 1', 'if a:', '    del x  # 1', 'x  # 1 ?']],
  ['a walrus behind and', ['if a and (x := f()):', '    pass', 'x  # 1 ?']],
  ['a walrus in a comprehension', ['[x := i for i in r]', 'x  # 1 ?']],
  ['a comprehension of its own', ['[x for x in r]  # 1', 'x  # ?', 'x = 1']],
  ['a generator runs later', ['g = (x for i in r)  # 3 ?', 'x  # ?', 'x = 1']],
  ['a function runs later', ['def g():', '    return x  # 3 ?', 'x = 1']],
  ['bound by an inner function', ['x = None', 'def g():', '    nonlocal x', '    x = 1', 'g()', 'x  # 1 4']],
  ['unpacked', ['x, y = y, x  # ?', 'x  # ?']],
  ['import', ['if a:', '    import x.y', 'x  # 2 ?']],
  ['function and class', ['def x(): pass', 'x  # 1', 'class x: pass', 'x  # 3']],
])('%s', (_, lines) => {
  expect(annotated(lines)).toEqual(lines);
});

test('parameters', () => {
  const [definition] = reachingLast('def f(a, *x):\n    return x\n')?.definitions ?? [];
  expect(definition).toMatchObject({ kind: 'parameter', node: { name: 'x', splat: '*' } });
});

test('what a name gets is told where the text shows it', () => {
  expect(reachingLast('a, (x, b) = 1, f()\nx')?.definitions).toMatchObject([
    { kind: 'assignment', from: { kind: 'Call' } },
  ]);
  expect(reachingLast('a, x = 1, 2\nx')?.definitions).toMatchObject([{ kind: 'assignment', value: { value: 2 } }]);
});

test('a name of the module, seen from a function, is all that binds it', () => {
  const found = reachingLast('x = 1\ndef f():\n    global x\n    x = 2\ndef g():\n    return x\n');
  expect(found?.definitions.map(({ at }) => at)).toEqual([0, 32]);
  expect(found?.mayBeUnbound).toBe(true);
});

test('deeply nested loops and long chains take no time to speak of', () => {
  const loops = `def f(a):\n${Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth + 1)}while a:\n`).join('')}${' '.repeat(91)}x = x\n`;
  const chain = `def f(a):\n  if a: pass\n${'  elif (x := a): y = x\n'.repeat(3000)}  return x\n`;
  const flat = `def f(a):\n  while a:\n${'    if a: x = a; continue\n'.repeat(3000)}    x\n`;
  for (const text of [loops, chain, flat]) {
    const started = performance.now();
    expect(reachingLast(text)).toBeDefined();
    expect(performance.now() - started).toBeLessThan(5000);
  }
});

function reachingLast(text: string) {
  const names = namesOf(syntaxOf(parser, text));
  const reads = names.all.flatMap((scope) => scope.reads).filter(({ id }) => id === 'x');
  const last = reads.sort((a, b) => a.at - b.at).at(-1);
  return last && names.definitionsReaching(last);
}

/** The lines with what `x` really sees. */
function annotated(lines: readonly string[]): string[] {
  const text = `def function():\n${lines.map((line) => `    ${line}\n`).join('')}`;
  const syntax = syntaxOf(parser, text);
  expect(syntax.hasSyntaxErrors).toBeUndefined();
  const names = namesOf(syntax);
  const lineOf = (at: number): number => positionOf(syntax, at).line - 1;
  const seen = new Map<number, string>();
  for (const read of names.all.flatMap((scope) => scope.reads).filter(({ id }) => id === 'x')) {
    const { definitions, mayBeUnbound } = names.definitionsReaching(read);
    const from = definitions.map(({ at }) => lineOf(at)).sort((a, b) => a - b);
    const told = names.isReached(read) ? [...from, ...(mayBeUnbound ? ['?'] : [])].join(' ') : 'never';
    seen.set(lineOf(read.at), told);
  }
  return lines.map((line, index) => {
    const told = seen.get(index + 1);
    return `${line.split('  #')[0] ?? ''}${told === undefined ? '' : `  # ${told}`}`;
  });
}

import { describe, expect, it } from 'vitest';
import { factsOf, largestFileBytes } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import type { FileFacts, ImportUse } from '../../../src/source/types.js';

const parser = await loadPythonParser();
const callees = new Set(['from_pretrained', 'set_page_config', 'call']);
const look = (text: string | Buffer): FileFacts => factsOf(parser, 'a.py', Buffer.from(text), callees);

describe('the encoding', () => {
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

  it.each<[string, string | Buffer, string]>([
    ['UTF-8', 'call("é 🚀")\n', 'é 🚀'],
    ['UTF-8 with a mark', '\ufeffcall("é")\n', 'é'],
    ['a mark and a coding line', '\ufeff# coding: utf-8\ncall("é")\n', 'é'],
    ['Latin-1, by its first line', latin('# -*- coding: latin-1 -*-\ncall("é")\n'), 'é'],
    [
      'Latin-1, by its second line',
      latin('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\ncall("é")\n'),
      'é',
    ],
    ['Windows line ends', '# x\r\ncall("é",\r\n1)\r\n', 'é'],
    ['a codec that only Python knows', latin('# coding: cp850\ncall("e")\n'), 'e'],
    ['a codec that somebody registered', '# coding: future_fstrings\ncall("e")\n', 'e'],
    ['Japanese', Buffer.from([...latin('# coding: euc_jp\ncall("'), 0xa4, 0xa2, ...latin('")\n')]), 'あ'],
  ])('of %s is understood', (_, text, expected) => {
    const { problem, calls } = look(text);
    expect(problem).toBeUndefined();
    expect(calls[0]?.arguments['0']).toBe(expected);
  });

  it.each<[string, Buffer, object]>([
    ['Latin-1 without a coding line', latin('x = 1\ny = "é"\n'), { kind: 'encoding', line: 2 }],
    ['a coding line too late', latin('x = 1\n# coding: latin-1\ny = "é"\n'), { kind: 'encoding', line: 3 }],
    [
      'a mark that contradicts the coding line',
      Buffer.from('\ufeff# coding: latin-1\n'),
      { kind: 'encoding', line: 1 },
    ],
    ['UTF-16', Buffer.from('\ufeffx = 1\n', 'utf16le'), { kind: 'encoding', line: 1 }],
    ['null bytes', Buffer.from('x = 1\n\0'), { kind: 'binary', line: 2 }],
    ['too many bytes', Buffer.alloc(largestFileBytes + 1, '#'), { kind: 'too-large' }],
  ])('that cannot be: %s', (_, bytes, problem) => {
    expect(look(bytes)).toMatchObject({ problem, imports: [], definitions: [], calls: [] });
  });
});

describe('syntax', () => {
  it.each([
    ['def f(dx):\n    return dx, *[None] * 10\n'],
    ['x = *(a for a in b), c\n'],
    ['f"{title:=^80}{x:=,.2f}{y:=}"\n'],
    ['x[*(a for a in b)] = y[1, *[2]]\n'],
    ['class Box[T: int = int, *Ts = *tuple[int, str], **P = [int]](A): pass\n'],
    ['async def f[\n    T = dict[str, int],\n](x: T = 1) -> T: return x\ntype A[T = int] = list[T]\n'],
    ['class A:\n    @f\n#    @g\n    def h(self): """\n# no comment\n"""\n'],
    ['f"{title:=.2Uf}"\n'],
    ['lazy import x\nlazy from y import z\nlazy = 1\n'],
    ['runs = {**each for each in runs}\n'],
    ['class Box[T = int]: pass\nbox = {**base, "title": "one for all", "runs": [n for n in more]}\n'],
    ['x = t"{a} {b:>{c}}"\ntry: pass\nexcept A, B: pass\n'],
  ])('that the grammar does not know is Python: %j', (text) => {
    expect(look(text)).not.toHaveProperty('syntaxErrorLine');
    expect(look(text).hasSyntaxErrors).toBe(false);
  });

  it.each([
    ['x = *[None]\n'],
    ['assert a, *[None]\n'],
    ['return a, *[None] or b\n'],
    ['f(a, *(b)\n'],
    ['x[*(a for a in b]\n'],
    ['x = {a:=^80}\n'],
    ['return dx, *[None] * 10\nx = = 1\n'],
    ['def f(a, *(b)): pass\n'],
    ['class Box[T = int: pass\n'],
    ['lazy export x\n'],
    ['runs = {**each, for}\n'],
    ['def f(x = ) : pass\ndef g[T = int](x): pass\n'],
  ])('is wrong: %j', (text) => {
    expect(look(text).hasSyntaxErrors).toBe(true);
  });
});

describe('imports', () => {
  const only = (text: string): ImportUse | undefined => look(text).imports.find(({ module }) => module === 'x');

  it.each([
    ['try:\n    import x\nexcept ImportError:\n    x = None\n'],
    ['try:\n    import x\nexcept (OSError, ModuleNotFoundError) as error:\n    x = None\n'],
    ['try:\n    import x\nexcept:\n    x = None\n'],
    ['try:\n    import y\nexcept ImportError:\n    import x\n'],
    ['try:\n    import y\nexcept ImportError:\n    pass\nelse:\n    import x\n'],
    ['import contextlib\nwith contextlib.suppress(ImportError):\n    import x\n'],
    ['if sys.version_info >= (3, 11):\n    import tomllib\nelse:\n    import x\n'],
    ['if a:\n    pass\nelif sys.platform == "win32":\n    import x\n'],
    ['if importlib.util.find_spec("x"):\n    import x\n'],
    ['if HAS_TORCH:\n    import x\n'],
    ['def f():\n    try:\n        import x\n    except Exception:\n        pass\n'],
  ])('are guarded in %j', (text) => {
    expect(only(text)).toMatchObject({ guarded: true, typeCheckingOnly: false });
  });

  it('are seen where they are lazy', () => {
    expect(look('lazy import x\n').imports).toMatchObject([{ module: 'x', line: 1, atModuleLevel: true }]);
    expect(look('lazy from x import y\n').definitions).toEqual(['y']);
  });

  it.each([
    ['import x\n'],
    ['try:\n    import x\nexcept ValueError:\n    pass\n'],
    ['try:\n    import x\nexcept ImportError as e:\n    print("install x")\n    raise\n'],
    ['try:\n    import y\nexcept ImportError:\n    pass\nfinally:\n    import x\n'],
    ['try:\n    def f():\n        import x\nexcept ImportError:\n    pass\n'],
    ['with open("ImportError") as f:\n    import x\n'],
    ['if mode == "gnn":\n    import x\n'],
    ['if settings.has_ghosts:\n    import x\n'],
    ['if TYPE_CHECKING:\n    import y\nelse:\n    import x\n'],
    ['if TYPE_CHECKING or DEBUG:\n    import x\n'],
  ])('are not guarded in %j', (text) => {
    expect(only(text)).toMatchObject({ guarded: false, typeCheckingOnly: false });
  });

  it.each([
    ['if TYPE_CHECKING:\n    import x\n'],
    ['if typing.TYPE_CHECKING:\n    if sys.platform == "win32":\n        import x\n'],
    ['if not TYPE_CHECKING:\n    import y\nelse:\n    import x\n'],
    ['if (TYPE_CHECKING and DEBUG):\n    import x\n'],
    ['if False:\n    import x\n'],
  ])('are for types only in %j', (text) => {
    expect(only(text)).toMatchObject({ typeCheckingOnly: true });
    expect(look(text).definitions).not.toContain('x');
  });

  it('tell the module level from function bodies', () => {
    expect(only('class A:\n    import x\n')).toMatchObject({ atModuleLevel: true });
    expect(only('class A:\n    def f(self):\n        import x\n')).toMatchObject({ atModuleLevel: false });
  });
});

describe('names that the text does not show', () => {
  it.each([
    ['def __getattr__(name): ...\n'],
    ['__getattr__, __dir__, __all__ = lazy.attach(__name__)\n'],
    ['from x import *\n'],
    ['globals()["a"] = 1\n'],
    ['def f():\n    globals().update(a=1)\n'],
    ['exec("a = 1")\n'],
    ['locals()["a"] = 1\n'],
    ['import sys\nsys.modules[__name__] = object()\n'],
    ['from sys import modules\ndef put(name, module):\n    modules[name] = module\n'],
    ['__path__.append("x")\n'],
    ['from . import a\nsetattr(a, name, 1)\n'],
  ])('%j', (text) => {
    expect(look(text).definesDynamically).toBe(true);
  });

  it.each([
    ['# globals() exec() sys.modules\n'],
    ['"""Uses globals() and __path__."""\n'],
    ['def f():\n    return "{a}".format(**locals())\n'],
    ['cursor.exec("x")\n'],
    ['app.modules\nvars\n'],
    ['from .sys import modules\nfrom torch.nn import modules\nmodules[name] = 1\n'],
    ['class A:\n    def __getattr__(self, name): ...\n'],
    ['setattr(self, "x", 1)\n'],
    ['class a: ...\nsetattr(a, name, 1)\n'],
    ['options = vars(args)\n'],
  ])('not %j', (text) => {
    expect(look(text).definesDynamically).toBe(false);
  });
});

describe('calls', () => {
  const first = (text: string): object | undefined => look(text).calls[0]?.arguments;

  it.each<[string, object]>([
    [
      'call("a" "b" + "c", ("d"), -1, 1_000, 0x1F, 2.5, True, None)',
      { 0: 'abc', 1: 'd', 2: -1, 3: 1000, 4: 31, 5: 2.5, 6: true, 7: null },
    ],
    [
      String.raw`call("\x41\u00e9\U0001F680\101\n\"\z", r"\n", f"{{x}}", """a""")`,
      { 0: 'Aé🚀A\n"\\z', 1: '\\n', 2: '{x}', 3: 'a' },
    ],
    [String.raw`call(b"x", f"{y}", "\N{BULLET}", 1j, 9007199254740993, 1e999, [1], x, x())`, {}],
    ['call(*args, "a", k="v", **more)', { k: 'v' }],
    ['M = "gpt2"\ndef f(m=M):\n    call(M)\n', { 0: 'gpt2' }],
    ['M: str = "gpt2"\ncall(M)\n', { 0: 'gpt2' }],
    ['M = "gpt2"\ndef f(M):\n    call(M)\n', {}],
    ['M = "gpt2"\ndef f():\n    M = g()\n    call(M)\n', {}],
    ['M = "gpt2"\n[call(M) for M in y]\n', {}],
    ['M = "a"\nM = "b"\ncall(M)\n', {}],
    ['M = "a"\ndef f():\n    global M\n    M = g()\ncall(M)\n', {}],
    [`call("${'x'.repeat(2000)}")`, {}],
  ])('%s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it('say what is called, where, and whether a failure is caught', () => {
    const { calls, topLevelCalls, hasMainGuard } = look(
      'é = AutoTokenizer.from_pretrained("gpt2")\ntry:\n    super().from_pretrained(1)\n    models[0].from_pretrained(2)\nexcept OSError:\n    pass\n' +
        'try:\n    call(3)\nexcept KeyError:\n    pass\nif __name__ == "__main__":\n    st.set_page_config()\nwith st.form("x") as f:\n    pass\n',
    );
    expect(calls.map(({ callee, line, column, guarded }) => [callee, line, column, guarded])).toEqual([
      ['AutoTokenizer.from_pretrained', 1, 5, false],
      ['super().from_pretrained', 3, 5, true],
      ['?.from_pretrained', 4, 5, true],
      ['call', 8, 5, false],
      ['st.set_page_config', 12, 5, false],
    ]);
    expect(hasMainGuard).toBe(true);
    expect(topLevelCalls).toEqual(['AutoTokenizer.from_pretrained', 'call', 'st.form', 'st.set_page_config']);
  });
});

describe('hostile text gives a result or a problem', () => {
  const times = (text: string, bytes: number): string => text.repeat(Math.floor(bytes / text.length));
  const nested = (line: string, depth: number): string =>
    Array.from({ length: depth }, (_, i) => ' '.repeat(i) + line).join('\n');
  const big = 3_500_000;

  it.each<[string, string]>([
    ['nested parentheses', `${'('.repeat(5000)}${')'.repeat(5000)}`],
    ['opened parentheses', times('(', big)],
    ['opened parentheses that a query is slow in', '('.repeat(100_000)],
    ['nested blocks', nested('if 1:', 1500)],
    ['nested functions', nested('def f():', 1000)],
    ['nested strings in strings', times('f"{', big)],
    ['a string without an end', `x = """${times('abc\n', big)}`],
    ['a sum without an end', `call(${times('"a"+', big)}"b")`],
    ['a chain of attributes', `a${times('.b', big)}`],
    ['a chain of assignments', times('a=', big)],
    ['a million statements', times('1;', big)],
    ['a hundred thousand calls', times('call("x")\n', 400_000)],
    ['imports without an end', times('import a\n', 400_000)],
  ])('%s', (_, text) => {
    expect(['undefined', 'too-large']).toContain(String(look(text).problem?.kind));
  });

  it('and does no harm to the file after it', () => {
    look(times('[[],', big));
    expect(look('import x\n')).toMatchObject({
      hasSyntaxErrors: false,
      imports: [{ module: 'x' }],
      definitions: ['x'],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { importCheck } from '../../../src/checks/incident/import.js';
import type { ImportedModule, PythonException, StackFrame, SymbolLookup } from '../../../src/collectors/imports.js';
import type { Finding } from '../../../src/engine/types.js';
import { nothingRead } from './nothing-read.js';

function judge(modules: readonly ImportedModule[], symbols: readonly SymbolLookup[] = []): readonly Finding[] {
  const result = importCheck.run({
    ...nothingRead,
    imports: { python: '3.11.7', isolation: 'fork', preloaded: [], modules, symbols },
  });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

function imported(path: string, told: Partial<ImportedModule> = {}): ImportedModule {
  return {
    module: path.replace(/\.py$/, '').replaceAll('/', '.'),
    path,
    wholeModule: true,
    reachable: true,
    status: 'ok',
    durationMs: 5,
    exceptions: [],
    stack: [],
    output: [],
    ...told,
  };
}

/** Own frames, `core/a.py:3` or `core/a.py:3 in f`, the innermost last. */
function frames(...places: string[]): StackFrame[] {
  return places.map((place) => {
    const [, file = '', line = '0', name = '<module>'] = /^(.+?):(\d+)(?: in (.+))?$/.exec(place) ?? [];
    return { file, line: Number(line), function: name, own: !file.startsWith('/') };
  });
}

function failed(path: string, exception: PythonException, ...context: PythonException[]): ImportedModule {
  return imported(path, { status: 'error', exceptions: [exception, ...context] });
}

const missing = (name: string, ...places: string[]): PythonException => ({
  type: 'ModuleNotFoundError',
  message: `No module named '${name}'`,
  name,
  stack: frames(...places),
});

const half = (module: string, ...places: string[]): PythonException => ({
  type: 'ImportError',
  message: `cannot import name 'x' from partially initialized module '${module}' (most likely due to a circular import)`,
  name: module,
  stack: frames(...places),
});

describe('incident/import stays silent', () => {
  it('about modules that import', () => {
    expect(judge([imported('core/a.py', { output: ['loading'] })])).toEqual([]);
  });

  it("about a syntax error in the dashboard's own file, and about who imports it", () => {
    const error = { type: 'SyntaxError', message: 'invalid syntax', path: 'core/a.py', line: 1, stack: [] };
    const echo = { ...error, type: 'IndentationError', stack: frames('core/b.py:1') };
    expect(judge([failed('core/a.py', error), failed('core/b.py', echo)])).toEqual([]);
  });

  it('about a file of null bytes, which older Pythons call a ValueError', () => {
    const error = { type: 'ValueError', message: 'source code string cannot contain null bytes', stack: [] };
    expect(judge([failed('core/a.py', error)])).toEqual([]);
  });

  it('about what only a session can have', () => {
    const message = 'st.session_state has no attribute "run". Did you forget to initialize it?';
    expect(judge([failed('core/a.py', { type: 'AttributeError', message, stack: frames('core/a.py:2') })])).toEqual([]);
  });

  it('about names in a module that failed for a reason of its own', () => {
    const lookup = { symbol: 'core.a:x', status: 'module-failed' as const, askedBy: [], nearest: [] };
    expect(judge([imported('core/a.py')], [lookup])).toEqual([]);
  });
});

describe('incident/import finds the root cause', () => {
  it('of a package that is not installed, once, with the distribution to install', () => {
    const found = judge([
      failed('app.py', missing('torch_geometric', 'app.py:1', 'core/b.py:1', 'core/a.py:4')),
      failed('core/a.py', missing('torch_geometric', 'core/a.py:4')),
      failed('core/b.py', missing('torch_geometric', 'core/b.py:1', 'core/a.py:4')),
    ]);
    expect(found).toMatchObject([
      {
        code: 'module-missing',
        subject: 'torch_geometric',
        message: 'torch_geometric is not installed',
        location: { file: 'core/a.py', line: 4 },
        fix: 'python -m pip install torch-geometric',
      },
    ]);
    expect(found[0]?.evidence?.at(-1)).toBe('also stops: app.py, core/b.py');
  });

  it('of a module of the dashboard that is gone, with the nearest', () => {
    const found = judge([
      imported('core/training_controllers.py'),
      failed('core/a.py', missing('core.training_controler', 'core/a.py:1')),
    ]);
    expect(found).toMatchObject([{ code: 'module-missing', suggestion: 'core.training_controllers' }]);
  });

  it('of a renamed name: one finding for the module that raised and the statements that ask', () => {
    const error = {
      type: 'ImportError',
      message: "cannot import name 'plot_types' from 'core.graph' (/r/core/graph.py)",
      nearest: ['plots'],
      stack: frames('core/panel.py:2'),
    };
    const askedBy = [
      { file: 'core/panel.py', line: 2, reachable: true },
      { file: 'core/page.py', line: 30, reachable: true },
    ];
    const found = judge(
      [
        failed('core/panel.py', error),
        failed('core/page.py', { ...error, stack: frames('core/page.py:30') }),
        failed('app.py', { ...error, stack: frames('app.py:1', 'core/panel.py:2') }),
      ],
      [{ symbol: 'core.graph:plot_types', status: 'missing', askedBy, nearest: ['plots'] }],
    );
    expect(found).toMatchObject([
      {
        code: 'symbol-missing',
        subject: 'core.graph:plot_types',
        location: { file: 'core/panel.py', line: 2 },
        suggestion: 'plots',
      },
    ]);
    expect(found[0]?.evidence?.at(-1)).toBe('also stops: app.py, core/page.py:30');
  });

  it('of a name that only a function imports', () => {
    const askedBy = [{ file: 'core/page.py', line: 30, reachable: true }];
    const found = judge([imported('app.py')], [{ symbol: 'core.graph:gone', status: 'missing', askedBy, nearest: [] }]);
    expect(found).toMatchObject([{ code: 'symbol-missing', location: { file: 'core/page.py', line: 30 } }]);
    expect(found[0]).not.toHaveProperty('severity');
  });

  it('of an exception: the module whose import ends is the subject, the innermost own line the place', () => {
    const stack = frames('app.py:1', 'core/a.py:7', 'core/config.py:3 in load', '/lib/json/decoder.py:5 in decode');
    const found = judge([failed('app.py', { type: 'json.JSONDecodeError', message: 'Expecting value', stack })]);
    expect(found).toMatchObject([
      { code: 'import-error', subject: 'core/a.py', location: { file: 'core/config.py', line: 3 } },
    ]);
    expect(found[0]?.evidence).toContain('json.JSONDecodeError: Expecting value');
  });

  it('of a chain: the last one raised is the diagnosis, the others its context', () => {
    const found = judge([
      failed(
        'a.py',
        { type: 'RuntimeError', message: 'no backend', stack: frames('a.py:4') },
        missing('jax', 'a.py:2'),
      ),
    ]);
    expect(found).toMatchObject([
      { code: 'import-error', message: 'a.py cannot be imported: RuntimeError: no backend' },
    ]);
    expect(found[0]?.evidence).toContain("raised while handling ModuleNotFoundError: No module named 'jax'");
  });

  it('of an exit, also the polite one after a failed import', () => {
    const exit = { type: 'SystemExit', message: '1', stack: frames('a.py:4') };
    const told = { status: 'exited' as const, exitCode: 1, stack: exit.stack };
    expect(judge([imported('a.py', { ...told, exceptions: [exit], output: ['bye'] })])).toMatchObject([
      {
        code: 'import-error',
        message: expect.stringContaining('exit code 1'),
        evidence: ['a.py:4', 'it printed: bye'],
      },
    ]);
    expect(judge([imported('a.py', { ...told, exceptions: [exit, missing('cv2', 'a.py:2')] })])).toMatchObject([
      { code: 'module-missing', subject: 'cv2', fix: expect.stringContaining('opencv') },
    ]);
  });

  it('of a crash and of a hang', () => {
    const stack = frames('app.py:1', 'core/a.py:2', '/lib/socket.py:700 in recv');
    const hang = { status: 'timeout' as const, durationMs: 30_000, stack };
    const found = judge([
      imported('core/n.py', { status: 'crashed', signal: 'SIGSEGV', stack: frames('core/n.py:1') }),
      imported('app.py', hang),
      imported('core/a.py', { ...hang, stack: stack.slice(1) }),
    ]);
    expect(found).toMatchObject([
      { code: 'import-error', subject: 'core/n.py', message: expect.stringContaining('SIGSEGV') },
      { code: 'import-timeout', subject: 'core/a.py', message: expect.stringContaining('30 s') },
    ]);
  });

  it('of a circle: one finding whichever way in was tried', () => {
    const found = judge([
      failed('core/a.py', half('core.a', 'core/a.py:1', 'core/b.py:1')),
      failed('core/b.py', half('core.b', 'core/b.py:1', 'core/a.py:1')),
      failed('app.py', half('core.a', 'app.py:1', 'core/a.py:1', 'core/b.py:1')),
    ]);
    expect(found).toMatchObject([{ code: 'circular-import', subject: 'core/a.py <-> core/b.py' }]);
    expect(found[0]).not.toHaveProperty('severity');
  });
});

describe('incident/import only warns', () => {
  const aside = (module: ImportedModule): ImportedModule => ({ ...module, reachable: false });

  it('of what the dashboard never reaches', () => {
    const found = judge([imported('app.py'), aside(failed('tools/a.py', missing('pandas', 'tools/a.py:1')))]);
    expect(found).toMatchObject([{ code: 'module-missing', severity: 'warning' }]);
  });

  it('of a circle that works the way the dashboard goes in', () => {
    const found = judge([
      imported('app.py'),
      imported('core/a.py'),
      failed('core/b.py', half('core.b', 'core/b.py:1', 'core/a.py:1')),
    ]);
    expect(found).toMatchObject([{ code: 'circular-import', severity: 'warning' }]);
  });

  it('but not where no entry script is known, unless it is a script or a test', () => {
    const stray = aside(failed('tools/plot.py', missing('pandas', 'tools/plot.py:1')));
    const as = (role: 'module' | 'script' | 'test') => {
      const { entry: _, ...rest } = nothingRead.project;
      const files = [{ path: 'tools/plot.py', role, reachable: false }];
      const result = importCheck.run({
        ...nothingRead,
        project: { ...rest, files },
        imports: { python: '3.11.7', isolation: 'fork', preloaded: [], modules: [stray], symbols: [] },
      });
      return 'notApplicable' in result ? undefined : result[0]?.severity;
    };
    expect([as('module'), as('script'), as('test')]).toEqual([undefined, 'warning', 'warning']);
  });
});

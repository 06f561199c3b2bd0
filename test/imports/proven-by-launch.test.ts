import { describe, expect, it } from 'vitest';
import type { ImportedModule, PythonException, StackFrame } from '../../src/collectors/imports.js';
import type { Launch, PageRun } from '../../src/collectors/launch.js';
import { judgeImports, type KnownImports } from '../../src/imports/judge.js';

const found: KnownImports['project'] = { entry: { path: 'app.py', how: 'the test' }, sourceRoot: '.', files: [] };

function judge(
  modules: readonly ImportedModule[],
  { project = found, launch }: Partial<Pick<KnownImports, 'project' | 'launch'>> = {},
) {
  const imports = { python: '3.11.7', isolation: 'fork' as const, preloaded: [], modules, symbols: [] };
  return judgeImports({ imports, broken: [], project, launch });
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

describe('a module of the repository that no launch finds', () => {
  const project = {
    entry: { path: 'dashboard/app.py', how: 'the test' },
    sourceRoot: 'dashboard',
    files: ['dashboard/app.py', 'core/config.py', 'src/moe/__init__.py', 'plugins/__init__.py', 'plugins/wandb.py'].map(
      (path) => ({ path, role: 'module' as const, reachable: true }),
    ),
  };
  const of = (name: string) => judge([failed('dashboard/app.py', missing(name, 'dashboard/app.py:1'))], { project })[0];

  it('is told with its folder, the path of the launch, and the ways out', () => {
    expect(of('core')).toMatchObject({
      code: 'module-missing',
      message:
        'core is in the repository, in the root of the repository, but not where a launch looks: sys.path[0] of streamlit run dashboard/app.py is dashboard',
      fix: expect.stringMatching(/python -m streamlit run dashboard\/app\.py.*pip install -e.*sys\.path/),
    });
    expect(of('core')).not.toHaveProperty('suggestion');
    expect(of('moe')?.message).toContain('in src,');
    expect(of('moe')?.fix).not.toContain('python -m streamlit');
  });

  it('is not mistaken for a package from outside of the same name', () => {
    expect(of('wandb')).toMatchObject({ message: 'wandb is not installed' });
  });
});

describe("an exception of a module's own code, where the dashboard was started", () => {
  const raised = { type: 'KeyError', message: "'MOE_HOME'", stack: frames('core/a.py:3') };
  const modules = [
    failed('app.py', { ...raised, stack: frames('app.py:1', 'core/a.py:3') }),
    failed('core/a.py', raised),
  ];
  const page = (state: PageRun['state'], ...shown: PythonException[]): PageRun => ({
    page: 'app.py',
    state,
    detail: '',
    reruns: 0,
    durationMs: 1,
    exceptions: shown.map((exception) => ({ isWarning: false, chain: [exception] })),
  });
  const launchOf = (first: PageRun): Launch => ({
    framework: 'streamlit',
    subject: 'app.py',
    command: [],
    wantedPort: { number: 8501, pinned: false, how: '', taken: false },
    rungs: [{ rung: 'script-ran', state: first.state === 'finished' ? 'ok' : 'failed', durationMs: 1, detail: '' }],
    pages: [first],
    deadThreads: [],
    process: { exitedEarly: false },
    log: [],
    recognized: [],
  });

  it('is a note when the started dashboard ran, whatever else it raised', () => {
    const other = { type: 'ValueError', message: 'x', stack: [] };
    for (const launch of [launchOf(page('finished')), launchOf(page('finished', other))]) {
      expect(judge(modules, { launch })).toMatchObject([
        { code: 'import-error', severity: 'info', message: expect.stringContaining('runs all the same') },
      ]);
    }
  });

  it('is left to incident/startup when the started dashboard raises it too', () => {
    expect(judge(modules, { launch: launchOf(page('finished', raised)) })).toMatchObject([
      { severity: 'info', message: expect.stringContaining('see incident/startup') },
    ]);
    const ended = { ...launchOf(page('disconnected')), process: { exitedEarly: true }, log: ["KeyError: 'MOE_HOME'"] };
    expect(judge(modules, { launch: ended })).toMatchObject([{ severity: 'info' }]);
  });

  it('stays an error when nothing was started, or the script never ran', () => {
    expect(judge(modules)[0]).not.toHaveProperty('severity');
    expect(judge(modules, { launch: launchOf(page('unfinished')) })[0]).not.toHaveProperty('severity');
  });

  it('stays an error when it is none that the running dashboard could have prevented', () => {
    const launch = launchOf(page('finished'));
    const crashed = imported('core/n.py', { status: 'crashed', signal: 'SIGSEGV' });
    const broken = failed('core/l.py', { type: 'ImportError', message: 'libcudart.so.12: cannot open', stack: [] });
    for (const module of [crashed, broken, failed('app.py', missing('cv2', 'app.py:1'))]) {
      expect(judge([module], { launch })[0]).not.toHaveProperty('severity');
    }
  });

  it('stays a warning where the dashboard never reaches the module', () => {
    const aside = { ...failed('tools/a.py', raised), reachable: false };
    expect(judge([aside], { launch: launchOf(page('finished')) })).toMatchObject([{ severity: 'warning' }]);
  });
});

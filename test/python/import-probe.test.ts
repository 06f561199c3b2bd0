import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { about, importing, type Dashboard } from '../collectors/imports-dashboard.js';
import { pythons } from '../pythons.js';

const executable = pythons[0]?.executable ?? '';
const fixtures: { rm(): Promise<void> }[] = [];
const pythonPath = process.env['PYTHONPATH'];

afterEach(async () => {
  if (pythonPath === undefined) delete process.env['PYTHONPATH'];
  else process.env['PYTHONPATH'] = pythonPath;
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.rm()));
});

/** A dashboard whose app.py imports these modules, which are found as installed packages are. */
async function withPackages(packages: Record<string, string>, given: Partial<Dashboard> = {}) {
  const site = await createFixture(packages);
  process.env['PYTHONPATH'] = site.path;
  const outside = Object.keys(packages).map((file) => file.replace(/(\/__init__)?\.py$/, ''));
  const imports = await importing(executable, {
    files: { 'app.py': outside.map((module) => `import ${module}\n`).join('') },
    uses: { 'app.py': outside.map((module) => ({ module })) },
    outside,
    ...given,
  });
  fixtures.push(site, imports.fixture);
  return imports;
}

/** Command lines with the mark; waits until there are as many as wanted. */
async function marked(mark: string, wanted: number): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const found = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(mark));
    if (found.length === wanted || attempt === 100) return found;
    await sleep(100);
  }
}

describe('the preloader', () => {
  it('imports a package once for all modules, with what is asked of it', async () => {
    const counting =
      'import os\nwith open(os.environ["MOE_CHECK_TEST_LOG"], "a") as log:\n    log.write(__name__ + "\\n")\n';
    const log = await createFixture({ 'log.txt': '' });
    fixtures.push(log);
    process.env['MOE_CHECK_TEST_LOG'] = log.getPath('log.txt');
    const files = { 'a.py': 'from vendor import part', 'b.py': 'import vendor', 'c.py': 'from vendor import part' };
    const imports = await withPackages(
      { 'vendor/__init__.py': counting, 'vendor/part.py': counting },
      { files, outside: ['vendor'], uses: { 'a.py': [{ module: 'vendor', names: ['part'] }] } },
    );
    delete process.env['MOE_CHECK_TEST_LOG'];
    expect(imports.modules.map((module) => module.status)).toEqual(['ok', 'ok', 'ok']);
    expect(imports.preloaded).toMatchObject([{ module: 'vendor', ok: true }]);
    expect(await log.readFile('log.txt', 'utf8')).toBe('vendor\nvendor.part\n');
  });

  it('leaves out what only functions or type checkers import', async () => {
    const imports = await withPackages(
      { 'heavy.py': '', 'typed.py': '' },
      {
        uses: {
          'app.py': [
            { module: 'heavy', atModuleLevel: false },
            { module: 'typed', typeCheckingOnly: true },
          ],
        },
      },
    );
    expect(imports.preloaded).toEqual([]);
  });

  it('leaves the failures of packages to the modules that need them, and does not spoil their message', async () => {
    const imports = await withPackages({
      'good.py': '',
      'broken.py':
        'import sys\nif hasattr(sys, "seen"):\n    raise ImportError("cannot load module more than once per process")\nsys.seen = True\nraise OSError("libGL.so.1: cannot open shared object file")',
    });
    expect(imports.isolation).toBe('fork');
    expect(imports.preloaded).toMatchObject([
      { module: 'good', ok: true },
      { module: 'broken', ok: false },
    ]);
    expect(about(imports, 'app.py').exceptions).toMatchObject([
      { type: 'OSError', message: 'libGL.so.1: cannot open shared object file' },
    ]);
  });

  it.each([
    ['hangs', 'import time\ntime.sleep(1000)', 'timeout'],
    ['ends', 'import os\nos._exit(5)', 'exited'],
    ['crashes', 'import ctypes\nctypes.string_at(0)', 'crashed'],
    ['floods', 'while True:\n    print("x" * 10000)', 'timeout'],
  ])('survives a package that %s', async (_, body, status) => {
    const imports = await withPackages(
      { 'bad.py': body },
      { timeoutS: 2, files: { 'app.py': 'import bad', 'fine.py': 'x = 1' } },
    );
    expect(imports.isolation).toBe('fork');
    const said = about(imports, 'app.py');
    expect(said.status).toBe(status);
    expect(said.stack[0]).toMatchObject({ file: 'app.py', line: 1, own: true });
    expect(about(imports, 'fine.py').status).toBe('ok');
  });

  it('gives way to one process a module when it cannot be kept alive', async () => {
    const names = ['a', 'b', 'c', 'd'].map((letter) => `bad_${letter}`);
    const imports = await withPackages(
      Object.fromEntries(names.map((name) => [`${name}.py`, 'import os\nos._exit(5)'])),
      {
        files: {
          'app.py': 'import bad_a',
          'fine.py': 'print("fine")',
          'raises.py': 'raise ValueError("x")',
          'asks.py': 'import sys\nassert sys.stdin.read() == ""',
        },
        uses: { 'app.py': names.map((module) => ({ module })) },
      },
    );
    expect(imports.isolation).toBe('process');
    expect(imports.modules).toMatchObject([
      { path: 'fine.py', status: 'ok', output: ['fine'] },
      { path: 'raises.py', status: 'error', exceptions: [{ message: 'x' }] },
      { path: 'asks.py', status: 'ok' },
      { path: 'app.py', status: 'exited', exitCode: 5 },
    ]);
  });

  it('gives what a fork may have caused a second chance in an interpreter of its own', async () => {
    const imports = await withPackages(
      {
        'device.py':
          'import os\nowner = os.getpid()\ndef use():\n    if os.getpid() != owner:\n        raise RuntimeError("Cannot re-initialize CUDA in forked subprocess")',
      },
      { files: { 'a.py': 'import device\ndevice.use()' }, uses: { 'a.py': [{ module: 'device' }] } },
    );
    expect(imports.preloaded).toMatchObject([{ ok: true }]);
    expect(about(imports, 'a.py').status).toBe('ok');
  });

  it('keeps what a package brings along out of the place of a module of the dashboard', async () => {
    const imports = await withPackages(
      { 'vendor.py': 'import utils', 'utils.py': 'theirs = 1' },
      {
        files: { 'utils/__init__.py': 'own = 1', 'a.py': 'import vendor\nfrom utils import own' },
        uses: { 'a.py': [{ module: 'vendor' }] },
        outside: ['vendor'],
      },
    );
    expect(imports.modules.map((module) => module.status)).toEqual(['ok', 'ok']);
  });

  it('does not execute the dashboard', async () => {
    const imports = await withPackages(
      { 'vendor.py': 'import importlib.util\nassert importlib.util.find_spec("core") is None' },
      {
        files: { 'core.py': 'raise ValueError', 'a.py': '' },
        uses: { 'a.py': [{ module: 'vendor' }] },
        outside: ['vendor'],
      },
    );
    expect(imports.preloaded).toMatchObject([{ module: 'vendor', ok: true }]);
  });
});

describe('a module that hangs', () => {
  it('is waited for once, not once for each module that imports it', async () => {
    const importers = Array.from({ length: 12 }, (_, index) => `user_${index}.py`);
    const imports = await importing(executable, {
      timeoutS: 2,
      files: {
        'hangs.py': 'import time\ntime.sleep(1000)',
        ...Object.fromEntries(importers.map((file) => [file, 'try:\n    import hangs\nexcept Exception:\n    pass'])),
      },
    });
    fixtures.push(imports.fixture);
    for (const file of importers) {
      expect(about(imports, file)).toMatchObject({
        status: 'timeout',
        stack: [{ file, line: 2 }, { file: 'hangs.py' }],
      });
    }
    const waited = imports.modules.filter((module) => module.durationMs >= 2000);
    expect(waited.length).toBeLessThanOrEqual(2);
  });
});

describe('nothing is left behind', () => {
  /** A dashboard that starts processes with a mark in their command line, and then hangs. */
  const hanging = (mark: string): Record<string, string> => ({
    'a.py': `import subprocess, sys, time\nfor apart in (False, True):\n    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(${mark})"], start_new_session=apart)\ntime.sleep(1000)`,
  });
  const newMark = (): string => `${randomInt(100_000, 999_999)}`;

  it('when the look is called off', async () => {
    const mark = newMark();
    const controller = new AbortController();
    const looking = importing(executable, { files: hanging(mark), timeoutS: 600, signal: controller.signal });
    const ended = looking.then(
      () => 'looked',
      (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
    );
    expect(await marked(mark, 2)).toHaveLength(2);
    controller.abort();
    expect(await ended).toBe('AbortError');
    expect(await marked(mark, 0)).toEqual([]);
  });

  it('when our own process is killed', async () => {
    const mark = newMark();
    const fixture: FsFixture = await createFixture(hanging(mark));
    fixtures.push(fixture);
    const probe = path.join(import.meta.dirname, '../../probe/import_modules.py');
    const world = {
      root: fixture.path,
      sourceRoot: fixture.path,
      workingFolder: fixture.path,
      searched: [],
      usual: [],
      timeoutS: 600,
      own: ['a.py'],
      modules: {},
      topLevel: ['a'],
      preload: [],
    };
    const jobs = [{ module: 'a', path: 'a.py', role: 'module', whole: true, reachable: true, symbols: [] }];
    // Stands for our process: holds the probe's stdin, as src/util/exec.ts does.
    const ours = spawn(process.execPath, [
      '-e',
      `const child = require('node:child_process').spawn(${JSON.stringify(executable)}, ['-B', ${JSON.stringify(probe)}], { stdio: ['pipe', 'ignore', 'ignore'] });
       child.stdin.write(${JSON.stringify(`${JSON.stringify({ world, jobs })}\n`)}); setInterval(() => {}, 1000);`,
    ]);
    fixtures.push({ rm: async () => void ours.kill('SIGKILL') });
    expect(await marked(mark, 2)).toHaveLength(2);
    const gone = once(ours, 'exit');
    ours.kill('SIGKILL');
    await gone;
    expect(await marked(mark, 0)).toEqual([]);
    expect(await marked(fixture.path, 0)).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { validatorOf } from '../../src/util/json-schema.js';
import { pythons } from '../pythons.js';
import { about, importing, type Dashboard } from './imports-dashboard.js';

/** Command lines of the processes that are there. */
const processes = (): string => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });

for (const { version, executable = '' } of pythons) {
  describe.skipIf(executable === '')(`importing with Python ${version}`, () => {
    /** Status of every module by path. */
    async function statuses(files: Record<string, string>, more: Partial<Dashboard> = {}) {
      const imports = await importing(executable, { files, ...more });
      await imports.fixture.rm();
      return Object.fromEntries(imports.modules.map((module) => [module.path, module.status]));
    }

    it('imports what is right, whatever way it is written', async () => {
      const files = {
        'core/__init__.py': 'from .model import Model\nfrom . import config',
        'core/model.py': 'class Model:\n    pass',
        'core/config.py': 'try:\n    import no_such_torch\nexcept ImportError:\n    no_such_torch = None',
        'core/typed.py':
          'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nowhere import Nothing\nx: "Nothing" = None',
        'core/lazy.py':
          'def __getattr__(name):\n    if name == "late":\n        return 1\n    raise AttributeError(name)',
        'core/uses_lazy.py': 'from core.lazy import late',
        'core/star.py': 'from core.model import *\nModel()',
        'core/relative.py': 'from . import model\nfrom .model import Model',
        'namespace/part.py': 'import namespace.other',
        'namespace/other.py': '',
        'circle/__init__.py': '',
        'circle/a.py': 'import circle.b\ndef f():\n    return circle.b.g()',
        'circle/b.py': 'import circle.a\ndef g():\n    return circle.a.f()',
        'conditional.py': 'import sys\nif sys.version_info >= (3,):\n    def f(): pass\nelse:\n    raise RuntimeError',
        'uses_conditional.py': 'from conditional import f',
        'replaced.py': 'import sys, types\nsys.modules[__name__] = types.SimpleNamespace(x=1)',
        'data class.py': 'from dataclasses import dataclass\n@dataclass\nclass C:\n    x: int = 1',
      };
      const imports = await importing(executable, { files });
      expect(imports.modules.filter((module) => module.status !== 'ok')).toEqual([]);
      expect(imports).toMatchObject({ python: expect.stringMatching(`^${version}`), isolation: 'fork' });
      const { fixture, ...artifact } = imports;
      expect((await validatorOf('artifacts/imports'))(artifact)).toBe(true);
      expect(
        (await fixture.readdir('core')).filter((name) => name.endsWith('.pyc') || name.startsWith('__pyc')),
      ).toEqual([]);
      await fixture.rm();
    });

    it('tells how each module ends, and none harms another', async () => {
      const mark = `${randomInt(100_000, 999_999)}`;
      const imports = await importing(executable, {
        timeoutS: 3,
        files: {
          'hangs.py': 'import time\ndef wait():\n    time.sleep(1000)\nwait()',
          'passes_on.py': 'import hangs',
          'exits.py': 'import sys\nsys.exit(3)',
          'refuses.py': 'import sys\nsys.exit("no licence")',
          'leaves.py': 'import os\nos._exit(4)',
          'crashes.py': 'import ctypes\nctypes.string_at(0)',
          'kills.py': 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)',
          'prints.py': 'import sys\nprint("hello")\nprint("there", file=sys.stderr)\nprint("x" * 10**6)',
          'moves.py': 'import os\nos.chdir("/")',
          'closes.py': 'import os\nfor fd in (0, 1, 2):\n    os.close(fd)',
          'unforks.py': 'import os\ndel os.fork, os.waitpid',
          'threads.py': 'import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()',
          'signals.py':
            'import signal\nfor name in ("SIGTERM", "SIGINT", "SIGALRM", "SIGCHLD"):\n    signal.signal(getattr(signal, name), signal.SIG_IGN)',
          'starts.py': `import subprocess\nsubprocess.Popen(["sleep", "${mark}"])\nsubprocess.Popen(["sleep", "${mark}"], start_new_session=True)`,
          'multiprocesses.py':
            'import multiprocessing, time\nmultiprocessing.get_context("fork").Process(target=time.sleep, args=(1000,)).start()',
          'raises.py': 'try:\n    {}["k"]\nexcept KeyError as error:\n    raise ValueError("caf\\u00e9") from error',
          'unreadable.py': 'class E(Exception):\n    def __str__(self):\n        raise OSError\nraise E',
          'endless.py': 'def f():\n    f()\nf()',
          'after.py': 'import os\nassert os.path.exists("after.py")',
        },
      });
      const said = Object.fromEntries(imports.modules.map((module) => [module.path, module]));
      expect(said).toMatchObject({
        'hangs.py': {
          status: 'timeout',
          durationMs: 3000,
          stack: [{ line: 4 }, { line: 3, function: 'wait', own: true }],
        },
        'passes_on.py': {
          status: 'timeout',
          stack: [{ file: 'passes_on.py' }, { file: 'hangs.py' }, { file: 'hangs.py' }],
        },
        'exits.py': { status: 'exited', exitCode: 3, stack: [{ file: 'exits.py', line: 2 }] },
        'refuses.py': { status: 'exited', exitCode: 1, exceptions: [{ message: 'no licence' }] },
        'leaves.py': { status: 'exited', exitCode: 4, stack: [{ file: 'leaves.py', line: 2 }] },
        'crashes.py': { status: 'crashed', signal: 'SIGSEGV' },
        'kills.py': { status: 'crashed', signal: 'SIGKILL' },
        'prints.py': { status: 'ok', output: ['hello', 'there', expect.stringMatching(/^x{500}$/)] },
        'raises.py': {
          status: 'error',
          exceptions: [
            {
              type: 'ValueError',
              message: 'café',
              stack: [{ line: 4, text: 'raise ValueError("caf\\u00e9") from error' }],
            },
            { type: 'KeyError' },
          ],
        },
        'unreadable.py': { status: 'error', exceptions: [{ type: 'unreadable.E' }] },
        'endless.py': { status: 'error', exceptions: [{ type: 'RecursionError' }] },
      });
      expect(said['crashes.py']?.stack[0]).toMatchObject({ file: 'crashes.py', line: 2, own: true });
      const fine = ['moves', 'closes', 'unforks', 'threads', 'signals', 'starts', 'multiprocesses', 'after'];
      expect(fine.map((name) => [name, said[`${name}.py`]?.status])).toEqual(fine.map((name) => [name, 'ok']));
      expect(processes()).not.toContain(mark);
      await imports.fixture.rm();
    });

    it('gives the frames of an error without the import machinery', async () => {
      const imports = await importing(executable, {
        files: { 'a.py': 'import b', 'b.py': 'import json\njson.loads("{")' },
      });
      const [error] = about(imports, 'a.py').exceptions;
      expect(error?.type).toBe('json.decoder.JSONDecodeError');
      expect(error?.stack.filter((frame) => frame.own)).toMatchObject([
        { file: 'a.py', line: 1, function: '<module>' },
        { file: 'b.py', line: 2, text: 'json.loads("{")' },
      ]);
      expect(error?.stack.some((frame) => frame.file.includes('importlib'))).toBe(false);
      await imports.fixture.rm();
    });

    it('looks up the names that others import and the config asks for', async () => {
      const imports = await importing(executable, {
        files: {
          'core/__init__.py': '',
          'core/graph.py':
            'from dataclasses import dataclass\nmodel = 1\ndef get_plots(): pass\ndef load():\n    global late\n    late = 1\n@dataclass\nclass C:\n    x: int\n    def m(self): pass\nclass Meta(type): pass',
          'core/user.py': 'def f():\n    from core.graph import get_plot_types',
          'tests/test_graph.py': '',
        },
        uses: {
          'core/user.py': [
            { module: 'graph', level: 1, names: ['get_plots', 'get_plot', 'late'], line: 2, atModuleLevel: false },
            { module: 'core', names: ['graph'], line: 3 },
            { module: 'core.graph', names: ['gone_but_guarded'], guarded: true },
            { module: 'core.graph', names: ['gone_but_typed'], typeCheckingOnly: true },
            { module: 'core.graph', names: ['*'] },
            { module: 'elsewhere', names: ['x'] },
          ],
          'tests/test_graph.py': [{ module: 'core.graph', names: ['get_plot'], line: 9 }],
        },
        settings: { symbols: ['core.graph:C.m', 'core.graph:C.x', 'core.graph:C.gone', 'json:JSONEncoder.encode'] },
      });
      expect(imports.symbols).toEqual([
        { symbol: 'core.graph:C.m', status: 'ok', askedBy: [], nearest: [] },
        { symbol: 'core.graph:C.x', status: 'ok', askedBy: [], nearest: [] },
        { symbol: 'core.graph:C.gone', status: 'missing', askedBy: [], nearest: [] },
        { symbol: 'json:JSONEncoder.encode', status: 'ok', askedBy: [], nearest: [] },
        {
          symbol: 'core.graph:get_plots',
          status: 'ok',
          askedBy: [{ file: 'core/user.py', line: 2, reachable: true }],
          nearest: [],
        },
        {
          symbol: 'core.graph:get_plot',
          status: 'missing',
          askedBy: [
            { file: 'core/user.py', line: 2, reachable: true },
            { file: 'tests/test_graph.py', line: 9, reachable: false },
          ],
          nearest: ['get_plots'],
        },
        {
          symbol: 'core.graph:late',
          status: 'ok',
          askedBy: [{ file: 'core/user.py', line: 2, reachable: true }],
          nearest: [],
        },
      ]);
      await imports.fixture.rm();
    });

    it('imports only the modules that the config names', async () => {
      const files = { 'a.py': '', 'b.py': 'raise ValueError' };
      expect(await statuses(files, { settings: { modules: ['a'] } })).toEqual({ 'a.py': 'ok' });
    });

    it('executes nothing but the import statements of a script, and what decides about them', async () => {
      const files = {
        'app.py':
          'import os, sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent / "lib"))\nimport inside\nprint("no")\nraise SystemExit(1)',
        'lib/inside.py': '',
        'pages/1_📈_Plots.py':
          'import core.plots\ncore.plots.draw()\nundefined_name\nfor x in range(3):\n    import nowhere_at_all',
        'core/plots.py': 'import core.config',
        'core/config.py': '',
        'tools/flags.py':
          'try:\n    import nowhere_at_all\n    HAS = True\nexcept ImportError:\n    HAS = False\nif HAS:\n    import nowhere_at_all.more\nimport importlib.util\nif importlib.util.find_spec("nowhere_at_all"):\n    import nowhere_at_all\nif __name__ == "__main__":\n    import nowhere_at_all',
        'tools/guarded.py':
          'import contextlib\nwith contextlib.suppress(ImportError):\n    import nowhere_at_all\ndef f():\n    import nowhere_at_all\nif undefined():\n    import nowhere_at_all',
        'tools/paths.py': 'import helper_of_tools\nfrom tools2 import set_up_paths\nset_up_paths()\nimport only_there',
        'tools/helper_of_tools.py': '',
        'tools2.py': 'def set_up_paths(): pass',
        'tools/own_paths.py': 'import sys\ndef more():\n    sys.path.append(input())\nmore()\nimport only_there',
        'tools/loop.py': 'import sys\nfor p in open("/x"):\n    sys.path.append(p)\nimport only_there',
        'tools/session.py': 'import sys\nif sys.no_such_thing:\n    pass\nelse:\n    import nowhere_at_all',
        'tools/swap.py':
          '__import__("json")\nimport sys\nsys.modules["nowhere_at_all"] = sys.modules.pop("json")\nimport nowhere_at_all',
        'tests/test_x.py': 'import nowhere_at_all',
      };
      const said = await statuses(files);
      expect(Object.entries(said).filter(([, status]) => status !== 'ok')).toEqual([]);
      expect(Object.keys(said)).not.toContain('tests/test_x.py');
    });

    it('finds what a script cannot import', async () => {
      const files = {
        'app.py': 'import streamlit_is_not_this\n',
        'core/a.py': 'x = 1',
        'tools/a.py': 'from core.a import y',
        'tools/b.py': 'if True:\n    try:\n        import nowhere_at_all\n    except ImportError:\n        raise',
        'tools/c.py':
          'import sys\ntry:\n    import nowhere_at_all\nexcept ImportError as error:\n    print(error)\n    sys.exit(1)',
        'tools/d.py': 'try:\n    import nowhere_at_all\nexcept KeyError:\n    pass',
        'tools/e.py': 'import sys\nif sys.version_info[0] == 3:\n    from .a import x\n    import nowhere_at_all',
        'pages/relative.py': 'from . import x',
      };
      const said = await statuses(files);
      expect(Object.entries(said).filter(([, status]) => status !== 'error')).toEqual([['core/a.py', 'ok']]);
    });
  });
}

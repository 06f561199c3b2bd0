import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';
import { resolveImports, type BrokenImport } from '../../../src/source/modules/resolve-imports.js';
import type { FileRole } from '../../../src/source/types.js';
import { sitePackages } from '../../python.js';

interface Given {
  sourceRoot?: string;
  unread?: readonly string[];
  roles?: Readonly<Record<string, FileRole>>;
}

async function resolve(sources: Record<string, string | Buffer>, given: Given = {}): Promise<BrokenImport[]> {
  const { sourceRoot = '.', unread = [], roles = {} } = given;
  const parser = await loadPythonParser();
  const files = Object.entries(sources).map(([path, text]) => factsOf(parser, path, Buffer.from(text), new Set()));
  const role = (path: string): FileRole => roles[path] ?? (path.endsWith('app.py') ? 'entry' : 'module');
  const project = { sourceRoot, files: files.map(({ path }) => ({ path, role: role(path), reachable: true })) };
  return resolveImports({ files, project, unread });
}

const told = (broken: readonly BrokenImport[]): string[] =>
  broken.map(
    ({ file, line, module, name, meant }) =>
      `${file}:${line} ${module}${name === undefined ? '' : `:${name}`} -> ${meant ?? '?'}`,
  );

const core = {
  'core/__init__.py': '',
  'core/config.py': 'class MoEConfig: ...\ndef make(): ...\n',
  'core/architecture.py': 'from .config import MoEConfig\nclass MoEModel: ...\n',
};

describe('what cannot work', () => {
  it.each([
    ['from core.config import MoeConfig\n', 'core.config:MoeConfig -> MoEConfig'],
    ['from core.config import MoEConfig, renamed_away\n', 'core.config:renamed_away -> ?'],
    ['import core.confg\n', 'core.confg -> core.config'],
    ['import core.confg as c\n', 'core.confg -> core.config'],
    ['from core.confg import MoEConfig\n', 'core.confg -> core.config'],
    ['from core import architectur\n', 'core:architectur -> architecture'],
    ['from core import MoEConfig\n', 'core:MoEConfig -> config'],
    ['import core.config.deep\n', 'core.config.deep -> ?'],
    ['def late():\n    from core.config import maker\n', 'core.config:maker -> make'],
    ['if mode == "gnn":\n    from core.config import maker\n', 'core.config:maker -> make'],
    ['try:\n    from core.config import maker\nexcept KeyError:\n    pass\n', 'core.config:maker -> make'],
    [
      'try:\n    from core.config import maker\nexcept ImportError as e:\n    raise SystemExit(1)\n',
      'core.config:maker -> make',
    ],
  ])('%j', async (text, expected) => {
    const found = told(await resolve({ ...core, 'app.py': text }));
    expect(found.map((each) => each.replace(/^app\.py:\d+ /, ''))).toEqual([expected]);
  });

  it('of a module that somebody runs, besides those who import it for type checkers', async () => {
    const typed = 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from core.kwargs import Kwargs\n';
    const files = { ...core, 'core/kwargs.py': 'from .config import Language\nclass Kwargs: ...\n' };
    expect(told(await resolve({ ...files, 'app.py': typed }))).toEqual([]);
    expect(told(await resolve({ ...files, 'app.py': `${typed}import core.kwargs\n` }))).toEqual([
      'core/kwargs.py:1 core.config:Language -> ?',
    ]);
  });

  it('by relative imports, from any depth', async () => {
    const files = {
      'pkg/__init__.py': '',
      'pkg/a.py': 'from .b import missing\nfrom .c import x\nfrom .sub import deep, other\nfrom . import b, gone\n',
      'pkg/b.py': '',
      'pkg/sub/__init__.py': '',
      'pkg/sub/deep.py': 'from ..b import nothing\nfrom ... import up\nfrom .. import b\n',
    };
    expect(told(await resolve(files))).toEqual([
      'pkg/a.py:1 pkg.b:missing -> ?',
      'pkg/a.py:2 pkg.c -> pkg.a',
      'pkg/a.py:3 pkg.sub:other -> ?',
      'pkg/a.py:4 pkg:gone -> ?',
      'pkg/sub/deep.py:1 pkg.b:nothing -> ?',
    ]);
  });

  it('a name that is set on another module, or another name', async () => {
    const files = {
      'app.py': 'from core.config import DEBUG\n',
      'core/setup.py': 'import core\nfrom . import config, architecture\nclass DEBUG: ...\n',
      'core/late.py':
        'from .setup import config\nfrom . import architecture\narchitecture.DEBUG = config.VERBOSE = True\nself.DEBUG = 1\n',
    };
    expect(told(await resolve({ ...core, ...files }))).toEqual(['app.py:1 core.config:DEBUG -> ?']);
  });

  it('in folders without __init__.py that are used as packages', async () => {
    const files = {
      'app.py': 'from utils.training import Manager\nfrom utils.trainng import x\nfrom utils import missing\n',
      'utils/training.py': 'class Manger: ...\n',
    };
    expect(told(await resolve(files))).toEqual([
      'app.py:1 utils.training:Manager -> Manger',
      'app.py:2 utils.trainng -> utils.training',
      'app.py:3 utils.missing -> ?',
    ]);
  });

  it('a name that a script imports, as its module is there', async () => {
    const files = {
      'train.py':
        'from core.config import MoeConfig, make\nfrom core.gone import x\n\nif __name__ == "__main__":\n    make()\n',
    };
    const roles = { 'train.py': 'script' } as const;
    expect(told(await resolve({ ...core, ...files }, { roles }))).toEqual([
      'train.py:1 core.config:MoeConfig -> MoEConfig',
    ]);
  });

  it('in such folders, by their own files', async () => {
    const files = {
      'app.py': 'from utils.training import Manager\n',
      'utils/training.py': 'from utils.gone import x\nfrom .lost import y\nclass Manager: ...\n',
      'utils/deep/__init__.py': 'from utils.deep.away import z\n',
    };
    expect(told(await resolve(files))).toEqual([
      'utils/training.py:1 utils.gone -> ?',
      'utils/training.py:2 utils.lost -> ?',
      'utils/deep/__init__.py:1 utils.deep.away -> ?',
    ]);
  });

  it('in such folders, by an entry or a page inside of them', async () => {
    const files = {
      'dash/app.py': 'from dash.utils import load, gone\n',
      'dash/pages/one.py': 'from dash.lost import x\n',
      'dash/utils.py': 'load = 1\n',
    };
    expect(told(await resolve(files, { roles: { 'dash/pages/one.py': 'page' } }))).toEqual([
      'dash/app.py:1 dash.utils:gone -> ?',
      'dash/pages/one.py:1 dash.lost -> ?',
    ]);
  });

  it('in a package of a namespace', async () => {
    const files = {
      'fam/graph/__init__.py': 'from fam.graph.state import State\nfrom fam.graph.gone import x\n',
      'fam/graph/state.py': 'class State: ...\n',
    };
    expect(told(await resolve(files))).toEqual(['fam/graph/__init__.py:2 fam.graph.gone -> ?']);
  });

  it('below the folder of the entry', async () => {
    const files = { 'dash/app.py': 'from views.load import nope\n', 'dash/views/load.py': 'hope = 1\n' };
    expect(told(await resolve(files, { sourceRoot: 'dash' }))).toEqual(['dash/app.py:1 views.load:nope -> hope']);
  });
});

describe('what may work', () => {
  it.each<[string, Record<string, string>, Given?]>([
    [
      'what is there',
      {
        'app.py':
          'import core\nimport core.config\nfrom core import config, architecture\nfrom core.config import MoEConfig, __name__, __doc__\n',
      },
    ],
    [
      'a guarded import',
      { 'app.py': 'try:\n    from core.fast import x\nexcept ImportError:\n    from core.faster import x\n' },
    ],
    [
      'a suppressed import',
      { 'app.py': 'import contextlib\nwith contextlib.suppress(ImportError):\n    import core.fast\n' },
    ],
    ['one under a flag', { 'app.py': 'if HAS_FAST:\n    from core.fast import x\n' }],
    [
      'one for types only',
      { 'app.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from core.types import X\n' },
    ],
    ['everything', { 'app.py': 'from core.config import *\n' }],
    ['from outside', { 'app.py': 'import torch.nn\nfrom transformers import AutoTokenizer\n' }],
    [
      'a name that __getattr__ gives',
      { 'app.py': 'from core.lazy import x\n', 'core/lazy.py': 'def __getattr__(name): ...\n' },
    ],
    ['a name that a star brings', { 'app.py': 'from core.all import x\n', 'core/all.py': 'from torch import *\n' }],
    ['a name set through globals', { 'app.py': 'from core.g import x\n', 'core/g.py': 'globals()["x"] = 1\n' }],
    [
      'a name set through sys.modules',
      { 'app.py': 'from core.g import x\n', 'core/g.py': 'import sys\nsetattr(sys.modules[__name__], "x", 1)\n' },
    ],
    [
      'a name that a function sets',
      { 'app.py': 'from core.g import x\n', 'core/g.py': 'def f():\n    global x\n    x = 1\n' },
    ],
    ...[
      'from . import config\nconfig.DEBUG = True\n',
      'import core.config\ndef set():\n    core.config.DEBUG = True\n',
      'import core.config as c\nsetattr(c, "DEBUG", True)\n',
      'from core import config as c\nfor name in names:\n    setattr(c, name, True)\n',
    ].map((text): [string, Record<string, string>] => [
      `a name that another module sets: ${JSON.stringify(text)}`,
      { 'app.py': 'from core.config import DEBUG\n', 'core/setup.py': text },
    ]),
    [
      'names of every kind',
      {
        'app.py': 'from core.n import a, b, c, d, e, f, g, h, i, j\n',
        'core/n.py':
          'a = b = 1\n(c, *d), [e] = 1\nfor f in x:\n    pass\nwith y as (g, z):\n    pass\nif (h := 1): pass\nasync def i(): ...\nimport j.k\n',
      },
    ],
    ['from a module that does not parse', { 'app.py': 'from core.half import x\n', 'core/half.py': 'def (:\n' }],
    ['from a module that is not text', { 'app.py': 'from core.half import x\n', 'core/half.py': '\0' }],
    [
      'a compiled module',
      { 'app.py': 'from core import fast\nimport core.fast\nfrom core.fast import x\n' },
      { unread: ['core/fast.cpython-311-x86_64-linux-gnu.so'] },
    ],
    [
      'a folder that was left out',
      { 'app.py': 'import core.shared.x\nfrom core.shared import y\n' },
      { unread: ['core/shared'] },
    ],
    [
      'below a package that changes its path',
      {
        'app.py': 'import plugins.one\n',
        'plugins/__init__.py': '__path__ = __import__("pkgutil").extend_path(__path__, __name__)\n',
      },
    ],
    [
      'a folder of data beside a package',
      {
        'app.py': 'import datasets\nfrom datasets import load_dataset\nimport datasets.arrow\n',
        'datasets/make.py': '',
      },
    ],
    [
      'a file named like a module that is loaded',
      { 'app.py': 'from types import SimpleNamespace\nimport streamlit.web\n', 'types.py': '', 'streamlit.py': '' },
    ],
    [
      'where another folder has it',
      { 'app.py': 'import sys\nsys.path.insert(0, "lib")\nimport core.extra\n', 'lib/core/extra.py': '' },
    ],
    [
      'where another folder has the module',
      {
        'app.py': 'import sys\nsys.path.insert(0, "lib")\nfrom core.config import other\n',
        'lib/core/config.py': 'other = 1\n',
      },
    ],
    [
      'from another portion of a namespace',
      {
        'fam/graph/__init__.py': 'from fam.graph.state import State\n',
        'fam/graph/state.py':
          'from fam.store.base import Base\nfrom fam import cache\nfrom ..types import T\nState = 1\n',
        'tests/test_state.py': 'from fam.graph import State\n',
      },
      { roles: { 'tests/test_state.py': 'test' } },
    ],
    ['out of the repository', { 'core/x.py': 'from ...... import y\n' }],
    [
      'in a test or script',
      { 'tests/test_x.py': 'import core.gone\n', 'tool.py': 'import core.gone\n' },
      { roles: { 'tests/test_x.py': 'test', 'tool.py': 'script' } },
    ],
    ['in a file that does not parse', { 'app.py': 'import core.gone\ndef (:\n' }],
  ])('%s', async (_, files, given) => {
    expect(told(await resolve({ ...core, ...files }, given))).toEqual([]);
  });

  // Real packages, each as if it were the dashboard: whatever is found in them is a false alarm.
  it.each(['streamlit', 'plotly', 'pandas', 'numpy', 'click', 'requests', 'jinja2'])('the package %s', async (name) => {
    const below = readdirSync(path.join(sitePackages, name), { recursive: true, encoding: 'utf8' }).map(
      (each) => `${name}/${each}`,
    );
    const sources = below
      .filter((each) => each.endsWith('.py'))
      .map((each) => [each, readFileSync(path.join(sitePackages, each))] as const);
    const unread = below.filter((each) => /\.(?:so|pyd)$/.test(each));
    // Without its name among those that are taken, so that its absolute imports are judged as well.
    const renamed = sources.map(([each, text]) => [
      `own_${each}`,
      text.toString().replaceAll(new RegExp(`\\b(from|import) ${name}\\b`, 'g'), `$1 own_${name}`),
    ]);
    const given = { unread: unread.map((each) => `own_${each}`) };
    expect(told(await resolve(Object.fromEntries(renamed), given))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Project } from '../../src/collectors/project.js';
import { UsageError } from '../../src/engine/errors.js';
import { moeHub } from '../helpers/dashboards.js';
import { whatRuns } from '../../src/project/roles.js';
import { launch, lookAt, page, project } from './project-of.js';

const draws = 'import streamlit as st\nst.title("x")\n';

const roles = ({ files }: Project): Record<string, string> =>
  Object.fromEntries(
    files.map(({ path, role, module, reachable }) => [path, `${role} ${module ?? '-'}${reachable ? ' reached' : ''}`]),
  );

describe('the entry', () => {
  it('is what the config names, whatever else there is', async () => {
    const files = { 'app.py': page, 'other.py': 'x = 1\n', Procfile: 'web: streamlit run app.py\n' };
    expect(await project(files, { entry: './other.py' })).toMatchObject({
      entry: { path: 'other.py', how: 'named by you' },
      framework: 'streamlit',
    });
    await expect(project(files, { entry: 'othr.py' })).rejects.toThrow(UsageError);
    await expect(project(files, { entry: 'othr.py' })).rejects.toThrow('other.py is there');
  });

  it.each([
    ['Procfile', 'web: streamlit run dash/run_me.py --server.port=$PORT', 'dash/run_me.py'],
    ['Dockerfile', 'CMD ["streamlit", "run", "/app/dash/run_me.py", "--server.port=80"]', 'dash/run_me.py'],
    ['Dockerfile', 'ENTRYPOINT streamlit run \\\n  --server.port 80 \\\n  dash/run_me.py', 'dash/run_me.py'],
    ['docker-compose.yml', '    command: "streamlit run dash/run_me.py --server.headless true"', 'dash/run_me.py'],
    ['Makefile', 'run:\n\tcd dash && python -m streamlit run run_me.py && echo done', 'dash/run_me.py'],
    ['README.md', 'Run `streamlit run dash/run_me.py`, then open a browser.', 'dash/run_me.py'],
    ['README.md', 'Run it with streamlit run dash/run_me.py.', 'dash/run_me.py'],
    ['dash/README.md', '    streamlit run run_me.py', 'dash/run_me.py'],
    ['start.sh', '#!/bin/sh\nexec streamlit run "$HERE/dash/run_me.py"; echo', 'dash/run_me.py'],
    ['start.sh', '#!/bin/sh\nexec streamlit run "dash/run_me.py" &', 'dash/run_me.py'],
    ['pyproject.toml', '[tool.pdm.scripts]\nstart = "streamlit run dash/run_me.py"', 'dash/run_me.py'],
    ['README.md', '    streamlit run dash', 'dash/streamlit_app.py'],
  ])('is what %s runs: %s', async (hint, text, expected) => {
    const files = { 'app.py': page, 'dash/run_me.py': 'x = 1\n', 'dash/streamlit_app.py': '', [hint]: text };
    const { entry, framework } = await project(files);
    expect(framework).toBe('streamlit');
    expect(entry).toEqual({ path: expected, how: expect.stringMatching(`^${hint} line \\d: streamlit run`) });
  });

  it.each(['streamlit run your_script.py', 'streamlit hello'])(
    'is not what README says in general: %s',
    async (text) => {
      const { entry } = await project({ 'app.py': page, 'README.md': text });
      expect(entry).toEqual({ path: 'app.py', how: 'calls st.set_page_config, and nothing imports it' });
    },
  );

  it('is what is started rather than what is written about, and a contradiction is said', async () => {
    const { entry } = await project({
      'a.py': page,
      'b.py': page,
      'README.md': 'streamlit run a.py\n',
      Dockerfile: 'CMD streamlit run b.py\n',
    });
    expect(entry).toEqual({
      path: 'b.py',
      how: 'Dockerfile line 1: streamlit run b.py; but README.md line 1: streamlit run a.py',
    });
  });

  it.each([
    ['that nothing imports', { 'app.py': 'import monitor\n', 'monitor.py': page, 'run.py': page }, 'run.py'],
    ['beside its pages', { 'hub.py': page, 'pages/1_Load.py': page, 'pages/app.py': page }, 'hub.py'],
    ['that navigates', { 'app.py': page, 'hub.py': `${draws}st.navigation([st.Page("app.py")])\n` }, 'hub.py'],
    ['of a usual name before others', { 'a.py': page, 'dashboard.py': page, 'x/app.py': page }, 'dashboard.py'],
    [
      'that draws',
      { 'lib.py': 'import streamlit as st\n@st.cache_data\ndef f(): pass\n', 'view.py': draws },
      'view.py',
    ],
    [
      'with a main guard',
      { 'v.py': 'import streamlit as st\ndef main(): st.title("")\nif __name__ == "__main__":\n    main()\n' },
      'v.py',
    ],
    [
      'by its name',
      { 'lib.py': 'import streamlit\n', 'app.py': 'import streamlit as st\nfor x in "ab": st.write(x)\n' },
      'app.py',
    ],
    ['but no test', { 'tests/test_app.py': page, 'conftest.py': page, 'view.py': draws }, 'view.py'],
  ])('is the script %s', async (_, files, expected) => {
    expect((await project(files)).entry?.path).toBe(expected);
  });

  it('says which others could be meant', async () => {
    const { entry } = await project({ 'b.py': page, 'a.py': page });
    expect(entry).toEqual({ path: 'a.py', how: 'calls st.set_page_config, and nothing imports it (so do: b.py)' });
  });

  it('is missed with a reason', async () => {
    const none = await project({ 'train.py': 'import torch\n' });
    expect(none).toMatchObject({ whyNoEntry: 'no Python file imports streamlit', sourceRoot: '.' });
    expect(none.entry).toBeUndefined();
    expect(none.framework).toBeUndefined();
    const lib = await project({ 'lib.py': 'import streamlit as st\ndef draw(): st.title("")\n' });
    expect(lib.whyNoEntry).toBe('streamlit is imported (lib.py), but no file draws with it when it is run');
  });

  it.each([
    [['{python}', 'dash/serve.py'], 'dash/serve.py', 'dash'],
    [['{python}', '-m', 'dash.serve'], 'dash/serve.py', '.'],
    [['gunicorn', 'dash.serve:server'], 'dash/serve.py', '.'],
    [['./start'], undefined, '.'],
  ])('of another framework is found in the command %j', async (command, path, sourceRoot) => {
    const found = await project({ 'dash/serve.py': 'import dash\n' }, launch({ command, port: 8050 }));
    expect(found).toMatchObject({ framework: 'command', sourceRoot, port: { number: 8050, pinned: true } });
    expect(found.entry?.path).toBe(path);
  });
});

describe('the roles', () => {
  it('of the demo dashboard', async () => {
    const found = await lookAt(moeHub);
    expect(found).toMatchObject({
      entry: { path: 'streamlit_dashboard.py', how: 'README.md line 6: streamlit run streamlit_dashboard.py' },
      framework: 'streamlit',
      sourceRoot: '.',
      port: { number: 8501, pinned: false },
    });
    expect(found.files.filter((file) => file.role !== 'module').map((file) => file.path)).toEqual([
      'streamlit_dashboard.py',
    ]);
    expect(found.files.every((file) => file.reachable)).toBe(true);
    expect(found.outsideModules).toContain('plotly.graph_objects');
    expect(found.outsideModules).not.toContain('core.config');
  });

  it('follow what is imported: in functions, relative, by packages and by name', async () => {
    const found = await project({
      'app.py': `${page}import importlib\nfrom core import model\ndef f():\n    from core.late import x\nimportlib.import_module("plug.one")\n`,
      'core/__init__.py': 'from .config import Config\n',
      'core/config.py': 'class Config: ...\n',
      'core/model.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import types_only\n',
      'core/late.py': 'x = 1\n',
      'core/types_only.py': '',
      'core/bench.py': 'def main(): ...\nif __name__ == "__main__":\n    main()\n',
      'plug/one.py': '',
      'pages/2_More.py': 'import streamlit\nfrom views import more\n',
      'pages/__init__.py': '',
      'views/more.py': '',
      'setup.py': 'import setuptools\n',
      'loose.py': 'y = 1\n',
      'scripts/train.py': 'import torch\nfrom common import z\n',
      'scripts/common.py': 'z = 1\n',
      'my-script.py': '',
      'tests/test_core.py': 'import pytest\n',
      'core/helpers_test.py': '',
    });
    expect(roles(found)).toEqual({
      'app.py': 'entry app reached',
      'core/__init__.py': 'module core reached',
      'core/config.py': 'module core.config reached',
      'core/model.py': 'module core.model reached',
      'core/late.py': 'module core.late reached',
      'core/types_only.py': 'module core.types_only',
      'core/bench.py': 'script core.bench',
      'core/helpers_test.py': 'test core.helpers_test',
      'plug/one.py': 'module plug.one reached',
      'pages/2_More.py': 'page - reached',
      'pages/__init__.py': 'script pages',
      'views/more.py': 'module views.more reached',
      'setup.py': 'script setup',
      'loose.py': 'script loose',
      'scripts/train.py': 'script scripts.train',
      'scripts/common.py': 'script scripts.common',
      'my-script.py': 'script -',
      'tests/test_core.py': 'test tests.test_core',
    });
    expect(found.outsideModules).toEqual(['importlib', 'streamlit', 'typing']);
  });

  it('count pages as Streamlit does: st.Page beside the entry, no pages folder once st.navigation is called', async () => {
    const found = await project({
      'dash/app.py': `${page}st.navigation([st.Page("views/load.py"), st.Page(page="../extra.py")])\n`,
      'dash/views/load.py': 'import helper\n',
      'dash/helper.py': '',
      'dash/pages/old.py': 'import gone\n',
      'extra.py': '',
    });
    expect(found.sourceRoot).toBe('dash');
    expect(roles(found)).toEqual({
      'dash/app.py': 'entry app reached',
      'dash/views/load.py': 'page views.load reached',
      'dash/helper.py': 'module helper reached',
      'dash/pages/old.py': 'script pages.old',
      'extra.py': 'page - reached',
    });
  });

  it('give names below src where it is meant to be installed, and none where only a changed sys.path could tell', async () => {
    const files = {
      'app/main.py': `${page}from moe.model import Model\n`,
      'src/moe/__init__.py': '',
      'src/moe/model.py': 'class Model: ...\n',
    };
    const installed = await project({ ...files, 'pyproject.toml': '[project]\nname = "moe"\n' });
    expect(roles(installed)['src/moe/model.py']).toBe('module moe.model reached');
    expect(installed.outsideModules).toEqual(['streamlit']);
    expect(roles(await project(files))['src/moe/model.py']).toBe('module - reached');
    const byPath = await project(files, launch({ env: { PYTHONPATH: './src' } }));
    expect(roles(byPath)['src/moe/model.py']).toBe('module moe.model reached');
  });

  it('give a name to one file only: the package before the module', async () => {
    const found = await project({ 'app.py': `${page}import core\n`, 'core.py': '', 'core/__init__.py': '' });
    expect(roles(found)).toMatchObject({ 'core/__init__.py': 'module core reached', 'core.py': 'script -' });
  });

  it('without an entry go by what anything imports', async () => {
    const found = await project({
      'train.py': 'from lib import net\n',
      'lib/net.py': '',
      'lib/other.py': '',
      'loose.py': '',
    });
    expect(roles(found)).toEqual({
      'train.py': 'script train',
      'lib/net.py': 'module lib.net',
      'lib/other.py': 'module lib.other',
      'loose.py': 'script loose',
    });
  });

  it('leave folders of data to the installed package of the same name', async () => {
    const found = await project({
      'app.py': `${page}import datasets\nfrom datasets import load_dataset\n`,
      'datasets/make.py': '',
    });
    expect(found.outsideModules).toEqual(['datasets', 'streamlit']);
  });
});

describe('what works when it is run', () => {
  it('is not imported by us where the dashboard may never come to it', async () => {
    const found = await project({
      'app.py':
        'import streamlit as st\nfrom core import model\n\nst.title("x")\nif st.button("Train"):\n    import train\n',
      'train.py': 'from core import model\n\nmodel.fit()\n',
      'sweep.py': 'import tune\n\nif __name__ == "__main__":\n    tune.run()\n',
      'tune.py': 'import core.model\n\n[core.model.fit() for _ in range(3)]\n',
      'core/__init__.py': '',
      'core/model.py': 'def fit():\n    pass\n',
      'core/export.py': 'from core import model\n\nx = model.fit() or 1\n',
    });
    const roles = Object.fromEntries(found.files.map(({ path, role }) => [path, role]));
    expect(roles).toEqual({
      'app.py': 'entry',
      'train.py': 'script',
      'sweep.py': 'script',
      'tune.py': 'script',
      'core/__init__.py': 'module',
      'core/model.py': 'module',
      'core/export.py': 'script',
    });
  });

  it('is a module all the same where every run comes to it', async () => {
    const found = await project({
      'app.py': 'import streamlit as st\nimport state\n\nst.title("x")\n',
      'state.py': 'from registry import make\n\nTHE = make()\n',
      'registry.py': 'def make():\n    return 1\n',
    });
    expect(found.files.map(({ path, role }) => [path, role])).toContainEqual(['state.py', 'module']);
  });

  it('is not needed where failing to import it is foreseen, though it runs', async () => {
    const found = await project({
      'other.py': '',
      'app.py': 'import streamlit as st\ntry:\n    import gpu\nexcept ImportError:\n    gpu = None\n\nst.title("x")\n',
      'gpu.py': 'import torch\n',
    });
    const told = found.files.map(({ path, reachable, optional }) => [path, reachable, optional]);
    expect(told).toEqual([
      ['app.py', true, undefined],
      ['gpu.py', false, true],
      ['other.py', false, undefined],
    ]);
    expect(found.files.map(({ path }) => whatRuns(found)(path))).toEqual([true, true, false]);
  });
});

import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesCollector } from '../../src/collectors/files.js';
import { projectCollector } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import { judgeImports } from '../../src/imports/judge.js';
import { notInstalled } from '../../src/imports/not-installed.js';
import { settings as plain } from '../engine/stand-ins.js';

/** What is told of a dashboard beside an environment in which only Streamlit and Pandas are. */
async function absent(files: Record<string, string>) {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  const settings = { ...plain, root: fixture.path };
  const { signal } = new AbortController();
  const found = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files: found } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files: found, source } });
  const unread = found.leftOut.map(({ path }) => path);
  return notInstalled({ files: source.files, project, unread, importable: ['pandas', 'streamlit'] });
}

const app = (imports: string) => `import streamlit as st\n${imports}st.title("Experts")\n`;
const told = async (files: Record<string, string>) =>
  (await absent(files)).map(({ file, line, imported }) => `${file}:${line} ${imported}`);

describe('an import of what is not installed', () => {
  it.each<[string, Record<string, string>, string]>([
    ['in the entry', { 'app.py': app('import plotly.express as px\n') }, 'app.py:2 plotly.express'],
    ['from a package', { 'app.py': app('from wandb.apis import public\n') }, 'app.py:2 wandb.apis'],
    [
      'in a module that the entry imports',
      { 'app.py': app('import runs\n'), 'runs.py': 'import pandas\nimport pyarrow\n' },
      'runs.py:2 pyarrow',
    ],
    ['in a page', { 'app.py': app(''), 'pages/1_load.py': app('import altair as alt\n') }, 'pages/1_load.py:2 altair'],
  ])('is told %s', async (_, files, expected) => {
    expect(await told(files)).toEqual([expected]);
  });

  it('is one finding a package, with what to install', async () => {
    const files = { 'app.py': app('import sklearn.cluster\nimport runs\n'), 'runs.py': 'import sklearn\n' };
    const findings = judgeImports({
      absent: await absent(files),
      broken: [],
      executable: '.venv/bin/python',
      project: { entry: { path: 'app.py', how: 'found' }, sourceRoot: '.', files: [] },
    });
    expect(findings).toMatchObject([
      {
        code: 'module-missing',
        subject: 'sklearn',
        message: 'sklearn is not installed',
        fix: '.venv/bin/python -m pip install scikit-learn',
        location: { file: 'app.py', line: 2 },
        evidence: ['app.py:2 imports sklearn.cluster', 'also stops: runs.py:1'],
      },
    ]);
    expect(findings[0]?.severity).not.toBe('warning');
  });

  it.each<[string, Record<string, string>]>([
    ['that may fail', { 'app.py': app('try:\n    import torch\nexcept ImportError:\n    torch = None\n') }],
    ['for type checkers', { 'app.py': app('from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n') }],
    ['in a function', { 'app.py': app('def train():\n    import torch\n') }],
    ['in a branch', { 'app.py': app('if st.button("Train"):\n    import torch\n') }],
    [
      'in the main block of a module',
      { 'app.py': app('import runs\n'), 'runs.py': 'if __name__ == "__main__":\n    import fire\n' },
    ],
    [
      'in a module that a function imports',
      { 'app.py': app('def train():\n    import gpu\n'), 'gpu.py': 'import deepspeed\n' },
    ],
    [
      'below what leaves without it',
      {
        'app.py': app(
          'from importlib.util import find_spec\nif find_spec("torch") is None:\n    st.stop()\nimport torch\n',
        ),
      },
    ],
    [
      'that another file does without',
      { 'app.py': app('import runs\nimport torch\n'), 'runs.py': 'try:\n    import torch\nexcept ImportError: pass\n' },
    ],
    ['that is put there by hand', { 'app.py': app('import sys\nsys.modules["moxing"] = object()\nimport moxing\n') }],
    [
      'that is installed first',
      { 'app.py': app('import subprocess\nsubprocess.run(["pip", "install", "umap-learn"])\nimport umap\n') },
    ],
    ['that something compiles', { 'app.py': app('import pyximport\npyximport.install()\nimport fast\n') }],
    ['in an environment for tools alone', { 'app.py': 'import gradio as gr\nimport plotly\ngr.Blocks().launch()\n' }],
    ['in a file that nobody imports', { 'app.py': app(''), 'export.py': 'import onnx\n' }],
    ['in a test', { 'app.py': app(''), 'tests/test_app.py': 'import pytest\nimport app\n' }],
    ['of the standard library', { 'app.py': app('import tomllib, _thread, distutils, __future__\n') }],
    ['of what is there', { 'app.py': app('import pandas.api.types\nfrom streamlit import session_state\n') }],
    ['of a folder elsewhere in the repository', { 'app.py': app('import core\n'), 'lib/core/x.py': '' }],
    ['of a compiled module', { 'app.py': app('import router\n'), 'router.cpython-311-x86_64-linux-gnu.so': '' }],
    [
      'where modules are looked for elsewhere',
      { 'app.py': `import sys\nsys.path.insert(0, "/opt/shared")\n${app('import experiments\n')}` },
    ],
    [
      'where another file changes where they are looked for',
      { 'app.py': app('import paths\nimport experiments\n'), 'paths.py': 'from sys import path\npath += ["/opt"]\n' },
    ],
  ])('is passed over %s', async (_, files) => {
    expect(await told(files)).toEqual([]);
  });
});

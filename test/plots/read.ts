import { readPlots } from '../../src/plots/read-plots.js';
import type { PlotSources } from '../../src/plots/types.js';
import type { NamedList } from '../../src/plots/plot-list.js';
import { loadPythonParser } from '../../src/source/parsing/parser.js';
import { Program } from '../../src/source/program.js';
import { syntaxOf } from '../../src/source/syntax/read.js';
import { Inference } from '../../src/source/values/inference.js';

const parser = await loadPythonParser();

/** What is read of files by path; `app.py` is the entry, all else are modules. */
export function plotsIn(files: Readonly<Record<string, string>>, named: NamedList = {}): PlotSources {
  const paths = Object.keys(files);
  const program = new Program(paths, ['.'], (path) => syntaxOf(parser, files[path] ?? ''));
  const line = (path: string, number: number) => files[path]?.split('\n')[number - 1];
  const importable = paths.map((path) => ({
    path,
    module: path.replace(/(^|\/)__init__\.py$|\.py$/, '').replaceAll('/', '.'),
    role: path === 'app.py' ? 'entry' : 'module',
  }));
  return readPlots({ program, inference: new Inference(program), line }, importable, named);
}

/** Functions that draw, one a name, and what they need. */
export function renderers(...names: readonly string[]): string {
  const functions = names.map((name) => `def ${name}(data):\n    st.plotly_chart(go.Figure(go.Scatter(y=data)))\n`);
  return ['import plotly.graph_objects as go', 'import streamlit as st', '', ...functions].join('\n');
}

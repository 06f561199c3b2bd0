import { compileApis, type AskedApi } from '../../../src/source/facts/api-patterns.js';
import { factsOf } from '../../../src/source/facts/facts.js';
import { loadPythonParser } from '../../../src/source/parsing/parser.js';

const asked: readonly AskedApi[] = [
  ...[
    'streamlit.experimental_rerun',
    'streamlit.cache',
    'streamlit.legacy_caching',
    'streamlit.beta_*',
    'streamlit.*(use_container_width=)',
    '.image(use_column_width=)',
    '.*(use_container_width=)',
  ].map((api) => ({ api, module: 'streamlit' })),
  ...['numpy.float', 'numpy.bool8', 'numpy.product'].map((api) => ({ api, module: 'numpy' })),
  ...['pandas.Int64Index', '.applymap()', 'pandas.read_csv(squeeze=)', '.fillna(method=)'].map((api) => ({
    api,
    module: 'pandas',
  })),
  ...['torch._six', 'torch.load'].map((api) => ({ api, module: 'torch' })),
  { api: 'collections.Mapping', module: 'collections' },
  { api: 'imp', module: 'imp' },
];
const apis = compileApis(asked);
const parser = await loadPythonParser();

export function facts(code: string) {
  return factsOf(parser, 'a.py', new TextEncoder().encode(code), new Set(), apis);
}

/** `line api` of every use that nothing guards. */
export function uses(...lines: readonly string[]): string[] {
  return (facts(`${lines.join('\n')}\n`).apiUses ?? [])
    .filter(({ guarded }) => !guarded)
    .map(({ line, api }) => `${line} ${api}`);
}

export const st = 'import streamlit as st';
export const np = 'import numpy as np';
export const pd = 'import pandas as pd';

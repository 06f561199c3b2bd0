import { describe, expect, it } from 'vitest';
import { compileApis, type AskedApi } from '../../src/source/api-patterns.js';
import { factsOf } from '../../src/source/facts.js';
import { loadPythonParser } from '../../src/source/parser.js';

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
];
const apis = compileApis(asked);
const parser = await loadPythonParser();

function facts(code: string) {
  return factsOf(parser, 'a.py', new TextEncoder().encode(code), new Set(), apis);
}

/** `line api` of every use that nothing guards. */
function uses(...lines: readonly string[]): string[] {
  return (facts(`${lines.join('\n')}\n`).apiUses ?? [])
    .filter(({ guarded }) => !guarded)
    .map(({ line, api }) => `${line} ${api}`);
}

const st = 'import streamlit as st';
const np = 'import numpy as np';
const pd = 'import pandas as pd';

describe('uses of an outside API', () => {
  const cases: [title: string, fires: string[], ...lines: string[]][] = [
    ['by an alias', ['2 streamlit.experimental_rerun'], st, 'st.experimental_rerun()'],
    ['by the full name', ['2 streamlit.experimental_rerun'], 'import streamlit', 'streamlit.experimental_rerun()'],
    ['by importing it', ['1 streamlit.cache'], 'from streamlit import cache, write', '@cache', 'def f(): ...'],
    ['by importing it under another name', ['1 streamlit.cache'], 'from streamlit import (', '    cache as c,', ')'],
    ['by importing the module it is', ['1 torch._six'], 'import torch._six'],
    ['by importing from the module it is', ['1 torch._six'], 'from torch._six import string_classes'],
    ['as a decorator', ['2 streamlit.cache'], st, '@st.cache(allow_output_mutation=True)', 'def f(): ...'],
    ['as something below it', ['2 streamlit.legacy_caching'], st, 'st.legacy_caching.clear_cache()'],
    [
      'as a default, a base, an annotation that is evaluated',
      ['2 numpy.float', '3 numpy.float', '4 numpy.bool8'],
      np,
      'def f(x=np.float): ...',
      'class A(np.float): ...',
      'def g(x: np.bool8): ...',
    ],
    ['as an argument', ['2 numpy.float'], np, 'a = np.zeros(3, dtype=np.float)'],
    ['by a pattern', ['2 streamlit.beta_*'], st, 'a, b = st.beta_columns(2)'],
    [
      'after an import in the same function',
      ['3 numpy.product'],
      'def f(x):',
      '    import numpy',
      '    return numpy.product(x)',
    ],
    ['over a continued line', ['2 streamlit.experimental_rerun'], st, 'st \\', '    .experimental_rerun()'],
    [
      'by a keyword of a call',
      ['2 streamlit.*(use_container_width=)'],
      st,
      'st.plotly_chart(fig, use_container_width=True)',
    ],
    [
      'by a keyword of a method',
      ['3 .image(use_column_width=)'],
      st,
      'left, right = st.columns(2)',
      'left.image(x, use_column_width=True)',
    ],
    ['by a keyword of any method', ['2 .*(use_container_width=)'], st, 'col.dataframe(df, use_container_width=True)'],
    [
      'by a keyword of a function',
      ['2 pandas.read_csv(squeeze=)'],
      pd,
      'pd.read_csv("x.csv",',
      '            squeeze = True)',
    ],
    ['by a method', ['2 .applymap()'], pd, 'df[["a"]].applymap(str)'],
    [
      'in a with, a lambda, an f-string, a comprehension',
      ['2 numpy.float', '3 numpy.float', '4 numpy.float', '5 numpy.product'],
      np,
      'with x(np.float): pass',
      'f = lambda y: np.float(y)',
      's = f"{np.float(1)}"',
      'p = [np.product(i) for i in x]',
    ],
    [
      'where another function has a local of that name',
      ['5 numpy.float'],
      np,
      'def f(np):',
      '    return np.float',
      'def g():',
      '    return np.float',
    ],
    ['under a test of something else', ['3 numpy.float'], np, 'if x > 3:', '    np.float(x)'],
    [
      'in a try that catches something else',
      ['3 numpy.float'],
      np,
      'try:',
      '    np.float(x)',
      'except ValueError: pass',
    ],
    [
      'in a try that only reports',
      ['3 numpy.float'],
      np,
      'try:',
      '    np.float(x)',
      'except AttributeError:',
      '    print("no")',
      '    raise',
    ],
    ['by an import in a class', ['3 numpy.float'], 'class A:', '    import numpy as np', '    x = np.float'],
    ['by two imports of the same', ['3 numpy.float'], 'import numpy as np', 'import numpy as np', 'np.float'],
  ];
  it.each(cases)('are found %s', (_, fires, ...lines) => {
    expect(uses(...lines)).toEqual(fires);
  });
});

describe('no uses of an outside API', () => {
  const cases: [title: string, ...lines: string[]][] = [
    ['longer names', np, 'np.float32(1); np.float_; np.floating; np.product_of; np.bool8_t'],
    ['other modules of that name', 'import jax.numpy as np', 'np.float(1); np.product(x)'],
    ['methods and attributes of objects', np, 'x.float(); self.np.float; row.product(); np.array(1).float'],
    [
      'text and comments',
      st,
      '"""st.experimental_rerun()"""',
      '# st.experimental_rerun()',
      's = "np.float"',
      "t = 'use st.cache'",
    ],
    ['names that are asked about', st, "getattr(st, 'experimental_rerun', st.rerun)()"],
    ['under hasattr', st, 'if hasattr(st, "rerun"):', '    st.rerun()', 'else:', '    st.experimental_rerun()'],
    [
      'under the test in an expression',
      st,
      'rerun = st.rerun if hasattr(st, "rerun") else st.experimental_rerun',
      'hasattr(st, "cache") and st.cache(f)',
    ],
    ['under elif', st, 'if hasattr(st, "rerun"): st.rerun()', 'elif x:', '    st.experimental_rerun()'],
    [
      'under a test of the version',
      np,
      'if np.__version__ < "1.24":',
      '    t = np.float',
      'if Version(x) < Version("2"):',
      '    np.product(t)',
    ],
    [
      'after a branch that has left',
      st,
      'def again():',
      '    if hasattr(st, "rerun"):',
      '        st.rerun()',
      '        return',
      '    st.experimental_rerun()',
    ],
    ['in a try that catches it', st, 'try:', '    st.experimental_rerun()', 'except AttributeError:', '    st.rerun()'],
    [
      'in the handler of one',
      st,
      'try:',
      '    st.rerun()',
      'except (AttributeError, KeyError):',
      '    st.experimental_rerun()',
    ],
    [
      'in suppress',
      st,
      'from contextlib import suppress',
      'with suppress(AttributeError):',
      '    st.experimental_rerun()',
    ],
    [
      'as an import with a fallback',
      'try:',
      '    from collections.abc import Mapping',
      'except ImportError:',
      '    from collections import Mapping',
    ],
    ['as an import that may fail', 'try:', '    import torch._six', 'except ImportError:', '    torch = None'],
    [
      'for type checkers',
      'from typing import TYPE_CHECKING',
      np,
      'if TYPE_CHECKING:',
      '    x = np.float',
      '    from streamlit import cache',
    ],
    [
      'in postponed annotations',
      'from __future__ import annotations',
      np,
      'def f(x: np.float) -> np.float: ...',
      'y: np.bool8 = 1',
    ],
    ['in annotations of locals', np, 'def f():', '    y: np.float = 1'],
    ['of a parameter', np, 'def f(np):', '    return np.float(1)', 'g = lambda np: np.float'],
    [
      'of a local',
      np,
      'def f():',
      '    np = make()',
      '    return np.float(1)',
      'def g():',
      '    for np in x: np.product()',
    ],
    ['of a name the module binds itself', st, 'st = wrap(st)', 'st.experimental_rerun()'],
    ['of a name a definition binds', np, 'class np:', '    float = 1', 'np.float'],
    [
      'of one of two imports',
      'try:',
      '    import cupy as np',
      'except ImportError:',
      '    import numpy as np',
      'np.float(1)',
    ],
    [
      'of a relative import',
      'from . import streamlit as st',
      'st.experimental_rerun()',
      'from .collections import Mapping',
    ],
    ['without the module', 'df.applymap(str); x.image(use_column_width=True)', 'import streamlitx'],
    ['of a method of another module', pd, 'import mylib', 'mylib.applymap(x); mylib.fillna(method=1)'],
    [
      'of the method without the keyword',
      pd,
      'df.fillna(0); df.ffill(); df.interpolate(method="linear")',
      'df.applymap',
    ],
    [
      'of a keyword elsewhere',
      st,
      'def plot(use_container_width=True): ...',
      'plot(use_container_width=False)',
      'st.dict(a=dict(use_column_width=1))',
    ],
    ['of an attribute called like the module', 'import app', 'app.np.float; app.st.cache()'],
  ];
  it.each(cases)('are %s', (_, ...lines) => {
    expect(uses(...lines)).toEqual([]);
  });
});

it('knows what a file sets itself', () => {
  expect(
    facts(
      `${np}\n${st}\nnp.float = float\nif not hasattr(st, "cache"):\n    st.cache = st.cache_data\nsetattr(np, 'bool8', bool)\ndel np.product\n`,
    ).apiShims,
  ).toEqual(['numpy.bool8', 'numpy.float', 'numpy.product', 'streamlit.cache']);
  expect(facts(`${np}\nnp.random.seed(0)\nx.np.float = 1\n`).apiShims).toBeUndefined();
});

it('says what the code has, and where', () => {
  expect(facts(`${np}\nx = 'é', np . float\n`).apiUses).toEqual([
    { api: 'numpy.float', text: 'np.float', line: 2, column: 10, guarded: false },
  ]);
});

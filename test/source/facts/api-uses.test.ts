import { describe, expect, it } from 'vitest';
import { facts, np, pd, st, uses } from './asked-apis.js';

describe('uses of an outside API', () => {
  const cases: [title: string, fires: string[], ...lines: string[]][] = [
    ['by an alias', ['2 streamlit.experimental_rerun'], st, 'st.experimental_rerun()'],
    ['by the full name', ['2 streamlit.experimental_rerun'], 'import streamlit', 'streamlit.experimental_rerun()'],
    ['by importing it', ['1 streamlit.cache'], 'from streamlit import cache, write', '@cache', 'def f(): ...'],
    ['by importing it under another name', ['1 streamlit.cache'], 'from streamlit import (', '    cache as c,', ')'],
    ['by importing the module it is', ['1 torch._six'], 'import torch._six'],
    ['once, by importing it', ['1 imp'], 'import imp', 'imp.reload(x)', 'imp.find_module(y)'],
    [
      'whose import may fail, when something else is used of it',
      ['5 numpy.float'],
      'try:',
      '    import numpy as np',
      'except ImportError:',
      '    np = None',
      'np.float',
    ],
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
    [
      'in a function that stores in something of the module',
      ['4 streamlit.experimental_rerun'],
      st,
      'def f():',
      '    st.session_state["page"] = 1',
      '    st.experimental_rerun()',
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

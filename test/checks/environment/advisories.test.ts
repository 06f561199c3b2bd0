import { describe, expect, it } from 'vitest';
import { app, judge, newest, np, python, st, verdicts } from './advisories-world.js';
import { environment } from './world.js';

type Case = [title: string, fires: string[], ...given: Parameters<typeof judge>];

describe('environment/advisories fires', () => {
  const cases: Case[] = [
    [
      'for st.experimental_rerun',
      ['error removed-api streamlit.experimental_rerun'],
      app(st, 'st.experimental_rerun()'),
      newest,
    ],
    [
      'for st.cache as a decorator',
      ['error removed-api streamlit.cache'],
      app(st, '@st.cache(ttl=60)', 'def f(): ...'),
      newest,
    ],
    ['for importing st.cache', ['error removed-api streamlit.cache'], app('from streamlit import cache'), newest],
    [
      'for st.cache before it went',
      ['info deprecated-api streamlit.cache'],
      app(st, '@st.cache', 'def f(): ...'),
      ['streamlit 1.40.0'],
    ],
    [
      'for query parameters the old way',
      ['error removed-api streamlit.experimental_get_query_params'],
      app(st, 'q = st.experimental_get_query_params()'),
      newest,
    ],
    [
      'for beta columns in the sidebar',
      ['error removed-api streamlit.sidebar.beta_columns'],
      app(st, 'a, b = st.sidebar.beta_columns(2)'),
      newest,
    ],
    [
      'for use_column_width',
      ['error removed-api streamlit.image(use_column_width=)'],
      app(st, 'st.image(x, use_column_width=True)'),
      newest,
    ],
    [
      'less sure of a receiver nobody knows',
      ['warning removed-api .image(use_column_width=)'],
      app(st, 'col.image(x, use_column_width=True)'),
      newest,
    ],
    [
      'as a note for use_container_width',
      ['info deprecated-api streamlit.*(use_container_width=)'],
      app(st, 'st.plotly_chart(f, use_container_width=True)'),
      newest,
    ],
    [
      'for a Streamlit that is too old',
      ['error removed-api streamlit.rerun'],
      app(st, 'st.rerun()'),
      ['streamlit 1.23.1'],
    ],
    [
      "for numpy's old names",
      ['error removed-api numpy.float', 'error removed-api numpy.bool8', 'error removed-api numpy.product'],
      app(np, 'np.float(1); np.bool8(0); np.product(x)'),
      newest,
    ],
    ['for np.bool where it was away', ['error removed-api numpy.bool'], app(np, 'x.astype(np.bool)'), ['numpy 1.26.4']],
    [
      'for index classes of pandas',
      ['error removed-api pandas.Int64Index'],
      app('from pandas import Int64Index'),
      newest,
    ],
    [
      'for methods of pandas',
      ['warning removed-api .iteritems()', 'warning removed-api .applymap()'],
      app('import pandas as pd', 'for k, v in df.iteritems(): v.applymap(str)'),
      newest,
    ],
    [
      'for maps of Plotly',
      ['error removed-api plotly.express.*_mapbox'],
      app('import plotly.express as px', 'px.scatter_mapbox(df)'),
      newest,
    ],
    [
      'for traces of Plotly',
      ['error removed-api plotly.graph_objects.Heatmapgl'],
      app('import plotly.graph_objects as go', 'go.Heatmapgl(z=z)'),
      newest,
    ],
    [
      'for figure factories',
      ['error removed-api plotly.figure_factory.create_distplot'],
      app('import plotly.figure_factory as ff', 'ff.create_distplot(x)'),
      newest,
    ],
    [
      'for the Hub',
      [
        'error removed-api huggingface_hub.cached_download',
        'error removed-api huggingface_hub.HfFolder',
        'error removed-api huggingface_hub.hf_hub_download(resume_download=)',
      ],
      app(
        'from huggingface_hub import cached_download, HfFolder, hf_hub_download',
        'hf_hub_download("a", "b", resume_download=True)',
      ),
      newest,
    ],
    [
      'for AdamW of transformers',
      ['error removed-api transformers.AdamW'],
      app('from transformers import AdamW, AutoModel'),
      newest,
    ],
    [
      'for TensorFlow models of transformers',
      ['error removed-api transformers.TFAuto*'],
      app('from transformers import TFAutoModelForCausalLM'),
      newest,
    ],
    ['for torch._six', ['error removed-api torch._six'], app('from torch._six import string_classes'), newest],
    [
      'as a note for torch.load',
      ['info deprecated-api torch.load(!weights_only=)'],
      app('import torch', 'torch.load("x.pt")'),
      newest,
    ],
    [
      'for verbose schedulers',
      ['error removed-api torch.optim.lr_scheduler.*(verbose=)'],
      app('from torch.optim import lr_scheduler', 'lr_scheduler.ReduceLROnPlateau(o, verbose=True)'),
      newest,
    ],
    [
      'for Pillow',
      ['error removed-api PIL.Image.ANTIALIAS'],
      app('from PIL import Image', 'im.resize(s, Image.ANTIALIAS)'),
      newest,
    ],
    [
      'for the standard library',
      ['error removed-api imp'],
      app('import imp', 'imp.reload(x)'),
      [],
      [],
      python('3.12.1'),
    ],
    [
      'with less weight where the dashboard does not come',
      ['warning removed-api numpy.float'],
      { ...app(st), 'old.py': `${np}\nnp.float(1)\n` },
      newest,
      [{ path: 'old.py', role: 'module', reachable: false }],
    ],
    [
      'for NumPy 2 with what was built against 1',
      ['error known-bad-combination numpy-2-pandas'],
      app('import pandas, numpy'),
      ['numpy 2.0.0', 'pandas 2.2.1'],
    ],
    [
      'with less weight when the dashboard uses neither',
      ['warning known-bad-combination numpy-2-scipy'],
      app(st),
      ['numpy 2.0.0', 'scipy 1.12.0'],
    ],
    [
      'for torch and torchvision of different builds',
      ['error known-bad-combination torch-builds'],
      app(st),
      ['torch 2.4.0+cu121', 'torchvision 0.19.0+cpu'],
    ],
    [
      'where a marker says so',
      ['warning known-bad-combination pyarrow-17-macos-11'],
      app(st),
      ['pyarrow 17.0.0'],
      [],
      { ...environment, sys_platform: 'darwin', platform_release: '20.6.0' },
    ],
  ];
  it.each(cases)('%s', (_, fires, ...given) => {
    expect(verdicts(...given)).toEqual(fires);
  });
});

it('tells every place once, and what to do', () => {
  const findings = judge(
    { 'a.py': `${st}\nst.experimental_rerun()\n`, 'b.py': `${st}\n\nst.experimental_rerun()\n` },
    newest,
  );
  expect(findings).toEqual([
    {
      code: 'removed-api',
      subject: 'streamlit.experimental_rerun',
      severity: 'error',
      message: 'st.experimental_rerun is gone in streamlit 1.64.0',
      location: { file: 'a.py', line: 2, column: 1 },
      evidence: ['a.py:2: st.experimental_rerun', 'b.py:3: st.experimental_rerun'],
      fix: 'Use instead: st.rerun()',
    },
  ]);
});

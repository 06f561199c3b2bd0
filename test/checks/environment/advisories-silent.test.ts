import { describe, expect, it } from 'vitest';
import { app, judge, newest, np, python, st, verdicts } from './advisories-world.js';

describe('environment/advisories stays silent', () => {
  const cases: [title: string, ...given: Parameters<typeof judge>][] = [
    [
      'on code of today',
      app(
        st,
        np,
        'import pandas as pd',
        'import plotly.express as px',
        '@st.cache_data',
        'def f(): return np.float64(np.prod([1]))',
        "st.plotly_chart(px.line(), width='stretch')",
        'if st.button("x"): st.rerun()',
        'st.query_params["a"]',
        'df.map(str); df.items(); df.ffill()',
      ),
      newest,
    ],
    [
      'for old code on old releases',
      app(st, np, 'st.experimental_rerun(); np.float(1)'),
      ['streamlit 1.20.0', 'numpy 1.23.5'],
    ],
    ['for releases that are not installed', app(st, np, 'st.experimental_rerun(); np.float(1)'), []],
    ['for a version that is none', app(np, 'np.float(1)'), ['numpy unknown']],
    [
      'for a use the code reckons with',
      app(st, 'if hasattr(st, "rerun"): st.rerun()', 'else: st.experimental_rerun()'),
      newest,
    ],
    [
      'for a fallback',
      app(
        'try:',
        '    from collections.abc import Mapping',
        'except ImportError:',
        '    from collections import Mapping',
      ),
      [],
      [],
      python('3.12.1'),
    ],
    [
      'for what the project puts back itself',
      { ...app(np, 'x = np.float(1)'), 'compat.py': `${np}\nnp.float = float\n` },
      newest,
    ],
    [
      'in tests',
      { 'test_app.py': `${np}\nnp.float(1)\n` },
      newest,
      [{ path: 'test_app.py', role: 'test', reachable: false }],
    ],
    ['for np.bool where it is back', app(np, 'x.astype(np.bool)'), newest],
    [
      'for torch.load that says what it wants',
      app(
        'import torch',
        'torch.load("x.pt", weights_only=True); torch.load("y.pt", **options); torch.save(m, "z"); load = torch.load',
      ),
      newest,
    ],
    [
      'for names of the same sound elsewhere',
      app('import jax.numpy as np', 'import mylib as st', 'np.float(1); st.cache(); st.experimental_rerun()'),
      newest,
    ],
    [
      'for swapaxes, append and map of arrays and lists',
      app('import pandas as pd', 'a.swapaxes(0, 1); b.append(1); c.map(f); d.fillna(0); e.image(x, width=3)'),
      newest,
    ],
    [
      'for Streamlit internals where they are now',
      app('from streamlit.runtime.scriptrunner import get_script_run_ctx', 'from streamlit.web import cli'),
      newest,
    ],
    [
      'for combinations that work',
      app(st),
      [
        'numpy 2.4.6',
        'pandas 2.2.3',
        'pyarrow 25.0.1',
        'torch 2.13.0+cpu',
        'torchvision 0.28.0+cpu',
        'torchaudio 2.13.0',
        'protobuf 7.36.2',
        'altair 6.3.0',
        'kaleido 1.0.0',
        ...newest.slice(3, 4),
      ],
    ],
    ['for one half of a combination', app(st), ['numpy 1.26.4', 'pandas 2.0.0', 'kaleido 1.0.0', 'altair 5.0.0']],
    ['where a marker does not hold', app(st), ['pyarrow 17.0.0']],
    [
      'for modules of the standard library that are there',
      app('import imp, cgi', 'from collections import Mapping'),
      [],
      [],
      python('3.9.18'),
    ],
  ];
  it.each(cases)('%s', (_, ...given) => {
    expect(verdicts(...given)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { coverage } from '../../../src/checks/plots/coverage.js';
import type { PlotListAnswer } from '../../../src/plots/types.js';
import { plotsIn } from '../../plots/read.js';

/** What is found in the files of a dashboard, as `code: subject`. */
function found(renderer: string, files: Readonly<Record<string, string>>): string[] {
  const result = coverage.run({ plots: { sources: sourcesOf(renderer, files), combinations: [] } });
  return 'notApplicable' in result ? ['not applicable'] : result.map(({ code, message }) => `${code}: ${message}`);
}

/** A dashboard of two plots, of which the second is drawn by the statements given. */
function sourcesOf(renderer: string, files: Readonly<Record<string, string>>) {
  const body = renderer.trim().replaceAll('\n', '\n    ');
  return plotsIn({
    'plots.py': `import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st
def plot_steps(data, config):
    st.plotly_chart(go.Figure(go.Scatter(y=[entry["step"] for entry in data])))
def plot_it(data, config):
    ${body}
RENDERERS = {"Steps": plot_steps, "It": plot_it}
`,
    'app.py': 'from plots import RENDERERS\nfor plot in ["Steps", "It"]:\n    RENDERERS[plot](data, config)\n',
    ...files,
  });
}

const trainer = (store: string) => ({
  'trainer.py': `def train(config):\n    metrics = {"step": 0}\n    ${store.replaceAll('\n', '\n    ')}\n    return metrics\n`,
});

const draw = (values: string) => `st.line_chart(${values})`;

/** Each pair: a metric that nothing produces, and the same where it is. */
const pairs: readonly [name: string, wrong: [string, string], right: [string, string]][] = [
  [
    'a subscript, renamed where it is stored',
    [draw('[m["balance"] for m in data]'), 'metrics["load_balance"] = 1'],
    [draw('[m["balance"] for m in data]'), 'metrics["balance"] = 1'],
  ],
  [
    'a default that hides it',
    [draw('[m.get("balance", 0.0) for m in data]'), 'metrics["load_balance"] = 1'],
    [draw('[m.get("balance", 0.0) for m in data]'), 'metrics.update(balance=1)'],
  ],
  [
    'keys that are built',
    [
      draw('[m[f"expert_{i}_share"] for m in data for i in range(4)]'),
      'for i in range(4):\n    metrics[f"share_{i}"] = 1',
    ],
    [
      draw('[m[f"expert_{i}_share"] for m in data for i in range(4)]'),
      'for k in range(4):\n    metrics["expert_" + str(k) + "_share"] = 1',
    ],
  ],
  [
    'a key that is spelled out, of several that are built',
    [draw('[m["expert_0_load"] for m in data]'), 'for i in range(4):\n    metrics[f"expert_{i}_share"] = 1'],
    [draw('[m["expert_0_share"] for m in data]'), 'for i in range(4):\n    metrics[f"expert_{i}_share"] = 1'],
  ],
  [
    'a table of pandas',
    ['df = pd.DataFrame(data)\nst.line_chart(df["balance"])', 'metrics["load"] = 1'],
    [
      'df = pd.DataFrame(data)\ndf["balance"] = df["load"].rolling(5).mean()\nst.line_chart(df["balance"])',
      'metrics["load"] = 1',
    ],
  ],
  [
    'several columns at once',
    [`df = pd.DataFrame(data)\n${draw('df[["step", "balance"]]')}`, 'metrics["load"] = 1'],
    [`df = pd.DataFrame(data)\n${draw('df[["step", "load"]]')}`, 'metrics["load"] = 1'],
  ],
  [
    'an older name that stands in: neither is there, one is',
    [draw('[m.get("balance", m.get("load_balance")) for m in data]'), 'metrics["load"] = 1'],
    [draw('[m.get("balance", m.get("load_balance")) for m in data]'), 'metrics["load_balance"] = 1'],
  ],
  [
    'a metric that may be there or not',
    [draw('[m["balance"] for m in data]'), 'pass'],
    [
      'if "balance" in data[0]:\n    st.line_chart([m["balance"] for m in data])\nst.line_chart([m["step"] for m in data])',
      'pass',
    ],
  ],
  [
    'data behind a helper',
    [`def column(entries):\n    return [entry["balance"] for entry in entries]\n${draw('column(data)')}`, 'pass'],
    [`def column(entries):\n    return [entry["step"] for entry in entries]\n${draw('column(data)')}`, 'pass'],
  ],
  [
    'colours and settings are no metrics',
    [draw('[m["blue"] for m in data]'), 'pass'],
    [
      `COLORS = {"low": "red"}\nlayout = {}\nlayout["height"] = config["height"]\nst.line_chart([m["step"] for m in data], color=COLORS["low"])`,
      'pass',
    ],
  ],
  [
    'what comes from a file has keys that nobody sees',
    [draw('[m["balance"] for m in data]'), 'path = config.path\nsave(path)'],
    [draw('[m["balance"] for m in data]'), 'metrics.update(json.load(open(config.path)))'],
  ],
  [
    'fields of a dataclass',
    [draw('[m["balance"] for m in data]'), 'class Metrics:\n    load: float = 0.0\nmetrics.update(asdict(Metrics()))'],
    [
      draw('[m["balance"] for m in data]'),
      'class Metrics:\n    balance: float = 0.0\nmetrics.update(asdict(Metrics()))',
    ],
  ],
  [
    'a value that is only handed on under its own name',
    [draw('[m["balance"] for m in data]'), 'metrics["balance"] = history.get("balance", 0.0)'],
    [
      draw('[m["balance"] for m in data]'),
      'metrics["balance"] = history.get("balance", 0.0)\nhistory = {"balance": 1.0}',
    ],
  ],
  [
    'names in a list that is gone through',
    [draw('[m["balance"] for m in data]'), 'for name in ("load", "share"):\n    metrics[name] = 0'],
    [draw('[m["balance"] for m in data]'), 'for name in ("load", "balance"):\n    metrics[name] = 0'],
  ],
  [
    'a logger of the framework',
    [draw('[m["balance"] for m in data]'), 'self.log("load", 1)'],
    [draw('[m["balance"] for m in data]'), 'self.log("balance", 1)'],
  ],
  [
    'histories in the session state and in the object',
    [draw('st.session_state.history["balance"]'), 'metrics["load"] = 1'],
    [draw('st.session_state["history"]'), 'metrics["load"] = 1'],
  ],
];

describe.each(pairs)('plots/coverage no-data: %s', (_, wrong, right) => {
  it('fires', () => {
    const findings = found(wrong[0], trainer(wrong[1]));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^no-data: It is offered under some condition and drawn from "/);
  });

  it('stays silent', () => {
    expect(found(right[0], trainer(right[1]))).toEqual([]);
  });
});

describe('plots/coverage, of records that the sources show all the way', () => {
  const told = (renderer: string, store: string) =>
    found('pass', {
      ...trainer(store),
      'plots.py': `import streamlit as st
def draw(plot, data):
    if plot == "Steps":
        st.line_chart([m["step"] for m in data])
    elif plot == "It":
        ${renderer.replaceAll('\n', '\n        ')}
`,
      'app.py': `from plots import draw
from trainer import train
data = []
data.append(train(1))
for plot in ["Steps", "It"]:
    draw(plot, data)
`,
    });

  it('fires', () => {
    const renderer = draw('[m.get("balance", 0.0) for m in data]');
    expect(told(renderer, 'metrics["share"] = 1')).toEqual([expect.stringContaining('drawn from "balance"')]);
  });

  it('stays silent, of what the renderer spells out itself too', () => {
    const renderer = `parts = {"it": data}\n${draw('[m["balance"] for m in data], color=parts.get("hue")')}`;
    expect(told(renderer, 'metrics["balance"] = 1')).toEqual([]);
  });
});

describe('plots/coverage', () => {
  const place = { path: 'plots.py', line: 7, column: 1, text: 'raise KeyError(mode)' };
  const sources = sourcesOf(draw('[m["balance"] for m in data]'), trainer('metrics["load_balance"] = 1'));
  const combinations = ['gnn', 'hgnn', 'ghost'].map((mode) => ({ name: mode, overrides: { mode } }));
  const answer = (combination: string, ...plots: string[]): PlotListAnswer => ({
    combination,
    status: 'ok',
    plots,
    durationMs: 0,
  });
  const named = plotsIn({ 'plots.py': '' }, { list: 'plots:available' });
  const list = named.list === undefined ? {} : { list: { ...named.list, group: 0 } };
  const plots = { sources: { groups: sources.groups, ...list }, combinations };
  const run = (answers: readonly PlotListAnswer[], expected = {}) =>
    coverage.run({
      plots: { ...plots, ...expected },
      'plot-lists': { function: 'plots:available', answers, output: [] },
    });

  it('names the combinations, the line and the key that was meant', () => {
    expect(run([answer('gnn', 'Steps'), answer('hgnn', 'Steps', 'It'), answer('ghost', 'It')])).toMatchObject([
      {
        code: 'no-data',
        subject: 'It',
        message: 'It is offered for hgnn; ghost and drawn from "balance", which nothing produces',
        location: { file: 'plots.py', line: 8 },
      },
    ]);
    expect(run([answer('gnn', 'It'), answer('hgnn', 'It'), answer('ghost', 'It')])).toMatchObject([
      { message: expect.stringContaining('offered in all 3 combinations and') },
    ]);
  });

  it('leaves a key that contract/metric-keys reports as lost to that, and not one that it only warns of', () => {
    const line = { in: 'plot_it', column: 1, text: '' };
    const read = { ...line, file: 'plots.py', line: 8, how: 'default', isGuarded: false, isHandedOn: false } as const;
    const judged = (key: string, reachable: boolean) =>
      coverage.run({
        plots,
        'plot-lists': { function: 'plots:available', answers: [answer('gnn', 'It')], output: [] },
        'metric-keys': {
          lost: [{ key, where: 'nowhere', reads: [{ ...read, reachable }], lacking: [], origins: [] }],
          unread: [],
          unparsed: [],
          resolved: 1,
          unresolved: 0,
        },
      });
    expect(judged('balance', true)).toEqual([
      {
        code: 'no-data',
        subject: 'It',
        severity: 'warning',
        message: 'It is offered for gnn and stays empty: "balance" does not get there',
        location: { file: 'plots.py', line: 8, column: expect.any(Number) },
        fix: 'Mend what contract/metric-keys says of it.',
      },
    ]);
    for (const other of [judged('balance', false), judged('step', true)]) {
      expect(other).toMatchObject([{ message: expect.stringContaining('which nothing produces') }]);
      expect(other).not.toMatchObject([{ severity: 'warning' }]);
    }
  });

  it('says nothing of a plot that no combination offers', () => {
    expect(run([answer('gnn', 'Steps'), answer('hgnn', 'Steps'), answer('ghost')])).toEqual([]);
  });

  it('takes a combination that the dashboard refuses for none', () => {
    expect(run([answer('gnn', 'Steps'), { combination: 'hgnn', status: 'rejected', why: 'ValueError: no' }])).toEqual(
      [],
    );
  });

  it('reports a list that fails, where it fails', () => {
    expect(
      run([answer('gnn', 'Steps'), { combination: 'hgnn', status: 'failed', why: "KeyError: 'x'", place }]),
    ).toMatchObject([
      {
        code: 'list-failed',
        subject: 'hgnn',
        message: "plots:available fails for hgnn: KeyError: 'x'",
        location: { file: 'plots.py', line: 7 },
      },
    ]);
  });

  it('holds the answers against the matrix that is pinned', () => {
    const expected = { expected: { Steps: {}, It: [{ mode: ['hgnn'] }] } };
    const answers = [answer('gnn', 'Steps', 'New'), answer('hgnn', 'Steps'), answer('ghost')];
    expect(run(answers, expected)).toMatchObject([
      { code: 'missing-plot', subject: 'Steps', message: 'Steps is not offered, though it is expected, for ghost' },
      { code: 'missing-plot', subject: 'It', message: 'It is not offered, though it is expected, for hgnn' },
      { code: 'unexpected-plot', subject: 'New', message: 'New is offered, though it is not expected, for gnn' },
    ]);
  });
});

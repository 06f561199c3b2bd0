import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../src/checks/plots/dispatch.js';
import { plotsIn } from '../../plots/read.js';
import { draw, found, holdsFor, type Pair } from './dispatch-of.js';

/** Ways to tell plot types apart. */
const pairs: readonly Pair[] = [
  [
    'renderers that are given the axes to draw on',
    `import matplotlib.pyplot as plt
import streamlit as st

def plot_loss(ax, data):
    ax.plot(data["step"], data["loss"])

def plot_load(ax, data):
    ax.bar(range(4), data["load"])

RENDERERS = {"Loss": plot_loss, "Load": plot_load}
for name in st.multiselect("Plots", ["Loss", "Load", "Angles"]):
    fig, ax = plt.subplots()
    RENDERERS[name](ax, data)
    st.pyplot(fig)
`,
    ['no-renderer: Angles'],
    `import matplotlib.pyplot as plt
import streamlit as st

def save_csv(out, data):
    out.write(data)

def save_json(out, data):
    out.write(data)

WRITERS = {"csv": save_csv, "json": save_json}
for name in st.multiselect("Formats", ["csv", "json", "parquet"]):
    WRITERS[name](open(name, "w"), data)
`,
  ],
  [
    'classes that draw, and classes that write what was drawn',
    `import matplotlib.pyplot as plt
class Loss:
    def show(self, data): plt.plot(data)
class Load:
    def show(self, data): plt.bar(range(4), data)
PLOTS = {"loss": Loss, "load": Load}
for name in ["loss", "load", "angles"]:
    PLOTS[name]().show(data)
`,
    ['no-renderer: angles'],
    `import matplotlib.pyplot as plt
import matplotlib.backends.backend_agg as agg
def image(figure):
    agg.FigureCanvasAgg(figure).print_png("a.png")
    plt.close(figure)
class Png:
    def add(self, figure): image(figure)
class Events:
    def add(self, figure): image(figure)
WRITERS = {"png": Png, "events": Events}
for name in ["png", "events", "other"]:
    WRITERS[name]().add(figure)
`,
  ],
  [
    'a table in a class inside the function that offers',
    `${draw}
def page(data):
    class Plots:
        table = {"Loss": plot_loss, "Load": plot_load}
    choice = st.selectbox("Plot", ["Loss", "Load", "Angles"])
    return Plots.table[choice](data)
`,
    ['no-renderer: Angles'],
    `${draw}
def page(data):
    class Plots:
        table = {"Loss": plot_loss, "Load": plot_load}
    choice = st.selectbox("Plot", ["Loss", "Load"])
    return Plots.table[choice](data)
`,
  ],
  [
    'a chain of comparisons',
    `${draw}
choice = st.selectbox("Plot", ["Loss", "Load", "Angles"])
if choice == "Loss":
    plot_loss(data)
elif choice == "Load":
    plot_load(data)
`,
    ['no-renderer: Angles'],
    `${draw}
choice = st.selectbox("Plot", ["Loss", "Load", "Angles"])
if choice == "Loss":
    plot_loss(data)
elif choice == "Load":
    plot_load(data)
elif choice == "Angles":
    plot_angles(data)
`,
  ],
  [
    'a branch for everything else: one that says so, one that draws',
    `${draw}
def render(plot_type, data):
    if plot_type == "Loss":
        plot_loss(data)
    elif plot_type == "Load":
        plot_load(data)
    else:
        st.warning(f"Unknown plot {plot_type}")

for plot_type in ("Loss", "Load", "Angles"):
    render(plot_type, {})
`,
    ['no-renderer: Angles'],
    `${draw}
def render(plot_type, data):
    if plot_type == "Loss":
        plot_loss(data)
    elif plot_type == "Load":
        plot_load(data)
    else:
        st.line_chart(data[plot_type])

for plot_type in ("Loss", "Load", "Angles"):
    render(plot_type, {})
`,
  ],
  [
    'match, with alternatives',
    `${draw}
plot = st.radio("Show", options=("Loss", "Load", "Angles"))
match plot:
    case "Loss" | "loss":
        plot_loss(data)
    case "Load":
        plot_load(data)
    case _:
        raise ValueError(plot)
`,
    ['no-renderer: Angles', 'never-offered: loss'],
    `${draw}
plot = st.radio("Show", options=("Loss", "Load", "Angles"))
match plot:
    case "Loss" | "Load":
        plot_loss(data)
    case other:
        st.bar_chart(data[other])
`,
  ],
  [
    'a table of functions',
    `${draw}
PLOT_TYPES = ["Loss", "Load"]
RENDERERS = {"Loss": plot_loss, "Load": plot_load, "Angles": plot_angles}
for plot_type in PLOT_TYPES:
    RENDERERS[plot_type](data)
`,
    ['never-offered: Angles'],
    `${draw}
RENDERERS = {"Loss": plot_loss, "Load": plot_load, "Angles": plot_angles}
for plot_type in st.multiselect("Plots", list(RENDERERS)):
    RENDERERS[plot_type](data)
`,
  ],
  [
    'a table that is asked with get: without a default, and with one',
    `${draw}
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
def show(plot_type):
    renderer = RENDERERS.get(plot_type)
    if renderer is not None:
        renderer(data)
for plot_type in ["Loss", "Load", "Angles"]:
    show(plot_type)
`,
    ['no-renderer: Angles'],
    `${draw}
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
for plot_type in ["Loss", "Load", "Angles"]:
    RENDERERS.get(plot_type, plot_angles)(data)
`,
  ],
  [
    'constants, in another module',
    {
      'names.py': 'LOSS = "Loss"\nLOAD = "Load"\nANGLES = "Angles"\nPLOTS = [LOSS, LOAD, ANGLES]\n',
      'plots.py': `${draw}
import names
from names import LOSS, PLOTS
kind = st.selectbox("Plot", PLOTS)
if kind == LOSS:
    plot_loss(data)
elif kind == names.LOAD:
    plot_load(data)
`,
    },
    ['no-renderer: Angles'],
    {
      'names.py': 'LOSS = "Loss"\nLOAD = "Load"\nPLOTS = [LOSS, LOAD]\n',
      'plots.py': `${draw}
import names
from names import LOSS, PLOTS
kind = st.selectbox("Plot", PLOTS)
if kind == LOSS:
    plot_loss(data)
elif kind == names.LOAD:
    plot_load(data)
`,
    },
  ],
];

holdsFor(pairs);

describe('plots/dispatch', () => {
  it('suggests the text that was probably meant, and shows where', () => {
    const sources = plotsIn({
      'plots.py': `${draw}
RENDERERS = {"Training Loss": plot_loss, "Load": plot_load}
for plot in ["Trainig Loss", "Load"]:
    RENDERERS[plot](data)
`,
    });
    const result = dispatch.run({ plots: { sources, combinations: [] } });
    expect(result).toMatchObject([
      {
        code: 'no-renderer',
        suggestion: 'Training Loss',
        location: { file: 'plots.py', line: 14, column: 14 },
        evidence: ['plots.py:14: for plot in ["Trainig Loss", "Load"]:'],
      },
      { code: 'never-offered', severity: 'warning', suggestion: 'Trainig Loss' },
    ]);
  });

  it('knows what the plot-list function gave at run time', () => {
    const sources = plotsIn({
      'plots.py': `${draw}
def get_plots(config):
    return ["Loss", "Load", *config.extra]
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
for plot in get_plots(config):
    RENDERERS[plot](data)
`,
    });
    const answers = [{ combination: 'a', status: 'ok' as const, plots: ['Loss', 'Extra'], durationMs: 0 }];
    const lists = { function: 'plots:get_plots', answers, output: [] };
    expect(dispatch.run({ plots: { sources, combinations: [] } })).toEqual([]);
    expect(dispatch.run({ plots: { sources, combinations: [] }, 'plot-lists': lists })).toMatchObject([
      { code: 'no-renderer', subject: 'Extra' },
    ]);
  });

  it('says nothing while a file is not understood', () => {
    const wrong = `${draw}
for plot in ["Loss", "Load", "Angles"]:
    if plot == "Loss":
        plot_loss(data)
    elif plot == "Load":
        plot_load(data)
`;
    expect(found({ 'plots.py': wrong, 'other.py': 'x = 1\n' })).toEqual(['no-renderer: Angles']);
    expect(found({ 'plots.py': wrong, 'other.py': 'x = [1\n' })).toEqual([]);
  });

  it('has nothing to say where no plots are told apart', () => {
    expect(found('import pandas as pd\nprint(pd.DataFrame())\n')).toEqual(['not applicable']);
  });
});

import { draw, holdsFor, type Pair } from './dispatch-of.js';

/** Ways to write plot types, and to offer them. */
const pairs: readonly Pair[] = [
  [
    'members of an enum',
    `${draw}
from enum import Enum
class Plot(Enum):
    LOSS = "Loss"
    LOAD = "Load"
    ANGLES = "Angles"
plot = st.selectbox("Plot", list(Plot), format_func=lambda each: each.value)
if plot == Plot.LOSS:
    plot_loss(data)
elif plot is Plot.LOAD:
    plot_load(data)
`,
    ['no-renderer: Angles'],
    `${draw}
from enum import Enum
class Plot(Enum):
    LOSS = "Loss"
    LOAD = "Load"
plot = st.selectbox("Plot", [each.value for each in Plot])
if plot == Plot.LOSS.value:
    plot_loss(data)
elif plot == "Load":
    plot_load(data)
`,
  ],
  [
    'f-strings',
    `${draw}
def plots(config):
    found = ["Loss", "Load"]
    for i in range(config.experts):
        found.append(f"Expert {i} Load")
    return found
def render(plot, data):
    if plot == "Loss":
        return plot_loss(data)
    if plot == "Load":
        return plot_load(data)
    if plot.startswith("Ghost "):
        return plot_angles(data)
    raise KeyError(plot)
for plot in plots(config):
    render(plot, data)
`,
    ['no-renderer: Expert {} Load'],
    `${draw}
def plots(config):
    found = ["Loss", "Load"]
    for i in range(config.experts):
        found.append(f"Expert {i} Load")
    return found
def render(plot, data):
    if plot == "Loss":
        return plot_loss(data)
    if plot == "Load":
        return plot_load(data)
    if plot.startswith("Expert "):
        return plot_angles(data)
    raise KeyError(plot)
for plot in plots(config):
    render(plot, data)
`,
  ],
  [
    'a list that a function builds',
    {
      'plots.py': `${draw}
BASE = ("Loss",)
def get_available_plots(config):
    plots = list(BASE)
    if config.geometric:
        plots += ["Load", "Angels"]
    plots.extend(more(config))
    return sorted(plots)
def more(config):
    return ["Angles"] if config.ghost else []
RENDERERS = {"Loss": plot_loss, "Load": plot_load, "Angles": plot_angles}
`,
      'app.py': `from plots import get_available_plots, RENDERERS
for i, plot in enumerate(get_available_plots(config)):
    RENDERERS[plot](data)
`,
    },
    ['no-renderer: Angels'],
    {
      'plots.py': `${draw}
BASE = ("Loss",)
def get_available_plots(config):
    plots = list(BASE)
    if config.geometric:
        plots += ["Load"]
    plots.extend(more(config))
    return sorted(plots)
def more(config):
    return ["Angles"] if config.ghost else []
RENDERERS = {"Loss": plot_loss, "Load": plot_load, "Angles": plot_angles}
`,
      'app.py': `from plots import get_available_plots, RENDERERS
for i, plot in enumerate(get_available_plots(config)):
    RENDERERS[plot](data)
`,
    },
  ],
  [
    'a list that is filtered by what can be drawn',
    `${draw}
ALL_PLOTS = ["Loss", "Load", "Angles"]
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
for plot in ALL_PLOTS:
    RENDERERS[plot](data)
`,
    ['no-renderer: Angles'],
    `${draw}
ALL_PLOTS = ["Loss", "Load", "Angles"]
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
for plot in [each for each in ALL_PLOTS if each in RENDERERS]:
    RENDERERS[plot](data)
`,
  ],
  [
    'choices that are no plots, in branches that draw',
    `${draw}
PLOTS = ["gnn", "hgnn", "ghost"]
def draw(plot):
    if plot == "hgnn":
        plot_load(data)
    elif plot == "ghost":
        plot_angles(data)
draw(st.selectbox("Which plot", PLOTS))
`,
    ['no-renderer: gnn'],
    `${draw}
MODES = ["gnn", "hgnn", "ghost"]
mode = st.selectbox("Architecture", MODES)
plot_loss(data)
if mode == "hgnn":
    plot_load(data)
elif mode == "ghost":
    plot_angles(data)
`,
  ],
  [
    'a choice that is handled on its own',
    `${draw}
plots = st.multiselect("Plots", ["All", "Loss", "Load"])
for plot in plots:
    if plot == "Loss":
        plot_loss(data)
    elif plot == "Load":
        plot_load(data)
`,
    ['no-renderer: All'],
    `${draw}
plots = st.multiselect("Plots", ["All", "Loss", "Load"])
if "All" == plots[0]:
    plots = ["Loss", "Load"]
for plot in plots:
    if plot == "Loss":
        plot_loss(data)
    elif plot == "Load":
        plot_load(data)
`,
  ],
  [
    'a choice that a widget keeps in the session state',
    {
      'sidebar.py':
        'import streamlit as st\ndef sidebar():\n    st.selectbox("Plot", ["Loss", "Load", "Angles"], key="plot")\n',
      'plots.py': `${draw}
def main():
    if st.session_state.plot == "Loss":
        plot_loss(data)
    elif st.session_state["plot"] == "Load":
        plot_load(data)
`,
    },
    ['no-renderer: Angles'],
    {
      'sidebar.py': 'import streamlit as st\ndef sidebar():\n    st.selectbox("Plot", ["Loss", "Load"], key="plot")\n',
      'plots.py': `${draw}
def main():
    if st.session_state.plot == "Loss":
        plot_loss(data)
    elif st.session_state.plot == "Load":
        plot_load(data)
    elif st.session_state.plot == "Angles":
        plot_angles(data)
# Deep links set st.session_state.plot from the address.
LINKS = ["Angles"]
`,
    },
  ],
  [
    'methods of a class, in a table of the object',
    `${draw}
class Graphs:
    def __init__(self):
        self.renderers = {"Loss": self._loss, "Load": self._load}
    def available(self, config):
        plots = ["Loss", "Load"]
        if config.ghost:
            plots.append("Angles")
        return plots
    def show(self, config, data):
        for plot in self.available(config):
            self.renderers[plot](data)
    def _loss(self, data):
        plot_loss(data)
    def _load(self, data):
        plot_load(data)
Graphs().show(config, data)
`,
    ['no-renderer: Angles'],
    `${draw}
class Graphs:
    def __init__(self):
        self.renderers = {"Loss": self._loss, "Load": self._load}
        self.renderers.update(plugins())
    def available(self, config):
        plots = ["Loss", "Load"]
        if config.ghost:
            plots.append("Angles")
        return plots
    def show(self, config, data):
        for plot in self.available(config):
            self.renderers[plot](data)
    def _loss(self, data):
        plot_loss(data)
    def _load(self, data):
        plot_load(data)
Graphs().show(config, data)
`,
  ],
  [
    'lambdas, partials and what holds a function',
    `${draw}
from functools import partial
PLOTS = {"Loss": ("red", plot_loss), "Load": lambda data: plot_load(data), "Angles": partial(plot_angles, scale=2)}
name = st.selectbox("Plot", ["Loss", "Load"])
PLOTS[name](data)
`,
    ['never-offered: Angles'],
    `${draw}
from functools import partial
PLOTS = {"Loss": ("red", plot_loss), "Load": lambda data: plot_load(data), "Angles": partial(plot_angles, scale=2)}
name = st.selectbox("Plot", load_names())
PLOTS[name](data)
`,
  ],
  [
    'a renderer that only a link, or a default, asks for',
    `${draw}
def show(plot):
    if plot == "Loss":
        plot_loss(data)
    elif plot == "Angles":
        plot_angles(data)
for plot in ("Loss", "Loss (smooth)"):
    show(plot)
`,
    ['no-renderer: Loss (smooth)', 'never-offered: Angles'],
    `${draw}
def show(plot="Angles"):
    if plot == "Loss":
        plot_loss(data)
    elif plot == "Angles":
        plot_angles(data)
for plot in ("Loss", "Loss"):
    show(plot)
show()
`,
  ],
];

holdsFor(pairs);

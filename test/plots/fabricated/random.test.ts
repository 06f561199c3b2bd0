import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('random numbers that must be found', () => {
  test.each<[name: string, text: string, expected: string[], others?: Record<string, string>]>([
    ['a chart of random numbers', 'st.line_chart(np.random.randn(20, 3))', ['random']],
    [
      'a column of a table of random numbers',
      `
df = pd.DataFrame(np.random.randn(20, 3), columns=["a", "b", "c"])
st.area_chart(df)
`,
      ['random'],
    ],
    [
      'a placeholder for a metric that is missing',
      `
def plot_saturation(data):
    steps = [entry["step"] for entry in data["training"]]
    levels = np.random.rand(len(steps))
    fig = go.Figure()
    fig.add_trace(go.Scatter(x=steps, y=levels, mode="lines", name="saturation"))
    st.plotly_chart(fig)
`,
      ['random'],
    ],
    [
      'in a comprehension over the real steps',
      `
def plot(history):
    steps = [h["step"] for h in history]
    fig = go.Figure(go.Scatter(x=steps, y=[random.random() for _ in steps], mode="lines"))
    st.plotly_chart(fig)
`,
      ['random'],
    ],
    [
      'instead of a file that could not be read',
      `
def load():
    try:
        losses = pd.read_csv("losses.csv")["loss"]
    except FileNotFoundError:
        losses = np.random.exponential(1.0, 100)
    return losses
st.line_chart(load())
`,
      ['random, fallback'],
    ],
    [
      'as the default of a key',
      `
def render(metrics):
    st.metric("Saturation", metrics.get("saturation", random.uniform(0.3, 0.7)))
`,
      ['random, fallback'],
    ],
    [
      'as the default of a key, formatted',
      `
def render(metrics):
    value = metrics.get("saturation", random.uniform(0.3, 0.7))
    st.metric("Saturation", f"{value:.2%}")
`,
      ['random, fallback'],
    ],
    [
      'when there is nothing',
      `
def render(metrics):
    activations = metrics.get("activations")
    if not activations:
        activations = [random.random() for _ in range(8)]
    fig, ax = plt.subplots()
    ax.bar(range(8), activations)
    st.pyplot(fig)
`,
      ['random, fallback'],
    ],
    [
      'by or',
      `
def render(metrics):
    st.bar_chart(metrics.get("loads") or np.random.dirichlet(np.ones(8)))
`,
      ['random, fallback'],
    ],
    [
      'by a helper',
      `
def get_expert_loads(n):
    loads = np.random.rand(n)
    return loads / loads.sum()

fig = px.bar(x=list(range(8)), y=get_expert_loads(8))
st.plotly_chart(fig)
`,
      ['random'],
    ],
    [
      'to a renderer',
      `
def draw(values, title):
    fig, ax = plt.subplots()
    ax.plot(values)
    st.pyplot(fig)

draw(np.random.randn(100).cumsum(), "Loss")
`,
      ['random'],
    ],
    [
      'in a dict that a renderer takes apart',
      `
def render(data):
    fig = go.Figure()
    fig.add_scatter(y=data["loss"])
    st.plotly_chart(fig)

data = {"step": list(range(100)), "loss": np.random.exponential(1, 100)}
render(data)
`,
      ['random'],
    ],
    [
      'in one column only',
      `
df = pd.read_csv("run.csv")
df["saturation"] = np.random.rand(len(df))
st.plotly_chart(px.line(df, x="step", y="saturation"))
`,
      ['random'],
    ],
    [
      'put together in a loop',
      `
loss = 2.5
losses = []
for step in range(100):
    loss = loss * 0.98 + np.random.normal(0, 0.05)
    losses.append(loss)
st.line_chart(losses)
`,
      ['random'],
    ],
    [
      'a curve with noise',
      `
steps = np.arange(100)
loss = 2.5 * np.exp(-steps / 30) + np.random.normal(0, 0.05, 100)
st.line_chart(pd.DataFrame({"step": steps, "loss": loss}), x="step", y="loss")
`,
      ['random'],
    ],
    [
      'kept in the session',
      `
if "losses" not in st.session_state:
    st.session_state.losses = []
st.session_state.losses.append(random.gauss(1.0, 0.1))
st.line_chart(st.session_state.losses)
`,
      ['random'],
    ],
    [
      'kept in the session by its name, and from another file',
      `
from state import initialize
initialize()
fig = px.line(y=st.session_state["history"])
`,
      ['random'],
      {
        'state.py': `
import numpy as np
import streamlit as st

def initialize():
    st.session_state["history"] = np.random.randn(50).cumsum()
`,
      },
    ],
    [
      'in an attribute',
      `
class Monitor:
    def __init__(self):
        self.rng = np.random.default_rng(0)
        self.activations = self.rng.random(8)

    def draw(self):
        fig = go.Figure(go.Bar(x=list(range(8)), y=self.activations))
        st.plotly_chart(fig)

Monitor().draw()
`,
      ['random'],
    ],
    [
      'where a file was to be read into an attribute',
      `
class Monitor:
    def load(self, path):
        try:
            self.df = pd.read_csv(path)
        except Exception:
            self.df = pd.DataFrame({"loss": np.random.rand(100)})

    def draw(self):
        st.line_chart(self.df, y="loss")
`,
      ['random, fallback'],
    ],
    [
      'a heat map',
      'fig = go.Figure(go.Heatmap(z=np.random.rand(8, 8), colorscale="Blues"))\nst.plotly_chart(fig)',
      ['random'],
    ],
    ['a heat map of seaborn', 'fig, ax = plt.subplots()\nsns.heatmap(torch.rand(8, 8).numpy(), ax=ax)', ['random']],
    ['an image', 'fig, ax = plt.subplots(1, 2)\nax[0].imshow(np.random.random((32, 32)))', ['random']],
    ['a histogram', 'fig = px.histogram(x=np.random.normal(0, 1, 1000), nbins=30)', ['random']],
    [
      'a chart of Altair',
      `
source = pd.DataFrame({"expert": ["a", "b"], "load": np.random.rand(2)})
st.altair_chart(alt.Chart(source).mark_bar().encode(x="expert", y="load"))
`,
      ['random'],
    ],
    [
      'a map',
      'st.map(pd.DataFrame(np.random.randn(100, 2) / [50, 50] + [37.76, -122.4], columns=["lat", "lon"]))',
      ['random'],
    ],
    [
      'in a column of the page',
      `
left, right = st.columns(2)
left.metric("GPU", f"{random.randint(60, 90)}%")
right.line_chart(np.random.randn(20))
`,
      ['random', 'random'],
    ],
    ['a table', 'st.dataframe(pd.DataFrame(np.random.randn(5, 2), columns=["loss", "accuracy"]))', ['random']],
    [
      'into a record of metrics',
      `
def training_step(model, batch):
    loss = model(batch)
    return {"loss": loss.item(), "expert_entropy": random.uniform(0.5, 1.5)}
`,
      ['random'],
    ],
    [
      'into a record, by a key that is put together',
      `
def collect(model, metrics):
    for i in range(8):
        metrics[f"expert_{i}_activation"] = np.random.beta(2, 5)
    return metrics
`,
      ['random'],
    ],
    [
      'into a record when the model does not say',
      `
def collect(model):
    saturation = model.saturation() if hasattr(model, "saturation") else random.random()
    return {"step": 1, "saturation": saturation}
`,
      ['random, fallback'],
    ],
    [
      'with a name that the reader does not see',
      `
def generate_fake_metrics():
    return {"loss": np.random.rand(100)}
st.line_chart(generate_fake_metrics()["loss"])
`,
      ['random'],
    ],
  ])('%s', async (_, text, expected, others = {}) => {
    expect(await kindsIn(text, others)).toEqual(expected);
  });
});

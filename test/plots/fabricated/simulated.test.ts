import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('numbers that somebody wrote down or computed of nothing', () => {
  test.each<[name: string, text: string, expected: string[]]>([
    [
      'a list',
      'fig = go.Figure(go.Scatter(y=[2.3, 1.9, 1.2, 0.8, 0.7], mode="lines", name="loss"))\nst.plotly_chart(fig)',
      ['series'],
    ],
    [
      'a curve in a colour of its own',
      `
COLORS = ["#2563eb", "#f97316"]
def page():
    steps = np.linspace(0, 10, 100)
    st.plotly_chart(go.Figure(go.Scatter(x=steps, y=np.exp(-steps), line=dict(color=COLORS[0], width=2))))
`,
      ['curve'],
    ],
    [
      'a list that is turned round, and one that is put where no measurement says',
      `
def plot_losses():
    losses = np.array([2.3, 1.9, 1.2, 0.8, 0.7, 0.6])
    fig, ax = plt.subplots()
    ax.plot(losses.reshape(3, 2))
    loads = np.zeros(6)
    loads[1:] = [0.3, 0.25, 0.1, 0.15, 0.2]
    ax.plot(loads)
    st.pyplot(fig)
`,
      ['series', 'series'],
    ],
    [
      'a wave over the steps',
      `
def contour(x, y, z):
    turn = np.linspace(0, 2 * np.pi, 50)
    fig, ax = plt.subplots()
    plt.plot(turn, np.sin(turn), color="k")
`,
      ['curve'],
    ],
    [
      'points of a formula',
      `
def load_triangle(ax):
    x, y = [], []
    for r in range(35):
        for g in range(35):
            x.append(0.3 * (2 * g + r) / (r + g + 1))
            y.append(0.6 * r / (r + g + 1))
    ax.scatter(x, y, s=7)
`,
      ['curve'],
    ],
    [
      'a list behind a name',
      `
def plot_losses():
    losses = [2.3, 1.9, 1.2, 0.8, 0.7]
    fig, ax = plt.subplots()
    ax.plot(range(len(losses)), losses)
    st.pyplot(fig)
`,
      ['series'],
    ],
    [
      'a list of the module',
      `
LOADS = [0.3, 0.25, 0.2, 0.25]
def page():
    st.bar_chart(LOADS)
`,
      ['series'],
    ],
    [
      'a column of a table',
      `
df = pd.DataFrame({"expert": ["a", "b", "c"], "load": [0.5, 0.3, 0.2]})
st.plotly_chart(px.bar(df, x="expert", y="load"))
`,
      ['series'],
    ],
    [
      'rows of a table',
      `
rows = [{"expert": 0, "load": 0.5}, {"expert": 1, "load": 0.3}, {"expert": 2, "load": 0.2}]
st.plotly_chart(px.bar(pd.DataFrame(rows), x="expert", y="load"))
`,
      ['series'],
    ],
    ['a table as it is', 'st.line_chart({"loss": [2.3, 1.9, 1.2, 0.8], "accuracy": [0.2, 0.4, 0.5, 0.8]})', ['series']],
    ['a matrix', 'fig = px.imshow([[1.0, 0.3, 0.1], [0.3, 1.0, 0.4], [0.1, 0.4, 1.0]])', ['series']],
    [
      'an array',
      'connections = np.array([[1.0, 0.3], [0.3, 1.0]])\nst.plotly_chart(go.Figure(go.Heatmap(z=connections)))',
      ['series'],
    ],
    [
      'a list where nothing was measured',
      `
def render(history):
    losses = [h["loss"] for h in history] or [2.3, 1.9, 1.2, 0.8]
    st.line_chart(losses)
`,
      ['series, fallback'],
    ],
    [
      'a list as the default of a key',
      `
def render(metrics):
    st.bar_chart(metrics.get("expert_loads", [0.3, 0.25, 0.2, 0.25]))
`,
      ['series, fallback'],
    ],
    [
      'a list after an exception',
      `
def load(path):
    try:
        return pd.read_csv(path)["loss"].tolist()
    except OSError:
        return [2.3, 1.9, 1.2, 0.8]
def render(path):
    st.line_chart(load(path))
`,
      ['series, fallback'],
    ],
    [
      'a helper that returns a dict',
      `
def get_metrics():
    return {"loss": [2.3, 1.9, 1.2, 0.8], "steps": [0, 1, 2, 3]}
metrics = get_metrics()
fig = px.line(x=metrics["steps"], y=metrics["loss"])
`,
      ['series'],
    ],
    ['a tile', 'st.metric("Accuracy", "94.2%", "+2.1%")', ['series']],
    [
      'a tile in a column',
      'first, second = st.columns(2)\nfirst.metric("Loss", 0.342)\nsecond.metric("Speed", "1,204.5 tok/s")',
      ['series', 'series'],
    ],
    [
      'a curve',
      `
steps = np.linspace(0, 10, 100)
st.line_chart(2.5 * np.exp(-steps / 3))
`,
      ['curve'],
    ],
    ['a sine', 'x = np.arange(0, 10, 0.1)\nfig, ax = plt.subplots()\nax.plot(x, np.sin(x))', ['curve']],
    [
      'a straight line, which is all that is shown',
      'losses = np.linspace(2.5, 0.3, 100)\nst.line_chart(losses)\nst.area_chart({"accuracy": np.linspace(0, 1, 50)})',
      ['curve', 'curve'],
    ],
    [
      'a straight line into a record of metrics',
      'metrics = {}\nmetrics["loss"] = np.geomspace(2.5, 0.3, 100)',
      ['curve'],
    ],
    [
      'a curve, point by point',
      `
losses = [2.5 * math.exp(-step / 30) for step in range(100)]
fig = go.Figure()
fig.add_scatter(y=losses, name="loss")
`,
      ['curve'],
    ],
    [
      'a curve, put together in a loop',
      `
values = []
for step in range(100):
    values.append(1 / (1 + math.exp(-step / 10)))
st.area_chart(values)
`,
      ['curve'],
    ],
    [
      'a curve by a helper',
      `
def generate_loss_curve(steps):
    return 2.5 * np.exp(-np.arange(steps) / 30)
st.line_chart(generate_loss_curve(100))
`,
      ['curve'],
    ],
    [
      'a surface',
      `
x, y = np.meshgrid(np.linspace(-1, 1, 50), np.linspace(-1, 1, 50))
fig = go.Figure(go.Surface(z=np.sin(x) * np.cos(y)))
`,
      ['curve'],
    ],
    [
      'a curve into a record of metrics',
      `
def simulate(history):
    for step in range(100):
        history.append({"step": step, "loss": 2.5 * math.exp(-step / 30)})
`,
      ['curve'],
    ],
    [
      'an example by its caption',
      `
def plot_loads():
    st.caption("Example values, not from a run")
    st.bar_chart([0.3, 0.25, 0.2, 0.25])
`,
      ['series, said'],
    ],
    [
      'a demo mode',
      `
def page(use_mock_data, run):
    losses = [2.3, 1.9, 1.2, 0.8] if use_mock_data else run.losses
    st.line_chart(losses)
`,
      ['series, fallback, flag'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await kindsIn(text)).toEqual(expected);
  });
});

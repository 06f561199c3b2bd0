import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('literals and curves that nobody takes for a measurement', () => {
  test.each<[name: string, text: string]>([
    [
      'an image that is painted where loads say, and turned round',
      `
def page(loads):
    image = np.zeros((64, 64, 4), dtype="uint8")
    image[loads > 0, 3] = 255
    image[loads > 0, :3] = (240, 20, 60)
    fig, ax = plt.subplots()
    ax.imshow(image.transpose((1, 0, 2)))
    flat = np.zeros(64 * 64 * 3)
    ax.imshow(np.reshape(flat, (64, 64, 3)))
`,
    ],
    [
      'the rim of a chart',
      `
def contour(x, y, z):
    turn = np.linspace(0, 2 * np.pi, 50)
    cs, sn = np.cos(turn), np.sin(turn)
    fig, ax = plt.subplots()
    plt.plot(cs, sn, color="k")
    ax.contourf(x, y, z)
`,
    ],
    [
      'a legend of mixed colours',
      `
def rgb_triangle(ax):
    x, y = [], []
    for r in range(35):
        for g in range(35):
            x.append(0.3 * (2 * g + r) / (r + g + 1))
            y.append(0.6 * r / (r + g + 1))
    ax.scatter(x, y, s=7)
`,
    ],
    [
      'names of bars',
      `
def page(loads):
    st.plotly_chart(px.bar(x=["a", "b", "c"], y=loads))
    st.plotly_chart(px.bar(x=[1, 2, 4], y=loads, category_orders={"x": [4, 2, 1]}))
`,
    ],
    [
      'ticks, ranges and sizes',
      `
def page(run):
    fig = go.Figure(go.Scatter(x=run.steps, y=run.losses, line={"dash": [4, 2, 7]}))
    fig.update_layout(yaxis=dict(tickvals=[0.1, 0.5, 2.5], range=[0, 3]), margin=dict(l=50, r=20))
    fig, ax = plt.subplots(figsize=(8, 5))
    ax.set_xticks([0, 10, 25])
    ax.plot(run.losses, color=[0.1, 0.2, 0.7])
`,
    ],
    [
      'a threshold',
      `
def page(run):
    fig = go.Figure()
    fig.add_scatter(x=run.steps, y=run.saturation)
    fig.add_hline(y=0.8)
    fig.add_scatter(x=run.steps, y=[0.8] * len(run.steps), name="limit")
    fig.add_scatter(x=run.steps, y=np.full(len(run.steps), 0.8), name="limit")
    fig.add_scatter(x=[0, run.steps[-1]], y=[0.8, 0.8])
`,
    ],
    [
      'experts on a circle, with what is measured in size and colour, and the edges between them',
      `
def connections(weights):
    angles = np.linspace(0, 2 * np.pi, len(weights), endpoint=False)
    x, y = np.cos(angles), np.sin(angles)
    fig = go.Figure()
    for i, j in itertools.combinations(range(len(weights)), 2):
        fig.add_trace(go.Scatter(x=[x[i], x[j]], y=[y[i], y[j]], mode="lines", line=dict(width=float(weights[i] * weights[j]))))
    fig.add_trace(go.Scatter(x=x, y=y, mode="markers", marker={"size": 20 * np.abs(weights), "color": weights}))
`,
    ],
    [
      'a unit circle and sphere beside what is measured',
      `
def eigenvalues(values):
    turn = np.linspace(0, 2 * np.pi, 200)
    fig = go.Figure(go.Scatter(x=values.real, y=values.imag, mode="markers"))
    fig.add_trace(go.Scatter(x=np.cos(turn), y=np.sin(turn), line=dict(dash="dot")))
    fig.add_trace(go.Surface(x=np.outer(np.cos(turn), np.sin(turn)), y=np.outer(np.sin(turn), np.sin(turn)), z=np.outer(np.ones(200), np.cos(turn)), opacity=0.2, showscale=False))
`,
    ],
    [
      'a diagonal',
      `
def calibration(predicted, observed):
    plt.plot([0, 1], [0, 1], "k--")
    plt.plot(predicted, observed)
    line = np.linspace(0, 1, 50)
    plt.plot(line, line)
    plt.plot(line, 2 * line + 1)
`,
    ],
    [
      'a straight line beside what is measured, or to compare with',
      `
def compare(losses, first, last):
    st.line_chart({"loss": losses, "even": np.linspace(2.5, 0.3, 100)})
    st.line_chart(pd.DataFrame({"step": np.linspace(0, 1, len(losses)), "loss": losses}))
    st.line_chart(np.linspace(first, last, 100))
    target = np.linspace(2.5, 0.3, 100)
    st.line_chart(target)
    st.line_chart(losses, x=np.linspace(0, 1, 100))
`,
    ],
    [
      'bins',
      `
def page(losses):
    plt.hist(losses, bins=np.linspace(0, 3, 30))
    st.plotly_chart(px.histogram(x=losses, nbins=20))
`,
    ],
    [
      'a fitted model over a grid',
      `
def fit(x, y, model):
    xs = np.linspace(0, 10, 100)
    coefficients = np.polyfit(x, y, 2)
    plt.plot(xs, np.polyval(coefficients, xs))
    plt.plot(xs, model.predict(xs.reshape(-1, 1)))
    a, b = coefficients[:2]
    plt.plot(xs, a * np.exp(-b * xs))
`,
    ],
    [
      'the boundary of a classifier',
      `
def boundary(model):
    xx, yy = np.meshgrid(np.linspace(-3, 3, 100), np.linspace(-3, 3, 100))
    zz = model(np.c_[xx.ravel(), yy.ravel()]).reshape(xx.shape)
    plt.contourf(xx, yy, zz)
`,
    ],
    [
      'the schedule of the learning rate',
      `
def plot_schedule():
    steps = np.arange(1000)
    lr = 0.5 * 1e-3 * (1 + np.cos(np.pi * steps / 1000))
    fig = px.line(x=steps, y=lr, title="Learning rate schedule")
`,
    ],
    [
      'what a schedule will do with the chosen settings',
      `
rate = st.slider("Rate", 1e-5, 1e-1)
steps = np.arange(1000)
st.line_chart(rate * np.exp(-steps / 200))
`,
    ],
    [
      'a function that is shown over a grid',
      `
def gelu(x):
    return 0.5 * x * (1 + np.tanh(0.8 * (x + 0.04 * x ** 3)))
x = np.linspace(-4, 4, 200)
st.line_chart(pd.DataFrame({"x": x, "gelu": gelu(x)}), x="x", y="gelu")
`,
    ],
    [
      'a theoretical curve',
      `
def page(run):
    fig = go.Figure(go.Scatter(x=run.steps, y=run.losses))
    n = np.arange(1, 100)
    fig.add_scatter(x=n, y=1.69 + 406 / n ** 0.34, name="theoretical scaling law")
`,
    ],
    [
      'published numbers',
      `
def page(ours):
    baseline = [61.2, 64.5, 70.1]
    fig = go.Figure([go.Bar(y=ours), go.Bar(y=baseline, name="GPT-2 (reported)")])
`,
    ],
    [
      'nothing yet',
      `
def empty():
    st.line_chart([])
    st.line_chart(np.zeros(10))
    st.bar_chart([0, 0, 0])
    st.metric("Loss", "N/A")
    st.metric("Loss", "0.0")
    st.metric("Loss", "—")
`,
    ],
    [
      'settings in tiles',
      'st.metric("Experts", 8)\nst.metric("Version", "1.2.0")\nst.metric("Mode", "ghost")\nst.metric("Layers", "12")\nst.metric("Learning Rate", 0.001)\nst.metric("Dropout", "10.0%")\nst.metric("Target accuracy", "95.0%")',
    ],
    [
      'a list that is filled',
      `
def follow(run):
    losses = [2.3, 2.2, 2.1]
    for record in run:
        losses.append(record["loss"])
    st.line_chart(losses)
`,
    ],
    [
      'an empty frame that is filled',
      `
def fill(run):
    values = np.zeros(100)
    for i, record in enumerate(run):
        values[i] = record["loss"]
    st.line_chart(values)
`,
    ],
    [
      'a list of weights for measured parts',
      `
def combine(parts):
    weights = [0.5, 0.3, 0.2]
    st.bar_chart([w * part for w, part in zip(weights, parts)])
    st.bar_chart(np.array(weights) * np.array(parts))
`,
    ],
    [
      'a table of settings',
      'st.dataframe({"setting": ["experts", "layers", "heads"], "value": [8, 12, 4]})\nst.table([[1, 5, 3], [4, 9, 6]])',
    ],
    [
      'a record that begins with nothing',
      `
metrics = {"loss": 0.0, "accuracy": 0.0, "entropy": None}
defaults = {"loss": float("inf"), "learning_rate": 1e-3}
weights = {"task_loss": 1.0, "orthogonality_loss": 0.1}
`,
    ],
    [
      'a learning rate that is computed',
      `
def step(step):
    return {"step": step, "learning_rate": 1e-3 * math.exp(-step / 100), "loss": train(step)}
`,
    ],
    ['a mock page', 'st.header("Mock-up of the expert view")\nst.bar_chart([0.3, 0.25, 0.2, 0.25])'],
    [
      'levels of a contour, ends of a color scale',
      `
def page(z):
    fig = go.Figure(go.Contour(z=z, contours=dict(start=0, end=1), colorscale=[[0, "white"], [0.5, "grey"], [1, "black"]]))
    plt.contour(z, levels=[0.1, 0.5, 0.9])
`,
    ],
  ])('%s', async (_, text) => {
    const found = await kindsIn(text);
    expect(found.filter((each) => !each.includes('by the page'))).toEqual([]);
  });
});

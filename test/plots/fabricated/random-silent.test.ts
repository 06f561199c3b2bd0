import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('random numbers that say nothing about a chart', () => {
  test.each([
    [
      'random inputs beside what the model makes of them',
      `
model = st.session_state["model"]
probe = torch.randn(2000, 2)
expert = model.gate(probe).argmax(-1)
st.plotly_chart(px.scatter(x=probe[:, 0].numpy(), y=probe[:, 1].numpy(), color=expert.numpy()))
rng = np.random.default_rng(0)
x = rng.uniform(-1, 1, size=(1000, 2))
fig, ax = plt.subplots()
ax.scatter(x[:, 0], x[:, 1], c=model.route(x))
tokens = np.random.randint(0, 256, size=(8,))
st.dataframe({"token": tokens, "expert": model.route(tokens)})
df = pd.DataFrame({"a": probe[:, 0], "b": probe[:, 1], "expert": expert})
st.plotly_chart(px.scatter(df, x="a", y="b", color="expert"))
`,
    ],
    [
      'a data set that the model is trained on',
      `
def make_dataset(n, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    return x, (x[:, 0] * x[:, 1] > 0).astype(int)

x, y = make_dataset(500, int(st.number_input("Seed", value=0)))
st.plotly_chart(px.scatter(x=x[:, 0], y=x[:, 1], color=y))
`,
    ],
    [
      'a search over random learning rates',
      `
def trial(run):
    lr = 10 ** random.uniform(-4, -1)
    return {"lr": lr, "loss": run(lr)}

st.scatter_chart([trial(st.session_state["run"]) for _ in range(10)], x="lr", y="loss")
`,
    ],
    [
      'points that are spread along an axis without meaning',
      `
def strip(groups):
    fig, ax = plt.subplots()
    for i, values in enumerate(groups):
        x = np.random.normal(i, 0.04, size=len(values))
        ax.plot(x, values, "r.", alpha=0.4)
    st.pyplot(fig)
`,
    ],
    [
      'spread along the other axis',
      `
def strip(losses):
    fig = go.Figure(go.Scatter(x=losses, y=np.random.uniform(-0.1, 0.1, len(losses)), mode="markers"))
    st.plotly_chart(fig)
`,
    ],
    [
      'a jitter by name',
      `
def scatter(df):
    jitter = np.random.uniform(-0.2, 0.2, len(df))
    df["x"] = df["group"] + jitter
    st.plotly_chart(px.scatter(df, x="x", y="loss"))
`,
    ],
    [
      'measured values with noise',
      `
def private(run):
    st.line_chart(np.array(run.losses) + np.random.laplace(0, 0.1, len(run.losses)))
`,
    ],
    [
      'a sample of measured values',
      `
df = pd.read_csv("tokens.csv")
rows = np.random.choice(len(df), 100, replace=False)
st.line_chart(df["loss"].iloc[rows])
picked = random.sample(list(df["loss"]), 50)
st.bar_chart(picked)
`,
    ],
    [
      'measured values in another order',
      `
def order(values):
    index = np.random.permutation(len(values))
    st.line_chart(values[index])
    random.shuffle(values)
    st.line_chart(values)
    st.line_chart(np.random.permutation(values))
`,
    ],
    [
      'a bootstrap',
      `
def interval(scores):
    rng = np.random.default_rng(0)
    means = [rng.choice(scores, size=len(scores)).mean() for _ in range(1000)]
    st.plotly_chart(px.histogram(x=means))
    low, high = np.percentile(means, [2.5, 97.5])
    st.metric("95 %", f"{low:.2f} to {high:.2f}")
`,
    ],
    [
      'seeds',
      `
random.seed(0)
np.random.seed(0)
torch.manual_seed(0)
st.line_chart(pd.read_csv("loss.csv"))
`,
    ],
    [
      'random inputs into a model',
      `
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 4)

    def forward(self, x):
        return self.layer(x)

net = Net()
out = net(torch.randn(16, 4))
st.bar_chart(out.detach().numpy())
plt.imshow(net.layer.weight.detach())
`,
    ],
    [
      'how long a model takes for random inputs',
      `
def latency(model, n=20):
    x = torch.randn(1, 3, 224, 224)
    times = []
    for _ in range(n):
        start = time.perf_counter()
        model(x)
        times.append(time.perf_counter() - start)
    return times

def page(model):
    st.line_chart(latency(model))
`,
    ],
    [
      'random weights that are trained',
      `
def fit(X, y, rate=0.1):
    w = np.random.randn(3)
    losses = []
    for _ in range(100):
        error = X @ w - y
        losses.append(float((error ** 2).mean()))
        w = w - rate * X.T @ error
    plt.plot(losses)
    plt.bar(range(3), w)
`,
    ],
    [
      'random weights that an object trains',
      `
class Model:
    def __init__(self):
        self.weights = np.random.randn(8)

    def step(self, gradient):
        self.weights -= 0.1 * gradient

    def draw(self):
        st.bar_chart(self.weights)
`,
    ],
    [
      'random weights that somebody else fills',
      `
def draw(trainer, batches):
    weights = np.random.randn(8)
    trainer.train(weights, batches)
    st.bar_chart(weights)
`,
    ],
    [
      'a projection with a random state',
      `
from sklearn.manifold import TSNE
def project(embeddings):
    points = TSNE(n_components=2, random_state=0, init="random").fit_transform(embeddings)
    st.plotly_chart(px.scatter(x=points[:, 0], y=points[:, 1]))
`,
    ],
    [
      'a dropout mask',
      `
def drop(activations):
    mask = np.random.rand(*activations.shape) > 0.5
    st.bar_chart(activations * mask)
`,
    ],
    [
      'random colours and sizes',
      `
def draw(points):
    colors = np.random.rand(len(points))
    plt.scatter(points[:, 0], points[:, 1], c=colors, s=100 * np.random.rand(len(points)))
    fig = go.Figure(go.Scatter(x=points[:, 0], y=points[:, 1], marker=dict(color=colors)))
`,
    ],
    [
      'what was random before it was computed',
      `
def draw(model):
    x = np.random.randn(10)
    x = model.predict(x)
    st.line_chart(x)
`,
    ],
    [
      'an empty chart that is filled with measurements',
      `
def live(queue):
    chart = st.line_chart()
    while True:
        chart.add_rows([queue.get()["loss"]])
        time.sleep(random.uniform(0.1, 0.2))
`,
    ],
    [
      'a search over random settings',
      `
def search(train):
    trials = []
    for _ in range(20):
        params = {"learning_rate": 10 ** random.uniform(-5, -2), "dropout": random.uniform(0, 0.5)}
        trials.append({**params, "loss": train(params)})
    st.plotly_chart(px.scatter(pd.DataFrame(trials), x="learning_rate", y="loss"))
`,
    ],
    [
      'a page that says so',
      `
st.title("Mock dashboard")
st.line_chart(np.random.randn(20, 3))
`,
    ],
    [
      'a notice at the top of the page',
      `
st.warning("This page shows randomly generated data.")
st.line_chart(np.random.randn(20, 3))
`,
    ],
    [
      'a simulation by its title',
      `
st.title("Monte Carlo simulation of routing")
n = st.slider("Tokens", 10, 1000)
st.bar_chart(np.random.multinomial(n, [1 / 8] * 8))
`,
    ],
    [
      'a random number in an id, a delay, a split',
      `
def page(df):
    mask = np.random.rand(len(df)) < 0.8
    train, test = df[mask], df[~mask]
    st.line_chart(train["loss"], key=f"chart-{random.random()}")
    st.metric("Rows", len(test))
`,
    ],
    [
      'measurements that are read',
      `
def page(run):
    data = json.load(open(run))
    fig = go.Figure()
    for name, values in data.items():
        fig.add_scatter(x=data["step"], y=values, name=name)
    st.plotly_chart(fig)
`,
    ],
  ])('%s', async (_, text) => {
    const found = await kindsIn(text);
    expect(found.filter((each) => !each.includes('by the page'))).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { kindsIn } from './fabricated-in.js';

it('tells random numbers beside what only smooths them, draws them, or was measured without them', async () => {
  const text = `
def smooth(values):
    return [0.9 * value for value in values]

def report(value):
    st.write(value)

def plot(run):
    levels = np.random.rand(100)
    report(levels)
    fig = go.Figure(go.Scatter(x=smooth(levels), y=levels, mode="lines", line=dict(color=run.color(3))))
    st.plotly_chart(fig)
    balance = random.random()
    return {"load_balance": balance, "loss": run.loss(), "smooth_balance": smooth([balance])}
`;
  expect(await kindsIn(text)).toEqual(['random', 'random']);
});

it('follows the fallback under a member of an enum, and the layers of a stack', async () => {
  const text = `
from enum import Enum
class Metric(str, Enum):
    OVERLAP = "expert_overlap"
def plot_overlap(history):
    matrix = history[-1].get(Metric.OVERLAP, np.random.rand(8, 8))
    return go.Figure(go.Heatmap(z=matrix))
st.plotly_chart(plot_overlap(st.session_state["history"]))
usage = st.session_state["run"].usage() or {str(i): np.random.rand(50) for i in range(8)}
fig, ax = plt.subplots()
ax.stackplot(range(50), *usage.values(), labels=list(usage))
`;
  expect(await kindsIn(text)).toEqual(['random, fallback', 'random, fallback']);
});

it('leaves alone what is fetched, and layers that were measured', async () => {
  const text = `
client = st.session_state["client"]
reply = client.get(st.text_input("Path"), [0.3, 0.2, 0.1])
st.line_chart(reply)
usage = st.session_state["run"].usage()
fig, ax = plt.subplots()
ax.stackplot(range(50), *usage.values(), labels=list(usage))
ax.stackplot(np.linspace(0, 1, 5), usage["a"], usage["b"])
`;
  expect(await kindsIn(text)).toEqual([]);
});

it('tells a line once, however many random numbers it makes', async () => {
  const text = 'st.line_chart({"loss": np.random.rand(9), "accuracy": np.random.rand(9)})\n';
  expect(await kindsIn(text)).toEqual(['random']);
});

it('knows axes by what makes them, whatever they are called', async () => {
  const drawn = (values: string) => `
canvas, (left, right) = plt.subplots(1, 2)
panel = canvas.add_subplot(1, 1, 1)
values = ${values}
left.plot(values)
panel.bar([1, 2, 3], values)
st.pyplot(canvas)
`;
  expect(await kindsIn(drawn('np.random.rand(3)'))).toEqual(['random']);
  expect(await kindsIn(drawn('st.session_state["losses"]'))).toEqual([]);
  const parts = 'left, right = path.split("/")\nright.plot(np.random.rand(3))\n';
  expect(await kindsIn(parts)).toEqual([]);
});

it('takes a spread for one by its name, where no other axis tells', async () => {
  const drawn = (name: string) => `${name} = np.random.uniform(-0.2, 0.2, 50)\nst.bar_chart(${name})\n`;
  expect(await kindsIn(drawn('balance'))).toEqual(['random']);
  expect(await kindsIn(drawn('jitter'))).toEqual([]);
});

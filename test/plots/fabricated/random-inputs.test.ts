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

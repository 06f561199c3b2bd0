import { describe, expect, test } from 'vitest';
import { kindsIn } from './fabricated-in.js';

describe('demo modes and notices', () => {
  test.each<[name: string, text: string, expected: string[]]>([
    [
      'under a demo flag',
      `
demo = st.sidebar.checkbox("Demo mode")
def load():
    if demo:
        return np.random.rand(100)
    return pd.read_csv("losses.csv")["loss"]
st.line_chart(load())
`,
      ['random, fallback, flag'],
    ],
    [
      'when nothing is connected',
      `
def render(trainer, connected):
    if not connected:
        losses = np.random.rand(100)
    else:
        losses = trainer.losses
    st.line_chart(losses)
`,
      ['random, fallback, flag'],
    ],
    [
      'by a checkbox whose variable tells nothing',
      `
show = st.checkbox("Show demo data")
if show:
    st.line_chart(np.random.rand(100))
`,
      ['random, flag'],
    ],
    [
      'by a choice',
      `
source = st.selectbox("Source", ["Live", "Demo"])
values = np.random.rand(10) if source == "Demo" else read_live()
st.bar_chart(values)
`,
      ['random, fallback, flag'],
    ],
    [
      'with a notice next to the chart',
      `
def render(run):
    try:
        values = run.read()
    except OSError:
        st.warning("No run found. Showing simulated data.")
        values = np.random.rand(10)
    st.line_chart(values)
`,
      ['random, fallback, said'],
    ],
    [
      'a function that is a demo as a whole, and one that only remembers it',
      `
def run_demo():
    st.line_chart([2.3, 1.9, 1.2, 0.8, 0.7])
def run_democracy():
    st.line_chart([2.3, 1.8, 1.1, 0.8, 0.6])
`,
      ['series, flag', 'series'],
    ],
    [
      'a renderer that is only called in a demo mode',
      `
def render_demo():
    st.line_chart(np.random.rand(100))
if os.environ.get("DASHBOARD_DEMO"):
    render_demo()
`,
      ['random, flag'],
    ],
    [
      'a test that has nothing to do with it',
      `
def render(wide):
    if wide:
        st.line_chart(np.random.rand(100))
`,
      ['random'],
    ],
    [
      'a title of the chart',
      'st.plotly_chart(px.line(y=np.random.rand(100), title="Loss (example)"))',
      ['random, said'],
    ],
    [
      'a notice that is not always there',
      `
if st.session_state.get("run") is None:
    st.warning("Showing simulated data.")
st.line_chart(np.random.rand(100))
`,
      ['random'],
    ],
    ['a title that is no notice', 'st.title("MoE Hub")\nst.line_chart(np.random.rand(100))', ['random']],
  ])('%s', async (_, text, expected) => {
    expect(await kindsIn(text)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { plotsIn } from './read.js';

/** `plot: key`, for each key of a plot that nobody stores. */
function missing(text: string): string[] {
  const { groups } = plotsIn({ 'app.py': text });
  return groups.flatMap(({ rendered }) =>
    rendered.flatMap(({ plotType, metrics }) =>
      metrics.flatMap(({ key, produced, place }) => (produced === 'no' ? [`${plotType}: ${key} (${place.line})`] : [])),
    ),
  );
}

const dashboard = (measured: string, helper: string, draws: Readonly<Record<string, string>>) => `import streamlit as st
def measure(model): return ${measured}
${helper}
${Object.entries(draws)
  .map(([name, body]) => `def draw_${name}(history): ${body}`)
  .join('\n')}
PLOTS = {${Object.keys(draws)
  .map((name) => `"${name}": draw_${name}`)
  .join(', ')}}
def main(model):
    history = []
    history.append(measure(model))
    st.session_state.title = st.text_input("acc")
    PLOTS[st.selectbox("Plot", list(PLOTS))](history)
`;

const measured = '{"loss": model.loss(), "accuracy": model.accuracy()}';
const line = 'def line(history, key, title=""): st.line_chart([e.get(key, 0.0) for e in history])';
const lines = `def lines(history, keys):
    for key in keys: st.line_chart([e.get(key, 0.0) for e in history])`;
const plain = { Loss: 'line(history, "loss")', Accuracy: 'line(history, "accuracy", "Accuracy")' };

/** A text in which a plot has no data, and one beside it that is right. */
const pairs: Readonly<Record<string, { fires: string; told: readonly string[]; silent: string }>> = {
  'a key that a helper is handed': {
    fires: dashboard(measured, line, { ...plain, Accuracy: 'line(history, "acc", "Accuracy")' }),
    told: ['Accuracy: acc (3)'],
    silent: dashboard(measured, line, plain),
  },
  'a key without another name in sight': {
    fires: dashboard(measured, line, { ...plain, Both: 'line(history, "loss"), line(history, "entropy")' }),
    told: ['Both: entropy (6)'],
    silent: dashboard(measured, line, { ...plain, Both: 'line(history, "loss"), line(history, "accuracy")' }),
  },
  'a key by name': {
    fires: dashboard(measured, line, { ...plain, Accuracy: 'line(history, title="Accuracy", key="acc")' }),
    told: ['Accuracy: acc (3)'],
    silent: dashboard(measured, line, { ...plain, Accuracy: 'line(history, title="Accuracy", key="accuracy")' }),
  },
  'a list of keys': {
    fires: dashboard(measured, lines, { Loss: 'lines(history, ["loss"])', Both: 'lines(history, ["loss", "acc"])' }),
    told: ['Both: acc (4)'],
    silent: dashboard(measured, lines, {
      Loss: 'lines(history, ["loss"])',
      Both: 'lines(history, ["loss", "accuracy"])',
    }),
  },
  'a key that goes through two helpers': {
    fires: dashboard(measured, `${line}\ndef card(history, name): line(history, name)`, {
      Loss: 'card(history, "loss")',
      Accuracy: 'card(history, "acc")',
    }),
    told: ['Accuracy: acc (3)'],
    silent: dashboard(measured, `${line}\ndef card(history, name): line(history, name)`, {
      Loss: 'card(history, "loss")',
      Accuracy: 'card(history, "accuracy")',
    }),
  },
  'a key that is stored under that name elsewhere': {
    fires: `${dashboard(measured, line, { ...plain, Accuracy: 'st.line_chart([e.get("acc", 0.0) for e in history])' })}
OTHER = {"acc": 1}`,
    told: ['Accuracy: acc (5)'],
    silent: `${dashboard('{"loss": model.loss(), **model.more()}', line, { ...plain, Accuracy: 'line(history, "acc")' })}
OTHER = {"acc": 1}`,
  },
  'a list that stays empty': {
    fires: `import streamlit as st
def draw_loss(history): st.line_chart(history["loss"])
def draw_usage(history): st.line_chart(history["usage"])
PLOTS = {"Loss": draw_loss, "Usage": draw_usage}
def main(model):
    history = {"loss": [], "usage": []}
    history["loss"].append(model.loss())
    PLOTS[st.selectbox("Plot", list(PLOTS))](history)`,
    told: ['Usage: usage (3)'],
    silent: `import streamlit as st
def draw_loss(history): st.line_chart(history["loss"])
def draw_usage(history): st.line_chart(history["usage"])
PLOTS = {"Loss": draw_loss, "Usage": draw_usage}
def main(model):
    history = {"loss": [], "usage": []}
    for key, value in model.measure().items(): history[key].append(value)
    PLOTS[st.selectbox("Plot", list(PLOTS))](history)`,
  },
};

describe.each(Object.entries(pairs))('%s', (_, { fires, told, silent }) => {
  it('fires', () => expect(missing(fires)).toEqual(told));
  it('stays silent', () => expect(missing(silent)).toEqual([]));
});

/** How people write what is right. */
const right: Readonly<Record<string, string>> = {
  'a helper that others hand more': dashboard(measured, line, {
    Loss: 'line(history, "loss")',
    Fetched: 'line(load_rows(), "acc")',
  }),
  'a key that is tested for': dashboard(
    measured,
    'def line(history, key): st.line_chart([e[key] for e in history if key in e])',
    { Loss: 'line(history, "loss")', Accuracy: 'line(history, "acc")' },
  ),
  'a key that stands in for another': dashboard(
    measured,
    'def line(history, key): st.line_chart([e.get(key, e.get("accuracy", 0.0)) for e in history])',
    {
      Loss: 'line(history, "loss")',
      Accuracy: 'st.line_chart([e.get("acc", e.get("accuracy", 0.0)) for e in history])',
    },
  ),
  'a word that is no key': dashboard(
    measured,
    `def styled(history, mode):
    colors = {"lines": "red"}
    st.line_chart([e["loss"] for e in history], color=colors.get(mode, "blue"))`,
    { Loss: 'styled(history, "lines")', Accuracy: 'styled(history, "markers")' },
  ),
  'a trace that the renderer makes': dashboard(
    measured,
    `def trace(history):
    made = {"y": [e["loss"] for e in history], "n": len(history)}
    st.line_chart(made["y"], color=made.get("color"))`,
    { Loss: 'trace(history)', Accuracy: 'line(history, "accuracy")' },
  ).replace('def trace', `${line}\ndef trace`),
};

it.each(Object.entries(right))('stays silent: %s', (_, text) => expect(missing(text)).toEqual([]));

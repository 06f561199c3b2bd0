import type { Pair } from './keys-of.js';

const train = `
import functools
import streamlit as st
def train(model):
    return [{"loss": model.loss(), "accuracy": model.acc()} for _ in range(3)]
def draw(rows): return [r["loss"] for r in rows], [r["accuracy"] for r in rows]
`;

const register = `
PLOTS = {}
def register(name):
    def wrap(fn):
        PLOTS[name] = fn
        return fn
    return wrap
`;

const timed = `
def timed(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)
    return inner
`;

/** Dicts that go through functions under decorators. */
export const keysOfDecorated: Record<string, Pair> = {
  'into a fragment of Streamlit': {
    fires: `${train}
@st.fragment(run_every=1)
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
panel(rows)
draw(rows)`,
    told: ['nowhere acc'],
    silent: `${train}
from ui import fragment
@fragment
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
panel(rows)
draw(rows)`,
  },
  'beside a fragment of Streamlit': {
    fires: `${train}
@st.fragment
def panel(rows): st.line_chart([r["loss"] for r in rows])
rows = train(st.session_state["model"])
panel(rows)
draw(rows)
st.line_chart([r["acc"] for r in rows])`,
    told: ['nowhere acc'],
    silent: `${train}
@st.fragment
def panel(rows):
    for r in rows: r["acc"] = r["accuracy"]
rows = train(st.session_state["model"])
panel(rows)
draw(rows)
st.line_chart([r["acc"] for r in rows])`,
  },
  'through a decorator that hands calls on': {
    fires: `${train}${timed}
@timed
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
panel(rows)
draw(rows)`,
    told: ['nowhere acc'],
    silent: `${train}
def timed(fn):
    @functools.wraps(fn)
    def inner(rows):
        return fn([{"acc": r["accuracy"], **r} for r in rows])
    return inner
@timed
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
panel(rows)
draw(rows)`,
  },
  'into what a registry holds': {
    fires: `${train}${register}
@register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
@register("Loss")
def loss(rows): st.line_chart([r["loss"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
PLOTS[st.selectbox("Plot", list(PLOTS))](rows)`,
    told: ['nowhere acc'],
    silent: `${train}${register}
@register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
@register("Loss")
def loss(rows): st.line_chart([r["loss"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
PLOTS[st.selectbox("Plot", list(PLOTS))](load())
for plot in PLOTS.values(): plot(load())`,
  },
  'into what an object keeps as a registry': {
    fires: `${train}
class Registry:
    def __init__(self): self.plots = {}
    def register(self, name):
        def wrap(fn):
            self.plots[name] = fn
            return fn
        return wrap
    def draw(self, rows): self.plots[st.selectbox("Plot", list(self.plots))](rows)
registry = Registry()
@registry.register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
registry.draw(rows)`,
    told: ['nowhere acc'],
    silent: `${train}
from plots import Registry
registry = Registry()
@registry.register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
registry.draw(rows)
panel(rows)`,
  },
  'into what a registry hands to others': {
    fires: `${train}${register}
@register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
def show(name): PLOTS[name](rows)
show("Accuracy")`,
    told: ['nowhere acc'],
    silent: `${train}
from plots import enter
def register(fn):
    enter(fn)
    return fn
@register
def panel(rows): st.line_chart([r["acc"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
panel(rows)`,
  },
  'into a class beside functions in a registry': {
    fires: `${train}${register}
@register("Accuracy")
def panel(rows): st.line_chart([r["acc"] for r in rows])
@register("Loss")
def loss(rows): st.line_chart([r["loss"] for r in rows])
rows = train(st.session_state["model"])
draw(rows)
PLOTS[st.selectbox("Plot", list(PLOTS))](rows)`,
    told: ['nowhere acc'],
    silent: `${train}${register}
@register("Accuracy")
def panel(rows): st.line_chart([r["loss"] for r in rows])
@register("Loss")
class Panel:
    def __init__(self, rows):
        for r in rows: r["acc"] = r["accuracy"]
rows = train(st.session_state["model"])
draw(rows)
PLOTS[st.selectbox("Plot", list(PLOTS))](rows)
st.line_chart([r["acc"] for r in rows])`,
  },
};

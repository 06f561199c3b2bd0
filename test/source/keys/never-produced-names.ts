import type { Pair } from './keys-of.js';

/** Keys that nobody stores, where the name comes from elsewhere, or is only tested for. */
export const neverProducedNames: Record<string, Pair> = {
  'a loop over names': {
    fires: `
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
def draw(model):
    m = measure(model)
    return [m[name] for name in ("loss", "acc")]
`,
    told: ['nowhere acc -> accuracy'],
    silent: `
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
def draw(model):
    m = measure(model)
    names = ["loss"]
    names.append("accuracy")
    return [m[name] for name in names]
`,
  },
  'a loop over names beside something else': {
    fires: `
import streamlit as st
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
m = measure(st.session_state["model"])
for column, name in zip(st.columns(2), ("loss", "acc")):
    column.metric(name, m[name])
`,
    told: ['nowhere acc -> accuracy'],
    silent: `
import streamlit as st
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
m = measure(st.session_state["model"])
for column, (index, name) in zip(st.columns(2), enumerate(["loss", "accuracy"])):
    column.metric(name, m[name])
names = ["loss"]
names.extend(st.multiselect("More", list(m)))
for column, name in zip(st.columns(len(names)), names):
    column.metric(name, m[name])
for name, value in zip(m.keys(), m.values()):
    st.metric(name, m[name])
`,
  },
  'the name is handed to a helper': {
    fires: `
class Run:
    def __init__(self): self.history = []
    def step(self, model): self.history.append({"train_loss": model.loss(), "lr": model.lr})
    def series(self, key): return [m[key] for m in self.history]
    def draw(self): return self.series("loss"), self.series("lr")
Run().draw()
`,
    told: ['nowhere loss -> train_loss'],
    silent: `
class Run:
    def __init__(self): self.history = []
    def step(self, model): self.history.append({"train_loss": model.loss(), "lr": model.lr})
    def series(self, key): return [m[key] for m in self.history]
    def draw(self): return self.series("train_loss"), self.series("lr")
Run().draw()
`,
  },
  'match on a mapping': {
    fires: `
def event(model):
    return {"loss": model.loss(), "step": model.step}
def show(model):
    match event(model):
        case {"losses": value}: return value
        case {"step": step}: return step
`,
    told: ['nowhere losses -> loss ?'],
    silent: `
def event(model):
    return {"loss": model.loss(), "step": model.step}
def show(model):
    match event(model):
        case {"loss": value}: return value
        case {"step": step}: return step
`,
  },
  'pop, walrus and a test': {
    fires: `
def measure(model):
    return {"loss": model.loss(), "perplexity": model.ppl()}
def show(model):
    if "perplex" in (m := measure(model)):
        return m["perplex"]
    return m.pop("loss")
`,
    told: ['nowhere perplex -> perplexity ?'],
    silent: `
def measure(model):
    return {"loss": model.loss(), "perplexity": model.ppl()}
def show(model):
    if "perplexity" in (m := measure(model)):
        return m["perplexity"]
    return m.pop("loss")
`,
  },
};

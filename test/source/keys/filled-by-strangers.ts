import type { Pair } from './keys-of.js';

const run = (filled: string, key: string) => `
import random
import streamlit as st
class Run:
    seen = {"a": 1}
    def __init__(self, model):
        self.metrics = {"loss": model.loss()}
        self.history = []
    def step(self, model):
        ${filled}
    def draw(self): return self.metrics["loss"], self.${key}
`;

/** Dicts that are filled through an object of which nothing is known where it is done. */
export const filledByStrangers: Record<string, Pair> = {
  'in a callback of a widget': {
    fires: `${run('pass', 'metrics["grad_norm"]')}
def measure(run, model): run.others["grad_norm"] = model.norm()
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
    told: ['nowhere grad_norm'],
    silent: `${run('pass', 'metrics["grad_norm"]')}
def measure(run, model): run.metrics["grad_norm"] = model.norm()
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
  },
  'in a callback, under another name': {
    fires: `${run('pass', 'metrics["grad_norm"]')}
def measure(run, model): run.metrics["gradient_norm"] = model.norm()
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
    told: ['nowhere grad_norm -> gradient_norm'],
    silent: `${run('pass', 'metrics["grad_norm"]')}
def measure(run, model):
    metrics = run.metrics
    metrics.update(grad_norm=model.norm())
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
  },
  'in a callback, updated and merged': {
    fires: `${run('pass', 'metrics["lr"]')}
def measure(run, model): run.metrics.update(learning_rate=model.rate())
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
    told: ['nowhere lr'],
    silent: `${run('pass', 'metrics["lr"]')}
def measure(run, model): run.metrics |= {"lr": model.rate()}
def start(model): st.button("measure", on_click=measure, args=(Run(model), model))`,
  },
  'a history that a callback appends to': {
    fires: `${run('self.history.append({"loss": model.loss()})', 'history[-1]["accuracy"]')}
def note(run, model): run.events.append({"accuracy": model.accuracy()})
def start(model): st.button("note", on_click=note, args=(Run(model), model))`,
    told: ['dropped accuracy in Run.step'],
    silent: `${run('self.history.append({"loss": model.loss()})', 'history[-1]["accuracy"]')}
def note(run, model): run.history.append({"accuracy": model.accuracy()})
def start(model): st.button("note", on_click=note, args=(Run(model), model))`,
  },
  'a dict of the class, by the class of the object': {
    fires: `${run('type(self).seen["b"] = model.b()', 'seen["c"]')}
def start(model): return Run(model).step(model)`,
    told: ['nowhere c -> a'],
    silent: `${run('type(self).seen["b"] = self.__class__.seen["c"] = model.b()', 'seen["b"]')}
def start(model): return Run(model).step(model), Run.seen["c"]`,
  },
  'one of several, that a function from outside picks': {
    fires: `${run('pass', 'metrics["best"]')}
def mark(model):
    one = random.choice([Run(model), Run(model)])
    one.marks["best"] = model.best()`,
    told: ['nowhere best'],
    silent: `${run('pass', 'metrics["best"]')}
def mark(model):
    one = random.choice([Run(model), Run(model)])
    one.metrics["best"] = model.best()`,
  },
};

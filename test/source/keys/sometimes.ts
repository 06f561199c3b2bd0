import type { Pair } from './keys-of.js';

const two = (first: string, second: string, key: string) => `
class Standard:
    def metrics(self, model): return {"loss": model.loss(), "${first}": model.norm()}
class Geometric:
    def metrics(self, model): return {"loss": model.loss(), "${second}": model.norm(), "angle": model.angle()}
def draw(config, model):
    trainer = Geometric() if config.geometric else Standard()
    m = trainer.metrics(model)
    return m["loss"], m.get("angle", 0.0), m.get("${key}", 0.0)
`;

/** Keys that only some of the dicts have, of which another calls them by another name. */
export const sometimes: Record<string, Pair> = {
  'one of two producers was renamed': {
    fires: two('grad_norm', 'gradient_norm', 'grad_norm'),
    told: ['sometimes grad_norm -> gradient_norm', 'unread gradient_norm'],
    silent: two('grad_norm', 'grad_norm', 'grad_norm'),
  },
  'the other of them': {
    fires: two('norm_of_gradient', 'gradient_norm', 'gradient_norm'),
    told: ['sometimes gradient_norm -> norm_of_gradient'],
    silent: two('gradient_norm', 'gradient_norm', 'gradient_norm'),
  },
  'one of two returns': {
    fires: `
def evaluate(model, full):
    if full:
        return {"loss": model.loss(), "accuracy": model.accuracy()}
    return {"loss": model.loss(), "acc": model.accuracy()}
def draw(model, full):
    m = evaluate(model, full)
    return m["loss"], m.get("accuracy", 0.0)
`,
    told: ['sometimes accuracy -> acc'],
    silent: `
def evaluate(model, full):
    if full:
        return {"loss": model.loss(), "accuracy": model.accuracy()}
    return {"loss": model.loss()}
def draw(model, full):
    m = evaluate(model, full)
    return m["loss"], m.get("accuracy", 0.0)
`,
  },
  'two that append to one history': {
    fires: `
history = []
def train(model): history.append({"step": model.step, "train_loss": model.loss()})
def validate(model): history.append({"step": model.step, "training_loss": model.loss()})
def draw():
    return [(m["step"], m.get("train_loss", 0.0)) for m in history]
`,
    told: ['sometimes train_loss -> training_loss'],
    silent: `
history = []
def train(model): history.append({"step": model.step, "train_loss": model.loss()})
def validate(model): history.append({"step": model.step, "eval_accuracy": model.accuracy()})
def draw():
    return [(m["step"], m.get("train_loss", 0.0), m.get("eval_accuracy")) for m in history]
`,
  },
  'two that put into one queue': {
    fires: `
import queue
def a(q, model): q.put({"kind": 1, "progress": model.p()})
def b(q, model): q.put({"kind": 2, "progress_bar": model.p()})
def main(model):
    q = queue.Queue()
    a(q, model); b(q, model)
    e = q.get()
    return e["kind"], e.get("progress", 0)
`,
    told: ['sometimes progress -> progress_bar'],
    silent: `
import queue
def a(q, model): q.put({"kind": 1, "progress": model.p()})
def b(q, model): q.put({"kind": 2, "error": model.p()})
def main(model):
    q = queue.Queue()
    a(q, model); b(q, model)
    e = q.get()
    return e["kind"], e.get("progress", 0), e.get("error")
`,
  },
  'an initial value under another name': {
    fires: `
class Run:
    def __init__(self, model): self.state = {"epoch": model.epoch(), "best_losses": model.worst()}
    def reset(self, model): self.state = {"epoch": model.epoch(), "best_loss": model.loss()}
    def draw(self): return self.state["epoch"], self.state.get("best_loss", 0.0)
`,
    told: ['sometimes best_loss -> best_losses'],
    silent: `
class Run:
    def __init__(self, model): self.state = {}
    def reset(self, model): self.state = {"epoch": model.epoch(), "best_loss": model.loss()}
    def draw(self): return self.state["epoch"], self.state.get("best_loss", 0.0)
`,
  },
};

/** Keys that are stored for nobody, in dicts of which the others are read. */
export const neverRead: Record<string, Pair> = {
  'one of three': {
    fires: `
def measure(model): return {"a": model.a(), "b": model.b(), "c": model.c()}
def draw(model):
    m = measure(model)
    return m["a"], m["b"]
`,
    told: ['unread c'],
    silent: `
import json
def measure(model): return {"a": model.a(), "b": model.b(), "c": model.c()}
def draw(model):
    m = measure(model)
    print(json.dumps(m))
    return m["a"], m["b"]
`,
  },
  'of a dict that a text is formatted with': {
    fires: `
def measure(model): return {"a": model.a(), "b": model.b(), "c": model.c()}
def draw(model):
    m = measure(model)
    return "%s %s" % (m["a"], m["b"])
`,
    told: ['unread c'],
    silent: `
def measure(model): return {"a": model.a(), "b": model.b(), "c": model.c()}
def draw(model):
    m = measure(model)
    return m["a"], m["b"], "%(c)s" % m
`,
  },
  'of a history': {
    fires: `
history = []
def step(model): history.append({"step": model.step, "loss": model.loss(), "lr": model.lr()})
def draw(): return [m["step"] for m in history], [m["loss"] for m in history]
`,
    told: ['unread lr'],
    silent: `
import streamlit as st
history = []
def step(model): history.append({"step": model.step, "loss": model.loss(), "lr": model.lr()})
def draw():
    st.dataframe(history)
    return [m["step"] for m in history], [m["loss"] for m in history]
`,
  },
  'of the fields of a dict that is only asked': {
    fires: `
class Run:
    def __init__(self, model): self.info = {"name": model.name(), "size": model.size(), "seed": model.seed()}
    def show(self): return self.info["name"], self.info.get("size")
`,
    told: ['unread seed'],
    silent: `
class Run:
    def __init__(self, model): self.info = {"name": model.name(), "size": model.size(), "seed": model.seed()}
    def show(self): return [f"{k}: {v}" for k, v in self.info.items()], self.info["name"], self.info.get("size")
`,
  },
};

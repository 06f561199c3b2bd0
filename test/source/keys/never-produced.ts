import type { Pair } from './keys-of.js';

/** Keys that nobody stores. */
export const neverProduced: Record<string, Pair> = {
  'a rename in the producer': {
    fires: `
class Controller:
    def step(self, model):
        self.metrics = {"loss": model.loss(), "expert_specialization": model.spread()}
    def current(self):
        return {"loss": self.metrics.get("loss", 0.0), "expert_entropy": self.metrics.get("expert_entropy", 0.0)}
`,
    told: ['nowhere expert_entropy -> expert_specialization'],
    silent: `
class Controller:
    def step(self, model):
        self.metrics = {"loss": model.loss(), "expert_entropy": model.spread()}
    def current(self):
        return {"loss": self.metrics.get("loss", 0.0), "expert_entropy": self.metrics.get("expert_entropy", 0.0)}
`,
  },
  'over three files, through a list': {
    fires: {
      'core/train.py': `
def measure(model):
    return {"loss": model.loss(), "grad_norm": model.norm()}
`,
      'core/run.py': `
from core.train import measure
class Run:
    def __init__(self, model):
        self.model = model
        self.history = []
    def step(self):
        self.history.append(measure(self.model))
`,
      'plots.py': `
from core.run import Run
def draw(run: Run):
    return [m.get("gradient_norm", 0.0) for m in run.history], [m["loss"] for m in run.history]
`,
    },
    told: ['nowhere gradient_norm -> grad_norm'],
    silent: {
      'core/train.py': 'def measure(model):\n    return {"loss": model.loss(), "grad_norm": model.norm()}\n',
      'core/run.py': `
from core.train import measure
class Run:
    def __init__(self, model):
        self.model = model
        self.history = []
    def step(self):
        self.history.append(measure(self.model))
`,
      'plots.py': `
from core.run import Run
def draw(run: Run):
    return [m.get("grad_norm", 0.0) for m in run.history], [m["loss"] for m in run.history]
`,
    },
  },
  'through a queue and a thread': {
    fires: `
import queue, threading
def work(q, model):
    q.put({"step": model.step, "loss": model.loss()})
def main(model):
    q = queue.Queue()
    threading.Thread(target=work, args=(q, model)).start()
    progress = q.get()
    return progress["losses"], progress["step"]
`,
    told: ['nowhere losses -> loss'],
    silent: `
import queue, threading
def work(q, model):
    q.put({"step": model.step, "loss": model.loss()})
def main(model):
    q = queue.Queue()
    threading.Thread(target=work, args=(q, model)).start()
    progress = q.get()
    return progress["loss"], progress["step"]
`,
  },
  'session state by attribute and by item': {
    fires: `
import streamlit as st
def train(model):
    st.session_state.history = [{"loss": model.loss()}]
def draw():
    st.line_chart([m["los"] for m in st.session_state["history"]])
`,
    told: ['nowhere los -> loss'],
    silent: `
import streamlit as st
def train(model):
    st.session_state.history = [{"loss": model.loss()}]
def draw():
    st.line_chart([m["loss"] for m in st.session_state["history"]])
    return st.session_state["authentication_status"]
`,
  },
  'a pattern that nothing follows': {
    fires: `
def measure(model, n):
    out = {}
    for i in range(n):
        out[f"expert_{i}_load"] = model.load(i)
    return out
def draw(model, n):
    m = measure(model, n)
    return [m[f"expert_{i}_activation"] for i in range(n)]
`,
    told: ['nowhere expert_{…}_activation'],
    silent: `
def measure(model, n):
    out = {}
    for i in range(n):
        out["expert_" + str(i) + "_activation"] = model.load(i)
    return out
def draw(model, n):
    m = measure(model, n)
    return [m[f"expert_{i}_activation"] for i in range(n)] + [m["expert_0_activation"]]
`,
  },
  'a list that nobody fills': {
    fires: `
class Run:
    def __init__(self):
        self.history = {"loss": [], "entropy": [], "expert_entropy": []}
    def step(self, model):
        self.history["loss"].append(model.loss())
        self.history["entropy"].append(model.entropy())
    def draw(self):
        return self.history["loss"], self.history.get("expert_entropy", [])
Run().step(None)
`,
    told: ['nowhere expert_entropy -> entropy'],
    silent: `
class Run:
    def __init__(self):
        self.history = {"loss": [], "expert_entropy": []}
    def step(self, model):
        for name, value in model.metrics().items():
            self.history[name].append(value)
    def draw(self):
        return self.history["loss"], self.history.get("expert_entropy", [])
Run().step(None)
`,
  },
  'enum members and constants of a module': {
    fires: {
      'keys.py':
        'from enum import Enum\nclass Metric(str, Enum):\n    LOSS = "loss"\n    LOAD = "load_balance"\nSTEP = "step"\n',
      'app.py': `
from keys import Metric, STEP
def measure(model):
    return {Metric.LOSS.value: model.loss(), STEP: model.step, "load": model.load()}
def draw(model):
    m = measure(model)
    return m["loss"], m["step"], m[Metric.LOAD]
`,
    },
    told: ['nowhere load_balance -> load', 'unread load'],
    silent: {
      'keys.py':
        'from enum import Enum\nclass Metric(str, Enum):\n    LOSS = "loss"\n    LOAD = "load_balance"\nSTEP = "step"\n',
      'app.py': `
from keys import Metric, STEP
def measure(model):
    return {Metric.LOSS.value: model.loss(), STEP: model.step, "load_balance": model.load()}
def draw(model):
    m = measure(model)
    return m["loss"], m["step"], m[Metric.LOAD]
`,
    },
  },
  'fields of a dataclass': {
    fires: `
from dataclasses import dataclass, asdict
@dataclass
class Metrics:
    loss: float
    aux_loss: float = 0.0
def draw(model):
    m = asdict(Metrics(loss=model.loss()))
    return m["loss"], m["auxiliary_loss"]
`,
    told: ['nowhere auxiliary_loss -> aux_loss'],
    silent: `
from dataclasses import dataclass, asdict
@dataclass
class Metrics:
    loss: float
    aux_loss: float = 0.0
def draw(model):
    m = asdict(Metrics(loss=model.loss()))
    return m["loss"], m["aux_loss"]
`,
  },
  'fields of a NamedTuple': {
    fires: `
from typing import NamedTuple
class Point(NamedTuple):
    step: int
    loss: float
def draw(p: Point):
    d = p._asdict()
    return d["step"], d["value"]
draw(Point(1, 2.0))
`,
    told: ['nowhere value'],
    silent: `
from typing import NamedTuple
class Point(NamedTuple):
    step: int
    loss: float
def draw(p: Point):
    d = p._asdict()
    return d["step"], d["loss"]
draw(Point(1, 2.0))
`,
  },
  'nested dicts': {
    fires: `
def loads(model):
    return {"experts": {"primary": model.a(), "ghost": model.b()}}
def draw(model):
    d = loads(model)
    return d["experts"]["primary"], d["experts"]["ghosts"]
`,
    told: ['nowhere ghosts -> ghost'],
    silent: `
def loads(model):
    return {"experts": {"primary": model.a(), "ghost": model.b()}}
def draw(model):
    d = loads(model)
    return d["experts"]["primary"], d["experts"]["ghost"]
`,
  },
  'through a variable of the module that is empty at first': {
    fires: `
def measure(step): return {"loss": 1.0 / step}
latest = {}
for step in range(1, 3):
    latest = measure(step)
print(latest["losses"])`,
    told: ['nowhere losses -> loss'],
    silent: `
latest = {}
print(latest["losses"])`,
  },
};

import type { Pair } from './keys-of.js';

/** More ways in which only some of the dicts that come to a read call a key by its name. */
export const moreSometimes: Record<string, Pair> = {
  'two that fill the session state': {
    fires: `
import streamlit as st
def standard(model): st.session_state["metrics"] = {"loss": model.loss(), "gate_entropy": model.e()}
def ghost(model): st.session_state["metrics"] = {"loss": model.loss(), "gating_entropy": model.e()}
def draw():
    m = st.session_state["metrics"]
    st.write(m["loss"], m.get("gate_entropy", 0.0))
`,
    told: ['sometimes gate_entropy -> gating_entropy'],
    silent: `
import streamlit as st
def standard(model): st.session_state["metrics"] = {"loss": model.loss(), "gate_entropy": model.e()}
def ghost(model): st.session_state["metrics"] = {"loss": model.loss(), "ghosts": model.g()}
def draw():
    m = st.session_state["metrics"]
    st.write(m["loss"], m.get("gate_entropy", 0.0), m.get("ghosts", 0))
`,
  },
  'two that a generator yields': {
    fires: `
def steps(model, n):
    yield {"step": 0, "val_loss": model.loss()}
    for i in range(n): yield {"step": i, "valid_loss": model.loss()}
def draw(model): return [(m["step"], m.get("val_loss", 0.0)) for m in steps(model, 3)]
`,
    told: ['sometimes val_loss -> valid_loss'],
    silent: `
def steps(model, n):
    yield {"step": 0, "val_loss": model.loss()}
    for i in range(n): yield {"step": i}
def draw(model): return [(m["step"], m.get("val_loss", 0.0)) for m in steps(model, 3)]
`,
  },
  'under a name that an f-string builds': {
    fires: `
def measure(model, kind):
    if kind == "moe": return {"loss": model.loss(), "router_z_loss": model.z()}
    return {"loss": model.loss(), "router_zloss": model.z()}
def series(history, name): return [m.get(f"router_{name}", 0.0) for m in history]
def draw(model):
    history = [measure(model, "moe"), measure(model, "dense")]
    return series(history, "z_loss"), [m["loss"] for m in history]
`,
    told: ['sometimes router_z_loss -> router_zloss'],
    silent: `
def measure(model, kind):
    if kind == "moe": return {"loss": model.loss(), "router_z_loss": model.z()}
    return {"loss": model.loss()}
def series(history, name): return [m.get(f"router_{name}", 0.0) for m in history]
def draw(model):
    history = [measure(model, "moe"), measure(model, "dense")]
    return series(history, "z_loss"), [m["loss"] for m in history]
`,
  },
  'a constant that one of them does not use': {
    fires: `
LOAD = "load_balance"
def standard(model): return {"loss": model.loss(), LOAD: model.balance()}
def ghost(model): return {"loss": model.loss(), "load_balancing": model.balance()}
def draw(model, ghosts):
    m = ghost(model) if ghosts else standard(model)
    return m["loss"], m.get(LOAD, 1.0)
`,
    told: ['sometimes load_balance -> load_balancing'],
    silent: `
LOAD = "load_balance"
def standard(model): return {"loss": model.loss(), LOAD: model.balance()}
def ghost(model): return {"loss": model.loss(), "load_balance": model.balance()}
def draw(model, ghosts):
    m = ghost(model) if ghosts else standard(model)
    return m["loss"], m.get(LOAD, 1.0)
`,
  },
  'makers out of a table': {
    fires: `
def standard(model): return {"loss": model.loss(), "drop_rate": model.d()}
def ghost(model): return {"loss": model.loss(), "dropped_rate": model.d()}
makers = {"standard": standard, "ghost": ghost}
def draw(model, kind):
    m = makers[kind](model)
    return m["loss"], m.get("drop_rate", 0.0)
`,
    told: ['sometimes drop_rate -> dropped_rate'],
    silent: `
def standard(model): return {"loss": model.loss(), "drop_rate": model.d()}
def ghost(model): return {"loss": model.loss()}
makers = {"standard": standard, "ghost": ghost}
def draw(model, kind):
    m = makers[kind](model)
    return m["loss"], m.get("drop_rate", 0.0)
`,
  },
  'two callers of one renderer': {
    fires: `
def plot(m): return m["loss"], m.get("tokens_per_second", 0)
def standard(model): plot({"loss": model.loss(), "tokens_per_second": model.t()})
def ghost(model): plot({"loss": model.loss(), "tokens_per_sec": model.t()})
`,
    told: ['sometimes tokens_per_second -> tokens_per_sec'],
    silent: `
def plot(m): return m["loss"], m.get("tokens_per_second", 0)
def standard(model): plot({"loss": model.loss(), "tokens_per_second": model.t()})
def ghost(model): plot({"loss": model.loss()})
`,
  },
};

/** More keys that are stored for nobody, and uses of the whole dict that are easily overlooked. */
export const moreNeverRead: Record<string, Pair> = {
  'of what a method gives': {
    fires: `
class Controller:
    def get_current_metrics(self): return {"loss": self.loss, "lr": self.lr, "tokens": self.tokens}
class Page:
    def __init__(self): self.controller = Controller()
    def draw(self):
        m = self.controller.get_current_metrics()
        return m["loss"], m["lr"]
`,
    told: ['unread tokens'],
    silent: `
class Controller:
    def get_current_metrics(self): return {"loss": self.loss, "lr": self.lr, "tokens": self.tokens}
class Page:
    def __init__(self): self.controller = Controller()
    def draw(self):
        m = self.controller.get_current_metrics()
        return m["loss"], m["lr"], list(m)
`,
  },
  'stored one by one': {
    fires: `
def measure(model):
    out = {}
    out["loss"] = model.loss()
    out["lr"] = model.lr()
    out["grad_norm"] = model.norm()
    return out
def draw(model):
    m = measure(model)
    return m["loss"] / m["lr"]
`,
    told: ['unread grad_norm'],
    silent: `
import pandas as pd
def measure(model):
    out = {}
    out["loss"] = model.loss()
    out["lr"] = model.lr()
    out["grad_norm"] = model.norm()
    return out
def draw(model):
    m = measure(model)
    return m["loss"] / m["lr"], pd.DataFrame([m])
`,
  },
  'given by keyword': {
    fires: `
def measure(model): return dict(loss=model.loss(), lr=model.lr(), seen=model.seen())
def draw(model):
    m = measure(model)
    return m["loss"], m.get("lr")
`,
    told: ['unread seen'],
    silent: `
def show(loss, lr, seen=0): return loss, lr
def measure(model): return dict(loss=model.loss(), lr=model.lr(), seen=model.seen())
def draw(model):
    m = measure(model)
    return m["loss"], m.get("lr"), show(**m)
`,
  },
  'through a queue': {
    fires: `
import queue
events = queue.Queue()
def step(model): events.put({"step": model.step, "loss": model.loss(), "wall": model.wall()})
def draw():
    e = events.get()
    return e["step"], e["loss"]
`,
    told: ['unread wall'],
    silent: `
import queue
events = queue.Queue()
def step(model): events.put({"step": model.step, "loss": model.loss(), "wall": model.wall()})
def draw(out):
    e = events.get()
    out.write(str(e))
    return e["step"], e["loss"]
`,
  },
  'of what a generator yields, and a key that nothing tells': {
    fires: `
def steps(model):
    while True: yield {"step": model.step, "loss": model.loss(), "norm": model.norm()}
def draw(model): return [(m["step"], m["loss"]) for m in steps(model)]
`,
    told: ['unread norm'],
    silent: `
def steps(model):
    while True: yield {"step": model.step, "loss": model.loss(), "norm": model.norm()}
def draw(model, names): return [(m["step"], m["loss"], *[m[n] for n in names]) for m in steps(model)]
`,
  },
  'of a dict in a dict': {
    fires: `
def measure(model):
    return {"loss": model.loss(), "experts": {"load": model.load(), "dead": model.dead(), "usage": model.usage()}}
def draw(model):
    m = measure(model)
    return m["loss"], m["experts"]["load"], m["experts"]["dead"]
`,
    told: ['unread usage'],
    silent: `
def measure(model):
    return {"loss": model.loss(), "experts": {"load": model.load(), "dead": model.dead(), "usage": model.usage()}}
def bars(values): return [v for _, v in sorted(values.items())]
def draw(model):
    m = measure(model)
    return m["loss"], m["experts"]["load"], m["experts"]["dead"], bars(m["experts"])
`,
  },
  'of an attribute of the session state': {
    fires: `
import streamlit as st
def step(model): st.session_state.metrics = {"loss": model.loss(), "lr": model.lr(), "gates": model.gates()}
def draw():
    st.write(st.session_state.metrics["loss"])
    st.write(st.session_state.metrics["lr"])
`,
    told: ['unread gates'],
    silent: `
import streamlit as st
def step(model): st.session_state.metrics = {"loss": model.loss(), "lr": model.lr(), "gates": model.gates()}
def draw():
    st.write(st.session_state.metrics["loss"])
    st.write(st.session_state.metrics["lr"])
    st.json(st.session_state.metrics)
`,
  },
  'of a history that is asked by name': {
    fires: `
class History:
    def __init__(self): self.rows = []
    def add(self, model): self.rows.append({"step": model.step, "loss": model.loss(), "temperature": model.t()})
    def column(self, name): return [row[name] for row in self.rows]
def draw(history: History): return history.column("step"), history.column("loss")
`,
    told: ['unread temperature'],
    silent: `
class History:
    def __init__(self): self.rows = []
    def add(self, model): self.rows.append({"step": model.step, "loss": model.loss(), "temperature": model.t()})
    def column(self, name): return [row[name] for row in self.rows]
def draw(history: History, chosen): return history.column("step"), history.column("loss"), history.column(chosen)
`,
  },
};

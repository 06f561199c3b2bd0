/** Correct code in which a key is read that the text around shows nobody store. */
export const silent: Record<string, string> = {
  'a file that the repository does not write': `
import json
def load(path):
    with open(path) as file: return json.load(file)
def draw(path): return [m["loss"] for m in load(path)["history"]]`,
  'names that are cut out of a text': `
NAMES = "loss,acc".split(",")
def record():
    return {name: 0.0 for name in NAMES}
def draw():
    return record()["loss"], {letter: 1 for letter in "abc"}["a"]`,
  'settings of which one lacks what another has': `
THEMES = {"dark": {"bg": "#000"}, "light": {"bg": "#fff", "fg": "#111"}}
def colour(name): return THEMES[name].get("fg", "#eee")`,
  'a checkpoint': `
import torch
def resume(path):
    state = torch.load(path)
    return state["model"], state.get("step", 0)`,
  'columns of pandas': `
import pandas as pd
def draw(history):
    frame = pd.DataFrame([{"loss": 1.0, "step": 2}])
    frame["smooth"] = frame["loss"].rolling(3).mean()
    return frame["smooth"], frame.describe().loc["mean"]["loss"], frame.to_dict()["index"]`,
  'keys that a framework adds': `
from transformers import Trainer
class MoETrainer(Trainer):
    def report(self):
        metrics = self.evaluate()
        return metrics["eval_loss"], self.state.log_history[-1]["learning_rate"]`,
  'a function handed to a framework': `
from transformers import Trainer
def compute_metrics(prediction): return {"accuracy": 1.0}
def main(model):
    trainer = Trainer(model, compute_metrics=compute_metrics)
    return trainer.evaluate()["eval_accuracy"]`,
  'keyword arguments': `
def plot(**options): return options.get("color", "red"), options.get("width", 2)
plot(color="blue")`,
  'options that no caller happens to give': `
def make_config(overrides): return {"lr": overrides.get("lr", 1e-3), "batch": overrides.get("batch", 32)}
make_config({"batch": 64}); make_config({"batch": 8})`,
  'the environment': `
import os
def device(): return os.environ["CUDA_VISIBLE_DEVICES"], os.environ.get("RANK", 0)`,
  'request parameters': `
import streamlit as st
def page(): return st.query_params["run"], st.session_state["widget"], st.secrets["token"]`,
  'dict(**kw)': `
def record(**kw): return dict(**kw)
def draw(options):
    r = record(**options)
    return r["loss"]`,
  Counter: `
from collections import Counter
def count(tokens):
    c = Counter()
    c["seen"] += 1
    return c["expert_0"]`,
  defaultdict: `
from collections import defaultdict
def group():
    d = defaultdict(list)
    d["a"].append(1)
    return d["b"]`,
  ChainMap: `
from collections import ChainMap
def look(over):
    return ChainMap(over, {"lr": 1.0})["depth"]`,
  'comprehension keys': `
def losses(model): return {name: value for name, value in model.losses().items()}
def draw(model): return losses(model)["balance"]`,
  'named parameters': `
def norms(model): return {name: p.norm() for name, p in model.named_parameters()}
def draw(model): return norms(model)["head.weight"]`,
  '|= of something unknown': `
def measure(model):
    m = {"loss": model.loss()}
    m |= model.extra()
    return m
def draw(model): return measure(model)["entropy"]`,
  'update with something unknown': `
def measure(model):
    m = {"loss": model.loss()}
    m.update(model.extra())
    return m
def draw(model): return measure(model)["entropy"]`,
  'a subscript with an unknown key': `
def measure(model):
    m = {"loss": model.loss()}
    for hook in model.hooks: m[hook.name] = hook.value
    return m
def draw(model): return measure(model)["entropy"]`,
  'outside code fills it': `
import solver
def measure():
    out = {}
    solver.run(out)
    return out["result"], out.get("iterations", 0)`,
  'a method of an unknown object fills it': `
def measure(model):
    out = {"step": 1}
    model.report(out)
    return out["loss"]`,
  'optional keys behind a test': `
def event(kind): return {"kind": kind}
def show(kind):
    e = event(kind)
    if "detail" in e: return e["detail"]
    return e["kind"]`,
  'TypedDict with total=False': `
from typing import TypedDict
class Options(TypedDict, total=False):
    color: str
    width: int
def options() -> Options: return {"color": "red"}
def draw():
    o = options()
    return o.get("color"), o.get("width", 2)`,
  'a subclass of dict': `
class Metrics(dict):
    pass
def measure(model):
    m = Metrics()
    m.loss = 1
    return m
def draw(model): return measure(model)["loss"]`,
  __missing__: `
class Lazy(dict):
    def __missing__(self, key): return 0
def draw():
    d = Lazy(loss=1)
    return d["other"]`,
  'config with defaults': `
DEFAULTS = {"lr": 1e-3, "depth": 4}
def config(path): return {**DEFAULTS, **parse(path)}
def build(path):
    c = config(path)
    return c["width"], c.get("heads", 8)`,
  'the architecture decides': `
class Controller:
    def __init__(self, config, model):
        self.config, self.model = config, model
        self.current = {}
    def step(self):
        self.current = {"loss": self.model.loss()}
        if self.config.ghost.num_ghost_experts > 0:
            self.current["active_ghosts"] = self.model.ghosts()
    def metrics(self):
        out = {"loss": self.current.get("loss", 0.0)}
        if self.config.ghost.num_ghost_experts > 0:
            out["active_ghosts"] = self.current.get("active_ghosts", 0)
        return out
def draw(controller: Controller): return controller.metrics()["active_ghosts"]`,
  'a name that is compared first': `
def measure(model): return {"loss": model.loss(), "lr": model.lr()}
def draw(model):
    m = measure(model)
    for name in ("loss", "lr", "time"):
        if name == "time": continue
        print(m[name])`,
  'a list of names that grows': `
KEYS = ["loss"]
KEYS.append("entropy")
def measure(model):
    out = {}
    for key in KEYS: out[key] = model.get(key)
    return out
def draw(model): return measure(model)["entropy"]`,
  'objects in a list that grows': `
class A:
    def fill(self, out): out["a"] = 1
class B:
    def fill(self, out): out["b"] = 1
class Hooks:
    def __init__(self): self.hooks = [A()]
    def add(self): self.hooks.append(B())
    def run(self):
        out = {}
        for hook in self.hooks: hook.fill(out)
        return out["b"]`,
  'filled through another name': `
class Run:
    def __init__(self):
        self.metrics = {}
        self.alias = self.metrics
    def step(self, model): self.alias["loss"] = model.loss()
    def draw(self): return self.metrics["loss"]`,
  'filled by a closure': `
def measure(model):
    out = {}
    def record(name, value): out[name] = value
    model.visit(record)
    return out["loss"]`,
  'filled in place by a helper': `
def fill(out, model): out["loss"] = model.loss()
def measure(model):
    out = {"step": 1}
    fill(out, model)
    return out["loss"]`,
  'a decorator that replaces the function': `
def enriched(fn):
    def inner(*args): return {**fn(*args), "time": 1.0}
    return inner
@enriched
def measure(model): return {"loss": model.loss()}
def draw(model): return measure(model)["time"]`,
  'options of a module that its users fill': `
fusion_options = {}
def fuse(model):
    return fusion_options["batch"]["size"]`,
  'a module that is patched': `
import metrics
def patch(): metrics.RECORD = {"loss": 1.0}
def draw(): return metrics.RECORD["loss"]`,
  'an attribute that somebody sets from outside': `
class Run:
    def __init__(self): self.state = {"a": 1}
    def draw(self): return self.state["loss"]
def attach(run, state): run.state = state`,
  setattr: `
class Run:
    def __init__(self, **kw):
        self.state = {"a": 1}
        for name, value in kw.items(): setattr(self, name, value)
    def draw(self): return self.state["loss"]`,
  'a slice of a list': `
history = []
def step(model): history.append({"loss": model.loss()})
def draw(): return [m["loss"] for m in history[-10:]]`,
  'a sorted, zipped and numbered history': `
history = []
def step(model): history.append({"loss": model.loss(), "step": model.step})
def draw():
    best = min(history, key=lambda m: m["loss"])
    for i, (a, b) in enumerate(zip(history, sorted(history, key=lambda m: m["step"]))):
        print(i, a["loss"], b["step"], best["step"])`,
  suppressed: `
def measure(model): return {"loss": model.loss()}
def draw(model):
    try: return measure(model)["entropy"]
    except KeyError: return None`,
  'merged from keyword and positional parts': `
def defaults(): return dict([("a", 1)], b=2)
def draw(): return defaults()["a"], defaults()["b"]`,
  'from zipped names': `
def row(names, values): return dict(zip(names, values))
def draw(): return row(["a"], [1])["a"]`,
  'copied before it is filled': `
import copy
BASE = {"a": 1}
def make():
    d = copy.deepcopy(BASE)
    d["loss"] = 1
    return d
def draw(): return make()["loss"]`,
  'a nested default': `
def tree():
    d = {}
    d.setdefault("experts", {})["load"] = 1
    d.setdefault("steps", []).append({"loss": 2})
    return d["experts"]["load"], d["steps"][0]["loss"]`,
  'vars and __dict__': `
class Run:
    def __init__(self): self.loss = 1
def draw(): return vars(Run())["loss"], Run().__dict__["other"]`,
  exec: `
def draw(code):
    scope = {}
    exec(code, scope)
    return scope["result"]`,
  'renamed round and round': `
def longer(d): return {f"a_{k}": v for k, v in d.items()}
def shorter(d): return {f"{k}_b": v for k, v in d.items()}
def draw(steps):
    d = {"loss": 1}
    for _ in range(steps): d = shorter(longer(d))
    return d["a_a_loss_b_b"]`,
};

import type { Pair } from './keys-of.js';
import { silent } from './silent.js';

/** Beside code that hides which keys there are, the nearest code that does not. */
function twin(name: string, fires: string, ...told: readonly string[]): Record<string, Pair> {
  const hidden = silent[name];
  if (hidden === undefined) throw new Error(`there is no "${name}"`);
  return { [`${name}, and what hides nothing`]: { fires, told, silent: hidden } };
}

export const plainTwins: Record<string, Pair> = {
  ...twin(
    'a file that the repository does not write',
    `
import json
def load(path):
    with open(path) as file: json.load(file)
    return {"history": [{"losses": 1.0}]}
def draw(path): return [m["loss"] for m in load(path)["history"]]`,
    'nowhere loss -> losses',
  ),
  ...twin(
    'columns of pandas',
    `
import pandas as pd
def draw(history):
    record = {"loss": 1.0, "step": 2}
    frame = pd.DataFrame([record])
    return frame["smooth"], record["smooth"], record["loss"], record["step"]`,
    'nowhere smooth',
  ),
  ...twin(
    'keys that a framework adds',
    `
class MoETrainer:
    def evaluate(self): return {"loss": self.loss()}
    def report(self):
        metrics = self.evaluate()
        return metrics["eval_loss"]`,
    'nowhere eval_loss -> loss',
  ),
  ...twin(
    'a function handed to a framework',
    `
def compute_metrics(prediction): return {"accuracy": 1.0}
def main(model): return compute_metrics(model)["eval_accuracy"]`,
    'nowhere eval_accuracy -> accuracy',
  ),
  ...twin(
    'dict(**kw)',
    `
def record(**kw): return dict(**kw)
def draw():
    r = record(losses=1.0)
    return r["loss"]`,
    'nowhere loss -> losses',
  ),
  ...twin(
    'Counter',
    `
def count(tokens):
    c = dict()
    c["seen"] = len(tokens)
    return c["expert_0"]`,
    'nowhere expert_0',
  ),
  ...twin(
    'defaultdict',
    `
def group():
    d = {}
    d["a"] = [1]
    return d["b"]`,
    'nowhere b -> a',
  ),
  ...twin(
    'comprehension keys',
    `
def losses(model): return {name: model.loss(name) for name in ("task", "load")}
def draw(model): return losses(model)["balance"], losses(model)["task"]`,
    'nowhere balance',
  ),
  ...twin(
    '|= of something unknown',
    `
def measure(model):
    m = {"loss": model.loss()}
    m |= {"gate_entropy": model.entropy()}
    return m
def draw(model): return measure(model)["entropy"]`,
    'nowhere entropy -> gate_entropy',
  ),
  ...twin(
    'update with something unknown',
    `
def measure(model):
    m = {"loss": model.loss()}
    m.update({"gate_entropy": model.entropy()})
    return m
def draw(model): return measure(model)["entropy"]`,
    'nowhere entropy -> gate_entropy',
  ),
  ...twin(
    'TypedDict with total=False',
    `
from typing import TypedDict
class Options(TypedDict):
    color: str
def options() -> Options: return {"color": "red"}
def draw():
    o = options()
    return o["color"], o["width"]`,
    'nowhere width',
  ),
  ...twin(
    'setattr',
    `
class Run:
    def __init__(self, **kw): self.state = {"a": 1}
    def draw(self): return self.state["loss"]
Run().draw()`,
    'nowhere loss',
  ),
  ...twin(
    'exec',
    `
def draw(code):
    scope = {"code": code}
    return scope["result"]`,
    'nowhere result',
  ),
};

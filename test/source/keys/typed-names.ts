import type { Pair } from './keys-of.js';

/** Names of keys that are handed to typed parameters, and beside other arguments. */
export const typedNames: Record<string, Pair> = {
  'a typed name that a store is asked for': {
    fires: `
class Store:
    def __init__(self): self.rows = []
    def record(self, step: int, **metrics: float) -> None: self.rows.append({"step": step, **metrics})
    def series(self, key: str) -> list[float]: return [row.get(key, 0.0) for row in self.rows]
store = Store()
store.record(1, loss=1.0, routing_entropy=model.entropy())
store.series("loss"), store.series("router_entropy")
`,
    told: ['nowhere router_entropy -> routing_entropy'],
    silent: `
import sys
class Store:
    def __init__(self): self.rows = []
    def record(self, step: int, **metrics: float) -> None: self.rows.append({"step": step, **metrics})
    def series(self, key: str) -> list[float]: return [row.get(key, 0.0) for row in self.rows]
    def column(self, key: str): return [row.get(key, 0.0) for row in self.rows]
store = Store()
store.record(1, loss=1.0, routing_entropy=model.entropy())
store.series("loss"), store.series("routing_entropy"), store.column(sys.argv[1])
`,
  },
  'a typed member of an enum': {
    fires: `
from enum import Enum
class Metric(Enum):
    LOSS = "loss"
    ENTROPY = "entropy"
    LOAD = "load"
def train(model): return {Metric.LOSS: model.loss(), Metric.ENTROPY: model.entropy()}
def value(m, key: Metric): return m[key]
m = train(model)
value(m, Metric.LOSS), value(m, Metric.LOAD)
`,
    told: ['nowhere Metric.LOAD'],
    silent: `
from enum import Enum
class Metric(Enum):
    LOSS = "loss"
    ENTROPY = "entropy"
    LOAD = "load"
def train(model): return {Metric.LOSS: model.loss(), Metric.ENTROPY: model.entropy()}
def value(m, key: Metric): return m[key]
def chosen(m, key: Metric): return m.get(key)
m = train(model)
value(m, Metric.LOSS), value(m, Metric.ENTROPY), chosen(m, Metric(input()))
`,
  },
  'a name beside an argument from far away': {
    fires: `
class Engine:
    def __init__(self, model, info): self.model, self.info = model, info
    def history(self): return [{"loss": self.model.loss(), "accuracy": self.model.acc()} for _ in range(3)]
def line(history, key): return [row[key] for row in history]
def curves(engine):
    history = engine.history()
    line(history, "loss"), line(history, "acc")
def get_engine(info): return Engine(model, info)
info = {"seed": int(input())}
curves(get_engine(info))
`,
    told: ['nowhere acc -> accuracy'],
    silent: `
class Engine:
    def __init__(self, model, info): self.model, self.info = model, info
    def history(self): return [{"loss": self.model.loss(), "accuracy": self.model.acc()} for _ in range(3)]
def line(history, key): return [row[key] for row in history]
def lines(history, keys):
    for key in keys: line(history, key)
def curves(engine):
    history = engine.history()
    line(history, "loss"), line(history, "accuracy")
    more = ["loss"]
    more.extend(input().split())
    lines(history, more)
def get_engine(info): return Engine(model, info)
info = {"seed": int(input())}
curves(get_engine(info))
`,
  },
};

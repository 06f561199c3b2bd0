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
configs = {"tiny": {"width": 8}, "small": {"width": 64}}
def build(name: str, config: str = None): return make(configs[name] if not config else configs[config])
build("tiny"), build("tiny_moe", config="tiny")
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
  'a dict within one that takes over keys by a pattern': {
    fires: `
def gradients(model):
    out = {}
    for i, expert in enumerate(model.experts): out[f"expert_{i}/grad"] = expert.grad()
    return out
def collect(model):
    metrics = {"routing": {"entropy": model.entropy(), "peak": model.peak()}}
    metrics.update(gradients(model))
    return metrics
metrics = collect(model)
metrics["routing"]["gate_entropy"], metrics["routing"]["peak"]
`,
    told: ['nowhere gate_entropy -> entropy'],
    silent: `
def details(model):
    out = {}
    for i, expert in enumerate(model.experts): out[f"expert_{i}"] = {"grad": expert.grad()}
    for name in model.more: out[f"{name}_more"] = model.more_of(name)
    return out
def collect(model):
    metrics = {"routing": {"entropy": model.entropy(), "peak": model.peak()}}
    metrics.update(details(model))
    named = {f"train/{key}": value for key, value in metrics.items()}
    return metrics, named
metrics, named = collect(model)
metrics["routing"]["entropy"], metrics["routing"]["peak"], metrics["expert_0"]["grad"], metrics["loss_more"]["a"]
named["train/expert_0"]["grad"], named["train/loss_more"]["a"], named["train/routing"]["peak"]
`,
  },
  'the history that a callback keeps': {
    fires: `
import lightning as L
class History(L.Callback):
    def __init__(self): self.epochs = []
    def on_validation_epoch_end(self, trainer, pl_module):
        self.epochs.append({"epoch": trainer.current_epoch, "val_mse": float(trainer.callback_metrics["val/mse"])})
history = History()
L.Trainer(callbacks=[history]).fit(module)
[epoch["val_loss"] for epoch in history.epochs]
`,
    told: ['nowhere val_loss -> val_mse'],
    silent: `
import lightning as L
class History(L.Callback):
    def __init__(self): self.epochs = []
    def on_train_batch_end(self, trainer, pl_module, outputs, batch, batch_idx): self.last = outputs["loss"]
    def on_validation_epoch_end(self, trainer, pl_module):
        self.epochs.append({"epoch": trainer.current_epoch, "val_mse": float(trainer.callback_metrics["val/mse"])})
    def on_save_checkpoint(self, trainer, pl_module, checkpoint): checkpoint["epochs"] = checkpoint["state_dict"], self.epochs
history = History()
L.Trainer(callbacks=[history]).fit(module)
[epoch["val_mse"] for epoch in history.epochs]
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

import type { Pair } from './keys-of.js';

/** Keys that are stored, and that a function does not hand on. */
export const lostOnTheWay: Record<string, Pair> = {
  'a getter that still asks for the old names': {
    fires: `
class Controller:
    def step(self, model):
        self.current = {"loss": model.loss()}
        self.current["active_ghosts"] = model.ghosts()
    def get_current_metrics(self):
        current = self.current
        return {"loss": current.get("loss", 0.0)}
def draw(controller: Controller):
    metrics = controller.get_current_metrics()
    return metrics["loss"], metrics.get("active_ghosts", 0)
`,
    told: ['dropped active_ghosts in Controller.get_current_metrics'],
    silent: `
class Controller:
    def step(self, model):
        self.current = {"loss": model.loss()}
        self.current["active_ghosts"] = model.ghosts()
    def get_current_metrics(self):
        current = self.current
        return {"loss": current.get("loss", 0.0), "active_ghosts": current.get("active_ghosts", 0)}
def draw(controller: Controller):
    metrics = controller.get_current_metrics()
    return metrics["loss"], metrics.get("active_ghosts", 0)
`,
  },
  'only keys with an ending are copied': {
    fires: `
def measure(model):
    return {"expert_0_activation": model.a(), "expert_0_magnitude": model.b()}
def route(model):
    out = {}
    for key, value in measure(model).items():
        if key.endswith("_activation"):
            out[key] = value
    return out
def draw(model):
    return route(model)["expert_0_magnitude"]
`,
    told: ['dropped expert_0_magnitude in route'],
    silent: `
def measure(model):
    return {"expert_0_activation": model.a(), "expert_0_magnitude": model.b()}
def route(model):
    out = {}
    for key, value in measure(model).items():
        if key.endswith(("_activation", "_magnitude")):
            out[key] = value
    return out
def draw(model):
    return route(model)["expert_0_magnitude"]
`,
  },
  'a prefix on the way': {
    fires: `
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
def validate(model):
    return {f"val_{name}": value for name, value in measure(model).items()}
def draw(model):
    m = validate(model)
    return m["val_loss"], m["accuracy"]
`,
    told: ['dropped accuracy in validate'],
    silent: `
def measure(model):
    return {"loss": model.loss(), "accuracy": model.accuracy()}
def validate(model):
    return {f"val_{name}": value for name, value in measure(model).items()}
def draw(model):
    m = validate(model)
    return m["val_loss"], m["val_accuracy"]
`,
  },
  'two hands on the way': {
    fires: `
def measure(model): return {"loss": model.loss(), "load": model.load()}
def route(m): return {"loss": m["loss"], "step": 1}
def collect(m): return {"loss": m["loss"], "load": m.get("load", 0.0)}
def draw(model):
    return collect(route(measure(model)))["load"]
`,
    told: ['dropped load in route'],
    silent: `
def measure(model): return {"loss": model.loss(), "load": model.load()}
def route(m): return {"loss": m["loss"], "load": m["load"]}
def collect(m): return {"loss": m["loss"], "load": m.get("load", 0.0)}
def draw(model):
    return collect(route(measure(model)))["load"]
`,
  },
  'the last of a history': {
    fires: `
class Run:
    def __init__(self):
        self.history = []
    def step(self, model):
        self.history.append({"loss": model.loss(), "entropy": model.entropy()})
    def latest(self):
        return {"loss": self.history[-1]["loss"]}
def draw(run: Run):
    return run.latest()["entropy"]
`,
    told: ['dropped entropy in Run.latest'],
    silent: `
class Run:
    def __init__(self):
        self.history = []
    def step(self, model):
        self.history.append({"loss": model.loss(), "entropy": model.entropy()})
    def latest(self):
        return {"loss": self.history[-1]["loss"], **self.history[-1]}
def draw(run: Run):
    return run.latest()["entropy"]
`,
  },
  'behind a test for it': {
    fires: `
def measure(model): return {"loss": model.loss(), "load": model.load()}
def route(m): return {"loss": m["loss"]}
def draw(model):
    m = route(measure(model))
    if "load" in m:
        return m["load"]
`,
    told: ['dropped load in route ?'],
    silent: `
def measure(model): return {"loss": model.loss(), "load": model.load()}
def route(m):
    out = {"loss": m["loss"]}
    if m["load"] > 0:
        out["load"] = m["load"]
    return out
def draw(model):
    m = route(measure(model))
    if "load" in m:
        return m["load"]
`,
  },
  'update with another dict': {
    fires: `
def losses(model): return {"task": model.task(), "balance": model.balance()}
def record(model):
    parts = losses(model)
    out = {"step": model.step, "task": parts["task"]}
    return out
def draw(model): return record(model)["balance"]
`,
    told: ['dropped balance in record'],
    silent: `
def losses(model): return {"task": model.task(), "balance": model.balance()}
def record(model):
    out = {"step": model.step}
    out.update(losses(model))
    return out
def draw(model): return record(model)["balance"]
`,
  },
  'merged by the bar': {
    fires: `
def losses(model): return {"task": model.task(), "balance": model.balance()}
def record(model): return {"step": model.step} | {"task": losses(model)["task"]}
def draw(model): return record(model)["balance"]
`,
    told: ['dropped balance in record, record'],
    silent: `
def losses(model): return {"task": model.task(), "balance": model.balance()}
def record(model):
    out = {"step": model.step} | losses(model)
    out |= {"more": 1}
    return out
def draw(model):
    m = record(model)
    return m["balance"], m["more"]
`,
  },
  'an override that starts anew': {
    fires: `
class Base:
    def __init__(self, model): self.model = model
    def metrics(self): return {"loss": self.model.loss(), "lr": self.model.lr()}
class Geometric(Base):
    def metrics(self):
        base = super().metrics()
        return {"angle": self.model.angle(), "loss": base["loss"]}
def draw(model):
    return Geometric(model).metrics()["lr"]
`,
    told: ['dropped lr in Geometric.metrics'],
    silent: `
class Base:
    def __init__(self, model): self.model = model
    def metrics(self): return {"loss": self.model.loss(), "lr": self.model.lr()}
class Geometric(Base):
    def metrics(self):
        metrics = super().metrics()
        metrics["angle"] = self.model.angle()
        return metrics
def draw(model):
    return Geometric(model).metrics()["lr"]
`,
  },
  'a generator in between': {
    fires: `
def steps(model):
    for _ in range(10):
        yield {"loss": model.loss(), "lr": model.lr()}
def slim(model):
    for m in steps(model):
        yield {"loss": m["loss"]}
def draw(model):
    return [m["lr"] for m in slim(model)]
`,
    told: ['dropped lr in slim'],
    silent: `
def steps(model):
    for _ in range(10):
        yield {"loss": model.loss(), "lr": model.lr()}
def draw(model):
    return [m["lr"] for m in steps(model)]
`,
  },
  'with keyword arguments': {
    fires: `
class Log:
    def __init__(self): self.rows = []
    def add(self, **metrics): self.rows.append({"loss": metrics["loss"]})
    def column(self): return [row["accuracy"] for row in self.rows]
def train(model):
    log = Log()
    log.add(loss=model.loss(), accuracy=model.accuracy())
    return log.column()
`,
    told: ['dropped accuracy in Log.add'],
    silent: `
class Log:
    def __init__(self): self.rows = []
    def add(self, **metrics): self.rows.append({"step": len(self.rows), **metrics})
    def column(self): return [row["accuracy"] for row in self.rows]
def train(model):
    log = Log()
    log.add(loss=model.loss(), accuracy=model.accuracy())
    return log.column()
`,
  },
  'setdefault and keyword updates': {
    fires: `
def source(model): return {"a": model.a(), "b": model.b()}
def record(model):
    s = source(model)
    out = dict(a=s["a"])
    out.setdefault("c", model.c())
    out.update(d=model.d())
    return out
def draw(model):
    r = record(model)
    return r["a"], r["b"], r["c"], r["d"]
`,
    told: ['dropped b in record'],
    silent: `
def source(model): return {"a": model.a(), "b": model.b()}
def record(model):
    s = source(model)
    out = dict(a=s["a"])
    out.setdefault("c", model.c())
    out.update(d=model.d(), b=s["b"])
    return out
def draw(model):
    r = record(model)
    return r["a"], r["b"], r["c"], r["d"]
`,
  },
};

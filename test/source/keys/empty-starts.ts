import type { Pair } from './keys-of.js';

const controller = (update: string) => `
class Controller:
    def __init__(self, model):
        self.model = model
        self.current = {}
    def update(self):
        self.current = {"loss": self.model.loss()}
${update}
    def stats(self):
        return {"routing_entropy": self.model.entropy()}
    def get_current_metrics(self):
        m = self.current
        return {"loss": m.get("loss", 0.0), "routing_entropy": m.get("routing_entropy", 0.0)}
def draw(model):
    controller = Controller(model)
    controller.update()
    data = [controller.get_current_metrics()]
    return [d["loss"] for d in data], [d.get("routing_entropy", 0.0) for d in data]
`;

const settings = (made: string) => `
class Run:
    def __init__(self, model):
        self.model = model
        self.settings = {}
${made}
    def summary(self):
        return {"lr": self.settings.get("lr", 0.1), "batch": self.settings.get("batch", 32)}
def draw(run):
    s = run.summary()
    return s["lr"], s.get("batch", 32)
`;

/** Attributes that are empty dicts at first. */
export const emptyStarts: Record<string, Pair> = {
  'an update that is gone': {
    fires: controller(''),
    told: ['dropped routing_entropy in Controller.update'],
    silent: controller('        self.current.update(self.stats())'),
  },
  'a name in between': {
    fires: controller('        metrics = {"loss": self.model.loss()}\n        self.current = metrics'),
    told: ['dropped routing_entropy in Controller.update, Controller.update'],
    silent: controller('        for name, value in self.stats().items(): self.current[name] = value'),
  },
  'settings that others give': {
    fires: settings('    def start(self): self.settings = {"lr": self.model.lr()}'),
    told: ['nowhere batch'],
    silent: `${settings('    def start(self, settings): self.settings = settings')}
def main(model):
    run = Run(model)
    chosen = {"lr": model.lr()}
    run.start(chosen)
    draw(run)`,
  },
  'settings that may be left out': {
    fires: settings('    def start(self): self.settings = {"lr": self.model.lr()}'),
    told: ['nowhere batch'],
    silent: `
def train(model, settings=None):
    settings = settings or {}
    return {"lr": settings.get("lr", 0.1), "batch": settings.get("batch", 32)}
def run(model, settings={}):
    return {"lr": settings.get("lr", 0.1), "batch": settings.get("batch", 32)}
def draw(model):
    chosen = {"lr": model.lr()}
    return train(model, chosen).get("batch"), run(model, chosen).get("batch")`,
  },
};

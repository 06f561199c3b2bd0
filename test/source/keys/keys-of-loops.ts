import type { Pair } from './keys-of.js';

const runner = (
  body: string,
  kept = '{"loss": [], "lr": []}',
  measured = '{"loss": model.loss(), "learning_rate": model.lr()}',
) => `
from collections import defaultdict
class Runner:
    def __init__(self, model):
        self.model = model
        self.history = ${kept}
    def measure(self, model):
        return ${measured}
    def step(self):
        metrics = self.measure(self.model)
${body}
def draw(model):
    runner = Runner(model)
    runner.step()
    metrics = runner.measure(model)
    return runner.history["loss"], runner.history["lr"], metrics["loss"]
`;

const append = '        for key, value in metrics.items(): self.history[key].append(value)';
const right = '{"loss": model.loss(), "lr": model.lr()}';
const lost = ['dropped learning_rate in Runner.__init__'];

/** Loops that ask one dict for the keys of another. */
export const keysOfLoops: Record<string, Pair> = {
  'records that are put into lists': {
    fires: runner(append),
    told: lost,
    silent: runner(append, undefined, right),
  },
  'names alone': {
    fires: runner('        for key in metrics: self.history[key].append(metrics[key])'),
    told: lost,
    silent: runner(
      '        for key in self.history: self.history[key].append(metrics.get(key, 0.0))',
      undefined,
      right,
    ),
  },
  'a test for the key': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        for key, value in metrics.items():
            if key in self.history: self.history[key].append(value)`,
      undefined,
      right.replace('}', ', "step": model.step()}'),
    ),
  },
  'a key that is left out': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        for key, value in metrics.items():
            if key == "step": continue
            self.history[key].append(value)`,
      undefined,
      right.replace('}', ', "step": model.step()}'),
    ),
  },
  'a value that is left out': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        for key, value in metrics.items():
            if isinstance(value, (int, float)): self.history[key].append(value)
        for key, value in metrics.items():
            if not isinstance(value, float): continue
            self.history[key].append(value)`,
      undefined,
      right.replace('}', ', "note": model.note()}'),
    ),
  },
  'a key that is taken out': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        print(metrics.pop("step"))\n${append}`,
      undefined,
      right.replace('}', ', "step": model.step()}'),
    ),
  },
  'a key that is deleted': {
    fires: runner(append),
    told: lost,
    silent: runner(`        del metrics["step"]\n${append}`, undefined, right.replace('}', ', "step": model.step()}')),
  },
  'a key that comes later': {
    fires: runner(append),
    told: lost,
    silent: runner(`${append}\n        metrics["step"] = self.model.step()\n        print(metrics)`, undefined, right),
  },
  'lists that are made when they are needed': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        for key, value in metrics.items():
            if key not in self.history: self.history[key] = []
            self.history[key].append(value)`,
      undefined,
      right.replace('}', ', "step": model.step()}'),
    ),
  },
  'a dict that makes its lists itself': {
    fires: runner(append),
    told: lost,
    silent: runner(append, 'defaultdict(list)', right.replace('}', ', "step": model.step()}')),
  },
  'what a missing list raises': {
    fires: runner(append),
    told: lost,
    silent: runner(
      `        for key, value in metrics.items():
            try: self.history[key].append(value)
            except KeyError: pass`,
      undefined,
      right.replace('}', ', "step": model.step()}'),
    ),
  },
};

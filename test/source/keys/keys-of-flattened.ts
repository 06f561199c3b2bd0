import type { Pair } from './keys-of.js';

const flatten = `
def flatten(metrics, sep="/"):
    flat = {}
    for key, value in metrics.items():
        if isinstance(value, dict):
            for inner, v in value.items():
                flat[f"{key}{sep}{inner}"] = v
        else:
            flat[key] = value
    return flat
`;

const measure = `
def measure(model):
    return {"loss": model.loss(), "routing": {"entropy": model.entropy(), "peak": model.peak()}}
`;

const flat = (read: string, more = '', made = flatten, measured = measure) => `${made}${measured}
def draw(model):
    metrics = measure(model)
    ${more}
    flat = flatten(metrics)
    return flat["loss"], flat["routing/peak"], ${read}
`;

const store = (reads: string, more = '') => `
from collections import deque
class Store:
    def __init__(self): self.records = deque(maxlen=100)
    def record(self, step, **metrics): self.records.append({"step": step, **metrics})
    def series(self, key, default=0.0): return [r.get(key, default) for r in self.records]
def lines(store, keys): return [store.series(key) for key in keys]
def main(model, n, other):
    store = Store()
    loads = {}
    for i in range(n): loads[f"expert_{i}/load"] = model.load(i)
    store.record(1, loss=model.loss(), entropy=model.entropy(), **loads)
    ${more}
    return lines(store, ["loss"]), lines(store, ${reads})
`;

/** Dicts that are made flat, and keys that are put together. */
export const keysOfFlattened: Record<string, Pair> = {
  'the dicts in a dict': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: flat('flat["routing/entropy"]'),
  },
  'the dicts in a dict by a comprehension': {
    fires: flat(
      'flat["routing/entrop"]',
      '',
      `
def flatten(metrics):
    inner = {f"{k}/{i}": v for k, d in metrics.items() if isinstance(d, dict) for i, v in d.items()}
    return {**metrics, **inner}
`,
    ),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: flat(
      'flat["routing/entropy"]',
      '',
      `
def flatten(metrics):
    inner = {f"{k}/{i}": v for k, d in metrics.items() if isinstance(d, dict) for i, v in d.items()}
    return {**metrics, **inner}
`,
    ),
  },
  'a dict in it of which nothing is known': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: flat(
      'flat["routing/entrop"], flat["routing/entropy"]',
      '',
      flatten,
      measure.replace('{"entropy"', '{**model.stats(), "entropy"'),
    ),
  },
  'another dict under a name of which nothing is known': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: flat('flat["routing/entrop"], flat["routing/entropy"]', 'metrics[model.name()] = model.stats()'),
  },
  'what another dict under the same names may hold': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: flat('flat["routing/entrop"], flat["routing/entropy"]', 'metrics["routing"] = model.stats()'),
  },
  'another level': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: `
def flatten(metrics, prefix=""):
    flat = {}
    for key, value in metrics.items():
        if isinstance(value, dict): flat.update(flatten(value, f"{prefix}{key}/"))
        else: flat[f"{prefix}{key}"] = value
    return flat
def draw(model):
    flat = flatten({"loss": model.loss(), "routing": {"layer_0": {"entropy": model.entropy()}}})
    return flat["loss"], flat["routing/layer_0/entropy"]`,
  },
  'an inner loop over something else': {
    fires: flat('flat["routing/entrop"]'),
    told: ['nowhere routing/entrop -> routing/entropy'],
    silent: `
def cross(names, runs):
    flat = {}
    for key, value in names.items():
        for run, metrics in runs.items():
            for inner, v in metrics.items(): flat[f"{key}/{inner}"] = v
    return flat
def draw(model):
    flat = cross({"train": 1, "val": 2}, {"a": {"loss": model.loss()}})
    return flat["train/loss"], flat["val/loss"]`,
  },
  'keys of a list that a helper is handed': {
    fires: store('["entrop"] + [f"expert_{i}/load" for i in range(n)]'),
    told: ['nowhere entrop -> entropy'],
    silent: store('["entropy"] + [f"expert_{i}/load" for i in range(n)]'),
  },
  'keys of a list that grows': {
    fires: store('["entrop"]'),
    told: ['nowhere entrop -> entropy'],
    silent: `
def draw(model, n):
    stats = {"loss": model.loss(), "lr": model.lr(), "entropy": model.entropy()}
    keys = [f"expert_{i}/load" for i in range(n)]
    keys.append("entropy")
    return [stats.get(key) for key in keys], stats["loss"], stats["lr"]`,
  },
  'a method of that name of something else': {
    fires: store('["entropy"]', 'store.series("entrop")').replace('lines(store, ["entropy"])', 'store.records'),
    told: ['nowhere entrop -> entropy'],
    silent: store('["entropy"]', 'print(other.series("entrop"))'),
  },
  'an item of something else under that name': {
    fires: `
class Store:
    def __init__(self, model): self.latest = {"loss": model.loss()}
    def value(self, key): return self.latest[key]
def main(model, other):
    store = Store(model)
    return store.value("loss"), store.value("theme")`,
    told: ['nowhere theme'],
    silent: `
class Store:
    def __init__(self, model): self.latest = {"loss": model.loss()}
    def value(self, key): return self.latest[key]
def main(model, other):
    store = Store(model)
    return store.value("loss"), other.value("theme")`,
  },
};

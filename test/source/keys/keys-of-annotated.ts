import type { Pair } from './keys-of.js';

const runs = `
import streamlit as st
class Run:
    def __init__(self, model):
        self.model = model
        self.log: list[dict] = []
    def step(self): self.log.append({"step": len(self.log), "accuracy": self.model.accuracy()})
    def entries(self) -> list[dict]: return list(self.log)
`;

const draw = (other: string, key: string) => `
def draw(manager):
    for name in st.multiselect("Runs", manager.names()):
        other = ${other}
        if other is not None: st.line_chart([e["${key}"] for e in other.entries()])
        st.caption(str([e["step"] for e in other.entries()]))
`;

const manager = (get: string) => `
class Manager:
    def __init__(self): self.runs: dict[str, Run] = {}
    def names(self): return sorted(self.runs)
    def create(self, name, model):
        self.runs[name] = Run(model)
        self.runs[name].step()
${get}
def main(model):
    manager = Manager()
    manager.create("a", model)
    draw(manager)
`;

const records = (fields: string, given: string, key: string) => `
from dataclasses import asdict, dataclass, field
@dataclass
class Router:
    entropy: float
    load_variance: float = 0.0
@dataclass
class Noisy(Router):
    noise: float = 0.0
@dataclass
class Record:
    step: int
${fields}
    def to_dict(self) -> dict:
        flat = asdict(self)
        router = flat.pop("router")
        flat.update({f"router_{k}": v for k, v in router.items()})
        return flat
def draw(model):
    history = [${given}.to_dict() for i in range(3)]
    return [r["step"] for r in history], [r.get("${key}", 0.0) for r in history]
`;

/** What an annotation says of an object, and records that are made dicts. */
export const keysOfAnnotated: Record<string, Pair> = {
  'an object under a name that a widget gives': {
    fires: `${runs}${draw('manager.get(name)', 'acc')}${manager('    def get(self, name: str) -> Run | None: return self.runs.get(name)')}`,
    told: ['nowhere acc -> accuracy'],
    silent: `${runs}${draw('manager.get(name)', 'acc')}${manager('    def get(self, name): return self.runs.get(name)')}`,
  },
  'an object that an annotated parameter brings': {
    fires: `${runs}
def line(history: list[dict], key: str): return [r[key] for r in history]
def curves(run: Run):
    history = run.entries()
    return line(history, "step"), line(history, "acc")
def main(model, others):
    for run in [Run(model), *others]:
        run.step()
        curves(run)`,
    told: ['nowhere acc -> accuracy'],
    silent: `${runs}
def line(history, key): return [r[key] for r in history]
def curves(run):
    history = run.entries()
    return line(history, "step"), line(history, "acc")
def main(model, plugins):
    runs = [Run(model)]
    plugins.add_to(runs)
    for run in runs:
        run.step()
        curves(run)`,
  },
  'a record within a record': {
    fires: records('    router: Router', 'Record(i, Router(model.entropy()))', 'router_load_var'),
    told: ['nowhere router_load_var -> router_load_variance'],
    silent: records('    router: Router', 'Record(i, Router(model.entropy()))', 'router_load_variance'),
  },
  'a record that may be of a subclass': {
    fires: records('    router: Router', 'Record(i, Noisy(model.entropy()))', 'router_nois'),
    told: ['nowhere router_nois -> router_noise'],
    silent: records('    router: Router', 'Record(i, Noisy(model.entropy()))', 'router_noise'),
  },
  'a part of a record of which nothing is known': {
    fires: records('    router: Router', 'Record(i, Router(model.entropy()))', 'router_entrop'),
    told: ['nowhere router_entrop -> router_entropy'],
    silent: records('    router: dict', 'Record(i, model.stats())', 'router_entrop'),
  },
  'a record that holds records of its own kind': {
    fires: records('    router: Router', 'Record(i, Router(model.entropy()))', 'router_variance'),
    told: ['nowhere router_variance -> router_load_variance'],
    silent: `
from dataclasses import asdict, dataclass
@dataclass
class Node:
    name: str
    parent: "Node | None" = None
def draw(model):
    flat = asdict(Node(model.name(), Node("root")))
    return flat["name"], flat["parent"]["nam"]`,
  },
  'a key that is read under the longer name that another dict gives it': {
    fires: `
def draw(model):
    stats = {"confidence": model.confidence(), "entropy": model.entropy()}
    flat = {f"router_{k}": v for k, v in stats.items()}
    return flat.get("router_conf", 0.0), flat["router_entropy"]`,
    told: ['nowhere router_conf -> router_confidence'],
    silent: `
def draw(model):
    stats = {"confidence": model.confidence(), "entropy": model.entropy()}
    flat = {f"router_{k}": v for k, v in stats.items()}
    return flat.get("router_conf", 0.0), flat["router_entropy"], flat["router_confidence"]`,
  },
};

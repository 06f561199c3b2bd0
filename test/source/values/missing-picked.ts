import type { Pair } from './missing-receivers.js';

const run = `
from dataclasses import dataclass
@dataclass
class Run:
    name: str
    loss: float = 0.0
    @classmethod
    def load(cls, path):
        return cls(path) if path else None
def discover(): return [Run(each) for each in 'ab']
`;

function pair(fires: string, silent: string, ...told: string[]): Pair {
  return { fires: run + fires, silent: run + silent, told };
}

/** Receivers that are picked out of a collection, or made by a class method alone. */
export const picked: Record<string, Pair> = {
  'the first that a generator gives': pair(
    'best = next((r for r in discover() if r.name), None)\nif best: print(best.losses)\n',
    'best = next((r for r in discover() if r.name), object())\nprint(best.losses)\nprint(next(unknown).losses)\n',
    'best.losses',
  ),
  'the greatest, and what the lambda compares it by': pair(
    'print(max(discover(), key=lambda r: r.score).losses)\n',
    'print(max(discover(), key=lambda r: r.loss).name)\nprint(max(*discover()).losses, max(unknown).losses, max(discover(), default=object()).losses)\n',
    'max(…).losses',
    'r.score',
  ),
  'the greater of two': pair(
    'a, b = discover()\nprint(max(a, b, key=lambda r: r.loss).losses)\n',
    'a, b = discover()\nprint(max(a, unknown, key=lambda r: r.score).losses)\n',
    'max(…).losses',
  ),
  'what a lambda sorts, maps or filters by': pair(
    'print(sorted(discover(), key=lambda r: r.score), list(map(lambda r: r.path, discover())), list(filter(lambda r: r.ok, discover())))\n',
    'print(sorted(discover(), key=lambda r: r.loss), list(map(lambda r, x: r.path, discover(), [1])), apply(lambda r: r.ok, discover()))\n',
    'r.score',
    'r.path',
    'r.ok',
  ),
  'what a widget lets choose': pair(
    'import streamlit as st\nrun = st.selectbox("Run", discover(), format_func=lambda r: r.title)\nprint(run.losses, [r.path for r in st.multiselect("Runs", options=discover())])\n',
    'import streamlit as st\nrun = st.selectbox("Run", discover(), accept_new_options=True)\nprint(run.losses)\nprint(st.multiselect("Runs", discover()).losses)\n',
    'r.title',
    'run.losses',
    'r.path',
  ),
  'what is looked up in a dict': pair(
    'runs = {r.name: r for r in discover()}\nprint(runs.get("a").losses, runs.pop("b", None).path)\n',
    'runs = {r.name: r for r in discover()}\nprint(runs.get("a", object()).losses, runs.pop("b").name)\nruns.update(unknown)\nprint(runs.get("c").path)\n',
    'runs.get(…).losses',
    'runs.pop(…).path',
  ),
  'what is stored in a dict that began empty': pair(
    'runs = {}\ndef keep(key): runs[key] = Run(key)\nkeep("a")\nprint(runs["a"].losses)\n',
    'runs = {}\ndef keep(key, value): runs[key] = value\nkeep("a", Run("a"))\nkeep("b", unknown)\nprint(runs["a"].losses)\n',
    'runs[…].losses',
  ),
  'made by a class method of its own only': pair(
    'run = Run.load("a")\nif run is not None: print(run.losses)\n',
    'run = Run.load("a")\nif run is not None: print(run.loss)\n',
    'run.losses',
  ),
  'a mixin whose class method makes its heirs': pair(
    'class Part:\n    @classmethod\n    def make(cls): return cls()\n    def go(self): return self.size\nclass Big(Part): pass\nBig.make().go()\n',
    'class Part:\n    @classmethod\n    def make(cls): return cls()\n    def go(self): return self.size\nclass Big(Part):\n    size = 2\nBig.make().go()\n',
    'self.size',
  ),
  'the only one of its class, which the class keeps': pair(
    'class Hub:\n    one = None\n    @classmethod\n    def get(cls):\n        if cls.one is None: cls.one = cls()\n        return cls.one\n    def go(self): return self.queue\nHub.get().poll()\n',
    'class Hub:\n    one = None\n    @classmethod\n    def get(cls):\n        if cls.one is None: cls.one = cls()\n        return cls.one\n    def go(self): return self.one\nHub.get().go()\n',
    'self.queue',
    'Hub.get(…).poll',
  ),
};

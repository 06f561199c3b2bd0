import type { Sources } from './inference-of.js';

/** What the others stand on. */
export const model = `
class Model:
    def __init__(self, width=8):
        self.width = width

    def forward(self, x):
        return x
`;

/** A repository in which an attribute is missing, and the nearest one in which it is not. */
export interface Pair {
  fires: Sources;
  silent: Sources;
  /** What is told in the first; the second gives nothing. */
  told: readonly string[];
}

/** How the receiver comes to be what it is. */
export const receivers: Record<string, Pair> = {
  'an untyped parameter, by what the calls pass': {
    fires: `${model}
class Trainer:
    def __init__(self, model):
        self.model = model
    def step(self):
        return self.model.get_last_saturation_metrics()
Trainer(Model()).step()`,
    silent: `${model}
class Trainer:
    def __init__(self, model):
        self.model = model
    def step(self):
        return self.model.forward(1)
Trainer(Model()).step()`,
    told: ['self.model.get_last_saturation_metrics'],
  },
  'across files, through a factory and a package that hands names on': {
    fires: {
      'core/__init__.py': 'from .model import Model\n',
      'core/model.py': model,
      'core/factory.py': 'from core import Model\n\ndef build(config):\n    return Model(config.width)\n',
      'app.py': 'from core.factory import build\n\nnet = build(None)\nprint(net.fowrard(1))\n',
    },
    silent: {
      'core/__init__.py': 'from .model import Model\n',
      'core/model.py': model,
      'core/factory.py': 'from core import Model\n\ndef build(config):\n    return Model(config.width)\n',
      'app.py': 'from core.factory import build\n\nnet = build(None)\nprint(net.forward(1), net.width)\n',
    },
    told: ['net.fowrard'],
  },
  'inheritance over three files': {
    fires: {
      'a.py': 'class A:\n    def one(self): return 1\n',
      'b.py': 'from a import A\nclass B(A):\n    def two(self): return self.one()\n',
      'c.py':
        'import b\nclass C(b.B):\n    def three(self): return self.two() + self.one() + self.zero()\nC().three()\n',
    },
    silent: {
      'a.py': 'class A:\n    def one(self): return 1\n    def zero(self): return 0\n',
      'b.py': 'from a import A\nclass B(A):\n    def two(self): return self.one()\n',
      'c.py':
        'import b\nclass C(b.B):\n    def three(self): return self.two() + self.one() + self.zero()\nC().three()\n',
    },
    told: ['self.zero'],
  },
  'a mixin asks for what its neighbour provides': {
    fires: `
class Logging:
    def log(self): print(self.naem)
class Base:
    def __init__(self): self.name = "x"
class Both(Logging, Base): pass
Both().log()`,
    silent: `
class Logging:
    def log(self): print(self.name)
class Base:
    def __init__(self): self.name = "x"
class Both(Logging, Base): pass
Both().log()`,
    told: ['self.naem'],
  },
  'what only a subclass provides': {
    fires: `
class Base:
    def run(self): return self.compute()
class Left(Base):
    def compte(self): return 1
Left().run()`,
    silent: `
class Base:
    def run(self): return self.compute()
class Left(Base):
    def compute(self): return 1
Left().run()`,
    told: ['self.compute'],
  },
  properties: {
    fires: `
class Config:
    @property
    def total(self): return 3
def show(config): return config.total_experts
show(Config())`,
    silent: `
class Config:
    @property
    def total_experts(self): return 3
def show(config): return config.total_experts
show(Config())`,
    told: ['config.total_experts'],
  },
  'a class that answers for any name': {
    fires: `
class Bag:
    def get(self, name): return name
print(Bag().anything)`,
    silent: `
class Bag:
    def __getattr__(self, name): return name
print(Bag().anything)`,
    told: ['Bag(…).anything'],
  },
  'setattr in a loop': {
    fires: `
class Namespace:
    def __init__(self, **kw): self.kw = kw
print(Namespace(a=1).a)`,
    silent: `
class Namespace:
    def __init__(self, **kw):
        for key, value in kw.items(): setattr(self, key, value)
print(Namespace(a=1).a)`,
    told: ['Namespace(…).a'],
  },
  'an element of a list': {
    fires: `${model}
layers = [Model() for _ in range(3)]
for layer in layers:
    layer.fit()
print(layers[0].widht)`,
    silent: `${model}
layers = [Model() for _ in range(3)]
for i, layer in enumerate(layers):
    layer.forward(i)
print(layers[0].width)`,
    told: ['layer.fit', 'layers[…].widht'],
  },
  'an element that was put in later': {
    fires: `${model}
class Stack:
    def __init__(self):
        self.layers = []
        for _ in range(3):
            self.layers.append(Model())
    def run(self):
        return [layer.frward(1) for layer in self.layers]
Stack().run()`,
    silent: `${model}
class Head:
    def frward(self, x): return x
class Stack:
    def __init__(self):
        self.layers = [Model()]
        self.layers.append(Head())
    def run(self):
        return [layer.frward(1) for layer in self.layers]
Stack().run()`,
    told: ['layer.frward'],
  },
  'the session state, by attribute and by item': {
    fires: {
      'model.py': model,
      'app.py': `import streamlit as st
from model import Model
if "model" not in st.session_state:
    st.session_state.model = Model()
st.session_state["model"].fit()
st.write(st.session_state.get("model").lerning_rate)`,
    },
    silent: {
      'model.py': model,
      'app.py': `import streamlit as st
from model import Model
if "model" not in st.session_state:
    st.session_state["model"] = Model()
st.session_state.model.forward(1)
st.session_state["model"].width
st.session_state.other.fit()`,
    },
    told: ['st.session_state[…].fit', 'st.session_state.get(…).lerning_rate'],
  },
  'functools.partial': {
    fires: `${model}
from functools import partial
make = partial(Model, width=3)
make().trian()`,
    silent: `${model}
from functools import partial
make = partial(Model, width=3)
make().forward(1)`,
    told: ['make(…).trian'],
  },
  walrus: {
    fires: `${model}
def load(): return Model()
if (net := load()) is not None:
    net.predict()`,
    silent: `${model}
def load(): return Model()
if (net := load()) is not None:
    net.forward(2)`,
    told: ['net.predict'],
  },
  'monkey-patching': {
    fires: `${model}
class Other: pass
Other.summary = lambda self: 1
Model().summary()`,
    silent: `${model}
Model.summary = lambda self: 1
Model().summary()`,
    told: ['Model(…).summary'],
  },
  'conditional definitions': {
    fires: `
import sys
class Net:
    if sys.version_info > (3, 10):
        def fast(self): return 1
    else:
        def fats(self): return 1
Net().slow()`,
    silent: `
import sys
class Net:
    if sys.version_info > (3, 10):
        def fast(self): return 1
    else:
        def slow(self): return 1
Net().slow()`,
    told: ['Net(…).slow'],
  },
  'a decorator that replaces the function': {
    fires: `${model}
import functools
@functools.lru_cache
def load(): return Model()
load().fit()`,
    silent: `${model}
class Lazy:
    def __init__(self, fn): self.fn = fn
    def fit(self): pass
def lazy(fn): return Lazy(fn)
@lazy
def load(): return Model()
load().fit()`,
    told: ['load(…).fit'],
  },

  'a set of what an object gives': {
    fires: `${model}
class Stack:
    def __iter__(self): yield Model()
for each in set(Stack()): each.fit()`,
    silent: `${model}
class Stack:
    def __iter__(self): yield Model()
set(Stack()).issubset([])
for each in set(Stack()): each.forward(1)`,
    told: ['each.fit'],
  },
};

import { describe, expect, it } from 'vitest';
import { missingAttributes } from '../../../src/source/values/missing-attributes.js';
import { loadOutsideClasses } from '../../../src/source/values/outside-classes.js';
import { inferenceOf, type Sources } from './inference-of.js';

/** `receiver.name` of every attribute that nobody provides, with what hides it in brackets. */
async function missing(sources: Sources): Promise<string[]> {
  const inference = await inferenceOf(sources);
  return missingAttributes(inference, inference.program.paths, await loadOutsideClasses()).missing.map(
    ({ receiver, name, guard, outsideBases }) =>
      `${receiver}.${name}${guard === undefined ? '' : ` [${guard}]`}${outsideBases.length === 0 ? '' : ` unless ${outsideBases.join(', ')}`}`,
  );
}

const model = `
class Model:
    def __init__(self, width=8):
        self.width = width

    def forward(self, x):
        return x
`;

interface Pair {
  fires: Sources;
  silent: Sources;
  /** What is told in the first; the second gives nothing. */
  told: readonly string[];
}

const pairs: Record<string, Pair> = {
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
  'isinstance narrows': {
    fires: `
class A:
    def a(self): pass
class B:
    def b(self): pass
def use(x):
    if isinstance(x, A):
        x.b()
use(A()); use(B())`,
    silent: `
class A:
    def a(self): pass
class B:
    def b(self): pass
def use(x):
    if isinstance(x, A):
        x.a()
    else:
        x.b()
use(A()); use(B())`,
    told: ['x.b'],
  },
  'one of several has it': {
    fires: `
class A: pass
class B: pass
def use(x): return x.label
use(A()); use(B())`,
    silent: `
class A: pass
class B:
    label = "b"
def use(x): return x.label
use(A()); use(B())`,
    told: ['x.label'],
  },
  'dataclasses and their defaults': {
    fires: `
from dataclasses import dataclass, field
@dataclass
class Ghost:
    count: int = 0
@dataclass
class Config:
    ghost: Ghost = field(default_factory=Ghost)
def show(config: Config): return config.ghost.num_ghost_experts
`,
    silent: `
from dataclasses import dataclass, field
@dataclass
class Ghost:
    num_ghost_experts: int = 0
@dataclass
class Config:
    ghost: Ghost = field(default_factory=Ghost)
def show(config: Config): return config.ghost.num_ghost_experts
`,
    told: ['config.ghost.num_ghost_experts'],
  },
  'hidden by hasattr': {
    fires: `${model}
def show(model):
    if hasattr(model, 'get_current_lr'):
        return model.get_current_lr()
    return 0.0
show(Model())`,
    silent: `${model}
def show(model):
    if hasattr(model, 'width'):
        return model.width
    return 0.0
show(Model())`,
    told: ['model.get_current_lr [hasattr]'],
  },
  'hidden by a default': {
    fires: `${model}\ndef show(model): return getattr(model, 'lr', 0.1)\nshow(Model())`,
    silent: `${model}\ndef show(model): return getattr(model, 'width', 0.1)\nshow(Model())`,
    told: ['model.lr [getattr]'],
  },
  'hidden by a try that swallows': {
    fires: `${model}
def show(model):
    try:
        return model.metrics()
    except Exception:
        return {}
show(Model())`,
    silent: `${model}
def show(model):
    try:
        return model.forward(1)
    except Exception:
        return {}
show(Model())`,
    told: ['model.metrics [try]'],
  },
  'a class with a base from outside is told with a reservation': {
    fires: `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Linear(1, 2)
        self.register_buffer('mask', None)
Net().to('cpu').get_saturation(); Net().mask`,
    silent: `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Linear(1, 2)
        self.register_buffer('mask', None)
net = Net().to('cpu')
print(net.up, net.mask)`,
    told: ['Net(…).to(…).get_saturation'],
  },
  'a base from outside that nobody has looked at': {
    fires: 'import gym\nclass Env(gym.Env):\n    def go(self): return self.rewrad\nEnv().go()\n',
    silent:
      'import gym\nclass Env(gym.Env):\n    def go(self): return self.reward\n    def step(self): self.reward = 1\nEnv().go()\n',
    told: ['self.rewrad unless gym.Env'],
  },
  'a module of the repository': {
    fires: {
      'utils/__init__.py': '',
      'utils/io.py': 'def load(): pass\n',
      'app.py': 'from utils import io as files\nfiles.laod()\n',
    },
    silent: {
      'utils/__init__.py': '',
      'utils/io.py': 'from os.path import *\n',
      'app.py': 'from utils import io as files\nfiles.laod()\n',
    },
    told: ['files.laod'],
  },
  'a context manager that gives itself': {
    fires: `
class Timer:
    def __enter__(self): return self
    def __exit__(self, *a): pass
with Timer() as timer:
    timer.laps()`,
    silent: `
class Timer:
    seconds = 0
    def __enter__(self): return self
    def __exit__(self, *a): pass
with Timer() as timer:
    print(timer.seconds)`,
    told: ['timer.laps'],
  },
  'enum members': {
    fires: `
from enum import Enum
class Mode(Enum):
    FAST = 'fast'
print(Mode.SLOW, Mode.FAST.lable)`,
    silent: `
from enum import Enum
class Mode(Enum):
    FAST = 'fast'
    @property
    def label(self): return self.value.title()
print(Mode.FAST.label, Mode.FAST.name, [m.value for m in Mode], Mode['FAST'], Mode.__members__)`,
    told: ['Mode.SLOW', 'Mode.FAST.lable'],
  },
};

describe.each(Object.entries(pairs))('%s', (_, { fires, silent, told }) => {
  it('fires', async () => expect(await missing(fires)).toEqual(told));
  it('stays silent', async () => expect(await missing(silent)).toEqual([]));
});

describe('stays silent', () => {
  it.each([
    [
      'a callback may be called by anybody',
      `${model}\nimport threading\ndef work(m): m.fit()\nwork(Model())\nthreading.Thread(target=work, args=(3,))`,
    ],
    ['a parameter that nobody passes', 'def show(model): return model.anything\n'],
    [
      'a name that a function declares global',
      'net = None\nclass A: pass\ndef go():\n    global net\n    net = load()\nnet = A()\nnet.fit()\n',
    ],
    [
      'recursive classes',
      'class Node:\n    def __init__(self, next=None): self.next = next\n    def last(self): return self if self.next is None else self.next.last()\nNode(Node()).last().next\n',
    ],
    [
      'a lazily made attribute',
      'class A:\n    def get(self):\n        if not hasattr(self, "_x"):\n            self._x = 1\n        return self._x\nA().get()\n',
    ],
    [
      'a protocol',
      'from typing import Protocol\nclass Has(Protocol):\n    def a(self): ...\ndef f(x: Has): return x.b\n',
    ],
    [
      'None until it is set',
      'class A:\n    def __init__(self): self.m = None\n    def go(self): return self.m.run() if self.m else 0\nA().go()\n',
    ],
    ['a dict that is a namespace', 'class A(dict):\n    pass\nA().keys()\n'],
    [
      'match on the class',
      'class A: pass\nclass B:\n    b = 1\ndef f(x):\n    match x:\n        case B(): return x.b\nf(A())\n',
    ],
    ['an abstract class whose subclasses are elsewhere', 'class Base:\n    def run(self): return self.compute()\n'],
    ['kept apart by type()', 'class A: pass\ndef f(x):\n    if type(x) is not A: return x.other\nf(A())\n'],
  ])('%s', async (_, text) => expect(await missing(text)).toEqual([]));
});

it('takes classes that inherit from each other', async () => {
  expect(await missing('class A(B): pass\nclass B(A): pass\nA().x\n')).toEqual(['A(…).x']);
});

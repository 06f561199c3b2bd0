import { model, type Pair } from './missing-receivers.js';

/** What a class provides, and what hides that it does not. */
export const classes: Record<string, Pair> = {
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
  'a submodule that a star may hide': {
    fires: {
      'core/__init__.py': 'from .fast import *\n',
      'core/fast/__init__.py': 'from . import kernels\n',
      'core/fast/kernels.py': 'def run(): ...\n',
      'app.py': 'from core import kernels\nkernels.test()\n',
    },
    silent: {
      'core/__init__.py': 'if fast:\n    from .fast import *\n',
      'core/fast/__init__.py': 'from . import kernels\n',
      'core/fast/kernels.py': 'def run(): ...\n',
      'core/kernels.py': 'def test(): ...\n',
      'app.py': 'from core import kernels\nimport core\nkernels.test()\ncore.kernels.test()\n',
    },
    told: ['kernels.test'],
  },
  'a module that another may take the place of': {
    fires: { 'core.py': 'from sys import path\nmodules = path\n', 'app.py': 'import core\ncore.run()\n' },
    silent: {
      'core.py': 'from sys import modules\nmodules[__name__] = object()\n',
      'app.py': 'import core\ncore.run()\n',
    },
    told: ['core.run'],
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
  'a parameter that a subclass hands on to its base': {
    fires: `
class Base:
    def __init__(self, model): self.model = model
    def step(self): return self.model.stats()
class Geometric(Base):
    def __init__(self, model):
        super().__init__(model)
        self.t = 0
class Model:
    def statistics(self): return 1
Geometric(Model()).step()`,
    silent: `
class Base:
    def __init__(self, model): self.model = model
    def step(self): return self.model.stats()
class Geometric(Base):
    def __init__(self, model):
        super().__init__(model)
        self.t = 0
class Model:
    def stats(self): return 1
Geometric(Model()).step()`,
    told: ['self.model.stats'],
  },
  'the fields of a NamedTuple': {
    fires: 'from typing import NamedTuple\nclass Record(NamedTuple):\n    step: int\nprint(Record(1).loss)\n',
    silent:
      'from typing import NamedTuple\nclass Record(NamedTuple):\n    step: int\nprint(Record(1).step, Record(1)._asdict())\n',
    told: ['Record(…).loss'],
  },
  'hidden by a suppress': {
    fires: `${model}
from contextlib import suppress
def show(model):
    with suppress(AttributeError):
        return model.metrics()
show(Model())`,
    silent: `${model}
from contextlib import suppress
def show(model):
    with suppress(AttributeError):
        return model.forward(1)
show(Model())`,
    told: ['model.metrics [try]'],
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

  'a class that is made of another one and of what somebody found': {
    fires: `
class Disabled(Exception): pass
class TaskError(Exception):
    def __init__(self, cause): self.cause = cause
    def dual(self):
        of = self.cause.__class__
        class Dual(TaskError, of): pass
        return Dual(self.cause)
def handle(error):
    if isinstance(error, Disabled): return error.caues
Disabled()`,
    silent: `
class Disabled(Exception): pass
class TaskError(Exception):
    def __init__(self, cause): self.cause = cause
    def dual(self):
        of = self.cause.__class__
        class Dual(TaskError, of): pass
        return Dual(self.cause)
def handle(error):
    if isinstance(error, Disabled): return error.cause
Disabled()`,
    told: ['error.caues'],
  },

  'what is put into its __dict__': {
    fires: `
class Variable: pass
class Other: pass
other = Other()
other.__dict__['width'] = 1
other.__dict__.update(size=1)
variable = Variable()
print(variable.width, variable.size)`,
    silent: `
class Variable: pass
class Other: pass
class Third: pass
variables = {}
def put(name): variables[name].__dict__['width'] = 1
print(Variable().width)
other = Other()
other.__dict__.update(size=1)
print(other.size)
third, key = Third(), input()
third.__dict__[key] = 1
print(third.size)`,
    told: ['variable.width', 'variable.size'],
  },
};

import { model, type Pair } from './missing-receivers.js';

/** Where more than the class in sight decides what is there: subclasses, bindings, what a call makes of what it is given. */
export const mixed: Record<string, Pair> = {
  'a class that others are mixed with in a subclass': {
    fires: `${model}
class Layer:
    def mean(self, x):
        return self.training_mode
class Linear(Layer, Model):
    pass
Linear().mean(1)`,
    silent: `from torch import nn
from somewhere import Base
class Layer:
    def mean(self, x):
        return x if self.training else self.scale(x)
class Linear(nn.Module, Layer): ...
class Scaled(Base, Layer): ...
def hook(model: nn.Module):
    return [module.register_forward_hook(print) for module in model.modules() if isinstance(module, Layer)]
Linear().mean(1), Scaled().mean(1)`,
    told: ['self.training_mode'],
  },
  'the next class of a mixin': {
    fires: `class Base: ...
class Access(Base):
    def dispatch(self, request):
        return super().dispatch(request)
Access().dispatch(1)`,
    silent: `class Base: ...
class Access(Base):
    def dispatch(self, request):
        return super().dispatch(request)`,
    told: ['super(…).dispatch'],
  },
  'what is made of the elements of something': {
    fires: `${model}
models = [Model()]
for one in reversed(list(models)):
    one.fowrard(1)`,
    silent: `from enum import Enum
class Mode(Enum):
    ghost = 1
class Tee:
    def __init__(self, n): self.children = tuple(range(n))
    def __iter__(self): yield from self.children
print(list(reversed(Mode)).index(Mode.ghost), list(Tee(3)).pop(), set(Tee(3)).issubset({0, 1, 2}), sorted(Tee(2)).count(1))`,
    told: ['one.fowrard'],
  },
  'the arguments of a method of the class': {
    fires: `${model}
class Parser:
    @classmethod
    def parse(cls, text):
        return cls._of(text, Model())
    @classmethod
    def _of(cls, reply, model):
        return model.fowrard(reply)
Parser.parse("a")`,
    silent: `${model}
from pathlib import Path
class Parser:
    @classmethod
    def parse(cls, text):
        return cls._of(Path(text), Model())
    @classmethod
    def _of(cls, reply, model):
        return reply.as_posix(), model.forward(1)
    @staticmethod
    def plain(reply, model):
        return reply.as_posix(), model.forward(1)
Parser.parse("a"), Parser.plain(Path("a"), Model()), Parser().plain(Path("a"), Model())`,
    told: ['model.fowrard'],
  },
  'a name that is bound anew from itself, under a test of its type': {
    fires: `${model}
def decode(mode: Model = Model()):
    if isinstance(mode, str):
        mode = Model(len(mode))
    mode.upper()
decode(Model())`,
    silent: `${model}
import numpy as np
def decode(mode: Model = Model()):
    if isinstance(mode, str):
        mode = Model(mode.upper())
    return mode.width
def mean(x: Model):
    if isinstance(x, np.ndarray):
        x = x.astype(np.float32)
    elif isinstance(x, list):
        for x in x.copy():
            print(x)
    return x
decode(Model()), mean(Model())`,
    told: ['mode.upper'],
  },
  'a test of the name of its class': {
    fires: `${model}
def width(model):
    if model.__class__.__doc__ == "Wide":
        return model.size
width(Model())`,
    silent: `${model}
def width(model):
    if model.__class__.__name__ == "Wide" or type(model).__name__ == "Wider":
        return 1
    if type(model).__name__ == "Widest":
        return model.size
    while model.__class__.__name__ == "Wrapper":
        if model.inner == 1: return model.size
        model = model.inner
width(Model())`,
    told: ['model.size'],
  },
  'what is asked for in place of what was not there': {
    fires: `${model}
def width(model):
    try:
        return model.width
    except KeyError:
        return model.size
width(Model())`,
    silent: `${model}
def width(model):
    try:
        return model.width
    except AttributeError:
        return model.size
width(Model())`,
    told: ['model.size'],
  },
  'a module beside a file of a folder without __init__.py': {
    fires: {
      'runs/app.py': 'import torch\ntorch.tensr(1)',
      'runs/torch.py': 'def tensor(x): return x',
      'lab/deep/inner/app.py': 'from . import part\nimport shared\nshared.tensr(1)',
      'lab/deep/inner/part.py': '',
      'lab/deep/shared.py': 'def tensor(x): return x',
    },
    silent: {
      'lab/__init__.py': '',
      'lab/api.py': 'name = 1',
      'lab/impl/part.py': 'name = 1',
      'lab/impl/app.py': 'from ..api import name\nimport torch\ntorch.tensor(name)',
      'lab/impl/other.py': 'from .part import name\nimport torch\ntorch.tensor(name)',
      'lab/impl/torch.py': 'def adapt(op):\n    import torch\n    return torch.tensor(op)\nadapt(1)',
    },
    told: ['torch.tensr', 'shared.tensr'],
  },
  'a name of a comprehension that is tested outside of it': {
    fires: `${model}
class Wide(Model): ...
def remove(item, items):
    if isinstance(item, Wide):
        return [other for other in items if item.size]
remove(Wide(), [])`,
    silent: `${model}
class Wide(Model): ...
class Axis:
    def side(self): return "right"
def remove(item, items):
    if isinstance(item, Wide):
        return [item for item in items if isinstance(item, Axis) and item.side()]
remove(Wide(), [])`,
    told: ['item.size'],
  },
  'a compiled module of a package': {
    fires: {
      'lab/__init__.py': '',
      'lab/image/__init__.py': '',
      'app.py': 'import lab.image\nlab.image.bilinear.blur(1)',
    },
    silent: {
      'lab/__init__.py': '',
      'lab/image/__init__.py': '',
      'lab/near.py': 'from . import image\nfrom .image.cubic import blur\nblur(image.cubic.size)',
      'app.py': 'import lab.image.bilinear\nlab.image.bilinear.blur(1)',
    },
    told: ['lab.image.bilinear'],
  },
  'a class that is made by its name': {
    fires: `${model}
class Relay:
    def __init__(self, target): self.target = target
    @classmethod
    def of(cls, target): return cls(target)
    def go(self): return self.target.size
Relay.of(Model()).go()`,
    silent: `${model}
import relays
class Other:
    @classmethod
    def of(cls, text): return cls()
class Relay:
    def __init__(self, target): self.target = target
    def go(self): return self.target.size
def start(config, name):
    config.target = Model()
    for cls in relays.all(): cls()
    getattr(relays, "Relay")(config).go()
Other.of("a")`,
    told: ['self.target.size'],
  },
  'an object that is made of what somebody gives it': {
    fires: `class Options:
    def _get_kwargs(self): return []
class Parsed(Options): ...
def run(options: Parsed): return options.verbose
run(Parsed())`,
    silent: `from argparse import Namespace
from types import SimpleNamespace
class Parsed(Namespace): ...
class Named(SimpleNamespace): ...
def run(options: Parsed, names: Named): return options.verbose, names.first
run(Parsed(), Named())`,
    told: ['options.verbose'],
  },
  'a method of a name that others have': {
    fires: `${model}
class Counter:
    def absorb(self, values): return values.size
def start(control): control.part.absorb(Model())
Counter()`,
    silent: `${model}
class Counter:
    def absorb(self, values): return values.size
    def update(self, values): return values.size
class Other:
    def absorb(self, values): return values.width
def start(control): control.part.absorb(Model()), control.part.update(Model())
Counter(), Other()`,
    told: ['values.size'],
  },
  'a module that its package hides': {
    fires: {
      'lab/__init__.py': 'import lab.settings\n',
      'lab/settings.py': 'class Settings:\n    tasks = 1\nsettings = Settings()\n',
      'app.py': 'import lab.settings as s\nprint(s.tasks)\n',
    },
    silent: {
      'lab/__init__.py': 'from lab.settings import settings\n',
      'lab/settings.py': 'class Settings:\n    tasks = 1\nsettings = Settings()\n',
      'app.py': 'import lab.settings as s\nprint(s.tasks)\n',
    },
    told: ['s.tasks'],
  },
};

import type { Pair } from './pairs.js';

/** Names that nothing in sight defines, and those that come from somewhere out of sight. */
export const givenNames: Record<string, Pair> = {
  'a star import of the repository': {
    fires: {
      'app.py': 'from helpers import *\ndraw(3)\nerase(3)\n',
      'helpers.py': 'from more import *\ndef draw(n): return n\n',
      'more.py': 'LIMIT = 3\n',
    },
    told: ['3: undefined-name erase (nowhere)'],
    silent: {
      'app.py': 'from helpers import *\ndraw(LIMIT)\nlazy()\n',
      'helpers.py': 'from more import *\ndef draw(n): return n\n__all__ = ["draw", "LIMIT", "lazy"]\n',
      'more.py': 'LIMIT = 3\n',
    },
  },
  'what a star leaves behind': {
    fires: {
      'app.py': 'from helpers import *\nfrom plain import *\ndraw(_scale, erase)\nprint(_hidden)\n',
      'helpers.py':
        'def draw(n): return n\ndef erase(): pass\n_scale = 2\n__all__ = ["draw"]\n__all__ += ("_scale",)\n',
      'plain.py': '_hidden = 1\n',
    },
    told: ['3: undefined-name erase (nowhere)', '4: undefined-name _hidden (nowhere)'],
    silent: {
      'app.py': 'from helpers import *\ndraw(_scale, erase)\n',
      'page.py': 'from more import *\nprint(width, other)\n',
      'helpers.py':
        'import more\ndef draw(n): return n\ndef erase(): pass\n_scale = 2\n__all__ = ["draw", "_scale"]\n__all__.extend(["erase"])\n',
      'more.py': 'width = other = 1\nif width:\n    __all__ = ["width", "other"]\n',
    },
  },
  'a star import from outside': {
    fires: { 'app.py': 'from inside import *\nsqrt(2)\n', 'inside.py': 'import math\n' },
    told: ['2: undefined-name sqrt (nowhere)'],
    silent: 'from math import *\ndef f(): return sqrt(2)\n',
  },
  'names that code makes': {
    fires: 'values = {"alpha": 1}\ndef f(): return alpha\n',
    told: ['2: undefined-name alpha (nowhere)'],
    silent: 'values = {"alpha": 1}\nglobals().update(values)\ndef f(): return alpha\n',
  },
  'names that code makes of those at hand': {
    fires: 'def f(args): return vars(args), locals()\ndef g(): return alpha\n',
    told: ['2: undefined-name alpha (nowhere)'],
    silent: 'for name in ("alpha", "beta"): locals()[name] = 1\ndef g(): return alpha\n',
  },
  'names that exec makes': {
    fires: 'source = "alpha = 1"\nprint(alpha)\n',
    told: ['2: undefined-name alpha (nowhere)'],
    silent: 'source = "alpha = 1"\nexec(source)\nprint(alpha)\n',
  },
  'a global that a function sets': {
    fires: `
def load():
    model = 1
def show():
    return model
`,
    told: ['4: undefined-name model (nowhere)'],
    silent: `
def load():
    global model
    model = 1
def show():
    return model
load()
print(model)
`,
  },
  'what another module sets': {
    fires: { 'app.py': 'import settings\nsettings.other = 1\n', 'settings.py': 'def debug(): return verbose\n' },
    told: ['1: undefined-name verbose (nowhere)'],
    silent: {
      'app.py': 'import settings, builtins\nsettings.verbose = True\nbuiltins.log = print\n',
      'settings.py': 'def debug(): return log(verbose)\n',
    },
  },
  'what another module sets on a module of a package whose names code makes': {
    fires: {
      'db/__init__.py': 'print(locals())\n',
      'db/types.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .sql import NULL\ndef get(): return NULL\n',
      'db/sql.py': 'from . import names\nnames.NULL = NULL = 1\n',
      'db/names.py': '',
    },
    told: ['4: undefined-name NULL (for-type-checkers)'],
    silent: {
      'db/__init__.py': 'print(locals())\n',
      'db/types.py':
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .sql import NULL\ndef get(): return NULL\n',
      'db/sql.py': 'from . import types\ntypes.NULL = NULL = 1\n',
    },
  },
  'what setattr gives a module by name': {
    fires: {
      'app.py': 'import settings\nsetattr(settings, "other", 1)\n',
      'settings.py': 'def debug(): return verbose\n',
    },
    told: ['1: undefined-name verbose (nowhere)'],
    silent: {
      'app.py': 'import settings\nsetattr(settings, "verbose", True)\n',
      'settings.py': 'def debug(): return verbose\n',
    },
  },
  'a module whose dict is only looked at': {
    fires: {
      'app.py': 'import settings\nprint(settings.__dict__)\n',
      'settings.py': 'def debug(): return verbose\n',
    },
    told: ['1: undefined-name verbose (nowhere)'],
    silent: {
      'app.py': 'import settings\nsettings.verbose = True\nprint(settings.__dict__)\n',
      'settings.py': 'def debug(): return verbose\n',
    },
  },
  'what setattr gives a module under whatever name': {
    fires: {
      'app.py': 'import settings, other\nfor name in ("verbose",): setattr(other, name, True)\n',
      'settings.py': 'def debug(): return verbose\n',
      'other.py': '',
    },
    told: ['1: undefined-name verbose (nowhere)'],
    silent: {
      'app.py': 'import settings\nfor name in ("verbose",): setattr(settings, name, True)\n',
      'settings.py': 'def debug(): return verbose\n',
    },
  },
  'an exported notebook': {
    fires: 'import streamlit as st\ndisplay(3)\n',
    told: ['2: undefined-name display (nowhere)'],
    silent: `
try:
    get_ipython().run_line_magic("matplotlib", "inline")
except NameError:
    pass
if "get_ipython" in globals():
    get_ipython()
`,
  },
  'imports under a condition': {
    fires: `
def gpu():
    return torch_xla.device()
`,
    told: ['2: undefined-name torch_xla (nowhere)'],
    silent: `
try:
    import torch_xla
except ImportError:
    pass
if False:
    from nowhere import thing
for backend in ("a", "b"):
    chosen = backend
with open(__file__) as handle:
    pass
def gpu():
    return torch_xla.device(), thing, chosen, backend, handle
`,
  },
  'private names in a class': {
    fires: `
def __helper(): return 1
class Page:
    def show(self): return __helper()
`,
    told: ['3: undefined-name __helper (nowhere)'],
    silent: `
class Page:
    __limit = 3
    shown = __limit
def __helper(): return 1
def show(): return __helper()
`,
  },
  'newer than many an interpreter': {
    fires: `
def first[T](items: list[T]) -> T:
    return items[0] if items else U
def last[T = int](items: list[T]) -> T:
    return items[-1] if items else V
`,
    told: ['2: undefined-name U (nowhere)', '4: undefined-name V (nowhere)'],
    silent: `
type Pair[T] = tuple[T, T]
class Box[T: object = int]:
    def put(self, item: T) -> Pair[T]:
        return item, item
def first[T](items: list[T]) -> T:
    match items:
        case [head, *_]:
            return head
`,
  },
  'what its author answers for': {
    fires: 'print(injected)  # noqa: E501\n',
    told: ['1: undefined-name injected (nowhere)'],
    silent:
      'print(injected)  # noqa: F821\nprint(given)  # noqa\nprint(more)  # NOQA\nprint(lib)  # ty: ignore[unresolved-reference]\nreveal_type(_("text"))\n',
  },
};

import type { Pair } from './pairs.js';

/** Names that nothing defines, and names much like them that something does. */
export const undefinedNames: Record<string, Pair> = {
  'a forgotten import': {
    fires: `
import streamlit as st
def chart(history):
    st.line_chart(pd.DataFrame(history))
`,
    told: ['3: undefined-name pd (nowhere)'],
    silent: `
import pandas as pd, streamlit as st
def chart(history):
    st.line_chart(pd.DataFrame(history))
`,
  },
  'a name that was renamed': {
    fires: `
def entropy(loads):
    return -sum(share for share in laods)
`,
    told: ['2: undefined-name laods (nowhere)'],
    silent: `
def entropy(loads):
    return -sum(share for share in loads if share), abs, __file__, __name__, NotImplemented, aiter
`,
  },
  'in a function that nobody calls': {
    fires: `
def unused():
    return missing_helper()
`,
    told: ['2: undefined-name missing_helper (nowhere)'],
    silent: `
def unused():
    return defined_below()
def defined_below(): return 1
`,
  },
  'read by the module before it is there': {
    fires: `
plot(3)
def plot(steps): return steps
`,
    told: ['1: undefined-name plot (later)'],
    silent: `
def main(): return plot(3)
def plot(steps): return steps
main()
`,
  },
  'in the body of a class': {
    fires: `
class Config:
    layers = heads * 2
    heads = 4
`,
    told: ['2: undefined-name heads (later)'],
    silent: `
heads = 4
class Config:
    heads = heads
    layers = heads * 2
    name = __qualname__
    def own(self): return __class__
`,
  },
  'a class attribute in a comprehension of the class': {
    fires: `
class Colors:
    base = ["red", "blue"]
    shades = [color + suffix for color in base for suffix in suffixes]
    suffixes = "ab"
`,
    told: ['3: undefined-name suffixes (nowhere)'],
    silent: `
class Colors:
    base = ["red", "blue"]
    shades = [color for color in base]
`,
  },
  'an attribute without self': {
    fires: `
class Trainer:
    rate = 0.1
    def step(self):
        return rate * 2
`,
    told: ['4: undefined-name rate (nowhere)'],
    silent: `
class Trainer:
    rate = 0.1
    def step(self, rate=rate):
        return rate * 2
`,
  },
  'imported for type checkers only': {
    fires: `
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from torch import Tensor
def is_tensor(value):
    return isinstance(value, Tensor)
`,
    told: ['5: undefined-name Tensor (for-type-checkers)'],
    silent: `
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from torch import Tensor
    Pair = tuple[Tensor, Tensor]
else:
    Pair = tuple
def norm(value: Tensor) -> Tensor:
    result: Tensor = value
    return Pair((result, result))
`,
  },
  'an annotation that nothing defines': {
    fires: `
def load(path: str) -> Optional[str]:
    return None
`,
    told: ['1: undefined-name Optional (nowhere) in an annotation'],
    silent: `
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from core import Model
    class Loaded:
        model: Model
        def get(self) -> Model: ...
def load(path: "Path") -> "Model | None":
    found: Optional[str] = None
    return found
`,
  },
  'names of Python 2': {
    fires: `
def text(value):
    return unicode(value)
`,
    told: ['2: undefined-name unicode (nowhere)'],
    silent: `
import sys, six
PY2 = sys.version_info[0] == 2
if PY2:
    string_types = (str, unicode)
elif six.PY3:
    string_types = (str,)
try:
    text_type = unicode
except NameError:
    text_type = str
try:
    raw_input
except:
    raw_input = input
if sys.version_info < (3,):
    range = xrange
def to_long(value):
    return value if not PY2 else long(value)
def nothing():
    raise NotImplementedError
    return xrange(3)
`,
  },
  'a function that lends its code to another': {
    fires: `
import threading
def pick():
    return list(_active)
threading.pick = pick
`,
    told: ['3: undefined-name _active (nowhere)'],
    silent: `
import threading
if hasattr(threading, "_pick"):
    def pick():
        return list(_active)
    threading._pick.__code__ = pick.__code__
`,
  },
  'a file that Cython compiles': {
    fires: `
import numpy
def scale(frame):
    size = Size(frame)
    dst: numpy.int64
    return dst * size
`,
    told: ['3: undefined-name Size (nowhere)', '5: unbound-local dst (nowhere)'],
    silent: `
import cython
from cython.cimports import libav
def scale(frame):
    size = Size(frame)
    dst: cython.int
    return dst * size
`,
  },
  'what another Python has without an import': {
    fires: `
try:
    from importlib import reload as again
except ImportError:
    again = relaod
`,
    told: ['4: undefined-name relaod (nowhere)'],
    silent: `
try:
    from importlib import reload as again
except ImportError:
    again = reload
def reload(module): return again(module)
`,
  },
  'a module of a package that was imported': {
    fires: { 'lab/__init__.py': 'from .csv import rows\ndel cvs\n', 'lab/csv.py': 'rows = []\n' },
    told: ['2: undefined-name cvs (nowhere)'],
    silent: { 'lab/__init__.py': 'from .csv import rows\ndel csv\n', 'lab/csv.py': 'rows = []\n' },
  },
  'a text that is run with names of its own': {
    fires: {
      'plugins/charts.py': 'kind = MODULE\n',
      'app.py': 'exec(open("plugins/charts.py").read(), {"MODULE": 1})\n',
    },
    told: ['1: undefined-name MODULE (nowhere)'],
    silent: {
      'ui-plugins/charts.py': 'kind = MODULE\n',
      'app.py': 'exec(open("ui-plugins/charts.py").read(), {"MODULE": 1})\n',
    },
  },
  'a script that no import statement can name': {
    fires: { 'train-model.py': 'print(KIND)\n', 'app.py': 'exec("KIND = 1")\n' },
    told: ['1: undefined-name KIND (nowhere)'],
    silent: { 'train-model.py': 'KIND = 1\nprint(KIND)\n' },
  },
  'names that a decorator gives its module': {
    fires: {
      'compat.py': 'def fast(made):\n    return made\n',
      'app.py': 'from compat import fast\n@fast\ndef load(): ...\nload_fallback()\n',
    },
    told: ['4: undefined-name load_fallback (nowhere)'],
    silent: {
      'compat.py':
        'import sys\ndef fast(made):\n    sys._getframe(1).f_globals[made.__name__ + "_fallback"] = made\n    return made\n',
      'app.py': 'from compat import fast\n@fast\ndef load(): ...\nload_fallback()\n',
    },
  },
  'a builtin that another module sets by another name': {
    fires: { 'start.py': 'import operator as base\nbase.shell = 1\n', 'app.py': 'print(shell)\n' },
    told: ['1: undefined-name shell (nowhere)'],
    silent: { 'start.py': 'import builtins as base\nbase.shell = 1\n', 'app.py': 'print(shell)\n' },
  },
};

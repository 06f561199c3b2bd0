import type { Pair } from './missing-receivers.js';

/** How objects and classes come to have names that the text of the class does not show. */
export const hidden: Record<string, Pair> = {
  'setattr on what __new__ made': {
    fires: `
class Symbols: pass
class Library:
    _shared = None
    def __new__(cls):
        if cls._shared is None:
            cls._shared = made = object.__new__(cls)
            symbols = Symbols()
            for name in ('open', 'close'): setattr(symbols, name, print)
        return cls._shared
    def version(self): return self.nvrtc_version()
Library().version()`,
    silent: `
class Library:
    _shared = None
    def __new__(cls):
        if cls._shared is None:
            cls._shared = made = object.__new__(cls)
            for name in ('open', 'close'): setattr(made, name, print)
        return cls._shared
    def version(self): return self.nvrtc_version()
class Heir(Library):
    def __new__(cls):
        made = super().__new__(cls)
        made.__dict__.update(size=1)
        return made
    def go(self): return self.size
Library().version(); Heir().go()`,
    told: ['self.nvrtc_version'],
  },
  'names of a module that its text does not show': {
    fires: {
      'helpers.py': 'def show(args): print(vars(args), locals())\n',
      'app.py': 'import helpers\nhelpers.shwo(1)\n',
    },
    silent: {
      'helpers.py': 'for name in ("open", "close"): vars()[name] = print\n',
      'plugins/__init__.py': '__path__.append("/opt/plugins")\n',
      'app.py': 'import helpers, plugins\nhelpers.open(plugins.mine)\n',
    },
    told: ['helpers.shwo'],
  },
  'setattr on the class of self': {
    fires: `
class Distribution:
    def __init__(self, other, **parameters):
        for name in parameters: setattr(type(other), name, property(print))
class Truncated(Distribution):
    def show(self): return self.lower
Truncated(object(), lower=1).show()`,
    silent: `
class Distribution:
    def __init__(self, **parameters):
        for name in parameters: setattr(self.__class__, name, property(print))
class Truncated(Distribution):
    def show(self): return self.lower
class Other:
    def __init__(self, **parameters):
        for name in parameters: setattr(type(self), name, property(print))
    def show(self): return self.upper
Truncated(lower=1).show(); Other(upper=1).show()`,
    told: ['self.lower'],
  },

  'an object that is given another class': {
    fires: `
class Node:
    @classmethod
    def create(cls):
        made = Node()
        made.__class__ = cls
        return made
class Where(Node):
    def relabel(self): return self.create().relable()
class Geometry:
    def __init__(self): self.kind = 1
class Collection(Geometry):
    def add(self): return 1
class Shape:
    def __init__(self): self.__class__ = Round
class Round: pass
Where().relabel(); Geometry().add(); Shape().turn()`,
    silent: `
class Node:
    @classmethod
    def create(cls):
        made = Node()
        made.__class__ = cls
        return made
class Where(Node):
    def relabel(self): return self.create().relabel()
class Geometry:
    def __init__(self, kind): self.__class__ = kinds[kind]
class Collection(Geometry):
    def add(self): return 1
kinds = {"collection": Collection}
class Shape:
    def __init__(self): self.__class__ = Round
class Round:
    def turn(self): return 1
class Lazy:
    def load(self, name): self.__class__ = globals()[name]
Where().relabel(); Geometry("collection").add(); Shape().turn(); Lazy().read()`,
    told: ['self.create(…).relable', 'Geometry(…).add', 'Shape(…).turn'],
  },

  'setattr, asked for while what its object is, is being found out': {
    fires: {
      'winreg.py': 'def query(): return None\n',
      'app.py': `
import winreg
winreg.query()
class Style:
    def clone(self): return Style()
class Table: pass
def make(role):
    style = Style().clone()
    setattr(Table(), role, 1)
    style.ERROR_OUTPUT = style.ERROR
    return style
make("ERROR")`,
    },
    silent: {
      'winreg.py': 'def query(): return None\n',
      'app.py': `
import winreg
winreg.query()
class Style:
    def clone(self): return Style()
def make(role):
    style = Style().clone()
    setattr(style, role, 1)
    style.ERROR_OUTPUT = style.ERROR
    return style
make("ERROR")`,
    },
    told: ['style.ERROR'],
  },

  'a descriptor gives what its __get__ gives': {
    fires: `
class Regex:
    def __set_name__(self, owner, name): self.name = name
class Pattern:
    regex = Regex()
    def match(self, path): return self.regex.search(path)
Pattern().match("b")`,
    silent: `
class Regex:
    def __get__(self, instance, owner=None): return instance.compiled()
class Heir(Regex): pass
class Cached(property): pass
class Pattern:
    regex = Heir()
    cached = Cached(print)
    def compiled(self): return 1
    def match(self, path): return self.regex.search(path), self.cached.search(path)
Pattern().match("b")`,
    told: ['self.regex.search'],
  },
  'a name that only its class may call so': {
    fires: `
class _Lazy:
    def __init__(self, given): self.__given = given
def show(lazy): return lazy._Lazy__givne, lazy.given
show(_Lazy({}))`,
    silent: `
class _Lazy:
    def __init__(self, given): self.__given = given
    def size(self): return self.__size
    def area(self): return self.__area
def show(lazy):
    lazy._Lazy__size = 1
    setattr(lazy, '_Lazy__area', 1)
    return lazy._Lazy__given, getattr(lazy, '_Lazy__given'), lazy.size(), lazy.area()
show(_Lazy({}))`,
    told: ['lazy._Lazy__givne', 'lazy.given'],
  },

  'what a class has of its metaclass': {
    fires: `
from abc import ABCMeta
class Pointer(metaclass=ABCMeta): pass
class Plain: pass
Plain.register(Pointer)
Pointer().register(Plain)
Plain().mro()`,
    silent: `
import abc
from abc import ABCMeta
from collections.abc import Sized
class Pointer(metaclass=ABCMeta): pass
class Heir(Pointer): pass
class Plain(abc.ABC): pass
class Box(Sized): pass
Pointer.register(int)
Heir.register(int)
Box.register(int)
Plain.register(int)
Plain._abc_registry_clear()
Plain.mro()`,
    told: ['Plain.register', 'Pointer(…).register', 'Plain(…).mro'],
  },

  'an attribute that is set of what only some classes are known of': {
    fires: `
class Text:
    def show(self): return self.origin
class Extends:
    def show(self): return self.origin
def extends(): return Extends()
tags = {"extends": extends}
def parse(token):
    node = Text() if token == "text" else tags["extends"]()
    if token == "text": place(Text())
    return node
def place(node): node.origin = 1
parse("extends").show(); Extends().show()`,
    silent: `
class Text:
    def show(self): return self.origin
class Extends:
    def show(self): return self.origin
def extends(): return Extends()
tags = {}
tags.update({"extends": extends})
def parse(token):
    node = Text() if token == "text" else tags[token]()
    place(node)
    return node
def place(node): node.origin = 1
parse("extends").show(); Extends().show()`,
    told: ['self.origin'],
  },

  'annotations that nobody evaluates': {
    fires: {
      'lib/__init__.py': '',
      'app.py': `
from typing import Optional
import lib
def parent() -> Optional[lib.Parent]: return None
class Node:
    parent: lib.Node
    def __init__(self):
        self.of = lib.Kind`,
    },
    silent: {
      'lib/__init__.py': '',
      'app.py': `
from typing import Optional
import lib
def parent() -> Optional["lib.Parent"]: return None
class Node:
    parent: "lib.actor.Node"
    def __init__(self):
        self.of: Optional["lib.Kind"] = None
        self.to: lib.Kind = None`,
      'later.py': `
from __future__ import annotations
import lib
def parent() -> lib.Parent: return None`,
    },
    told: ['lib.Parent', 'lib.Node', 'lib.Kind'],
  },

  'an annotation that names a factory': {
    fires: `
class Single:
    _made = None
    def __new__(cls):
        if cls._made is None: cls._made = super().__new__(cls)
        return cls._made
class Sized:
    def __new__(cls): return object.__new__(cls)
def stop(single: Single, sized: Sized): single.close(); sized.close()
stop(Single(), Sized())`,
    silent: `
class Redis:
    def close(self): return 1
class Broker:
    def __new__(cls, url): return Redis()
class Kind:
    def __new__(cls, name, kinds): return kinds[name](name)
class Monitor:
    def __init__(self, url): self.broker: Broker = Broker(url)
    def stop(self): self.broker.close()
def stop(broker: Broker, kind: Kind): broker.close(); kind.close()
Monitor("redis").stop(); stop(Broker("redis"), Kind("a", {}))`,
    told: ['single.close', 'sized.close'],
  },
};

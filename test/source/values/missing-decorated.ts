import { model, type Pair } from './missing-receivers.js';

const timed = `
import functools, time
def timed(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        start = time.time()
        try:
            result = fn(*args, **kwargs)
        except ValueError as e:
            print(fn.__name__, e)
            return None
        print(fn.__name__, time.time() - start)
        return result
    return inner
def retried(times):
    def wrap(fn):
        def inner(self, *args, **kwargs):
            for _ in range(times): return fn(self, *args, **kwargs)
        return inner
    return wrap
`;

/** Parameters and results of functions under decorators. */
export const decorated: Record<string, Pair> = {
  'a fragment and a dialog of Streamlit': {
    fires: `${model}
import streamlit as st
@st.fragment
def curve(model): return model.fowrard(1)
@st.fragment(run_every=1)
def live(model): return model.live()
@st.dialog("Details")
def details(model, *, title): return model.details()
curve(Model())
live(model=Model())
details(Model(), title="x")`,
    silent: `${model}
import streamlit as st
from ui import fragment
import api as st2
@st.fragment
def curve(model): return model.forward(1)
@fragment
def live(model): return model.live()
@st2.dialog("Details")
def details(model): return model.details()
@st.fragment
@st.unknown
def both(model): return model.both()
@st.fragment
def handed(model): return model.handed()
curve(Model())
live(Model())
details(Model())
both(Model())
handed(Model())
st.button("x", on_click=handed)`,
    told: ['model.fowrard', 'model.live', 'model.details'],
  },
  'a decorator that hands calls on': {
    fires: `${model}${timed}
@timed
def build(width): return Model(width)
@timed
def show(model): return model.fowrard(1)
class Page:
    @retried(3)
    def draw(self, model): return model.draw()
show(Model())
Page().draw(Model())
build(3).shwo()`,
    silent: `${model}${timed}
@timed
def build(width): return Model(width)
@timed
def show(model): return model.forward(1)
class Page:
    @retried(3)
    def draw(self, model): return model.width
show(Model())
Page().draw(Model())
build(3).forward(1)`,
    told: ['model.fowrard', 'model.draw', 'build(…).shwo'],
  },
  'decorators that give something else': {
    fires: `${model}
def handing(fn):
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    return inner
@handing
def show(model): return model.other()
show(Model())`,
    silent: `${model}
def load(fn):
    def inner(model): return fn(torch_load(model))
    return inner
def first(fn):
    def inner(*args, **kwargs): return fn(*args[1:], **kwargs)
    return inner
def changed(fn):
    def inner(*args, **kwargs):
        kwargs["model"] = torch_load()
        return fn(*args, **kwargs)
    return inner
def defaulted(fn):
    def inner(*args, **kwargs):
        kwargs.setdefault("model", torch_load())
        return fn(*args, **kwargs)
    return inner
def bound(fn):
    fn = unknown(fn)
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    return inner
def kept(fn):
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    callbacks.append(inner)
    return inner
def also(fn):
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    callbacks.append(fn)
    return inner
def either(fn):
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    if DEBUG: return unknown(inner)
    return inner
def wrapped(fn):
    @unknown
    def inner(*args, **kwargs): return fn(*args, **kwargs)
    return inner
def defaulting(fn):
    def inner(model=None): return fn(model)
    return inner
def spinning(fn):
    def inner(*args, **kwargs): return draw(fn(*args, **kwargs))
    return inner
@load
def a(model): return model.other()
@first
def b(model): return model.other()
@changed
def c(model): return model.other()
@bound
def d(model): return model.other()
@kept
def e(model): return model.other()
@also
def f(model): return model.other()
@either
def g(model): return model.other()
@wrapped
def h(model): return model.other()
@defaulting
def i(model): return model.other()
@defaulted
def k(model=Model()): return model.other()
@spinning
def j(model): return Model()
for draw in (Model,):
    a(Model()), b(Model()), c(model=Model()), d(Model()), e(Model()), f(Model()), g(Model()), h(Model()), i(Model()), k()
j(Model()).other()`,
    told: ['model.other'],
  },
  'a registry': {
    fires: `${model}
PLOTS = {}
def register(name):
    def wrap(fn):
        PLOTS[name] = fn
        return fn
    return wrap
@register("x")
def build(width): return Model(width)
build(3).shwo()`,
    silent: `${model}
PLOTS = {}
def register(name):
    def wrap(fn):
        PLOTS[name] = fn
        return fn
    return wrap
@register("x")
def show(model): return model.shwo()
def run(name): PLOTS[name](unknown())
show(Model())`,
    told: ['build(…).shwo'],
  },
};

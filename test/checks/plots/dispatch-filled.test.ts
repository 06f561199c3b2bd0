import { draw, holdsFor } from './dispatch-of.js';

/** Tables of renderers that begin empty. */
holdsFor([
  [
    'a table that is filled bit by bit',
    `${draw}
RENDERERS = {}
RENDERERS["Loss"] = plot_loss
RENDERERS["Load"] = plot_load
for plot_type in ["Loss", "Load", "Angles"]:
    RENDERERS[plot_type](data)
`,
    ['no-renderer: Angles'],
    `${draw}
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
def register(name):
    def wrap(fn):
        RENDERERS[name] = fn
        return fn
    return wrap
@register("Loss")
def loss(data):
    plot_loss(data)
for name in st.session_state["more"]:
    register(name)(plot_angles)
for plot_type in ["Loss", "Load", "Angles"]:
    RENDERERS[plot_type](data)
`,
  ],
  [
    'a table that is filled by a decorator, without which it lacks one',
    `${draw}
RENDERERS = {}
def register(name, group="all"):
    def wrap(fn):
        RENDERERS[name] = fn
        return fn
    return wrap
@register("Loss")
def loss(data):
    plot_loss(data)
@register(group="experts", name="Load")
def load(data):
    plot_load(data)
for plot_type in ["Loss", "Load", "Angles"]:
    RENDERERS[plot_type](data)
`,
    ['no-renderer: Angles'],
    `${draw}
RENDERERS = {"Loss": plot_loss, "Load": plot_load}
def register(name):
    def wrap(fn):
        RENDERERS[name] = fn
        return fn
    return wrap
@register("Angles")
def angles(data):
    plot_angles(data)
for plot_type in ["Loss", "Load", "Angles"]:
    RENDERERS[plot_type](data)
`,
  ],
]);

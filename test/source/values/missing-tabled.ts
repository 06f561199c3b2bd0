import { model, type Pair } from './missing-receivers.js';

const table = (draws: string, use: string) => `${model}
def loss(model): return model.width
def norm(model): return ${draws}
PLOTS = {"Loss": loss, "Norm": norm}
def main(name):
    model = Model()

    ${use}
main("Loss")`;

const registry = (register: string, use = 'PLOTS[name](Model())') => `${model}
PLOTS = {}
def plot(title):
    def add(fn):
        ${register}
        return fn
    return add
@plot("Norm")
def norm(model): return model.norm()
def main(name): return ${use}
main("Norm")`;

const called = 'return PLOTS[name](model)';

/** Functions that are called by the key under which a dict holds them. */
export const tabled: Record<string, Pair> = {
  'a table of a module': {
    fires: table('model.norm()', called),
    silent: table('model.forward(1)', called),
    told: ['model.norm'],
  },
  'a table that is looked at, too': {
    fires: table(
      'model.norm()',
      `print(list(PLOTS), len(PLOTS), name in PLOTS, [*PLOTS], sorted(PLOTS.keys()))\n    ${called}`,
    ),
    silent: table('model.norm()', `print(PLOTS.values())\n    ${called}`),
    told: ['model.norm'],
  },
  'a table that others get': {
    fires: table('model.norm()', called),
    silent: table('model.norm()', `${called}\nserve(PLOTS)`),
    told: ['model.norm'],
  },
  'a function that is taken out of a table': {
    fires: table('model.norm()', called),
    silent: table('model.norm()', `draw = PLOTS[name]\n    run(draw, name)\n    ${called}`),
    told: ['model.norm'],
  },
  'a function that others get, too': {
    fires: table('model.norm()', called),
    silent: table('model.norm()', `st.button("Norm", on_click=norm)\n    ${called}`),
    told: ['model.norm'],
  },
  'what else the table is called with': {
    fires: table('model.norm()', called),
    silent: `${table('model.norm()', called)}
class Wide:
    width = 1
    def norm(self): return 1
PLOTS["Norm"](Wide())`,
    told: ['model.norm'],
  },
  'a table by another name': {
    fires: table('model.norm()', called),
    silent: `${table('model.norm()', called)}
SHOWN = PLOTS
def show(name, thing): return SHOWN[name](thing)`,
    told: ['model.norm'],
  },
  'methods in a table of their own': {
    fires: `${model}
class Page:
    def show(self, name, model):
        draws = {"Norm": self.norm, "Step": self.step}
        draws[name](model)
    def norm(self, model): return model.norm()
    def step(self, model): return model.forward(1)
Page().show("Norm", Model())`,
    silent: `${model}
class Page:
    def show(self, name, model):
        draws = {"Norm": self.norm, "Step": self.step}
        for draw in draws.values(): draw(model)
        draws[name](model)
    def norm(self, model): return model.norm()
    def step(self, model): return model.forward(1)
Page().show("Norm", Model())`,
    told: ['model.norm'],
  },
  'classes in a table': {
    fires: `${model}
class Page:
    def __init__(self, model): self.model = model
    def show(self): return self.model.norm()
PAGES = {"Page": Page}
def main(name): PAGES[name](Model()).show()`,
    silent: `${model}
class Page:
    def __init__(self, model): self.model = model
    def show(self): return self.model.norm()
PAGES = {"Page": Page}
def main(name, make):
    PAGES[name](Model()).show()
    make(PAGES)`,
    told: ['self.model.norm'],
  },
  'a table that a decorator fills': {
    fires: registry('PLOTS[title] = fn'),
    silent: registry('PLOTS[title] = fn; app.register(fn)'),
    told: ['model.norm'],
  },
  'a table that a decorator fills, and others get': {
    fires: registry('PLOTS[title] = fn'),
    silent: registry('PLOTS[title] = fn', 'PLOTS[name](Model()), serve(PLOTS)'),
    told: ['model.norm'],
  },
  'a decorator that keeps the functions in a list': {
    fires: registry('PLOTS[title] = fn'),
    silent: registry('CALLBACKS.append(fn); PLOTS[title] = fn').replace('PLOTS = {}', 'PLOTS, CALLBACKS = {}, []'),
    told: ['model.norm'],
  },
};

import type { Pair } from './pairs.js';

/** How people write themselves a local that is not there, and what looks like it and works. */
export const unboundLocals: Record<string, Pair> = {
  'an import further down in the same function': {
    fires: `
import time
def render(steps):
    started = time.time()
    for step in steps:
        draw(step)
    import time
    return time.time() - started
def draw(step): pass
`,
    told: ['3: unbound-local time (later)'],
    silent: `
import time
def render(steps):
    started = time.time()
    return time.time() - started
def other():
    import time
    return time.time()
`,
  },
  'an annotation above a function-level import of the same name': {
    fires: `
import torch
def build(config):
    weights: torch.Tensor = torch.zeros(config)
    import torch
    return weights
`,
    told: ['3: unbound-local torch (later)'],
    silent: `
def build(config) -> "torch.Tensor":
    weights: torch.Tensor
    import torch
    weights = torch.zeros(config)
    return weights
`,
  },
  'a counter of the module without global': {
    fires: `
step = 0
def on_step():
    step += 1
    return step
`,
    told: ['3: unbound-local step (of-itself)'],
    silent: `
step = 0
def on_step():
    global step
    step += 1
    return step
`,
  },
  'a sum that nothing starts': {
    fires: `
def average(losses):
    for loss in losses:
        total = total + loss
    return total / len(losses)
`,
    told: ['3: unbound-local total (of-itself)'],
    silent: `
def average(losses):
    total = 0.0
    for loss in losses:
        total = total + loss
    return total / len(losses)
`,
  },
  'what a try binds': {
    fires: `
import streamlit as st
def load(path):
    try:
        model = open(path)
    except OSError:
        st.error(f"cannot load {model}")
        return None
    return model
`,
    told: ['6: unbound-local model (elsewhere)'],
    silent: `
def load(path):
    try:
        model = open(path)
        checked = model.read()
    except OSError as error:
        print(error)
    return model
`,
  },
  'the exception after its except': {
    fires: `
def load(path):
    try:
        return open(path)
    except OSError as error:
        print(error)
    return str(error)
`,
    told: ['6: unbound-local error (exception-over)'],
    silent: `
def load(path):
    problem = None
    try:
        return open(path)
    except OSError as error:
        problem = error
    return str(problem)
`,
  },
  'a name that was deleted': {
    fires: `
def train(model, batch):
    loss = model(batch)
    del loss
    return loss
`,
    told: ['4: unbound-local loss (deleted)'],
    silent: `
def train(model, batches):
    for batch in batches:
        loss = model(batch)
        value = loss.item()
        del loss
    loss = value
    return loss
`,
  },
  'a branch of match': {
    fires: `
def figure(kind, data):
    match kind:
        case "line":
            chart = data.line()
        case "bar":
            return chart.update(data)
        case _:
            chart = None
    return chart
`,
    told: ['6: unbound-local chart (elsewhere)'],
    silent: `
def figure(kind, data):
    match kind:
        case "line":
            chart = data.line()
        case {"chart": chart}:
            print(chart)
    return chart
`,
  },
  'a walrus that comes too late': {
    fires: `
def last(history):
    if entry["loss"] > 0 and (entry := history.get("last")):
        return entry
`,
    told: ['2: unbound-local entry (later)'],
    silent: `
def last(history):
    if (entry := history.get("last")) and entry["loss"] > 0:
        return entry
    while (batch := next(history, None)) is not None:
        print(batch)
    return [found for item in history if (found := item.get("loss"))]
`,
  },
  'possibly unbound': {
    fires: `
def fit(loader):
    print(batch)
    for batch in loader:
        pass
`,
    told: ['2: unbound-local batch (later)'],
    silent: `
def fit(loader, verbose):
    for epoch in range(3):
        for batch in loader:
            loss = batch.sum()
        if verbose:
            print(loss, batch)
    if verbose:
        message = "done"
    with open("log") as log:
        size = log.read()
    return epoch, loss, message, size
`,
  },
  'a helper defined below its call': {
    fires: `
def page():
    show()
    def show():
        return 1
`,
    told: ['2: unbound-local show (later)'],
    silent: `
def page():
    def show():
        return draw()
    def draw():
        return 1
    return show()
`,
  },
  nonlocal: {
    fires: `
def outer():
    count = 0
    def inner():
        count += 1
    inner()
    return count
`,
    told: ['4: unbound-local count (of-itself)'],
    silent: `
def outer():
    def inner():
        nonlocal count
        count += 1
    count = 0
    inner()
    return count
`,
  },
};

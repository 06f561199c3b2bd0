import type { Pair } from './keys-of.js';

/** More keys that nobody stores, of names that were tested and of options. */
export const moreNeverProduced: Record<string, Pair> = {
  'names with a number in the middle, as Python formats them': {
    fires: `
def measure(model, n):
    out = {"loss": model.loss()}
    for i in range(n):
        out["expert_%02d_load" % i] = model.load(i)
        out["gate_{}_{:d}%%".format("a", i)] = model.gate(i)
    return out
def draw(model, n):
    m = measure(model, n)
    return m["loss"], m["expert_00_activation"], m["gate_a_0%"], [m["expert_%(at)d_drop" % {"at": i}] for i in range(n)]
`,
    told: ['nowhere expert_00_activation', 'nowhere gate_a_0%', 'nowhere expert_{…}_drop'],
    silent: `
def measure(model, n):
    out = {"loss": model.loss()}
    for i in range(n):
        out["expert_%02d_load" % i] = model.load(i)
        out["gate_{}_{:d}%%".format("a", i)] = model.gate(i)
        out["share_%d%%" % i] = model.share(i)
        out["{{{}}}".format(i)] = model.raw(i)
    return out
def draw(model, n):
    m = measure(model, n)
    return m["loss"], m["expert_00_load"], m["gate_a_0%%"], m["share_1%"], m["{3}"], [m[f"expert_{i}_load"] for i in range(n)]
`,
  },
  'names of two kinds with the same ending': {
    fires: `
def measure(model, n):
    out = {"loss": model.loss()}
    for i in range(n): out[f"expert_{i}_load"] = model.load(i)
    return out
def draw(model, n):
    m = measure(model, n)
    return m["loss"], [m[f"ghost_{i}_load"] for i in range(n)]
`,
    told: ['nowhere ghost_{…}_load'],
    silent: `
def measure(model, n, kind):
    out = {"loss": model.loss()}
    for i in range(n): out[f"{kind}_{i}_load"] = model.load(i)
    return out
def draw(model, n):
    m = measure(model, n, model.kind)
    return m["loss"], [m[f"ghost_{i}_load"] for i in range(n)], [m[f"expert_{i}_load"] for i in range(n)]
`,
  },
  'a name that is still what it was tested for': {
    fires: `
SETS = dict(cifar=1, mnist=2)
def make(name):
    other = name = name.lower()
    if name.startswith("torch/"):
        other = name.split("/")[-1]
        return SETS[name]
make("torch/cifar")
`,
    told: ['nowhere torch/{…}'],
    silent: `
SETS = {"torch/cifar": 1, "mnist": 2}
def make(name):
    name = name.lower()
    if name.startswith("torch/"):
        return SETS[name]
make("torch/cifar")
`,
  },
  'a name that is in another dict': {
    fires: `
SETS = dict(cifar=1, mnist=2)
OTHERS = load()
def make(name):
    name = name.lower()
    if name.startswith("torch/"):
        if name in OTHERS: return SETS[name]
make("torch/cifar")
`,
    told: ['nowhere torch/{…}'],
    silent: `
SETS = dict(cifar=1, mnist=2)
def make(name):
    name = name.lower()
    if name.startswith("torch/"):
        if name not in SETS: return None
        return SETS[name]
make("torch/cifar")
`,
  },
  'an attribute that need not be something': {
    fires: `
class Mode:
    styles = {"wireframe": 1, "solid": 2}
    style = "dotted"
    isDrawn = True
    def draw(self):
        if self.isDrawn: return self.styles[self.style]
Mode().draw()
`,
    told: ['nowhere dotted'],
    silent: `
class Mode:
    styles = {"wireframe": 1, "solid": 2}
    style = ""
    isDrawn = True
    def draw(self):
        if self.isDrawn and self.style: return self.styles[self.style]
Mode().draw()
`,
  },
  'an option that is not passed on': {
    fires: `
def plot(*args, **options):
    return args, options.pop("label", [])
def nyquist(system): return plot(system, xlabel="Real")
nyquist(1)
`,
    told: ['nowhere label -> xlabel'],
    silent: `
def plot(*args, **options):
    return args, options.pop("xlabel", [])
def nyquist(system): return plot(system, xlabel="Real")
nyquist(1)
`,
  },
  'a table that is asked where it is written': {
    fires: `
TABLE = dict(surface=1, volume=2)
def draw(kind): return TABLE[kind]
def first(): return dict(surface=1)["plane"]
draw("surface"), draw("discrete")
`,
    told: ['nowhere discrete', 'nowhere plane'],
    silent: `
def draw(kind): return dict(surface=1, volume=2)[kind], {"surface": 1, "volume": 2}[kind]
draw("surface"), draw("discrete")
`,
  },
  'an attribute that changes before it is asked for': {
    fires: `
class View:
    def __init__(self): self.mode = "auto"
    def draw(self): return {"loss": len("a")}[self.mode], dict(loss=1)["auto"]
View().draw()
`,
    told: ['nowhere auto'],
    silent: `
TABLE = {"loss": len("a"), "share": len("b")}
class View:
    def __init__(self, mode="auto"):
        self.mode = mode
        if mode == "auto": self.mode = "loss"
    def draw(self): return TABLE[self.mode]
View().draw(), View("share").draw()
`,
  },
  'names that are tested one after the other': {
    fires: `
SKIPPED = {}
def skip(name, pass_): SKIPPED[name] = pass_
skip("fused_pass", print)
def is_skipped(name): return name in SKIPPED
is_skipped("plain_pass")
`,
    told: ['nowhere plain_pass -> fused_pass ?'],
    silent: `
SKIPPED = {}
def skip(name, pass_): SKIPPED[name] = pass_
skip("fused_pass", print)
for name in ["plain_pass", "other_pass"]:
    if name in SKIPPED: continue
    print(name)
def is_skipped(name): return name in SKIPPED
is_skipped("split_pass"), is_skipped("merge_pass")
`,
  },
  'a name that is tested to be another': {
    fires: `
class Kind:
    UNKNOWN = "unknown"
    FLAT = "flat"
    titles = {FLAT: "Flat"}
def kind_of(n): return Kind.FLAT if n else Kind.UNKNOWN
def title(kind): return Kind.titles[kind]
def show(n):
    kind = kind_of(n)
    if Kind.FLAT != kind: title(kind)
show(1)
`,
    told: ['nowhere unknown'],
    silent: `
class Kind:
    UNKNOWN = "unknown"
    FLAT = "flat"
    titles = {FLAT: "Flat"}
def kind_of(n): return Kind.FLAT if n else Kind.UNKNOWN
def title(kind): return Kind.titles[kind]
def show(n):
    kind = kind_of(n)
    if Kind.UNKNOWN != kind: title(kind)
show(1)
`,
  },
  'a dict of something unknown': {
    fires: `
class Image:
    def __init__(self): self.header = {}
def fill(other): other.heading["size"] = 1
def read(image): return image.header["size"]
read(Image())
`,
    told: ['nowhere size'],
    silent: `
class Image:
    def __init__(self): self.header = {}
def fill(other): other.header["size"] = 1
def read(image): return image.header["size"]
read(Image())
`,
  },
  'the number of a kind': {
    fires: `
PIL, PROXY = "pil", "proxy"
FUNCS = {PIL: print}
def kind(n): return PIL if n else PROXY
def resize(n): return FUNCS[kind(n)]
resize(1)
`,
    told: ['nowhere proxy'],
    silent: `
PIL, PROXY = 1, 3
FUNCS = {PIL: print}
NAMES = {1: "whole", 0: "any"}
def kind(n): return PIL if n else PROXY
def resize(n): return FUNCS[kind(n)], NAMES[n == 1 or False], NAMES[True]
resize(1)
`,
  },
};

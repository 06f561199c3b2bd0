import type { Pair } from './missing-receivers.js';

const expert = `
import torch
from torch import nn

class Expert(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.up = nn.Linear(dim, dim)

    def weight_norm(self):
        return self.up.weight.norm().item()

class SharedExpert(Expert):
    def share(self):
        return 1.0
`;

const pages = (draw: string) => `
class Page:
    title = ""
    def show(self): self.body()
class TrainingPage(Page):
    def body(self): self.draw_loss()
    def ${draw}(self): print("loss")
class ExpertsPage(Page):
    def body(self): print("experts")
`;

/** What is taken out of collections of objects. */
export const collections: Record<string, Pair> = {
  'a module list of a comprehension': {
    fires: `${expert}
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList([Expert(8) for _ in range(n)])
    def norms(self):
        return [e.norm() for e in self.experts], self.experts[0].first(), self.experts[1:][0].rest()
    def forward(self, x):
        for i, e in enumerate(self.experts): x = e.fowrard(x)
        for e, gate in zip(self.experts, x): e.gated(gate)
        return x
Layer(4).norms()`,
    silent: `${expert}
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList([Expert(8) for _ in range(n)])
    def norms(self):
        return [e.weight_norm() for e in self.experts], self.experts[0].up, self.experts[1:][0].state_dict()
    def forward(self, x):
        for i, e in enumerate(self.experts): x = e.forward(x)
        for e, gate in zip(self.experts, x): e.train(gate)
        return x, self.experts.parameters(), self.experts.state_dict()
Layer(4).norms()`,
    told: ['e.norm', 'self.experts[…].first', 'self.experts[…][…].rest', 'e.fowrard', 'e.gated'],
  },
  'a module list of a generator': {
    fires: `${expert}
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList(Expert(8) for _ in range(n))
    def norms(self): return [e.norm() for e in self.experts]
Layer(4).norms()`,
    silent: `${expert}
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList(Expert(8) for _ in range(n))
        self.experts.append(SharedExpert(8))
        self.plain = list(Expert(8) for _ in range(n))
        self.plain.append(SharedExpert(8))
    def norms(self): return self.experts[-1].share(), self.plain[-1].share()
Layer(4).norms()`,
    told: ['e.norm'],
  },
  'a module list that is filled before and after it is made': {
    fires: `${expert}
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        experts = []
        for _ in range(n): experts.append(Expert(8))
        self.experts = nn.ModuleList(experts)
        self.experts.append(SharedExpert(8))
    def norms(self): return [e.norm() for e in self.experts]
Layer(4).norms()`,
    silent: `${expert}
class Layer(nn.Module):
    def __init__(self, n, extra):
        super().__init__()
        experts = []
        for _ in range(n): experts.append(Expert(8))
        self.experts = nn.ModuleList(experts)
        self.experts.append(SharedExpert(8))
        self.others = nn.ModuleList([Expert(8)])
        self.others.extend(extra)
        self.more = nn.ModuleList([Expert(8)] + extra)
        self.empty = nn.ModuleList()
    def norms(self): return self.experts[-1].share(), self.others[0].a(), self.more[0].b(), [e.c() for e in self.empty]
Layer(4, torch.load("extra.pt")).norms()`,
    told: ['e.norm'],
  },
  'a module list whose modules are wrapped': {
    fires: `${expert}
class Wrapped(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList([Expert(8) for _ in range(n)])
        for i, e in enumerate(self.experts): self.experts[i] = Wrapped(e)
    def norms(self): return [e.norm() for e in self.experts]
Layer(4).norms()`,
    silent: `${expert}
from peft import LoraModel
class Layer(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.experts = nn.ModuleList([Expert(8) for _ in range(n)])
        self.others = nn.ModuleList([Expert(8) for _ in range(n)])
        self.third = nn.ModuleList([Expert(8) for _ in range(n)])
    def norms(self): return [e.norm() for e in self.experts] + [o.norm() for o in self.others] + [t.norm() for t in self.third]
layer = Layer(4)
for i, e in enumerate(layer.experts): layer.experts[i] = LoraModel(e, {})
layer.others.add_module("0", LoraModel(layer.others[0], {}))
layer.third = LoraModel(layer.third, {})
layer.norms()`,
    told: ['e.norm'],
  },
  'a table of classes': {
    fires: `${pages('draw_losses')}
import streamlit as st
PAGES = {"Training": TrainingPage, "Experts": ExpertsPage}
PAGES[st.sidebar.radio("Page", list(PAGES))]().show()`,
    silent: `${pages('draw_loss')}
import streamlit as st
PAGES = {"Training": TrainingPage, "Experts": ExpertsPage}
PAGES[st.sidebar.radio("Page", list(PAGES))]().show()`,
    told: ['self.draw_loss'],
  },
  'a table of classes that is only listed': {
    fires: `${pages('draw_losses')}
PAGES = {"Training": TrainingPage, "Experts": ExpertsPage}
def run(name):
    page = PAGES.get(name, ExpertsPage)
    for each in PAGES.values(): each().show()`,
    silent: `${pages('draw_losses')}
PAGES = {"Training": TrainingPage, "Experts": ExpertsPage}
def names(): return [page.__name__ for page in PAGES.values()], PAGES["Training"].title`,
    told: ['self.draw_loss'],
  },
  'a table of classes that others fill': {
    fires: `${pages('draw_losses')}
PAGES = [TrainingPage, ExpertsPage]
def run(at): return PAGES[at](), PAGES[at]().shwo()`,
    silent: `${pages('draw_loss')}
from plugins import load
PAGES = {"Training": TrainingPage}
PAGES["Plugin"] = load("page")
LATER = {}
for page in (TrainingPage, ExpertsPage): LATER[page.title] = page
def run(name): return PAGES[name]().shwo(), LATER[name]().shwo()
class Mixin:
    def show(self): self.fill_in()
def build(page=Mixin): page().show()
build(load("page"))`,
    told: ['self.draw_loss', 'PAGES[…](…).shwo'],
  },
};

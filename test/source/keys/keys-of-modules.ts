import type { Pair } from './keys-of.js';

const layer = (keys: string) => `
from torch import nn
class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(4, 4)
        self.stats = {}
    def forward(self, x):
        p = self.gate(x)
        self.stats = {${keys}}
        return p
    def summary(self):
        return {${keys}}
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([Layer() for _ in range(2)])
        self.lazy = nn.ModuleList(Layer() for _ in range(2))
    def layer_stats(self, i): return self.layers[i].stats
    def summaries(self): return [layer.summary() for layer in self.lazy]
`;

/** Keys of dicts that modules in a module list keep. */
export const keysOfModules: Record<string, Pair> = {
  'a dict in a module that is taken out of a module list': {
    fires: `${layer('"counts": p.sum(0), "entropy": p.mean()')}
def draw(): return Model().layer_stats(0)["expert_counts"], Model().layer_stats(0)["entropy"]`,
    told: ['nowhere expert_counts -> counts'],
    silent: `${layer('"counts": p.sum(0), "entropy": p.mean()')}
def draw(): return Model().layer_stats(0)["counts"], Model().layer_stats(0)["entropy"]`,
  },
  'what a method of each module gives': {
    fires: `${layer('"counts": self.gate.bias.sum(), "entropy": self.gate.bias.mean()')}
def draw(): return [s["expert_counts"] for s in Model().summaries()], [s["entropy"] for s in Model().summaries()]`,
    told: ['nowhere expert_counts -> counts'],
    silent: `${layer('"counts": self.gate.bias.sum(), "entropy": self.gate.bias.mean()')}
class Other(Layer):
    def summary(self): return {**super().summary(), "expert_counts": self.gate.bias.sum()}
def draw(unknown):
    model = Model()
    model.lazy.append(unknown)
    return [s["expert_counts"] for s in model.summaries()], [s["entropy"] for s in model.summaries()]`,
  },
};

import type { Pair } from './missing-receivers.js';

const made = (modules: string, use: string, fill = '') => `from torch import nn
class Expert(nn.Module):
    def load(self): return 1
class Other(nn.Module):
    def usage(self): return 1
class MoE(nn.Module):
    def __init__(self, n, kinds):
        super().__init__()
        self.experts = ${modules}
        for i in range(n): ${fill === '' ? 'pass' : fill}
    def stats(self): return ${use}
MoE(2, {}).stats()`;

const two = 'nn.ModuleDict({"a": Expert(), "b": Expert()})';

/** Lists and dicts of modules that are filled later, or hold modules by name. */
export const modules: Record<string, Pair> = {
  'a module list that is empty at first': {
    fires: made('nn.ModuleList()', '[e.usage() for e in self.experts]', 'self.experts.append(Expert())'),
    silent: made('nn.ModuleList()', '[e.load() for e in self.experts]', 'self.experts.append(Expert())'),
    told: ['e.usage'],
  },
  'a module list that others fill': {
    fires: made('nn.ModuleList()', '[e.usage() for e in self.experts]', 'self.experts.append(Expert())'),
    silent: made('nn.ModuleList()', '[e.usage() for e in self.experts]', 'self.experts.append(kinds[i]())'),
    told: ['e.usage'],
  },
  'a module list that more is added to': {
    fires: made('nn.ModuleList()', '[e.usage() for e in self.experts]', 'self.experts.append(Expert())'),
    silent: made('nn.ModuleList()', '[e.usage() for e in self.experts]', 'self.experts += [Other(), *kinds]'),
    told: ['e.usage'],
  },
  'a module list that nobody fills in sight': {
    fires: made('nn.ModuleList()', 'self.experts[0].usage()', 'self.experts.append(Expert())'),
    silent: made('nn.ModuleList()', '[e.usage() for e in self.experts]'),
    told: ['self.experts[…].usage'],
  },
  'a module dict by name': {
    fires: made(two, 'self.experts["a"].usage()'),
    silent: made(two, 'self.experts["a"].load()'),
    told: ['self.experts[…].usage'],
  },
  'the modules of a module dict': {
    fires: made(two, '[e.usage() for e in self.experts.values()], [e.load() for k, e in self.experts.items()]'),
    silent: made(
      two,
      '[e.load() for e in self.experts.values()], self.experts.state_dict(), [k.upper() for k in self.experts]',
    ),
    told: ['e.usage'],
  },
  'a module dict that is filled later': {
    fires: made('nn.ModuleDict()', '[e.usage() for e in self.experts.values()]', 'self.experts[str(i)] = Expert()'),
    silent: made('nn.ModuleDict()', '[e.usage() for e in self.experts.values()]', 'self.experts.update(kinds)'),
    told: ['e.usage'],
  },
  'a module dict of pairs': {
    fires: made(two, 'self.experts["a"].usage()'),
    silent: made('nn.ModuleDict([("a", Other()), ("b", Other())])', 'self.experts["a"].usage()'),
    told: ['self.experts[…].usage'],
  },
  'a module dict of what others give': {
    fires: made(two, 'self.experts["a"].usage()'),
    silent: made('nn.ModuleDict({**kinds, "b": Expert()})', 'self.experts["a"].usage()'),
    told: ['self.experts[…].usage'],
  },
};

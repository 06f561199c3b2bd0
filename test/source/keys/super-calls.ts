import type { Pair } from './keys-of.js';

/** A trainer whose queue is known as long as nobody else may call its `__init__`. */
const trainer = (load: string) => `
import queue
class Trainer:
    def __init__(self, net, out=None):
        self.net = net
        self.queue = out or queue.Queue()
    def run(self):
        self.queue.put({"step": 1, "${load}": self.net.load()})
def draw(net):
    trainer = Trainer(net)
    trainer.run()
    return trainer.queue.get()["load"], trainer.queue.get()["step"]
`;

/** `super()` calls nothing but what comes next. */
export const superCalls: Record<string, Pair> = {
  'beside a class with a base from outside': {
    fires: `${trainer('expert_load')}
import threading
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)
class Old(nn.Module):
    def __init__(self, n):
        super(Old, self).__init__()
        self.n = n
class Worker(threading.Thread):
    def __init__(self, out):
        super().__init__(None, out, daemon=True)
class Plain:
    def __init__(self, out): super().__init__()
class Heir(Plain):
    def __init__(self, out): super().__init__(out)
`,
    told: ['nowhere load -> expert_load'],
    silent: `${trainer('load')}
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)
`,
  },
  'of a class that is mixed into one with that __init__': {
    fires: `${trainer('expert_load')}
class Logged:
    def __init__(self, *args): super().__init__(*args)
class Other(Logged):
    def __init__(self, *args): super().__init__(*args)
`,
    told: ['nowhere load -> expert_load'],
    silent: `${trainer('expert_load')}
class Logged:
    def __init__(self, *args): super().__init__(*args)
class LoggedTrainer(Logged, Trainer): pass
`,
  },
  'of a class whose bases nothing tells': {
    fires: `${trainer('expert_load')}
class Lazy(Trainer):
    def __init__(self, net): super().__init__(net)
`,
    told: ['nowhere load -> expert_load'],
    silent: `${trainer('expert_load')}
def make(Base):
    class Made(Base):
        def __init__(self, *args): super().__init__(*args)
    return Made
make(Trainer)
`,
  },
  'keywords that an override takes': {
    fires: `
class Plot:
    def draw(self, **options): return options["loss"], options["step"]
def draw(model): return Plot().draw(loss=model.loss(), step=model.step, lr=model.lr())
`,
    told: ['unread lr'],
    silent: `
class Plot:
    def draw(self, **options): return options["loss"], options["step"]
    def again(self, model): return self.draw(loss=model.loss(), step=model.step, lr=model.lr())
class Rates(Plot):
    def draw(self, loss, step, lr): return loss, step, lr
def draw(model): return Plot().again(model), Rates().again(model)
`,
  },
};

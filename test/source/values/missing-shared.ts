import type { Pair } from './missing-receivers.js';

const parts = `
import streamlit as st
class A:
    a = 1
class B:
    b = 1
`;

/** What somebody puts into an object whose class nothing tells where it is done. */
export const shared: Record<string, Pair> = {
  'a list that a callback makes grow': {
    fires: `${parts}
class Trainer:
    def __init__(self): self.parts = [A()]
    def go(self): return [part.b for part in self.parts]
def equip(trainer): trainer.others.append(B())
st.button("equip", on_click=equip, args=(Trainer(),))`,
    silent: `${parts}
class Trainer:
    groups = [A()]
    def __init__(self):
        self.parts = [A()]
        self.named = {"a": A()}
        self.layers = list([A()])
    def go(self, name):
        return [part.b for part in (*self.parts, *self.layers, *self.groups)], self.parts[0].b, self.named["a"].b
def equip(trainer):
    trainer.parts.append(B())
    trainer.named["a"] = B()
    layers = trainer.layers
    layers.append(B())
    getattr(trainer, "groups").append(B())
st.button("equip", on_click=equip, args=(Trainer(),))`,
    told: ['part.b'],
  },
  'what is set of the class of an object': {
    fires: `${parts}
class Trainer:
    part = A()
    parts = [A()]
    def equip(self, other):
        type(other).part = 1
        type(self).others = B()
    def go(self): return self.part.b, [each.b for each in self.parts]
Trainer().equip(st.session_state)`,
    silent: `${parts}
class Trainer:
    part = A()
    other = A()
    parts = [A()]
    def equip(self):
        type(self).part = B()
        self.__class__.other = B()
        type(self).parts.append(B())
    def go(self): return self.part.b, self.other.b, [each.b for each in self.parts]
Trainer().go()`,
    told: ['self.part.b', 'each.b'],
  },
  'what a function from outside may hand back': {
    fires: `${parts}
import random
from pathlib import Path
class Trainer:
    def __init__(self): self.part = A()
    def go(self): return self.part.b
path, text = Path("a"), str(1)
path.part = B()
text.part = B()
Trainer().go()`,
    silent: `${parts}
import random, pickle
class First:
    def __init__(self): self.part = A()
    def go(self): return self.part.b
class Second:
    def __init__(self): self.piece = A()
    def go(self): return self.piece.b
class Third:
    def __init__(self): self.bits = [A()]
    def go(self): return [bit.b for bit in self.bits]
firsts = [First(), First()]
one = random.choice(firsts)
one.part = B()
two = pickle.load(open("second.pkl", "rb"))
two.piece = B()
three = max([Third()], key=id)
three.bits.append(B())
First().go(), Second().go(), Third().go()`,
    told: ['self.part.b'],
  },
};

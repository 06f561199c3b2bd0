import { describe, expect, it } from 'vitest';
import { missingAttributes } from '../../../src/source/values/missing-attributes.js';
import { loadOutsideClasses } from '../../../src/source/values/outside-classes.js';
import { inferenceOf, type Sources } from './inference-of.js';
import { classes } from './missing-classes.js';
import { hidden } from './missing-hidden.js';
import { collections } from './missing-collections.js';
import { decorated } from './missing-decorated.js';
import { mixed } from './missing-mixed.js';
import { shared } from './missing-shared.js';
import { underHandlers } from './missing-tried.js';
import { picked } from './missing-picked.js';
import { modules } from './missing-modules.js';
import { model, receivers } from './missing-receivers.js';
import { tabled } from './missing-tabled.js';

/** `receiver.name` of every attribute that nobody provides, with what hides it in brackets. */
async function missing(sources: Sources): Promise<string[]> {
  const inference = await inferenceOf(sources);
  return missingAttributes(inference, inference.program.paths, await loadOutsideClasses()).missing.map(
    ({ receiver, name, guard, outsideBases }) =>
      `${receiver}.${name}${guard === undefined ? '' : ` [${guard}]`}${outsideBases.length === 0 ? '' : ` unless ${outsideBases.join(', ')}`}`,
  );
}

describe.each(
  Object.entries({
    ...receivers,
    ...classes,
    ...hidden,
    ...mixed,
    ...collections,
    ...decorated,
    ...shared,
    ...picked,
    ...underHandlers,
    ...tabled,
    ...modules,
  }),
)('%s', (_, { fires, silent, told }) => {
  it('fires', async () => expect(await missing(fires)).toEqual(told));
  it('stays silent', async () => expect(await missing(silent)).toEqual([]));
});

describe('stays silent where what is there may have been replaced', () => {
  const two = 'class A:\n    a = 1\nclass B:\n    b = 1\n';
  it.each<[name: string, text: Sources]>([
    [
      'an attribute that a subclass overrides',
      `${two}class Base:\n    part = A()\n    def go(self): return self.part.b\nclass Sub(Base):\n    part = B()\nSub().go()\n`,
    ],
    [
      'a method that a subclass overrides',
      `${two}class Base:\n    def make(self): return A()\n    def go(self): return self.make().b\nclass Sub(Base):\n    def make(self): return B()\nSub().go()\n`,
    ],
    [
      'an attribute that somebody else sets',
      `${two}class Trainer:\n    def __init__(self): self.part = A()\n    def go(self): return self.part.b\nt = Trainer()\nt.part = B()\nt.go()\n`,
    ],
    [
      'an attribute that somebody sets of something unknown',
      `${two}class Trainer:\n    def __init__(self): self.part = A()\n    def go(self): return self.part.b\ndef equip(t): t.part = B()\nTrainer().go()\n`,
    ],
    [
      'a name of a module that another module sets',
      { 'state.py': `${two}part = A()\n`, 'app.py': 'import state\nstate.part = state.B()\nprint(state.part.b)\n' },
    ],
    [
      'a name of a module that is imported by name',
      {
        'state.py': `${two}part = A()\ndef show(): return part.b\n`,
        'app.py': 'import state\nstate.part = state.B()\nstate.show()\n',
      },
    ],
    [
      'an entry of a dict that is stored later',
      `${two}parts = {"x": A()}\ndef add(name): parts[name] = B()\ndef go(name): return parts[name].b\n`,
    ],
    [
      'an entry of a dict that is updated',
      `${two}parts = {"x": A()}\nparts.update(y=B())\ndef go(name): return parts[name].b\n`,
    ],
    ['an element of a list that is replaced', `${two}parts = [A()]\nparts[0] = B()\nprint(parts[0].b)\n`],
    ['a list that grows by another', `${two}parts = [A()]\nparts += [B()]\nprint(parts[-1].b)\n`],
    [
      'what something that can be called gives, of which nothing is known',
      `${two}import gym\nclass Maker(gym.Env): pass\ndef go(c):\n    x = Maker()(1) if c else A()\n    return x.b\n`,
    ],
    [
      'a name of a module that a class names as its base, too',
      {
        'state.py': `${two}part = A\n`,
        'app.py': 'import state\nstate.part = state.B\nclass Sub(state.part): pass\nprint(state.part().b)\n',
      },
    ],
    [
      'a submodule, where an attribute of that name is set of something unknown',
      {
        'core/__init__.py': '',
        'core/scheduler.py': 'class Scheduler: pass\ndef equip(graph): graph.scheduler = Scheduler()\n',
        'app.py': 'import core.scheduler\nprint(core.scheduler.Scheduler())\n',
      },
    ],
    [
      'a class inside of a class that an heir has another one for',
      'class Base:\n    class Params:\n        a = 1\n    def __init__(self, params: Params): self.params = params\nclass Heir(Base):\n    class Params:\n        b = 2\n    def go(self): return self.params.b\ndef show(params): return Heir(params).go()\n',
    ],
    [
      'what a context manager gives, of which nothing is known',
      `${two}import gym\nclass Maker(gym.Env): pass\ndef go(c):\n    x = A()\n    if c:\n        with Maker() as x: pass\n    return x.b\n`,
    ],
  ])('%s', async (_, text) => expect(await missing(text)).toEqual([]));
});

describe('stays silent', () => {
  it.each([
    [
      'a callback may be called by anybody',
      `${model}\nimport threading\ndef work(m): m.fit()\nwork(Model())\nthreading.Thread(target=work, args=(3,))`,
    ],
    ['a parameter that nobody passes', 'def show(model): return model.anything\n'],
    [
      'a name that a function declares global',
      'net = None\nclass A: pass\ndef go():\n    global net\n    net = load()\nnet = A()\nnet.fit()\n',
    ],
    [
      'recursive classes',
      'class Node:\n    def __init__(self, next=None): self.next = next\n    def last(self): return self if self.next is None else self.next.last()\nNode(Node()).last().next\n',
    ],
    [
      'a lazily made attribute',
      'class A:\n    def get(self):\n        if not hasattr(self, "_x"):\n            self._x = 1\n        return self._x\nA().get()\n',
    ],
    [
      'a protocol',
      'from typing import Protocol\nclass Has(Protocol):\n    def a(self): ...\ndef f(x: Has): return x.b\n',
    ],
    [
      'None until it is set',
      'class A:\n    def __init__(self): self.m = None\n    def go(self): return self.m.run() if self.m else 0\nA().go()\n',
    ],
    ['a dict that is a namespace', 'class A(dict):\n    pass\nA().keys()\n'],
    [
      'match on the class',
      'class A: pass\nclass B:\n    b = 1\ndef f(x):\n    match x:\n        case B(): return x.b\nf(A())\n',
    ],
    ['an abstract class whose subclasses are elsewhere', 'class Base:\n    def run(self): return self.compute()\n'],
    ['kept apart by type()', 'class A: pass\ndef f(x):\n    if type(x) is not A: return x.other\nf(A())\n'],
  ])('%s', async (_, text) => expect(await missing(text)).toEqual([]));
});

it('finds the super() calls that come to a method among those of many classes', async () => {
  const heirs = (base: string, part: string) =>
    Array.from({ length: 40 }, (_, at) => {
      const name = `${base}${at}`;
      return `class ${name}(${base}):\n    def __init__(self):\n        super().__init__(${part})\n${name}().go()\n`;
    }).join('');
  const base = (name: string, asked: string) =>
    `class ${name}:\n    def __init__(self, part): self.part = part\n    def go(self): return self.part.${asked}\n`;
  const parts = 'class A:\n    a = 1\nclass B:\n    b = 1\n';
  const text = `${parts}${base('One', 'a')}${base('Two', 'a')}${heirs('One', 'A()')}${heirs('Two', 'B()')}`;
  expect(await missing(text)).toEqual(['self.part.a']);
});

describe('of what is there it suggests', () => {
  const nearestOf = async (text: string): Promise<readonly (string | undefined)[]> => {
    const inference = await inferenceOf(text);
    return missingAttributes(inference, inference.program.paths, await loadOutsideClasses()).missing.map(
      ({ nearest }) => nearest,
    );
  };
  const gate =
    'class Gate:\n    def __init__(self):\n        self._resume = 1\n        self.entropies = []\n    def router_entropy(self): return 2\n    def _step(self): return 3\n';

  it.each<[name: string, text: string, told: string | undefined]>([
    ['in a call nothing that cannot be called', `${gate}Gate().entropy()\n`, 'router_entropy'],
    ['otherwise whatever is nearest', `${gate}Gate().entropie\n`, 'entropies'],
    ['nothing of its own from outside', `${gate}Gate().step()\n`, undefined],
    ['what is its own from inside', `${gate}    def go(self): self.step()\nGate().go()\n`, '_step'],
    [
      'a layer, which can be called',
      `${gate}    def go(self):\n        self.gate = Gate()\n        self.gates()\n    def __call__(self): return 1\nGate().go()\n`,
      'gate',
    ],
  ])('%s', async (_, text, told) => expect(await nearestOf(text)).toEqual([told]));
});

import { describe, expect, it } from 'vitest';
import { missingAttributes } from '../../../src/source/values/missing-attributes.js';
import { loadOutsideClasses } from '../../../src/source/values/outside-classes.js';
import { inferenceOf, type Sources } from './inference-of.js';
import { classes } from './missing-classes.js';
import { model, receivers } from './missing-receivers.js';

/** `receiver.name` of every attribute that nobody provides, with what hides it in brackets. */
async function missing(sources: Sources): Promise<string[]> {
  const inference = await inferenceOf(sources);
  return missingAttributes(inference, inference.program.paths, await loadOutsideClasses()).missing.map(
    ({ receiver, name, guard, outsideBases }) =>
      `${receiver}.${name}${guard === undefined ? '' : ` [${guard}]`}${outsideBases.length === 0 ? '' : ` unless ${outsideBases.join(', ')}`}`,
  );
}

describe.each(Object.entries({ ...receivers, ...classes }))('%s', (_, { fires, silent, told }) => {
  it('fires', async () => expect(await missing(fires)).toEqual(told));
  it('stays silent', async () => expect(await missing(silent)).toEqual([]));
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

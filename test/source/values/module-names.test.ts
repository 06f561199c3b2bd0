import { expect, test } from 'vitest';
import { inferenceOf } from './inference-of.js';

/** What a module is given by a function, asked in the middle of finding out what it is given. */
async function namesOfCore(filled: string, asked: readonly string[]): Promise<boolean[]> {
  const inference = await inferenceOf({
    'app.py': `from qt import core
class View:
    def __init__(self, names):
        self.inner = core.Thing()
        for name in names: setattr(self.inner, name, 1)
View([])`,
    'qt/__init__.py': `def copy(source, target):
    for name in dir(source): setattr(target, name, getattr(source, name))
from . import core, more
import PyQt5.QtCore
copy(PyQt5.QtCore, ${filled})`,
    'qt/core.py': '',
    'qt/more.py': '',
  });
  const core = inference.program.module('qt/core.py');
  return asked.map((name) => core !== undefined && inference.moduleName(core, name) !== undefined);
}

test.each([[['Widget', 'Thing']], [['Thing', 'Widget']]])('whoever is asked for first: %j', async (asked) => {
  expect(await namesOfCore('core', asked)).toEqual([true, true]);
  expect(await namesOfCore('more', asked)).toEqual([false, false]);
});

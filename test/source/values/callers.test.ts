import { expect, it } from 'vitest';
import { indexOf } from '../../../src/source/values/module-index.js';
import { inferenceOf } from './inference-of.js';

/** `g` is handed to somebody else, which is told by what `g` itself is called with. */
const inCircle = {
  'a.py': 'def g(holder, x):\n    f(holder)\n    return x.run()\ndef f(holder):\n    register(holder.g)\n',
  'b.py': 'import a\nclass Thing:\n    def run(self): return 1\na.g(a, Thing())\n',
};

it.each(['x', 'holder.g, then x'])(
  'whether others may call a function does not depend on the order: %s',
  async (asked) => {
    const inference = await inferenceOf(inCircle);
    const module = inference.program.module('a.py');
    if (module === undefined) throw new Error('no module');
    const nodes = [...indexOf(module).places.keys()];
    const handed = nodes.find((node) => node.kind === 'Attribute' && node.name === 'g');
    const used = nodes.find((node) => node.kind === 'Name' && node.id === 'x');
    if (handed === undefined || used === undefined) throw new Error('no such nodes');
    if (asked !== 'x') inference.valuesOf(handed, module);
    const { known, open } = inference.valuesOf(used, module);
    expect(known).toMatchObject([{ kind: 'instance', of: { node: { name: 'Thing' } } }]);
    expect(open).toBe(true);
  },
);

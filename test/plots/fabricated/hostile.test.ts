import { expect, test } from 'vitest';
import { fabricatedIn, kindsIn } from './fabricated-in.js';

test.each<[name: string, text: string]>([
  ['functions that call each other', 'def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nst.line_chart(f(1))\n'],
  ['a variable of itself', 'x = x\nst.line_chart(x)\n'],
  [
    'an attribute of itself',
    'class A:\n    def grow(self):\n        self.x = self.x + self.x\n    def draw(self):\n        st.line_chart(self.x)\n',
  ],
  ['a session that holds itself', 'st.session_state.a = st.session_state.a\nst.line_chart(st.session_state.a)\n'],
  [
    'a value that doubles in size with every line',
    `x0 = load()\n${Array.from({ length: 60 }, (_, i) => `x${i + 1} = [x${i}, x${i}]`).join('\n')}\nst.line_chart(x60)\n`,
  ],
  [
    'a hundred helpers that call all the others',
    `${Array.from({ length: 100 }, (_, i) => `def f${i}(a):\n    return ${Array.from({ length: 100 }, (_, j) => `f${j}(a)`).join(' + ')}`).join('\n')}\nst.line_chart(f0(1))\n`,
  ],
  ['a long list', `st.table([${'0.5, '.repeat(20_000)}])\n`],
])('%s comes to an end, and says nothing', async (_, text) => {
  expect(await kindsIn(text)).toEqual([]);
});

test('modules that import each other', async () => {
  const files = {
    'app.py': 'import streamlit as st\nfrom a import x\nst.line_chart(x)\n',
    'a.py': 'from b import x\n',
    'b.py': 'from a import x\n',
  };
  expect(await fabricatedIn(files)).toEqual([]);
});

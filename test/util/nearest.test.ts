import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from '../../src/util/nearest.js';

it.each([
  ['orthogonality_preservaton', ['loss', 'orthogonality_preservation'], 'orthogonality_preservation'],
  ['lanch', ['launch', 'network'], 'launch'],
  ['ENTRY', ['entry'], 'entry'],
  ['conifg', ['configure', 'config'], 'config'],
  ['timeout', ['modules', 'symbols'], undefined],
  ['x', [], undefined],
])('%s among %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

it('always finds the name itself', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, index) => {
      const name = names[index % names.length] ?? '';
      expect(nearest(name, names)?.toLowerCase()).toBe(name.toLowerCase());
    }),
  );
});

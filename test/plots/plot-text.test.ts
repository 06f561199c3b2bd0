import { expect, it } from 'vitest';
import { matches } from '../../src/plots/plot-text.js';

it.each([
  ['Loss', 'Loss', true],
  ['Loss', 'loss', false],
  ['Expert 3 load', 'Expert {} load', true],
  ['Expert {} load', 'Expert 3 load', true],
  ['Expert {} load', 'Expert {} load', true],
  ['Expert load', 'Expert {} load', false],
  ['Expert 3 loads', 'Expert {} load', false],
  ['a1b2c', 'a{}b{}c', true],
  ['abab', 'ab{}ab', true],
  ['aba', 'ab{}ba', false],
])('%s is like %s: %s', (a, b, expected) => {
  expect(matches(a, b)).toBe(expected);
});

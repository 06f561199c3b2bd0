import type { Pair } from './keys-of.js';

const pair = (told: string, text: (names: string) => string, other: string): Pair => ({
  fires: text('{"lr": 0.1, "loss": 1.0}'),
  told: [told],
  silent: text(other),
});
const lost = 'nowhere learning_rate';

/** Dicts whose keys are those of another dict, or the parts of a text. */
export const keysGoneThrough: Record<string, Pair> = {
  'names kept in an attribute': pair(
    lost,
    (names) => `
class Run:
    def __init__(self): self.names = ${names}
    def record(self): return {name: 0.0 for name in self.names}
def draw(): return Run().record()["learning_rate"]
`,
    '"learning_rate,loss".split(",")',
  ),
  'names handed in': pair(
    lost,
    (names) => `
def record(names): return {name: 0.0 for name in names}
def draw(): return record(${names})["learning_rate"]
`,
    '"learning_rate,loss".split(",")',
  ),
  'names by another name': pair(
    lost,
    (names) => `
def draw():
    every = ${names}
    names = every
    return {name: 0.0 for name in names}["learning_rate"]
`,
    '"learning_rate loss".split()',
  ),
};

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, mostCombinations, named } from '../../src/plots/combinations.js';

const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

describe('combinations', () => {
  it('are the product of the factors, the first one slowest, with what is fixed but not named', () => {
    const factors = [
      { name: 'mode', values: ['gnn', 'ghost'] },
      { name: 'deep', values: [true, false] },
    ];
    expect(combine(factors, { seed: 1 })).toEqual({
      combinations: [
        { name: 'gnn, true', overrides: { seed: 1, mode: 'gnn', deep: true } },
        { name: 'gnn, false', overrides: { seed: 1, mode: 'gnn', deep: false } },
        { name: 'ghost, true', overrides: { seed: 1, mode: 'ghost', deep: true } },
        { name: 'ghost, false', overrides: { seed: 1, mode: 'ghost', deep: false } },
      ],
    });
  });

  it('are one where there is nothing to choose', () => {
    expect(combine([])).toEqual({ combinations: [{ name: 'the only configuration', overrides: {} }] });
    expect(named({ mode: 'gnn' }).name).toBe('gnn');
  });

  it('are few, with every pair among them, where the product is large', () => {
    const sizes = fc.array(fc.integer({ min: 2, max: 7 }), { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const factors = counts.map((count, index) => ({ name: `f${index}`, values: values(count) }));
        const product = counts.reduce((a, b) => a * b, 1);
        const { combinations, of } = combine(factors);
        expect(of).toBe(product > mostCombinations ? product : undefined);
        if (of === undefined) return;
        expect(combinations.length).toBeLessThan(product);
        for (const a of factors) {
          for (const b of factors) {
            if (a.name >= b.name) continue;
            const pairs = new Set(combinations.map(({ overrides }) => `${overrides[a.name]} ${overrides[b.name]}`));
            expect(pairs.size).toBe(a.values.length * b.values.length);
          }
        }
        expect(new Set(combinations.map(({ name }) => name)).size).toBe(combinations.length);
      }),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../src/checks/plots/dispatch.js';
import { plotsIn, renderers } from '../../plots/read.js';

/** Functions that draw: `plot_loss`, `plot_load`, `plot_angles`. */
export const draw = renderers('plot_loss', 'plot_load', 'plot_angles');

type Files = Readonly<Record<string, string>>;

/** Code in which something must be found, and code that looks like it and is right. One file is `plots.py`. */
export type Pair = readonly [name: string, wrong: string | Files, expected: string[], right: string | Files];

/** What plots/dispatch finds, as `code: subject`. */
export function found(given: string | Files): string[] {
  const sources = plotsIn(typeof given === 'string' ? { 'plots.py': given } : given);
  const result = dispatch.run({ plots: { sources, combinations: [] } });
  return 'notApplicable' in result ? ['not applicable'] : result.map(({ code, subject }) => `${code}: ${subject}`);
}

export function holdsFor(pairs: readonly Pair[]): void {
  describe.each(pairs)('plots/dispatch: %s', (_, wrong, expected, right) => {
    it('fires', () => {
      expect(found(wrong)).toEqual(expected);
    });

    it('stays silent', () => {
      expect(found(right).filter((each) => each !== 'not applicable')).toEqual([]);
    });
  });
}

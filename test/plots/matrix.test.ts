import { describe, expect, it } from 'vitest';
import { dispatch } from '../../src/checks/plots/dispatch.js';
import { matrixOf, type PlotFacts } from '../../src/plots/matrix.js';
import type { MetricRead, PlotGroup, PlotListAnswer } from '../../src/plots/types.js';

const place = { path: 'plots.py', line: 1, column: 1, text: '' };
const metric = (produced: MetricRead['produced']) => ({ key: 'k', place, produced });
const drawn = (plotType: string, ...metrics: MetricRead[]) => ({ plotType, place, metrics });

const group: PlotGroup = {
  offered: [{ plotType: 'A', place }],
  rendered: [drawn('A', metric('yes')), drawn('B', metric('yes'), metric('no')), drawn('C {}', metric('unknown'))],
  exhaustive: true,
};
const list = { function: 'plots:available', how: '', place, group: 0, factors: [] };
const combinations = ['x', 'y'].map((mode) => ({ name: mode, overrides: { mode } }));

/** States by plot type, of what the two combinations give. */
function states(x: readonly string[] | 'rejected', y: readonly string[], more: Partial<PlotFacts> = {}) {
  const answer = (combination: string, plots: readonly string[] | 'rejected'): PlotListAnswer =>
    plots === 'rejected'
      ? { combination, status: 'rejected', why: 'no' }
      : { combination, status: 'ok', plots, durationMs: 0 };
  const facts = {
    sources: { groups: [group], list },
    combinations,
    answers: [answer('x', x), answer('y', y)],
    ...more,
  };
  return Object.fromEntries(
    matrixOf(facts).rows.map(({ plotType, cells }) => [plotType, cells.map(({ state }) => state)]),
  );
}

describe('a cell', () => {
  it('gets as far as what is offered is drawn and its metrics produced', () => {
    expect(states(['A', 'B', 'C 1', 'D'], ['A'])).toEqual({
      A: ['covered', 'covered'],
      B: ['no-data', 'not-offered'],
      'C 1': ['unmeasured', 'not-offered'],
      D: ['no-renderer', 'not-offered'],
    });
  });

  it('does not know where something else may be drawn', () => {
    const sources = { groups: [{ ...group, alsoRendered: 'a default' }], list };
    expect(states(['D'], [], { sources })['D']).toEqual(['unknown', 'not-offered']);
    expect(states(['D'], [], { sources: { groups: [], list } })['D']).toEqual(['unknown', 'not-offered']);
  });

  it('does not know either where not all that is offered must be drawn, as plots/dispatch does not', () => {
    const offered = [
      { plotType: 'A', place },
      { plotType: 'D', place },
    ];
    const stateOf = (more: Partial<PlotGroup>) => {
      const groups = [{ ...group, offered, ...more }];
      const { rows } = matrixOf({ sources: { groups }, combinations });
      const found = dispatch.run({ plots: { sources: { groups }, combinations } });
      const isFound = !('notApplicable' in found) && found.some(({ code }) => code === 'no-renderer');
      return [rows.find(({ plotType }) => plotType === 'D')?.cells[0]?.state, isFound];
    };
    expect(stateOf({})).toEqual(['no-renderer', true]);
    expect(stateOf({ exhaustive: false })).toEqual(['unknown', false]);
    expect(stateOf({ alsoRendered: 'a default' })).toEqual(['unknown', false]);
    expect(stateOf({ offered: offered.map((each) => ({ ...each, uncertain: true as const })) })).toEqual([
      'unknown',
      false,
    ]);
  });

  it('says which combinations the dashboard refuses', () => {
    expect(states('rejected', ['A'])['A']).toEqual(['rejected', 'covered']);
  });

  it('is held against the pinned matrix', () => {
    const expected = { A: { mode: 'x' }, E: [{ mode: ['x', 'y'] }] };
    expect(states([], ['A'], { expected })).toMatchObject({ A: ['missing', 'unexpected'], E: ['missing', 'missing'] });
    expect(states(['C 1'], [], { expected: { 'C 1': [] } })['C 1']).toEqual(['unexpected', 'not-offered']);
  });
});

it('is one column of what the sources offer where nobody was asked', () => {
  const { rows, combinations: columns } = matrixOf({ sources: { groups: [group], list }, combinations });
  expect(columns).toMatchObject([{ status: 'not-asked' }]);
  expect(rows.map(({ plotType, cells }) => [plotType, cells[0]?.state])).toEqual([
    ['A', 'covered'],
    ['B', 'not-offered'],
    ['C {}', 'not-offered'],
  ]);

  const open = { ...group, alsoOffered: 'it comes from elsewhere' };
  const unsure = matrixOf({ sources: { groups: [open], list }, combinations }).rows;
  expect(unsure.map(({ plotType, cells }) => [plotType, cells[0]?.state])).toEqual([
    ['A', 'covered'],
    ['B', 'perhaps-offered'],
    ['C {}', 'perhaps-offered'],
  ]);
});

import { describe, expect, it } from 'vitest';
import { fabricated } from '../../../src/checks/plots/fabricated.js';
import type { FabricatedPlot } from '../../../src/plots/fabricated/types.js';

const source = {
  file: 'app.py',
  line: 7,
  column: 14,
  text: 'levels = np.random.rand(10)',
  function: 'plot_saturation',
};
const chart = {
  file: 'app.py',
  line: 9,
  text: 'st.line_chart(levels)',
  what: 'chart',
  by: 'st.line_chart',
  function: 'plot_saturation',
} as const;
const plot: FabricatedPlot = { kind: 'random', source, way: [], shows: [chart], reached: 1, isFallback: false };

function judge(...plots: FabricatedPlot[]) {
  const result = fabricated.run({ 'fabricated-plots': { plots, files: 1 } });
  if ('notApplicable' in result) throw new Error(result.notApplicable);
  return result;
}

const told = (changed: Partial<FabricatedPlot>) =>
  judge({ ...plot, ...changed }).map(({ severity = 'error', code, message }) => `${severity} ${code}: ${message}`);

describe('plots/fabricated', () => {
  it.each<[title: string, changed: Partial<FabricatedPlot>, message: string]>([
    ['random numbers', {}, 'error random-data: plot_saturation shows random numbers as if measured (st.line_chart)'],
    [
      'a fallback',
      { isFallback: true },
      'error random-data: plot_saturation shows random numbers where the measurement is missing (st.line_chart)',
    ],
    [
      'a list, shown elsewhere, in a chart with a name, and in others',
      { kind: 'series', shows: [{ ...chart, label: 'Saturation', function: 'draw' }], reached: 3 },
      'error simulated-data: plot_saturation makes numbers written into the source that draw shows as if measured (st.line_chart "Saturation" and 2 more)',
    ],
    [
      'a record',
      { shows: [{ ...chart, what: 'record', by: 'loss' }] },
      'error random-data: plot_saturation records random numbers as if measured ("loss")',
    ],
    [
      'a demo mode',
      { kind: 'curve', flag: 'use_demo' },
      'warning simulated-data: plot_saturation shows a curve computed of nothing measured (st.line_chart) in the demo mode of "use_demo"',
    ],
    [
      'a notice nearby',
      { said: { text: 'Example values', ofPage: false } },
      'warning random-data: plot_saturation shows random numbers (st.line_chart) and says so: "Example values"',
    ],
    [
      'a placeholder',
      { kind: 'placeholder', source: { ...source, text: 'st.info("Coming soon")' } },
      'error not-implemented: plot_saturation draws no plot: st.info("Coming soon")',
    ],
  ])('tells of %s', (_, changed, message) => {
    expect(told(changed)).toEqual([message]);
  });

  it('is silent about a page that says so of itself', () => {
    expect(told({ said: { text: 'Mock dashboard', ofPage: true } })).toEqual([]);
  });

  it('shows the source, the way and the chart, each line once and not too long', () => {
    const way = [
      { file: 'lib.py', line: 3, text: `return ${'x'.repeat(200)}` },
      { file: 'app.py', line: 7, text: source.text },
    ];
    expect(judge({ ...plot, way, reached: 2 })).toMatchObject([
      {
        subject: 'app.py: plot_saturation',
        location: { file: 'app.py', line: 7, column: 14 },
        evidence: [
          'app.py:7: levels = np.random.rand(10)',
          `lib.py:3: return ${'x'.repeat(112)}…`,
          'app.py:9: st.line_chart(levels)',
          'and 1 more',
        ],
      },
    ]);
  });
});

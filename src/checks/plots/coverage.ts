import { defineCheck } from '../../engine/define.js';
import { matrixOf } from '../../plots/matrix.js';
import { isError } from '../contract/metric-keys/findings.js';
import { failedLists, unlikeExpected } from './coverage/findings.js';
import { readOf, unmeasured } from './coverage/unmeasured.js';

export const coverage = defineCheck({
  id: 'plots/coverage',
  title: 'Every plot that is offered has data, in every architecture',
  why: 'A plot without data raises nothing: it stays empty, or flat at its default, and looks like a result.',
  severity: 'error',
  codes: {
    'no-data': 'a plot is offered and drawn from a metric that nothing produces',
    'list-failed': 'the function that says which plots there are fails for a configuration that the dashboard allows',
    'missing-plot': 'a plot is not offered where the pinned matrix expects it',
    'unexpected-plot': 'a plot is offered where the pinned matrix does not expect it',
  },
  needs: ['plots'],
  deepenedBy: ['plot-lists'],
  wants: ['metric-keys'],
  run({ plots, 'plot-lists': lists, 'metric-keys': keys }) {
    const { sources } = plots;
    if (sources.groups.length === 0 && sources.list === undefined) {
      return { notApplicable: 'the code shows no choice between plots' };
    }
    const matrix = matrixOf({ ...plots, ...(lists === undefined ? {} : { answers: lists.answers }) });
    const errors = keys?.lost.filter(isError) ?? [];
    const lost = new Set(errors.flatMap(({ key, reads }) => reads.map(({ file, line }) => readOf(key, file, line))));
    return [
      ...failedLists(sources, lists),
      ...matrix.rows.flatMap((row) => [...unmeasured(row, matrix, lost), ...unlikeExpected(row, matrix, sources)]),
    ];
  },
});

import { defineCheck } from '../../engine/define.js';
import { findingOf } from './fabricated/findings.js';

export const fabricated = defineCheck({
  id: 'plots/fabricated',
  title: 'Plots show what was measured',
  why: 'A plot of invented numbers looks like any other: the training goes wrong, and the dashboard shows that all is well.',
  severity: 'error',
  codes: {
    'random-data': 'random numbers are shown or recorded as if they had been measured',
    'simulated-data':
      'numbers that are written down, or computed of nothing measured, are shown or recorded as if they had been',
    'not-implemented': 'words, an exception or nothing stand in the place of a plot',
  },
  needs: ['fabricated-plots'],
  run({ 'fabricated-plots': { plots } }) {
    // A page that says so of itself deceives nobody.
    return plots.filter(({ said }) => said?.ofPage !== true).map(findingOf);
  },
});

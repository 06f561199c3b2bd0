import { defineCheck } from '../../engine/define.js';
import { pickCodes, problemsWith } from './metrics/findings.js';

const codes = pickCodes(
  'schema',
  'missing-metric',
  'renamed-metric',
  'unknown-metric',
  'non-finite',
  'step-order',
  'damaged',
);

export const metricsSchema = defineCheck({
  id: 'contract/metrics-schema',
  title: 'The metrics are what the dashboard expects',
  why: 'A metric that was renamed, is missing or is NaN is a plot that stays empty, and nothing says so.',
  severity: 'error',
  codes,
  needs: ['metrics'],
  run: ({ metrics }) => problemsWith(codes, metrics),
});

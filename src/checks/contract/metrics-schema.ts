import { defineCheck } from '../../engine/define.js';
import { pickCodes, problemsWith, withoutSchema } from './metrics/findings.js';

const codes = pickCodes(
  'schema',
  'missing-metric',
  'renamed-metric',
  'text-for-number',
  'non-finite',
  'step-order',
  'no-step',
  'damaged',
);

export const metricsSchema = defineCheck({
  id: 'contract/metrics-schema',
  title: 'The metrics are what the dashboard expects',
  why: 'A metric that was renamed, is missing or is NaN is a plot that stays empty, and nothing says so.',
  severity: 'error',
  codes: { ...codes, 'unknown-metric': 'metrics that the schema does not name' },
  needs: ['metrics'],
  wants: ['trainings'],
  run({ metrics, trainings }) {
    const found = problemsWith(codes, metrics, trainings);
    if ('notApplicable' in found) return found;
    const unknown = metrics.runs.filter(({ unnamed }) => unnamed.length > 0);
    return [
      ...found,
      ...unknown.map(({ path, judgedBy, unnamed }) => ({
        code: 'unknown-metric',
        subject: path,
        severity: 'info' as const,
        message: `${judgedBy} does not name ${unnamed.join(', ')}`,
      })),
    ];
  },
  leftOut: ({ metrics }) =>
    withoutSchema(metrics, 'NaN, damage, respelled names, texts among numbers and the order of steps were'),
});

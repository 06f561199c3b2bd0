import { defineCheck } from '../../engine/define.js';
import { pickCodes, problemsWith, withoutSchema } from './metrics/findings.js';

const codes = pickCodes('flat', 'invariant', 'empty');

export const metricsLive = defineCheck({
  id: 'contract/metrics-live',
  title: 'The metrics are alive, and agree with each other',
  why: 'A loss that never moves, or shares that do not sum to 1, has the right name and type and says nothing true.',
  severity: 'error',
  codes,
  needs: ['metrics'],
  wants: ['trainings'],
  run: ({ metrics, trainings }) => problemsWith(codes, metrics, trainings),
  leftOut: ({ metrics }) => withoutSchema(metrics, 'metrics known to move that stand still were'),
});

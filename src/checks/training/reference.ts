import { defineCheck } from '../../engine/define.js';
import { shortfallsOf } from '../../reference/training/target.js';

export const reference = defineCheck({
  id: 'training/reference',
  title: 'The reference models learn what they must',
  why: 'A model, loss or optimiser that was broken still trains: the curve falls, and ends where nothing was learnt.',
  severity: 'error',
  codes: {
    failed: 'a training ended before its last step, or a number was not finite',
    'above-target': 'the evaluation loss did not come down to the target of the config',
    'below-floor': 'the evaluation loss is below the least that is possible: the model sees what it is to predict',
  },
  needs: ['trainings'],
  run({ trainings }) {
    return trainings.runs.flatMap(({ combination, ended, target }) =>
      shortfallsOf(ended, target).map(({ code, message, fix }) => ({
        code,
        subject: combination,
        message: `${combination}: ${message}`,
        ...(code === 'above-target' && target.why !== undefined && { evidence: [`why this target: ${target.why}`] }),
        fix,
      })),
    );
  },
});

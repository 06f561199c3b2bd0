import { describe, expect, it } from 'vitest';
import { reassignedState } from '../../../src/checks/incident/reassigned-state.js';
import type { Names } from '../../../src/collectors/names.js';

const emptied: Names['emptied'][number] = {
  code: 'emptied-after-fill',
  file: 'core/training_controllers.py',
  line: 168,
  column: 9,
  text: 'geometric_metrics = {}',
  name: 'geometric_metrics',
  within: 'Controller.get_metrics',
  first: { line: 150, text: 'geometric_metrics: dict = {}' },
  fills: [{ line: 158, text: 'geometric_metrics["entropy"] = entropy' }],
};

const run = (each: Names['emptied'][number]) => reassignedState.run({ names: { unbound: [], emptied: [each] } });

describe('incident/reassigned-state', () => {
  it('shows where it was declared, what was put in, and where that is lost', () => {
    expect(run(emptied)).toEqual([
      {
        code: 'emptied-after-fill',
        subject: 'core/training_controllers.py: Controller.get_metrics.geometric_metrics',
        message: 'geometric_metrics is emptied in Controller.get_metrics before anybody has read what line 158 put in',
        location: { file: 'core/training_controllers.py', line: 168, column: 9 },
        evidence: [
          'core/training_controllers.py:150: geometric_metrics: dict = {}',
          'core/training_controllers.py:158: geometric_metrics["entropy"] = entropy',
          'core/training_controllers.py:168: geometric_metrics = {}',
        ],
        fix: 'Take out the second "geometric_metrics = …" in line 168, or what line 158 put in.',
      },
    ]);
  });

  it('warns of a second declaration', () => {
    const { within: _, ...atTop } = emptied;
    expect(run({ ...atTop, code: 'declared-twice', fills: [] })).toMatchObject([
      {
        code: 'declared-twice',
        severity: 'warning',
        subject: 'core/training_controllers.py: geometric_metrics',
        message: 'geometric_metrics is declared empty in line 150, and once more here',
        fix: 'Take out the second "geometric_metrics = …" in line 168.',
      },
    ]);
  });

  it('stays silent', () => {
    expect(reassignedState.run({ names: { unbound: [], emptied: [] } })).toEqual([]);
  });
});

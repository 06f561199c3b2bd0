import { describe, expect, it } from 'vitest';
import { unboundName } from '../../../src/checks/incident/unbound-name.js';
import type { Interpreter } from '../../../src/collectors/interpreter.js';
import type { Names } from '../../../src/collectors/names.js';

type Unbound = Names['unbound'][number];

const late: Unbound = {
  code: 'unbound-local',
  file: 'components/live_graph.py',
  line: 40,
  column: 15,
  text: 'started = time.time()',
  name: 'time',
  within: 'render',
  reason: 'later',
  definitions: [{ line: 52, text: 'import time' }],
  hidden: { line: 3, text: 'import time' },
  reachable: true,
};

const { hidden: _, within: __, ...rest } = late;
const undefinedName: Unbound = {
  ...rest,
  code: 'undefined-name',
  name: 'pd',
  text: 'pd.DataFrame()',
  reason: 'nowhere',
  definitions: [],
};

const run = (unbound: Unbound, interpreter?: Interpreter) =>
  unboundName.run({
    names: { unbound: [unbound], emptied: [] },
    ...(interpreter === undefined ? {} : { interpreter }),
  });

const pythonOf = (version: string): Interpreter => ({
  executable: '/venv/bin/python',
  version,
  implementation: 'CPython',
  platform: 'linux',
  how: '.venv in the dashboard',
  distributions: {},
});

describe('incident/unbound-name', () => {
  it('shows the read, what comes too late, and what the local name hides', () => {
    expect(run(late)).toEqual([
      {
        code: 'unbound-local',
        subject: 'components/live_graph.py: render.time',
        message:
          'time has no value yet: render gives it one further down, in line 52, and the time of the module (line 3) is hidden by that',
        location: { file: 'components/live_graph.py', line: 40, column: 15 },
        evidence: [
          'components/live_graph.py:40: started = time.time()',
          'components/live_graph.py:52: import time',
          'components/live_graph.py:3: import time',
        ],
        fix: 'Take out the import in line 52: the one of the module is enough.',
      },
    ]);
  });

  it.each<[Unbound, string, string]>([
    [
      { ...late, name: 'step', reason: 'of-itself', text: 'step += 1', definitions: [{ line: 40, text: 'step += 1' }] },
      'step is built from itself, but render never gives it a first value, and the step of the module (line 3) is hidden by that',
      'Add "global step" to render if the one of the module is meant, or give it a first value.',
    ],
    [
      { ...late, reason: 'one-branch' },
      'time is imported in one branch of render only, in line 52: without it there is no time here, and the time of the module (line 3) is hidden by that',
      'Take out the import in line 52: the one of the module is enough.',
    ],
    [
      { ...undefinedName, name: 'plot', reason: 'later', definitions: [{ line: 44, text: 'def plot():' }] },
      'plot has no value yet: the module gives it one further down, in line 44',
      'Move line 44 above line 40.',
    ],
    [
      {
        ...undefinedName,
        reason: 'elsewhere',
        definitions: [
          { line: 38, text: 'pd = 1' },
          { line: 39, text: 'pd = 2' },
        ],
      },
      'pd has no value on this way through the module: it gets one in lines 38, 39 only',
      'Give pd a value on every way to line 40.',
    ],
    [
      { ...undefinedName, reason: 'deleted', definitions: [{ line: 38, text: 'del pd' }] },
      'pd was deleted in line 38',
      'Take out the del in line 38, or what reads pd behind it.',
    ],
    [
      { ...undefinedName, reason: 'exception-over', definitions: [{ line: 38, text: 'except OSError as pd:' }] },
      'pd is gone: Python unbinds it at the end of its except, which began in line 38',
      'Keep it under another name inside of the except.',
    ],
    [
      { ...undefinedName, reason: 'for-type-checkers', definitions: [{ line: 4, text: 'import pandas as pd' }] },
      'pd is imported for type checkers only, in line 4: it is not there when the code runs',
      'Import pd outside of "if TYPE_CHECKING", or put the annotation in quotes.',
    ],
    [{ ...undefinedName, import: 'import pandas as pd' }, 'nothing defines pd', 'Add "import pandas as pd".'],
    [{ ...undefinedName, nearest: 'df' }, 'nothing defines pd', 'Write df, or define pd.'],
    [undefinedName, 'nothing defines pd', 'Define pd, or import it.'],
  ])('says why, and what to do: %#', (unbound, message, fix) => {
    expect(run(unbound)).toMatchObject([{ message, fix }]);
  });

  it('warns in files that the dashboard does not come to', () => {
    expect(run({ ...undefinedName, reachable: false })).toMatchObject([{ severity: 'warning' }]);
    expect(run(undefinedName)).not.toMatchObject([{ severity: 'warning' }]);
  });

  it('judges annotations by the Python that runs them', () => {
    const annotation: Unbound = { ...undefinedName, inAnnotation: true };
    expect(run(annotation, pythonOf('3.14.0'))).toEqual([]);
    expect(run(annotation, pythonOf('3.11.7'))).not.toMatchObject([{ severity: 'warning' }]);
    expect(run(annotation)).toMatchObject([
      { severity: 'warning', message: 'nothing defines pd, and Python up to 3.13 evaluates the annotation' },
    ]);
  });

  it('stays silent', () => {
    expect(unboundName.run({ names: { unbound: [], emptied: [] } })).toEqual([]);
  });
});

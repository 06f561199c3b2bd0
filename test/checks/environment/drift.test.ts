import { describe, expect, it } from 'vitest';
import { drift } from '../../../src/checks/environment/drift.js';
import type { Launch } from '../../../src/collectors/launch.js';
import { failing, judge, launched, raised, verdicts, type World } from './drift-world.js';
import { distribution, environment, importsIn, project } from './world.js';

const uses = (...modules: string[]) => [importsIn('app.py', modules)];
const known = {
  signature: 'x',
  class: 'fatal' as const,
  cause: '',
  fix: '',
  lines: ["from 'altair'"],
  count: 1,
  sources: [],
};
const pageWarning: Launch = {
  ...launched([]),
  pages: [
    {
      page: 'app.py',
      state: 'finished',
      detail: '',
      reruns: 0,
      durationMs: 1,
      exceptions: [{ isWarning: true, chain: [raised("'altair.x'")] }],
    },
  ],
};
const failed = failing('app.py', raised("'altair.x'"));
const importedWell = { ...failed, modules: failed.modules.map((each) => ({ ...each, status: 'ok' as const })) };
const site = '/app/.venv/lib/python3.11/site-packages';

describe('environment/drift fires', () => {
  const cases: [title: string, fires: string[], world: World][] = [
    [
      'for a new major version of what is used',
      ['warning changed numpy'],
      { before: ['numpy 1.26.4'], now: ['numpy 2.4.6'], source: uses('numpy') },
    ],
    [
      'for a new minor version below 1.0',
      ['warning changed altair'],
      { before: ['altair 0.4.2'], now: ['altair 0.5.0'], source: uses('altair') },
    ],
    [
      'through what is used by another',
      ['warning changed protobuf'],
      {
        before: ['protobuf 4.25.0', 'streamlit 1.30.0'],
        now: ['protobuf 5.29.0', 'streamlit 1.30.0: protobuf'],
        source: uses('streamlit'),
      },
    ],
    [
      'for what is used and gone',
      ['warning removed scikit-learn'],
      { before: ['scikit-learn 1.5.0'], now: [], source: uses('sklearn') },
    ],
    [
      'for a step down',
      ['warning changed torch'],
      { before: ['torch 2.6.0'], now: ['torch 1.13.1'], source: uses('torch') },
    ],
    ['for another Python', ['warning python-changed python'], { before: [], now: [], python: '3.10.13' }],
    [
      'as a note for another patch of Python',
      ['info python-changed python'],
      { before: [], now: [], python: '3.11.4' },
    ],
    [
      'as a note for a minor version',
      ['info changed streamlit'],
      { before: ['streamlit 1.63.0'], now: ['streamlit 1.64.0'], source: uses('streamlit') },
    ],
    [
      'as one note for what nothing uses',
      ['info changed other packages'],
      { before: ['pip 22.0', 'black 22.1.0'], now: ['pip 24.0', 'black 24.1.0'], source: uses('numpy') },
    ],
    [
      'as notes for what came and went',
      ['info removed six', 'info added rich'],
      { before: ['six 1.16.0'], now: ['rich 13.0'] },
    ],
    [
      'for a patch that a traceback goes through',
      ['warning changed plotly'],
      {
        before: ['plotly 7.0.0'],
        now: ['plotly 7.0.1'],
        source: uses('plotly'),
        imports: failing('app.py', raised('boom', ['app.py', `${site}/plotly/io/_html.py`])),
      },
    ],
    [
      'for what was added and now stands in the way',
      ['warning added backports-thing'],
      {
        before: [],
        now: ['backports-thing 1.0'],
        imports: failing('app.py', raised("cannot import name 'x' from 'backports_thing'")),
      },
    ],
    [
      'for a minor version that a failing file imports',
      ['warning changed pandas', 'info changed plotly'],
      {
        before: ['pandas 2.1.0', 'plotly 7.0.0'],
        now: ['pandas 2.2.0', 'plotly 7.1.0'],
        source: [importsIn('core/model.py', ['pandas']), importsIn('app.py', ['plotly'])],
        imports: failing('core/model.py', raised('boom')),
      },
    ],
    [
      'for what the log of a failed launch names',
      ['warning changed altair'],
      {
        before: ['altair 5.0.0'],
        now: ['altair 5.1.0'],
        source: uses('streamlit'),
        launch: launched([
          `  File "${site}/altair/vegalite/v5/api.py", line 1`,
          "AttributeError: module 'x' has no attribute 'y'",
        ]),
      },
    ],
    [
      'for what a page raised about',
      ['warning changed streamlit'],
      {
        before: ['streamlit 1.36.0'],
        now: ['streamlit 1.37.0'],
        source: uses('streamlit'),
        launch: launched([], [raised("module 'streamlit' has no attribute 'experimental_rerun'")]),
      },
    ],
  ];
  it.each(cases)('%s', (_, fires, world) => {
    expect(verdicts(world)).toEqual(fires);
  });
});

describe('environment/drift stays silent', () => {
  const same = ['numpy 2.4.6', 'streamlit 1.64.0: numpy', 'torch 2.13.0+cpu'];
  const names = ['numpy 2.4.6', 'streamlit 1.64.0', 'torch 2.13.0+cpu'];
  const cases: [title: string, world: World][] = [
    ['when nothing changed', { before: names, now: same, source: uses('streamlit') }],
    [
      'when nothing changed and something else fails',
      {
        before: names,
        now: same,
        source: uses('streamlit'),
        imports: failing('app.py', raised("No module named 'numpy'", [], { name: 'numpy' })),
      },
    ],
    ['in whatever order packages are found', { before: names, now: same.toReversed() }],
  ];
  it.each(cases)('%s', (_, world) => {
    expect(verdicts(world)).toEqual([]);
  });

  it('for working copies, whose version moves with every commit', () => {
    const world = { before: [], now: [] };
    const result = drift.run({
      'recorded-environment': {
        record: {
          schema: 'moe-check-environment/1',
          recordedAt: '2026-11-20T08:00:00.000Z',
          python: '3.11.7',
          implementation: 'CPython',
          packages: {},
        },
      },
      distributions: {
        python: '/p',
        toldBy: 'folder',
        environment: { ...environment, platform_python_implementation: 'CPython' },
        installed: [{ ...distribution('hub 0.1.dev7+gabc'), editable: true }],
      },
      source: { files: [] },
      project: project(),
    });
    expect(verdicts(world)).toEqual([]);
    expect(result).toEqual([]);
  });

  // Weighing must not see packages in what only looks like their names.
  const words: [title: string, message: string][] = [
    ['a plain word', 'please click the button to retry the requests, or look at the packaging'],
    ["somebody else's attribute", 'config.click is not set; self.requests.pop() failed'],
    ['a part of a word', "No module named 'clicks'; 'my-click' not found; requests-toolbelt"],
    ['a path of the dashboard', 'app/click/requests.py line 3'],
  ];
  it.each(words)('about blame for %s', (_, message) => {
    const now = ['click 8.5.1', 'requests 2.34.3', 'packaging 26.4'];
    const before = ['click 8.5.0', 'requests 2.34.2', 'packaging 26.3'];
    expect(verdicts({ before, now, imports: failing('app.py', raised(message)) })).toEqual([
      'info changed other packages',
    ]);
  });

  const harmless: [title: string, more: Partial<World>][] = [
    ['a warning that is shown like an exception', { launch: pageWarning }],
    [
      'noise in the log of a launch that worked',
      { launch: { ...launched([]), log: [`${site}/altair/x.py: deprecated`] } },
    ],
    ['a benign signature', { launch: { ...launched([]), recognized: [{ ...known, class: 'benign' }] } }],
    ['modules that came up', { imports: importedWell }],
  ];
  it.each(harmless)('about blame for %s', (_, more) => {
    const world = { before: ['altair 5.0.0'], now: ['altair 5.1.0'], source: uses('altair'), ...more };
    expect(verdicts(world)).toEqual(['info changed altair']);
  });

  it('without a record', () => {
    const nothing = { python: '/p', toldBy: 'folder' as const, environment, installed: [] };
    const result = drift.run({
      'recorded-environment': {},
      distributions: nothing,
      source: { files: [] },
      project: project(),
    });
    expect(result).toEqual({ notApplicable: expect.stringContaining('--record') });
  });
});

describe('environment/drift puts the likeliest first', () => {
  const before = ['numpy 1.26.4', 'pandas 2.1.0', 'plotly 5.0.0', 'protobuf 4.25.0', 'streamlit 1.30.0', 'tqdm 4.1'];
  const now = [
    'numpy 2.4.6',
    'pandas 3.0.6',
    'plotly 5.0.1',
    'protobuf 7.0.0',
    'streamlit 2.0.0: protobuf',
    'tqdm 4.2',
  ];
  const source = [
    importsIn('app.py', ['streamlit', 'numpy', 'plotly', 'pandas', 'tqdm']),
    importsIn('core/data.py', ['pandas']),
  ];

  it('what a failure points at, what the failing file imports, the big steps of the usual ones, a note for the rest', () => {
    const imports = failing('core/data.py', raised("cannot import name 'x' from 'plotly.io'"));
    expect(verdicts({ before, now, python: '3.9.18', source, imports })).toEqual([
      'warning changed plotly',
      'warning changed pandas',
      'warning python-changed python',
      'warning changed streamlit',
      'warning changed numpy',
      'warning changed protobuf',
      'info changed tqdm',
    ]);
  });

  it('and says why, and how to go back', () => {
    const imports = failing('core/data.py', raised("cannot import name 'x' from 'plotly.io'"));
    const [first, second] = judge({ before, now, source, imports });
    expect(first).toMatchObject({
      message:
        'plotly went from 5.0.0 to 5.0.1 since the last green preflight of 2026-11-20, and a failure of this run points at it',
      evidence: ["core.data: ImportError: cannot import name 'x' from 'plotly.io'"],
      fix: "/app/.venv/bin/python -m pip install 'plotly==5.0.0'",
    });
    expect(second?.message).toBe('pandas went from 2.1.0 to 3.0.6 since the last green preflight of 2026-11-20');
  });
});

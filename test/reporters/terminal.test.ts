import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildReport, errorReport, type CheckReport } from '../../src/engine/report.js';
import type { Outcome } from '../../src/engine/types.js';
import { displayWidth, type Screen } from '../../src/reporters/layout.js';
import { terminalReport } from '../../src/reporters/terminal.js';

const head = {
  tool: { name: 'moe-check', version: '1.2.3' },
  target: '/home/me/moe hub',
  startedAt: '2025-06-14T22:16:00.000Z',
  durationMs: 3210,
};

const facts = [
  { label: 'entry', value: 'streamlit_dashboard.py', how: 'calls st.set_page_config' },
  {
    label: 'interpreter',
    value: '/home/me/moe hub/.venv/bin/python 3.11.7',
    how: '.venv beside the dashboard, before the $VIRTUAL_ENV of another project',
  },
];

function check(id: string, outcome: Outcome): CheckReport {
  const docs = `docs/checks/${id.replace('/', '-')}.md`;
  return { id, title: `what ${id} is about`, why: 'because', docs, outcome };
}

const green = [
  check('incident/compile', { status: 'passed' }),
  check('incident/import', { status: 'passed', leftOut: ['symbols: only looked at with --tier import'] }),
  check('incident/network', { status: 'not-applicable', reason: 'the code asks for nothing from outside' }),
];

const red = [
  check('incident/compile', {
    status: 'failed',
    findings: [
      {
        code: 'syntax-error',
        subject: 'components/live_graph.py',
        severity: 'error',
        message: "components/live_graph.py does not parse: '(' was never closed",
        location: { file: 'components/live_graph.py', line: 12, column: 9 },
        evidence: ['    plot_types.append((', `${'x'.repeat(100)}`],
        fix: 'Close the bracket opened in line 12, then run: python -m py_compile components/live_graph.py',
      },
      {
        code: 'syntax-warning',
        subject: 'a.py',
        severity: 'warning',
        message: 'an invalid escape sequence "\\d"',
        suggestion: "r'\\d'",
      },
    ],
  }),
  check('incident/import', {
    status: 'blocked',
    artifact: 'interpreter',
    error: { name: 'CannotLook', message: 'no Python was found', fix: 'Name an interpreter with --python.' },
  }),
  check('incident/network', { status: 'skipped', reason: 'left out on purpose (--skip)' }),
  check('incident/startup', {
    status: 'errored',
    error: { name: 'TypeError', message: 'x is undefined', stack: 'at secret' },
  }),
];

const plain: Screen = { width: 80, colour: false, unicode: true };
const looks = [
  { artifact: 'files', title: 'walking the folder', state: 'ok', durationMs: 12 },
  { artifact: 'imports', title: 'importing the modules', state: 'ok', durationMs: 1480 },
] as const;
const report = (checks: readonly CheckReport[]) => buildReport(head, { facts, checks, looks }, 'error');

describe('the terminal report', () => {
  it('is quiet when all is well', () => {
    expect(terminalReport(report(green), plain)).toMatchInlineSnapshot(`
      "moe-check 1.2.3  /home/me/moe hub
        entry        streamlit_dashboard.py  (calls st.set_page_config)
        interpreter  /home/me/moe hub/.venv/bin/python 3.11.7  (.venv beside the
                     dashboard, before the $VIRTUAL_ENV of another project)

      ✔ incident/compile   what incident/compile is about
      ✔ incident/import    what incident/import is about
          left out: symbols: only looked at with --tier import
      – incident/network   not applicable: the code asks for nothing from outside

      GO  checks: 2 passed, 1 not applicable · 3.2 s
          importing the modules 1.5 s
      "
    `);
  });

  it('gives evidence and fix when it is not', () => {
    expect(terminalReport(report(red), plain)).toMatchInlineSnapshot(`
      "moe-check 1.2.3  /home/me/moe hub
        entry        streamlit_dashboard.py  (calls st.set_page_config)
        interpreter  /home/me/moe hub/.venv/bin/python 3.11.7  (.venv beside the
                     dashboard, before the $VIRTUAL_ENV of another project)

      ✖ incident/compile   1 error, 1 warning
          ✖ syntax-error  components/live_graph.py:12:9
            components/live_graph.py does not parse: '(' was never closed
            │     plot_types.append((
            │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            │ xxxxxxxxxxxxxxxxxxxxxxxxxxxx
            fix: Close the bracket opened in line 12, then run: python -m py_compile
                 components/live_graph.py
          ▲ syntax-warning  a.py
            an invalid escape sequence "\\d"
            did you mean: r'\\d'
          moe-check checks explain incident/compile

      ? incident/import    could not look: no Python was found
            fix: Name an interpreter with --python.
      ? incident/startup   a defect of moe-check itself: x is undefined
            fix: Leave it out with --skip incident/startup, and report the defect.
      – not run: incident/network (left out on purpose (--skip))

      NO-GO  1 error, 1 warning · checks: 1 with findings, 1 could not look, 1 broke,
             1 skipped · 3.2 s
             importing the modules 1.5 s
      "
    `);
  });

  it('needs nothing but ASCII', () => {
    const text = terminalReport(report([...green, ...red]), { ...plain, unicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toMatchInlineSnapshot(`
      "moe-check 1.2.3  /home/me/moe hub
        entry        streamlit_dashboard.py  (calls st.set_page_config)
        interpreter  /home/me/moe hub/.venv/bin/python 3.11.7  (.venv beside the
                     dashboard, before the $VIRTUAL_ENV of another project)

      ok incident/compile   what incident/compile is about
      ok incident/import    what incident/import is about
          left out: symbols: only looked at with --tier import
      -  incident/network   not applicable: the code asks for nothing from outside
      X  incident/compile   1 error, 1 warning
          X syntax-error  components/live_graph.py:12:9
            components/live_graph.py does not parse: '(' was never closed
            |     plot_types.append((
            | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            | xxxxxxxxxxxxxxxxxxxxxxxxxxxx
            fix: Close the bracket opened in line 12, then run: python -m py_compile
                 components/live_graph.py
          ! syntax-warning  a.py
            an invalid escape sequence "\\d"
            did you mean: r'\\d'
          moe-check checks explain incident/compile

      ?  incident/import    could not look: no Python was found
            fix: Name an interpreter with --python.
      ?  incident/startup   a defect of moe-check itself: x is undefined
            fix: Leave it out with --skip incident/startup, and report the defect.
      -  not run: incident/network (left out on purpose (--skip))

      NO-GO  1 error, 1 warning - checks: 2 passed, 1 with findings, 1 could not look,
             1 broke, 1 not applicable, 1 skipped - 3.2 s
             importing the modules 1.5 s
      "
    `);
  });

  it('says CANNOT TELL when nothing failed and something could not be looked at', () => {
    const text = terminalReport(report([...green, ...red.slice(1)]), plain);
    expect(text).toMatch(/\nCANNOT TELL {2}checks: 2 passed, 1 could not look, 1 broke/);
  });

  it('says that nothing was judged', () => {
    const skipped = [check('a/b', { status: 'skipped', reason: 'only looked at with --tier launch' })];
    const text = terminalReport(report(skipped), { ...plain, colour: true });
    expect(text).not.toContain('\x1b[32m');
    expect(text).toMatch(/CANNOT TELL.* nothing was judged · checks: 1 skipped/);
  });

  it('does not bury a person under findings', () => {
    const findings = Array.from({ length: 300 }, (_, n) => ({ code: 'x', subject: `s${n}`, message: 'm' }));
    const text = terminalReport(report([check('a/b', { status: 'failed', findings })]), plain);
    expect(text).toContain('s19\n');
    expect(text).not.toContain('s20\n');
    expect(text).toContain('and 280 more; --json has all');
  });

  it('says what stopped a run', () => {
    const text = terminalReport(errorReport(head, { kind: 'interrupted', message: 'interrupted by SIGINT' }), plain);
    expect(text).toContain('ERROR  interrupted by SIGINT');
  });

  it.each([40, 60, 80, 100])('stays within %i columns', (width) => {
    const text = terminalReport(report([...green, ...red]), { ...plain, width });
    expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([]);
  });

  it('says the same in colour, and shows nothing that did not pass in green', () => {
    const text = terminalReport(report([...green, ...red]), { ...plain, colour: true });
    expect(stripVTControlCharacters(text)).toBe(terminalReport(report([...green, ...red]), plain));
    const greenLines = text.split('\n').filter((line) => line.includes('\x1b[32m'));
    expect(greenLines.map((line) => /incident\/\w+/.exec(line)?.[0])).toEqual(['incident/compile', 'incident/import']);
  });

  it('lets nothing that a dashboard prints control the terminal', () => {
    const evil = check('a/b', {
      status: 'failed',
      findings: [
        { code: 'x', subject: 's', message: '\x1b[2J\x1b[32mall is well\x07', evidence: ['\x1b]0;pwn\x07log'] },
      ],
    });
    expect(terminalReport(report([evil]), plain)).toMatch(/^[^\p{Cc}]*$/mu);
    expect(terminalReport(report([evil]), plain)).not.toContain('\x1b');
  });
});

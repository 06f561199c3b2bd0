import { expect, it } from 'vitest';
import { buildReport, type Report } from '../../src/engine/report.js';
import type { Finding } from '../../src/engine/types.js';
import { watchReport } from '../../src/reporters/watch.js';

const screen = { width: 100, colour: false, unicode: true };

function reportOf(findings: readonly Finding[]): Report {
  const check = { id: 'incident/method-existence', title: 'Every method exists', why: '', docs: '' };
  const head = {
    tool: { name: 'moe-check', version: '1.0.0' },
    target: '/dashboard',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 120,
  };
  return buildReport(
    head,
    { facts: [], checks: [{ ...check, outcome: { status: 'failed', findings } }], looks: [] },
    'error',
  );
}

const findingAt = (line: number): Finding => ({
  code: 'missing-method',
  severity: 'error',
  subject: `app.py:${line}`,
  message: 'Model has no method steps',
  fix: 'Call step.',
  location: { file: 'app.py', line },
});

it('shows what is new once, with its fix, above what was known', () => {
  const shown = watchReport(
    reportOf([findingAt(1), findingAt(2)]),
    reportOf([findingAt(1), findingAt(3)]),
    screen,
    '10:00',
  );
  expect(shown.split('\n')).toEqual([
    'NO-GO  2 errors  10:00 · 0.1 s',
    'since the last verdict:',
    '+ app.py:2  incident/method-existence missing-method: Model has no method steps',
    '  fix: Call step.',
    '− app.py:3  incident/method-existence missing-method: Model has no method steps',
    '',
    '✖ app.py:1  incident/method-existence missing-method: Model has no method steps',
  ]);
});

it('lists all of them the first time, and says when nothing changed', () => {
  const report = reportOf([findingAt(1)]);
  expect(watchReport(report, undefined, screen, '10:00').split('\n')).toEqual([
    'NO-GO  1 error  10:00 · 0.1 s',
    '✖ app.py:1  incident/method-existence missing-method: Model has no method steps',
  ]);
  expect(watchReport(report, report, screen, '10:00')).toContain('nothing changed since the last verdict\n✖ app.py:1');
});

it('fits on the screen', () => {
  const many = reportOf(Array.from({ length: 50 }, (_, line) => findingAt(line)));
  const lines = watchReport(many, undefined, { ...screen, height: 20 }, '10:00').split('\n');
  expect(lines).toHaveLength(17);
  expect(lines.at(-1)).toBe('and 35 more lines');
});

import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/engine/report.js';
import { python } from '../helpers/dashboards.js';
import { moeCheck } from './moe-check.js';

async function preflight(files: Record<string, string>, flags: readonly string[] = []): Promise<Report> {
  await using fixture = await createFixture(files);
  const only = ['--only', 'incident/compile', '--only', 'incident/import', '--only', 'incident/startup'];
  const { stdout } = await moeCheck(['preflight', fixture.path, '--python', python, '--json', ...only, ...flags]);
  const report: Report = JSON.parse(stdout);
  return report;
}

const outcomesOf = ({ checks }: Report) => Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome.status]));

const errorsOf = ({ checks }: Report) =>
  checks.flatMap(({ id, outcome }) =>
    outcome.status === 'failed'
      ? outcome.findings.filter(({ severity }) => severity === 'error').map(({ code }) => `${id} ${code}`)
      : [],
  );

const st = 'import streamlit as st\n';

describe('what a module raises only when it is imported by itself', () => {
  it('does not keep the dashboard from being started, nor from being go', async () => {
    const session = await preflight({
      'app.py': `${st}if "cfg" not in st.session_state:\n    st.session_state.cfg = {}\nimport panel\nst.write(panel.cfg)\n`,
      'panel.py': `${st}cfg = st.session_state.cfg\n`,
    });
    expect(session).toMatchObject({ verdict: 'go', exitCode: 0 });
    expect(outcomesOf(session)['incident/startup']).toBe('passed');

    const files = {
      'app.py': `${st}import os\nos.environ.setdefault("MOE_HOME", "/srv")\nimport panel\nst.write(panel.home)\n`,
      'panel.py': 'import os\nhome = os.environ["MOE_HOME"]\n',
    };
    const environment = await preflight(files);
    expect(errorsOf(environment)).toEqual([]);
    expect(outcomesOf(environment)['incident/startup']).toBe('passed');
  });

  it('is an error of the start, and of nothing else, when the dashboard raises it as well', async () => {
    const files = {
      'app.py': `${st}import panel\nst.write(panel.home)\n`,
      'panel.py': 'import os\nhome = os.environ["MOE_HOME_THAT_NOBODY_SETS"]\n',
    };
    expect(errorsOf(await preflight(files))).toEqual(['incident/startup script-raised']);
    expect(errorsOf(await preflight(files, ['--tier', 'import']))).toEqual(['incident/import import-error']);
  });
});

describe('a start that was skipped because of an earlier stage', () => {
  it.each([
    ['a missing module', 'import no_such_module_at_all\n', 'incident/import module-missing'],
    ['a missing name', 'from core import gone\n', 'incident/import symbol-missing'],
    ['an exit', 'import leave\n', 'incident/import import-error'],
    ['a syntax error', 'import half\n', 'incident/compile syntax-error'],
  ])('is never alone: %s', async (_, statement, error) => {
    const report = await preflight({
      'app.py': `${st}${statement}`,
      'core.py': 'there = 1\n',
      'leave.py': 'import sys\nsys.exit(3)\n',
      'half.py': 'x = (\n',
    });
    expect(outcomesOf(report)['incident/startup']).toBe('skipped');
    expect(errorsOf(report)).toContain(error);
    expect(report).toMatchObject({ verdict: 'no-go', exitCode: 1 });
  });
});

describe('a dashboard of which nobody knows how it is started', () => {
  it.each([
    ['no entry', { 'core.py': 'x = 1\n' }, 'no entry script was found'],
    [
      'an entry that is not Streamlit',
      { 'app.py': 'print(1)\n', 'moe-check.config.yaml': 'entry: app.py\n' },
      'app.py',
    ],
  ])('is blocked, not go: %s', async (_, files, says) => {
    const report = await preflight(files);
    expect(report.exitCode).toBe(3);
    expect(report.checks.find(({ id }) => id === 'incident/startup')?.outcome).toMatchObject({
      status: 'blocked',
      error: { message: expect.stringContaining(says), fix: expect.stringContaining('launch.command') },
    });
    expect(await preflight(files, ['--tier', 'import'])).toMatchObject({ exitCode: 0 });
  });
});

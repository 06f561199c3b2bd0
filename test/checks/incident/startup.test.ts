import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startup } from '../../../src/checks/incident/startup.js';
import type { Launch } from '../../../src/collectors/launch.js';
import type { RecognizedFailure } from '../../../src/triage/triage.js';

function fixture(name: string): Launch {
  const file = new URL(`../../../fixtures/artifacts/incident/startup/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).launch;
}

function judge(launch: Launch) {
  const findings = startup.run({ launch });
  if ('notApplicable' in findings) throw new Error(findings.notApplicable);
  return findings;
}

const known = (signature: string, kind: RecognizedFailure['class']): RecognizedFailure => ({
  signature,
  class: kind,
  cause: 'a cause',
  fix: 'a fix',
  lines: ['a line'],
  count: 1,
  sources: ['a source'],
});

describe('incident/startup', () => {
  it('finds one root cause for an exception that the page and the log both show', () => {
    const findings = judge(fixture('fail'));
    expect(findings.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['port-in-use', 'port 8501', undefined],
      ['never-healthy', 'pages/2_Compare.py', 'warning'],
      ['script-raised', 'streamlit_dashboard.py', undefined],
      ['known-failure', 'st-missing-scriptrunctx', 'warning'],
    ]);
    expect(findings[0]?.fix).toContain('kill 4242');
    expect(findings[1]?.message).toContain('it was at core/data.py:12 (load)');
    expect(findings[2]).toMatchObject({
      location: { file: 'core/training_controllers.py', line: 88 },
      fix: expect.stringContaining('hasattr'),
    });
    expect(findings[2]?.message).toBe(
      "streamlit_dashboard.py raised AttributeError: 'MoEModel' object has no attribute 'get_last_saturation_metrics' at core/training_controllers.py:88 (_compute_saturation_level)",
    );
  });

  it('explains an early end by what is known of it', () => {
    expect(judge(fixture('fail-exited'))).toMatchObject([
      {
        code: 'exited',
        message: 'the dashboard was ended by SIGSEGV before it answered',
        fix: expect.stringContaining('PYTHONFAULTHANDLER'),
      },
    ]);
  });

  it('finds nothing in a clean start', () => {
    expect(judge(fixture('pass'))).toEqual([]);
  });

  it('keeps harmless noise a note', () => {
    const noisy = { ...fixture('pass'), recognized: [known('st-torch-classes-watcher', 'benign')] };
    expect(judge(noisy)).toMatchObject([{ code: 'known-failure', severity: 'info' }]);
  });

  it('warns of a fatal failure that a clean page has survived, and fails where no page speaks against it', () => {
    const survived = { ...fixture('pass'), recognized: [known('cuda-oom', 'fatal')] };
    expect(judge(survived)).toMatchObject([{ code: 'known-failure', severity: 'warning' }]);
    const rungs = survived.rungs.filter(({ rung }) => rung !== 'script-ran' && rung !== 'page-clean');
    expect(judge({ ...survived, framework: 'command', rungs, pages: [] })).toMatchObject([
      { code: 'known-failure', severity: 'error' },
    ]);
  });

  it('tells what a shared module raises once, not once a page', () => {
    const launch = fixture('fail');
    const [first] = launch.pages;
    if (first === undefined) throw new Error('the fixture has no page');
    const pages = [first, { ...first, page: 'pages/3_Again.py' }];
    expect(judge({ ...launch, pages }).filter(({ code }) => code === 'script-raised')).toHaveLength(1);
  });
});

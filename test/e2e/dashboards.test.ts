import { describe, expect, it } from 'vitest';
import { collectors } from '../../src/collectors/index.js';
import { loadArtifacts } from '../../src/engine/artifacts-folder.js';
import type { Report } from '../../src/engine/report.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { applyVariant, copyDashboard, python, variants } from '../helpers/dashboards.js';
import { contentsOf, leftRunning } from '../helpers/leftovers.js';
import { moeCheck } from './moe-check.js';

async function preflight(folder: string, flags: readonly string[] = []): Promise<Report> {
  const isReport = await validatorOf<Report>('report');
  const { stdout, stderr, exitCode } = await moeCheck(['preflight', folder, '--python', python, '--json', ...flags]);
  const report: unknown = JSON.parse(stdout);
  if (!isReport(report)) throw new Error(`not a report: ${JSON.stringify(isReport.errors)}`);
  expect(report.exitCode).toBe(exitCode);
  expect(stderr).toBe('');
  return report;
}

const errorsOf = (report: Report) =>
  report.checks.flatMap(({ id, outcome }) =>
    outcome.status === 'failed'
      ? outcome.findings.filter(({ severity }) => severity === 'error').map(({ code }) => `${id} ${code}`)
      : [],
  );

/** Nobody has recorded an environment for the dashboard to be compared with, nor named runs of its metrics. */
const unasked = new Set([
  'environment/drift',
  'contract/metrics-schema',
  'contract/metrics-live',
  'training/regression',
]);

/** Without --train nothing is trained. */
function expectedStatus(id: string): string {
  if (id === 'training/reference') return 'skipped';
  return unasked.has(id) ? 'not-applicable' : 'passed';
}

describe('the healthy dashboard', () => {
  it('is go, really started, with nothing to say, nothing written and nothing left running', async () => {
    await using dashboard = await copyDashboard('a "dash board" 🚀');
    const before = await contentsOf(dashboard.folder);
    const saved = `${dashboard.folder}-saved`;
    const report = await preflight(dashboard.folder, ['--save-artifacts', saved]);
    expect(report).toMatchObject({ verdict: 'go', exitCode: 0, summary: { errors: 0, warnings: 0, blocked: 0 } });
    expect(report.checks.map(({ id, outcome }) => [id, outcome.status])).toEqual(
      report.checks.map(({ id }) => [id, expectedStatus(id)]),
    );
    expect(report.looks).toContainEqual(expect.objectContaining({ artifact: 'launch', state: 'ok' }));
    expect(await contentsOf(dashboard.folder)).toEqual(before);
    expect(await leftRunning(dashboard.folder)).toEqual([]);

    // What collectors emit is held against the schemas that the fixtures are held against.
    const { looks } = await loadArtifacts(saved, collectors);
    expect([...looks.keys()].sort()).toEqual(collectors.map(({ artifact }) => artifact).sort());
    const other = [...looks.values()].filter(({ collected }) => collected.state !== 'ok');
    expect(other.map(({ artifact, collected }) => [artifact, collected.state])).toEqual([['trainings', 'skipped']]);
  });
});

describe('a broken dashboard', () => {
  it.each(variants.map((variant) => [variant.name, variant] as const))(
    '%s is no-go for one reason',
    async (name, { check, code, flags }) => {
      await using broken = await applyVariant(name);
      const before = await contentsOf(broken.folder);
      const report = await preflight(broken.folder, flags);
      expect(report).toMatchObject({ verdict: 'no-go', exitCode: 1 });
      expect(errorsOf(report)).toEqual([`${check} ${code}`]);
      expect(await contentsOf(broken.folder)).toEqual(before);
      expect(await leftRunning(broken.folder)).toEqual([]);
    },
  );

  it.each(['syntax-error', 'missing-module', 'script-raises'])(
    '%s is red for the launch alone as well',
    async (name) => {
      await using broken = await applyVariant(name);
      const report = await preflight(broken.folder, ['--only', 'incident/startup']);
      expect(errorsOf(report)).toEqual(['incident/startup script-raised']);
    },
  );
});

describe('saved artifacts', () => {
  it('are judged again to the same findings, without Python and without the dashboard', async () => {
    await using broken = await applyVariant('symbol-gone');
    const saved = `${broken.folder}-saved`;
    const looked = await preflight(broken.folder, ['--save-artifacts', saved]);
    const replayed = await moeCheck(['preflight', '--from-artifacts', saved, '--json'], { env: { PATH: '' } });
    const report: Report = JSON.parse(replayed.stdout);
    expect(report.checks).toEqual(looked.checks);
    expect(report.target).toBe(broken.folder);
    expect(replayed.exitCode).toBe(1);
  });
});

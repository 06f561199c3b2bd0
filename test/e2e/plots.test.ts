import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { PlotsReport } from '../../src/cli/plots-report.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { applyVariant, buildHistory, copyDashboard, git, moeHub, python } from '../helpers/dashboards.js';
import { contentsOf, leftRunning } from '../helpers/leftovers.js';
import { moeCheck, root } from './moe-check.js';

/** What `plots --json` says, held against its schema. */
async function plots(folder: string, flags: readonly string[] = []): Promise<PlotsReport> {
  const { stdout, stderr, exitCode } = await moeCheck(['plots', folder, '--python', python, '--json', ...flags]);
  const report: unknown = JSON.parse(stdout);
  const isReport = await validatorOf<PlotsReport>('plots-report');
  if (!isReport(report)) throw new Error(`not a plots report: ${JSON.stringify(isReport.errors)}`);
  expect(report.exitCode).toBe(exitCode);
  expect(stderr).toBe('');
  return report;
}

/** Plot type and combination of every cell in one of the states. */
function cellsThat(report: PlotsReport, ...states: readonly string[]): string[] {
  const { combinations = [], rows = [] } = report.matrix ?? {};
  return rows.flatMap(({ plotType, cells }) =>
    cells.flatMap(({ state }, index) => (states.includes(state) ? [`${plotType}: ${combinations[index]?.name}`] : [])),
  );
}

describe('plots', () => {
  it('shows 8 combinations of 13 plot types of the healthy dashboard, all covered, and leaves nothing behind', async () => {
    await using dashboard = await copyDashboard('a "dash board"');
    const before = await contentsOf(dashboard.folder);
    const report = await plots(dashboard.folder);
    expect(report).toMatchObject({ schema: 'moe-check-plots/1', verdict: 'go' });
    expect(report.matrix?.rows).toHaveLength(13);
    expect(report.matrix?.combinations.map(({ name }) => name)).toEqual(
      ['gnn', 'hgnn', 'orthogonal', 'ghost'].flatMap((mode) => [`${mode}, standard`, `${mode}, geometric`]),
    );
    expect(cellsThat(report, 'covered')).toHaveLength(62);
    expect(cellsThat(report, 'not-offered')).toHaveLength(8 * 13 - 62);
    expect(report.matrix?.rows.every(({ metrics }) => metrics.length > 0)).toBe(true);
    expect(await contentsOf(dashboard.folder)).toEqual(before);
    expect(await leftRunning(dashboard.folder)).toEqual([]);
  });

  it('shows exactly the one cell red that a metric is missing for', async () => {
    await using broken = await applyVariant('plot-without-data');
    const report = await plots(broken.folder);
    expect(cellsThat(report, 'no-data', 'no-renderer', 'unknown', 'failed', 'rejected')).toEqual([
      'Ghost Rotation: ghost, geometric',
    ]);
    expect(report).toMatchObject({ verdict: 'no-go', exitCode: 1 });
  });

  it('shows the plots that the incident left without data, and none before and after it', async () => {
    await using history = await buildHistory();
    const red: Record<string, readonly string[]> = {};
    for (const role of ['before-incident', 'incident', 'fix']) {
      await git(history.folder, ['checkout', '--quiet', history.commit(role)]);
      red[role] = cellsThat(await plots(history.folder), 'no-data', 'no-renderer', 'unknown', 'failed', 'rejected');
    }
    const ghosts = ['Ghost Expert Activation', 'Saturation Monitoring'];
    const ofOrthogonal = ['Orthogonality Preservation', 'Expert Specialization'];
    const inModes = (plotTypes: readonly string[], modes: readonly string[]) =>
      plotTypes.flatMap((plotType) => modes.map((mode) => `${plotType}: ${mode}`));
    const ofGhost = ['ghost, standard', 'ghost, geometric'];
    expect(red).toEqual({
      'before-incident': [],
      incident: [
        ...inModes(ofOrthogonal, ['orthogonal, standard', 'orthogonal, geometric', ...ofGhost]),
        ...inModes(ghosts, ofGhost),
      ],
      fix: [],
    });
  });

  it('tells what the sources tell without any Python', async () => {
    const { stdout, exitCode } = await moeCheck(['plots', moeHub, '--tier', 'static'], { env: { PATH: '/nowhere' } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('13 plot types: 13 offered, all covered');
    expect(stdout).toContain('The combinations were not asked');
  });

  it('holds the dashboard against the matrix that is pinned', async () => {
    await using dashboard = await createFixture({
      'moe-check.config.yaml': 'plots:\n  expected:\n    Training Loss: { architecture_mode: [gnn, ghost] }\n',
    });
    const config = dashboard.getPath('moe-check.config.yaml');
    const { stdout, exitCode } = await moeCheck(['plots', moeHub, '--python', python, '--config', config]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('unexpected-plot');
    expect(stdout).toMatch(/Training Loss +● ● \+ \+ \+ \+ ● ●/);
  });

  it('says which value of the pinned matrix there is not, with exit code 2', async () => {
    await using dashboard = await createFixture({
      'moe-check.config.yaml': 'plots:\n  expected:\n    Training Loss: { architecture_mode: gohst }\n',
    });
    const config = dashboard.getPath('moe-check.config.yaml');
    const { stderr, exitCode } = await moeCheck(['plots', moeHub, '--tier', 'static', '--config', config]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'architecture_mode: gohst of Training Loss, which no combination has; did you mean "ghost"?',
    );
  });

  it('cannot tell when the class that the config names is not there', async () => {
    await using given = await createFixture({ 'moe-check.config.yaml': 'plots:\n  config: core.nope:Config\n' });
    const report = await plots(moeHub, ['--config', path.join(given.path, 'moe-check.config.yaml')]);
    expect(report).toMatchObject({ verdict: 'unknown', exitCode: 3 });
    expect(JSON.stringify(report.checks)).toContain("No module named 'core.nope'");
  });

  it('is as the README shows it', async () => {
    const { stdout } = await moeCheck(['plots', moeHub, '--python', python]);
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const matrix = stdout.split('\n').filter((line) => /^ {2}.* [●·]( [●·])+$/.test(line));
    expect(matrix).toHaveLength(13);
    expect(readme).toContain(matrix.join('\n'));
  });
});

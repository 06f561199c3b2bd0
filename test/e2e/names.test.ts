import { expect, it } from 'vitest';
import { buildHistory, git, historyCommits } from '../helpers/dashboards.js';
import { moeCheck } from './moe-check.js';

/** Code and subject of what the checks of names, methods and keys find, with no Python to be had. */
async function found(folder: string): Promise<string[]> {
  const only = [
    '--only',
    'incident/unbound-name,incident/reassigned-state,incident/method-existence,contract/metric-keys',
  ];
  const { stdout } = await moeCheck(['preflight', folder, ...only, '--tier', 'static', '--json'], {
    env: { PATH: '' },
  });
  const report = JSON.parse(stdout) as {
    checks: { outcome: { status: string; findings?: { code: string; subject: string }[] } }[];
  };
  expect(report.checks.filter(({ outcome }) => /^(?:passed|failed)$/.test(outcome.status))).toHaveLength(4);
  return report.checks.flatMap(({ outcome }) =>
    (outcome.findings ?? []).map(({ code, subject }) => `${code} ${subject}`),
  );
}

it('the incident loses keys and a method and empties what was filled, the commits before and after do not', async () => {
  await using repository = await buildHistory();
  const told = new Map<string, string[]>();
  for (const patch of ['0011', '0012', '0014', '0015']) {
    const index = historyCommits.findIndex((each) => each.patch.startsWith(patch));
    await git(repository.folder, ['checkout', '--quiet', repository.commits[index] ?? 'none']);
    told.set(patch, await found(repository.folder));
  }
  const controller = 'StandardTrainingController';
  const where = 'utils/background_training.py: BackgroundTrainingManager._route_metrics';
  expect(Object.fromEntries(told)).toEqual({
    '0011': [],
    '0012': [
      'missing-method MoEModel.get_last_saturation_metrics',
      `emptied-after-fill ${where}.geometric_metrics`,
      `emptied-after-fill ${where}.ghost_metrics`,
      ...['orthogonality_preservation', 'expert_specialization', 'active_ghosts', 'saturation_level'].map(
        (key) => `lost-on-the-way ${controller}.get_current_metrics: ${key}`,
      ),
      ...['orthogonality', 'expert_entropy', 'ghost_activations'].map(
        (key) => `never-produced ${controller}._update_current_metrics: ${key}`,
      ),
    ],
    '0014': [],
    '0015': [],
  });
}, 60_000);

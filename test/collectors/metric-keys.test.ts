import { createFixture } from 'fs-fixture';
import { describe, expect, it, onTestFinished } from 'vitest';
import { metricKeys } from '../../src/checks/contract/metric-keys.js';
import { filesCollector } from '../../src/collectors/files.js';
import { metricKeysCollector, type MetricKeys } from '../../src/collectors/metric-keys.js';
import { projectCollector } from '../../src/collectors/project.js';
import { sourceCollector } from '../../src/collectors/source.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings as plain } from '../engine/stand-ins.js';
import { buildHistory, git, moeHub } from '../helpers/dashboards.js';

/** What the collector makes of a folder, held against its schema. */
async function lookAt(root: string): Promise<MetricKeys> {
  const signal = new AbortController().signal;
  const settings = { ...plain, root };
  const files = await filesCollector.collect({ settings, signal, artifacts: {} });
  const source = await sourceCollector.collect({ settings, signal, artifacts: { files } });
  const project = await projectCollector.collect({ settings, signal, artifacts: { files, source } });
  const keys = await metricKeysCollector.collect({ settings, signal, artifacts: { source, project } });
  expect((await validatorOf('artifacts/metric-keys'))(keys)).toBe(true);
  return keys;
}

function judge(keys: MetricKeys): readonly string[] {
  const found = metricKeys.run({ 'metric-keys': keys });
  if ('notApplicable' in found) return [found.notApplicable];
  return found.map(({ code, severity = 'error', subject, suggestion }) =>
    [severity, code, subject, ...(suggestion === undefined ? [] : ['->', suggestion])].join(' '),
  );
}

const getter = 'StandardTrainingController.get_current_metrics';
const producer = 'StandardTrainingController._update_current_metrics';

describe('contract/metric-keys on the history of a dashboard', () => {
  it('names the keys that got lost in the incident, and nothing before and after', { timeout: 60_000 }, async () => {
    await using repository = await buildHistory();
    const told = async (role: string) => {
      await git(repository.folder, ['checkout', '--quiet', '--force', repository.commit(role)]);
      return judge(await lookAt(repository.folder));
    };
    expect(await told('before-incident')).toEqual([]);
    expect(await told('incident')).toEqual([
      `error lost-on-the-way ${getter}: orthogonality_preservation`,
      `error lost-on-the-way ${getter}: expert_specialization`,
      `error lost-on-the-way ${getter}: active_ghosts`,
      `error lost-on-the-way ${getter}: saturation_level`,
      `error never-produced ${producer}: orthogonality -> orthogonality_preservation`,
      `error never-produced ${producer}: expert_entropy -> expert_specialization`,
      `error never-produced ${producer}: ghost_activations -> active_ghosts`,
    ]);
    expect(await told('fix')).toEqual([]);
    expect(await told('head')).toEqual([]);
  });

  it('finds nothing in the demo, and judges nine of ten reads there', async () => {
    const keys = await lookAt(moeHub);
    expect(judge(keys)).toEqual([]);
    expect(keys.resolved).toBeGreaterThan(9 * keys.unresolved);
  });
});

it('says nothing while a file that the dashboard comes to does not parse', async () => {
  const fixture = await createFixture({
    'app.py': 'import streamlit as st\nimport half\nst.write(half.measure()["b"])\n',
    'half.py': 'def measure(): return {"a": 1}\ndef fill(m: m["b"] = 2\n',
  });
  onTestFinished(() => fixture.rm());
  expect(judge(await lookAt(fixture.path))).toEqual(['what half.py stores cannot be seen (see incident/compile)']);
});

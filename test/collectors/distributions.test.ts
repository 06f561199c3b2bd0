import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { CannotLook, Skip } from '../../src/engine/errors.js';
import { exec } from '../../src/util/exec.js';
import { settings } from '../engine/stand-ins.js';
import { moeHub } from '../helpers/dashboards.js';
import { python } from '../python.js';
import { lookAtDistributions } from './environment-looks.js';

const venv = (folder: string, ...flags: readonly string[]) =>
  exec(python, ['-m', 'venv', '--without-pip', ...flags, folder]);

describe('the installed packages', () => {
  it('are read from the folder of the environment that is named, in every tier', async () => {
    for (const tier of ['static', 'import'] as const) {
      const found = await lookAtDistributions(moeHub, { python, tier });
      expect(found).toMatchObject({ python, toldBy: 'folder' });
      expect(found.installed.map(({ name }) => name)).toContain('streamlit');
    }
  });

  it('are those of the environment beside the dashboard, found without starting anything', async () => {
    await using folder = await createFixture({ 'app.py': '' });
    await venv(folder.getPath('.venv'));
    const found = await lookAtDistributions(folder.path, { tier: 'static' });
    expect(found).toMatchObject({ python: folder.getPath('.venv/bin/python'), toldBy: 'folder', installed: [] });
  });

  it('are not all that can be imported where PYTHONPATH names more', async () => {
    await using folder = await createFixture({ 'dashboard/app.py': '', 'shared/__init__.py': '' });
    const root = folder.getPath('dashboard');
    await venv(folder.getPath('dashboard/.venv'));
    // What lies beside the dashboard may be on the path as well.
    expect(await lookAtDistributions(root, { tier: 'static' })).toHaveProperty('importable', ['dashboard', 'shared']);
    const launch = { ...settings.launch, env: { PYTHONPATH: '/opt/shared' } };
    expect(await lookAtDistributions(root, { tier: 'static', launch })).not.toHaveProperty('importable');
  });

  it('are asked of the interpreter where the folder does not settle what it sees', async () => {
    await using folder = await createFixture({ 'app.py': '' });
    await venv(folder.getPath('.venv'), '--system-site-packages');
    const found = await lookAtDistributions(folder.path, { tier: 'import' });
    expect(found).toMatchObject({
      toldBy: 'interpreter',
      environment: { python_full_version: expect.stringMatching(/^3\./) },
    });
    await expect(lookAtDistributions(folder.path, { tier: 'static' })).rejects.toThrow(Skip);
    await expect(lookAtDistributions(folder.path, { tier: 'static' })).rejects.toThrow('--tier import');
  });

  it('cannot be told by an interpreter that does not work', async () => {
    await using folder = await createFixture({ 'app.py': '' });
    const broken = folder.getPath('no/such/python');
    await expect(lookAtDistributions(folder.path, { tier: 'import', python: broken })).rejects.toThrow(CannotLook);
  });
});

import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { moeHub } from '../helpers/dashboards.js';
import { lookAtRequirements } from './environment-looks.js';

it('reads the requirement files at the top of the dashboard', async () => {
  const { files, requirements, unclear } = await lookAtRequirements(moeHub);
  expect(files).toEqual(['requirements.txt']);
  expect(requirements.map(({ name }) => name)).toContain('streamlit');
  expect(unclear).toEqual([]);
});

it('finds nothing where there are none', async () => {
  await using folder = await createFixture({ 'app.py': '', 'sub/requirements.txt': 'numpy\n' });
  expect(await lookAtRequirements(folder.path)).toEqual({ files: [], requirements: [], python: [], unclear: [] });
});

it('survives what is called like one', async () => {
  await using folder = await createFixture({
    'requirements.txt/x': '',
    'pyproject.toml': '\0\0',
    'environment.yml': '{[',
    'setup.cfg': Buffer.from([0xff, 0xfe, 0xfd]),
    'uv.lock': 'x'.repeat(1000),
  });
  const { requirements, unclear } = await lookAtRequirements(folder.path);
  expect(requirements).toEqual([]);
  expect(unclear.map(({ file }) => file).sort()).toEqual(['environment.yml', 'pyproject.toml', 'requirements.txt']);
});

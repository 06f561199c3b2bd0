import { cp, readFile, writeFile } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { expect, it } from 'vitest';
import { moeHub } from '../helpers/dashboards.js';
import { python } from '../python.js';
import { moeCheck } from './moe-check.js';

const flags = ['--tier', 'static', '--python', python];

it('records a green environment when asked to, and says what changed since', async () => {
  await using folder = await createFixture({});
  const dashboard = folder.getPath('hub');
  await cp(moeHub, dashboard, { recursive: true });
  const record = `${dashboard}/.moe-check/environment.json`;

  const before = await moeCheck(['preflight', dashboard, ...flags]);
  expect(before.stdout).toContain('no environment was recorded');
  await expect(readFile(record, 'utf8')).rejects.toThrow('ENOENT');

  const recorded = await moeCheck(['preflight', dashboard, ...flags, '--record']);
  expect(recorded).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`is recorded in ${record}`) });
  const written = JSON.parse(await readFile(record, 'utf8'));
  expect(written.packages.streamlit).toMatch(/^\d/);

  const same = await moeCheck(['preflight', dashboard, ...flags]);
  expect(same.stdout).toContain('✔ environment/drift');

  written.packages.streamlit = '0.9.0';
  await writeFile(record, JSON.stringify(written));
  const drifted = await moeCheck(['preflight', dashboard, ...flags]);
  expect(drifted).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('streamlit went from 0.9.0 to') });
});

it('records nothing when the run is not green, or looked at less than everything', async () => {
  await using folder = await createFixture({ 'app.py': 'import streamlit as st\nst.experimental_rerun()\n' });
  const red = await moeCheck(['preflight', folder.path, ...flags, '--record']);
  expect(red).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Not recorded') });
  const partial = await moeCheck(['preflight', folder.path, ...flags, '--record', '--only', 'environment/drift']);
  expect(partial.exitCode).toBe(2);
  await expect(readFile(folder.getPath('.moe-check/environment.json'))).rejects.toThrow('ENOENT');
});

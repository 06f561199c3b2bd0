import { readdir, readFile } from 'node:fs/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { recordedEnvironmentCollector } from '../../src/collectors/recorded-environment.js';
import { recordEnvironment } from '../../src/cli/record-environment.js';
import { UsageError } from '../../src/engine/errors.js';
import { environmentRecord, recordFile } from '../../src/environment/record.js';
import { distribution, environment } from '../checks/environment/world.js';
import { settings } from '../engine/stand-ins.js';

const distributions = {
  python: '/app/.venv/bin/python',
  toldBy: 'folder' as const,
  environment: { ...environment, platform_python_implementation: 'CPython' },
  installed: [
    distribution('streamlit 1.64.0'),
    distribution('numpy 2.4.6'),
    distribution('numpy 1.26.4'),
    { ...distribution('hub 0.1.dev3'), editable: true },
  ],
};

const collect = (root: string) =>
  recordedEnvironmentCollector.collect({
    settings: { ...settings, root },
    signal: new AbortController().signal,
    artifacts: {},
  });

describe('the record of an environment', () => {
  it('has the version in force of every package, sorted, without working copies', () => {
    expect(environmentRecord(distributions, new Date('2026-11-23T19:00:00Z'))).toEqual({
      schema: 'moe-check-environment/1',
      recordedAt: '2026-11-23T19:00:00.000Z',
      python: '3.11.7',
      implementation: 'CPython',
      packages: { numpy: '2.4.6', streamlit: '1.64.0' },
    });
  });

  it('is written whole, and read again as it was written', async () => {
    await using project = await createFixture({ 'app.py': '' });
    await recordEnvironment(project.path, distributions);
    await recordEnvironment(project.path, distributions);
    expect(await readdir(project.getPath('.moe-check'))).toEqual(['environment.json']);
    const written = JSON.parse(await readFile(project.getPath(recordFile), 'utf8'));
    expect(await collect(project.path)).toEqual({ record: written });
    expect(written.packages).toEqual({ numpy: '2.4.6', streamlit: '1.64.0' });
  });

  it('is refused with a reason when it cannot be', async () => {
    await using project = await createFixture({ '.moe-check': 'a file where a folder should be' });
    await expect(recordEnvironment(project.path, distributions)).rejects.toThrow(UsageError);
    await expect(recordEnvironment(project.path, undefined)).rejects.toThrow('not listed');
    expect(await readdir(project.path)).toEqual(['.moe-check']);
  });
});

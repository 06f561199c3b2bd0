import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { recordedEnvironmentCollector } from '../../src/collectors/recorded-environment.js';
import { CannotLook } from '../../src/engine/errors.js';
import { recordFile } from '../../src/environment/record.js';
import { settings } from '../engine/stand-ins.js';

const collect = (root: string) =>
  recordedEnvironmentCollector.collect({
    settings: { ...settings, root },
    signal: new AbortController().signal,
    artifacts: {},
  });

describe('reading the record', () => {
  it('finds none where none was written', async () => {
    await using project = await createFixture({ 'app.py': '' });
    expect(await collect(project.path)).toEqual({});
    await using odd = await createFixture({ '.moe-check': 'a file' });
    expect(await collect(odd.path)).toEqual({});
  });

  it.each([
    ['half a file', '{"schema": "moe-check-env'],
    ['something else', '{"packages": []}'],
    ['a later format', '{"schema": "moe-check-environment/2"}'],
    ['nothing', ''],
  ])('cannot look at %s, and says how to get out', async (_, text) => {
    await using project = await createFixture({ [recordFile]: text });
    const error = await collect(project.path).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CannotLook);
    expect(error).toMatchObject({ fix: expect.stringContaining('--record') });
  });

  it('cannot look at a folder in its place', async () => {
    await using project = await createFixture({ [`${recordFile}/x`]: '' });
    await expect(collect(project.path)).rejects.toThrow(CannotLook);
  });
});

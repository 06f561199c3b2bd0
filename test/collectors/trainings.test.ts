import { describe, expect, it } from 'vitest';
import { trainingsCollector } from '../../src/collectors/trainings.js';
import { resolveSettings } from '../../src/config/resolve-settings.js';
import { Skip } from '../../src/engine/errors.js';

describe('the reference models', () => {
  it('are trained only when that is asked for', async () => {
    const context = { artifacts: {}, signal: AbortSignal.timeout(60_000) };
    const settings = await resolveSettings('.');
    expect(settings.train).toBe(false);
    await expect(trainingsCollector.collect({ ...context, settings })).rejects.toThrow(Skip);
  });
});

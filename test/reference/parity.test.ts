import { beforeAll, describe, expect, it } from 'vitest';
import { openBackend } from '../../src/reference/backend.js';
import { deviations } from './deviations.js';
import { goldenNames } from './goldens.js';

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(async () => void (await openBackend(backend)));

  it.each(goldenNames)('%s is what float64 PyTorch computes', (name) => {
    expect(deviations(name)).toEqual([]);
  });
});

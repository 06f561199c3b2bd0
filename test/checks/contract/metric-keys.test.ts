import { describe, expect, it } from 'vitest';
import { metricKeys } from '../../../src/checks/contract/metric-keys.js';

const files = (path: string) => ({ python: [{ path, bytes: 1 }], hints: [], leftOut: [] });

describe('contract/metric-keys', () => {
  it('fires', () => {
    expect(metricKeys.run({ files: files('my app.py') })).toMatchObject([{ code: 'blank-in-path' }]);
  });

  it('stays silent', () => {
    expect(metricKeys.run({ files: files('my_app.py') })).toEqual([]);
  });
});

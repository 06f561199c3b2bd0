import { describe, expect, it } from 'vitest';
import { metricKeys } from '../../../src/checks/contract/metric-keys.js';
import type { MetricKeys } from '../../../src/collectors/metric-keys.js';

type Lost = MetricKeys['lost'][number];

const getter = {
  file: 'core/train.py',
  line: 20,
  column: 9,
  in: 'Controller.current',
  text: 'return {',
  reachable: true,
};
const read = {
  file: 'plots.py',
  line: 7,
  column: 12,
  in: 'draw',
  text: 'm.get("active_ghosts", 0)',
  reachable: true,
  how: 'default',
  isGuarded: false,
  isHandedOn: false,
} as const;
const origin = {
  file: 'core/train.py',
  line: 8,
  column: 9,
  in: 'Controller.step',
  text: '"active_ghosts": n,',
  reachable: true,
};
const nearest = { key: 'ghost_activations', file: 'core/train.py', line: 22, column: 9, in: 'Controller.current' };

const dropped: Lost = {
  key: 'active_ghosts',
  where: 'dropped',
  reads: [read],
  lacking: [getter],
  origins: [origin],
  nearest,
};

function judge(seen: Partial<MetricKeys>) {
  const nothing = { lost: [], unread: [], unparsed: [], resolved: 1, unresolved: 0 };
  return metricKeys.run({ 'metric-keys': { ...nothing, ...seen } });
}

describe('contract/metric-keys', () => {
  it('says who stores a key, who loses it and who reads it', () => {
    expect(judge({ lost: [dropped] })).toEqual([
      {
        code: 'lost-on-the-way',
        subject: 'Controller.current: active_ghosts',
        message:
          '"active_ghosts" is stored by Controller.step and lost in Controller.current: in draw it is its default for ever',
        location: { file: 'plots.py', line: 7, column: 12 },
        evidence: [
          'read plots.py:7: m.get("active_ghosts", 0)',
          'dropped core/train.py:20: return {',
          'stored core/train.py:8: "active_ghosts": n,',
        ],
        fix: 'Hand it on in Controller.current, where nobody reads "ghost_activations" any more.',
      },
    ]);
  });

  it('suggests the new name of a key that nobody produces', () => {
    expect(
      judge({ lost: [{ ...dropped, where: 'nowhere', origins: [], reads: [{ ...read, how: 'item' }] }] }),
    ).toMatchObject([
      {
        code: 'never-produced',
        message: 'nothing stores "active_ghosts" in the dict of Controller.current: in draw it raises KeyError',
        suggestion: 'ghost_activations',
      },
    ]);
  });

  it.each([
    ['a test is around', { isGuarded: true }],
    ['it is only tested for', { how: 'test' }],
    ['the dashboard does not come to the file', { reachable: false }],
  ] as const)('only warns when %s', (_, change) => {
    expect(judge({ lost: [{ ...dropped, reads: [{ ...read, ...change }] }] })).toMatchObject([{ severity: 'warning' }]);
  });

  it('tells where the way ends rather than where the key is handed on', () => {
    const relay = { ...read, file: 'core/run.py', in: 'route', isHandedOn: true };
    expect(judge({ lost: [{ ...dropped, reads: [relay, read] }] })).toMatchObject([{ location: { file: 'plots.py' } }]);
  });

  it('warns of a default that some dicts fall back on', () => {
    expect(judge({ lost: [{ ...dropped, where: 'sometimes' }] })).toMatchObject([
      { code: 'silent-default', severity: 'warning', suggestion: 'ghost_activations' },
    ]);
  });

  it('mentions keys that nobody reads, but for those it suggested', () => {
    const { key, ...place } = nearest;
    const unread = { ...getter, key: 'tokens_seen' };
    const seen = judge({ lost: [dropped], unread: [unread, { ...unread, ...place, key }] });
    expect(seen).toMatchObject([{ code: 'lost-on-the-way' }, { code: 'never-read', severity: 'info' }]);
  });

  it('does not apply while a file cannot be understood', () => {
    expect(judge({ unparsed: ['app.py'] })).toEqual({
      notApplicable: 'what app.py stores cannot be seen (see incident/compile)',
    });
  });
});

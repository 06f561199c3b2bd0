import { describe, expect, it } from 'vitest';
import { collect, type Looks } from '../../src/engine/collect.js';
import { planLooks } from '../../src/engine/plan.js';
import type { Tier } from '../../src/engine/types.js';
import { base, settings, top } from './stand-ins.js';

/** Which of two artifacts, the second built on the first, are looked at again after a change of `changed`. */
async function lookedAtAgain(changed: readonly string[], tier: Tier = 'launch'): Promise<string[]> {
  const looked: string[] = [];
  const collectors = [
    { ...base(async () => (looked.push('base'), { n: 1 })), reads: (file: string) => file.endsWith('.py') },
    { ...top(async () => (looked.push('top'), { n: 2 })), reads: (file: string) => file === 'top.toml' },
  ];
  const planned = planLooks([{ needs: ['test-top'] }], collectors, tier);
  const look = (before?: { looks: Looks; changed: readonly string[] }) =>
    collect(planned, settings, new AbortController().signal, undefined, before);
  const looks = await look();
  looked.length = 0;
  await look({ looks, changed });
  return looked;
}

describe('looking again after a change', () => {
  it.each([
    ['app.py', ['base', 'top']],
    ['top.toml', ['top']],
    ['notes.txt', []],
  ])('%s', async (file, expected) => expect(await lookedAtAgain([file])).toEqual(expected));

  it('leaves alone what is not looked at in this tier', async () => {
    expect(await lookedAtAgain(['notes.txt'], 'static')).toEqual([]);
  });
});

import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, onTestFinished, test } from 'vitest';
import { moeCheck, root, start, finish } from './moe-check.js';

/** A dashboard to itself, and a folder for caches. */
async function world() {
  const fixture = await createFixture({});
  onTestFinished(() => fixture.rm());
  const dashboard = path.join(fixture.path, 'dashboard');
  cpSync(path.join(root, 'fixtures/dashboards/moe-hub'), dashboard, { recursive: true });
  // The same content under the same name: two files, one entry.
  cpSync(path.join(dashboard, 'core/config.py'), path.join(dashboard, 'utils/config.py'));
  const cache = path.join(fixture.path, 'cache');
  const options = { cwd: fixture.path, env: { XDG_CACHE_HOME: cache } };
  const args = ['preflight', 'dashboard', '--tier', 'static', '--json', '--save-artifacts'];
  const report = async (saved: string, ...more: string[]) => {
    const { stdout, stderr, exitCode } = await moeCheck([...args, saved, ...more], options);
    expect(stderr).toBe('');
    return {
      exitCode,
      report: withoutTimes(stdout),
      source: withoutTimes(readFileSync(path.join(fixture.path, saved, 'source.json'), 'utf8')),
    };
  };
  return { dashboard, cache, options, args, report };
}

const withoutTimes = (text: string): string =>
  text.replaceAll(/"startedAt": "[^"]+"/g, '"startedAt": "…"').replaceAll(/"durationMs": \d+/g, '"durationMs": 0');

/** What is kept of sources. */
function entriesIn(cache: string): string[] {
  return readdirSync(path.join(cache, 'moe-check'), { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('code'))
    .map((name) => path.join(cache, 'moe-check', name))
    .filter((file) => statSync(file).isFile());
}

describe('the report is the same byte by byte', () => {
  test('without the cache, cold, warm, after an edit, and back', async () => {
    const { dashboard, cache, report } = await world();
    const without = await report('a', '--no-cache');
    expect(entriesIn(cache)).toEqual([]);
    const cold = await report('b');
    expect(cold).toEqual(without);
    const modules = readdirSync(dashboard, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.py'),
    );
    expect(entriesIn(cache)).toHaveLength(modules.length - 1);
    expect(await report('c')).toEqual(without);

    const edited = path.join(dashboard, 'core/config.py');
    const before = readFileSync(edited, 'utf8');
    writeFileSync(edited, `${before}\nimport no_such_module_at_all\n`);
    const afterEdit = await report('d');
    expect(afterEdit.source).not.toBe(without.source);
    expect(afterEdit).toEqual(await report('e', '--no-cache'));
    writeFileSync(edited, before);
    expect(await report('f')).toEqual(without);
  });

  test('with every entry damaged, which is then mended', async () => {
    const { cache, report } = await world();
    const without = await report('a', '--no-cache');
    await report('b');
    const entries = entriesIn(cache);
    const sizes = entries.map((file) => statSync(file).size);
    for (const [index, file] of entries.entries()) {
      const whole = readFileSync(file);
      writeFileSync(file, index % 2 === 0 ? whole.subarray(0, whole.length >> 1) : whole.toReversed());
    }
    expect(await report('c')).toEqual(without);
    expect(entries.map((file) => statSync(file).size)).toEqual(sizes);
  });

  test('where the cache cannot be written', async () => {
    const { cache, report } = await world();
    writeFileSync(cache, 'a file');
    expect(await report('a')).toEqual(await report('b', '--no-cache'));
  });

  test('of four runs at the same time', async () => {
    const { cache, options, args, report } = await world();
    const runs = ['1', '2', '3', '4'].map(async (saved) => finish(start([...args, saved], options)));
    const reports = (await Promise.all(runs)).map(({ stdout }) => withoutTimes(stdout));
    const { report: without } = await report('a', '--no-cache');
    expect(reports).toEqual([without, without, without, without]);
    expect(entriesIn(cache).filter((file) => !/\/[\da-f]{62}$/.test(file))).toEqual([]);
    expect((await report('b')).report).toBe(without);
  });
});

test('nothing is kept inside of what is looked at', async () => {
  const { dashboard, args, options } = await world();
  const before = readdirSync(dashboard, { recursive: true }).sort();
  await moeCheck([...args, 'saved'], { ...options, env: { XDG_CACHE_HOME: path.join(dashboard, '.cache') } });
  expect(readdirSync(dashboard, { recursive: true }).sort()).toEqual(before);
});

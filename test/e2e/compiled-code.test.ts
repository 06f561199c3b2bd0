import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, onTestFinished, test } from 'vitest';
import { moeCheck, root } from './moe-check.js';

/** A dashboard with a missing name, a folder for caches, and the same run again and again. */
async function world() {
  const fixture = await createFixture({
    'dashboard/app.py': 'import streamlit as st\nst.write(undefined_name)\n',
  });
  onTestFinished(() => fixture.rm());
  const cache = fixture.getPath('cache');
  const run = async (env: Readonly<Record<string, string>> = {}) => {
    const args = ['preflight', 'dashboard', '--tier', 'static', '--only', 'incident/unbound-name'];
    const { stdout, stderr, exitCode } = await moeCheck(args, {
      cwd: fixture.path,
      env: { XDG_CACHE_HOME: cache, ...env },
    });
    // Behind the verdict stands what took long.
    return { stdout: stdout.replace(/(?<=^NO-GO.*)· [^]*/m, ''), stderr, exitCode };
  };
  const keptIn = (folder: string): string[] => {
    const code = path.join(folder, 'moe-check/code');
    return readdirSync(code).map((name) => path.join(code, name));
  };
  return { fixture, cache, run, kept: (folder = cache) => keptIn(folder) };
}

describe('code that was compiled before', () => {
  test('is kept by the first run, taken by the next, and changes nothing', async () => {
    const { run, kept } = await world();
    const first = await run({ NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(first.stdout).toContain('undefined_name');
    expect(first.exitCode).toBe(1);
    expect(() => kept()).toThrow('ENOENT');
    expect(await run()).toEqual(first);
    const [file = '', ...others] = kept();
    expect(others).toEqual([]);
    expect(path.basename(file)).toMatch(/^preflight-[\da-f]{16}-\d+$/);
    utimesSync(file, 1, 1);
    expect(await run()).toEqual(first);
    // V8 took it: what it refuses is replaced.
    expect(statSync(file).mtimeMs).toBe(1000);
  });

  test('that is damaged is refused and replaced', async () => {
    const { run, kept } = await world();
    const first = await run();
    const [file = ''] = kept();
    const good = readFileSync(file);
    const flipped = Buffer.from(good);
    for (let at = 2000; at < flipped.length; at += 1000) flipped[at] = (flipped[at] ?? 0) ^ 0xff;
    for (const damaged of [flipped, good.subarray(0, 5000), Buffer.from('{}'), Buffer.alloc(4), Buffer.alloc(0)]) {
      writeFileSync(file, damaged);
      expect(await run()).toEqual(first);
      expect(readFileSync(file).equals(damaged)).toBe(false);
    }
  });

  test('is kept for each command', async () => {
    const { fixture, cache, kept } = await world();
    const options = { cwd: fixture.path, env: { XDG_CACHE_HOME: cache } };
    for (const args of [['--version'], ['init', '--help'], ['checks', 'list'], ['/etc/passwd'], ['prefligth']]) {
      await moeCheck(args, options);
    }
    const commands = kept().map((file) => path.basename(file).split('-', 1)[0]);
    expect(commands.sort()).toEqual(['checks', 'init', 'other']);
  });

  test('is added to by a run that loads or compiles more', async () => {
    const { fixture, cache, kept } = await world();
    const options = { cwd: fixture.path, env: { XDG_CACHE_HOME: cache } };
    await moeCheck(['preflight', 'nowhere'], options);
    const [file = ''] = kept();
    const little = statSync(file).size;
    await moeCheck(['preflight', path.join(root, 'fixtures/dashboards/moe-hub'), '--tier', 'static'], options);
    const more = statSync(file).size;
    expect(more).toBeGreaterThan(little);
    await moeCheck(['preflight', 'nowhere'], options);
    expect(statSync(file).size).toBe(more);
  });

  test('under other settings of V8 is kept beside it', async () => {
    const { run, kept } = await world();
    const first = await run();
    expect(await run({ NODE_OPTIONS: '--max-old-space-size=2000' })).toEqual(first);
    expect(kept()).toHaveLength(2);
  });

  test('is not kept in a folder that cannot be judged either', async () => {
    const { fixture, kept } = await world();
    const within = fixture.getPath('dashboard/cache');
    const { exitCode } = await moeCheck(['preflight', 'dashboard', '--python', 'no-such-python'], {
      cwd: fixture.path,
      env: { XDG_CACHE_HOME: within },
    });
    expect(exitCode).toBe(2);
    expect(() => kept(within)).toThrow('ENOENT');
  });

  test('is not kept within what is looked at, nor where nothing can be written', async () => {
    const { fixture, run, kept } = await world();
    const within = fixture.getPath('dashboard/cache');
    const first = await run({ XDG_CACHE_HOME: within });
    expect(() => kept(within)).toThrow('ENOENT');
    const file = fixture.getPath('file');
    writeFileSync(file, '');
    expect(await run({ XDG_CACHE_HOME: file })).toEqual(first);
    const closed = fixture.getPath('closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(await run({ XDG_CACHE_HOME: closed })).toEqual(first);
  });

  test('of old builds and other commands does not add up', async () => {
    const { run, kept, cache } = await world();
    const folder = path.join(cache, 'moe-check/code');
    mkdirSync(folder, { recursive: true });
    for (let index = 0; index < 40; index++) {
      writeFileSync(path.join(folder, `old-${index}`), Buffer.alloc(1024 * 1024));
      utimesSync(path.join(folder, `old-${index}`), index, index);
    }
    await run();
    const names = kept().map((file) => path.basename(file));
    expect(names).toHaveLength(33);
    expect(names).toContain('old-8');
    expect(names).not.toContain('old-7');
  });
});

import path from 'node:path';
import { createFixture, type FileTree } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/config/cache-folder.js';
import { resolveSettings, type Flags } from '../../src/config/resolve-settings.js';

const fixtures: { rm(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.rm()));
});

async function folder(tree: FileTree): Promise<string> {
  const fixture = await createFixture(tree);
  fixtures.push(fixture);
  return path.resolve(fixture.path);
}

async function settingsOf(tree: FileTree, flags: Flags = {}, target = '.') {
  const root = await folder(tree);
  return resolveSettings(target, flags, root);
}

describe('without a config', () => {
  it('has defaults for everything', async () => {
    const root = await folder({ 'app.py': '' });
    expect(await resolveSettings('.', {}, root)).toEqual({
      root,
      cache: cacheFolder(root),
      symbols: [],
      exclude: [],
      imports: { timeoutS: 60 },
      launch: { args: [], env: {}, timeoutS: 60 },
      network: { endpoints: [], timeoutS: 5 },
      metrics: { runs: [] },
      plots: { overrides: {} },
      only: [],
      skip: [],
      tier: 'launch',
      train: false,
      failOn: 'error',
    });
  });

  it('keeps nothing when told so', async () => {
    expect(await resolveSettings('.', { cache: false }, await folder({ 'app.py': '' }))).not.toHaveProperty('cache');
  });

  it('takes a script for the entry, and its folder for the root', async () => {
    const root = await folder({ 'a dash': { 'my app.py': '' } });
    const settings = await resolveSettings('a dash/my app.py', {}, root);
    expect(settings).toMatchObject({ root: path.join(root, 'a dash'), entry: 'my app.py' });
  });

  it.each([
    ['nowhere', 'there is no such path: nowhere'],
    ['notes.txt', 'notes.txt is neither a folder nor a Python file'],
    ['notes.txt/below', 'notes.txt/below cannot be looked at: ENOTDIR'],
    ['loop', 'loop cannot be looked at: ELOOP'],
  ])('says what is wrong with %s', async (target, message) => {
    const tree: FileTree = { 'notes.txt': '', loop: ({ symlink }) => symlink('loop') };
    await expect(settingsOf(tree, {}, target)).rejects.toThrow(message);
  });
});

describe('finding the config', () => {
  const entryOf = async (tree: FileTree, target: string) => (await settingsOf(tree, {}, target)).entry;

  it('takes the one of the folder before those above', async () => {
    const tree = {
      '.git': {},
      'moe-check.config.yaml': 'entry: above.py',
      dash: { 'moe-check.config.json': '{"entry": "own.py"}' },
    };
    expect(await entryOf(tree, 'dash')).toBe('own.py');
  });

  it('goes up to the root of the repository and no further', async () => {
    const inside = { '.git': {}, 'moe-check.config.yml': 'entry: dash/app.py', dash: {} };
    expect(await entryOf(inside, 'dash')).toBe('app.py');
    const outside = { 'moe-check.config.yml': 'entry: repo/app.py', repo: { '.git': {}, dash: {} } };
    expect(await entryOf(outside, 'repo/dash')).toBeUndefined();
  });

  it('stays in the folder where there is no repository', async () => {
    expect(await entryOf({ 'moe-check.config.yml': 'entry: dash/app.py', dash: {} }, 'dash')).toBeUndefined();
  });

  it.each(['moe-check.config.yml', 'moe-check.config.json', 'pyproject.toml'])(
    'refuses %s beside moe-check.config.yaml',
    async (other) => {
      const content = other === 'pyproject.toml' ? '[tool.moe-check]' : '{}';
      const tree = { 'moe-check.config.yaml': '', [other]: content };
      const error = await settingsOf(tree).catch(String);
      expect(error).toContain('two configs in one folder');
      expect(error).toContain('moe-check.config.yaml and ');
      expect(error).toContain(other);
    },
  );

  it('does not mind a pyproject.toml that is not about us, not even a broken one', async () => {
    expect(await entryOf({ 'pyproject.toml': '[project]\nname = "dash' }, '.')).toBeUndefined();
    expect(await entryOf({ 'pyproject.toml': '[tool.moe-checkers]\nentry = "x.py"' }, '.')).toBeUndefined();
  });

  it('reads the one that is named instead', async () => {
    const tree = { 'moe-check.config.yaml': 'entry: a.py', other: { 'ci.yaml': 'entry: ../b.py' } };
    expect(await settingsOf(tree, { config: 'other/ci.yaml' })).toMatchObject({ entry: 'b.py' });
  });

  it.each([
    ['missing.yaml', 'could not be read: there is no such file or folder'],
    ['config.ini', 'is no config'],
    ['pyproject.toml', 'has no table [tool.moe-check]'],
    ['latin1.yaml', 'is not UTF-8 text'],
  ])('says what is wrong with --config %s', async (config, message) => {
    const tree = { 'config.ini': '', 'pyproject.toml': '[project]', 'latin1.yaml': Buffer.from([0x61, 0xe9, 0x3a]) };
    await expect(settingsOf(tree, { config })).rejects.toThrow(message);
  });
});

describe('paths', () => {
  it('are relative to the config, wherever it stands', async () => {
    const config = 'entry: dash/pages/app.py\nexclude: [dash/old/**, other/**, "**/legacy/**"]\npython: tools/python';
    const root = await folder({ '.git': {}, 'moe-check.config.yaml': config, dash: {}, tools: {} });
    const { chmod, writeFile } = await import('node:fs/promises');
    await writeFile(path.join(root, 'tools/python'), '#!/bin/sh\n');
    await chmod(path.join(root, 'tools/python'), 0o755);
    expect(await resolveSettings('dash', {}, root)).toMatchObject({
      root: path.join(root, 'dash'),
      entry: 'pages/app.py',
      exclude: ['old/**', '../other/**', '**/legacy/**'],
      python: path.join(root, 'tools/python'),
    });
  });

  it('refuses an entry outside of the folder', async () => {
    const tree = { '.git': {}, 'moe-check.config.yaml': 'entry: app.py', dash: {} };
    await expect(settingsOf(tree, {}, 'dash')).rejects.toThrow('lies outside of');
  });

  it('looks an interpreter without a folder up on PATH', async () => {
    const { python } = await settingsOf({}, { python: 'python3' });
    expect(path.isAbsolute(python ?? '')).toBe(true);
  });

  it.each(['./python', 'no-such-python', './folder'])('refuses --python %s', async (python) => {
    await expect(settingsOf({ python: 'not executable', folder: {} }, { python })).rejects.toThrow(
      `--python names ${python}, which is no program that can be run`,
    );
  });
});

describe('flags over config over defaults', () => {
  const config = `
imports: { timeout: 1 }
launch: { timeout: 2 }
network: { timeout: 3, endpoints: [{ url: "http://localhost" }, { url: "http://localhost/x", timeout: 0.5 }] }
checks: { only: [incident], skip: [incident/network] }
failOn: warning
tier: static
`;
  const tree = { 'moe-check.config.yaml': config };

  it('takes the config', async () => {
    expect(await settingsOf(tree)).toMatchObject({
      imports: { timeoutS: 1 },
      launch: { timeoutS: 2 },
      network: { timeoutS: 3, endpoints: [{ timeoutS: 2 }, { timeoutS: 0.5 }] },
      only: ['incident'],
      skip: ['incident/network'],
      failOn: 'warning',
      tier: 'static',
    });
  });

  it('lets --timeout rule every deadline, and none of the limits for "slow"', async () => {
    expect(await settingsOf(tree, { timeoutS: 9 })).toMatchObject({
      imports: { timeoutS: 9 },
      launch: { timeoutS: 9 },
      network: { timeoutS: 9, endpoints: [{ timeoutS: 2 }, { timeoutS: 0.5 }] },
    });
  });

  it('lets --tier and --fail-on win', async () => {
    expect(await settingsOf(tree, { tier: 'import', failOn: 'info' })).toMatchObject({
      tier: 'import',
      failOn: 'info',
    });
  });

  it('adds --skip to what the config skips, and lets --only overrule it', async () => {
    expect(await settingsOf(tree, { skip: ['a'] })).toMatchObject({
      only: ['incident'],
      skip: ['incident/network', 'a'],
    });
    expect(await settingsOf(tree, { only: ['incident/network'] })).toMatchObject({
      only: ['incident/network'],
      skip: [],
    });
  });
});

import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { onTestFinished, describe, expect, it } from 'vitest';
import { filesCollector, type Files } from '../../src/collectors/files.js';
import { UsageError } from '../../src/engine/errors.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings } from '../engine/stand-ins.js';

async function folderOf(files: Record<string, string>): Promise<FsFixture> {
  const fixture = await createFixture(files);
  onTestFinished(() => fixture.rm());
  return fixture;
}

const look = (root: string, exclude: readonly string[] = []): Promise<Files> =>
  filesCollector.collect({
    settings: { ...settings, root, exclude },
    signal: new AbortController().signal,
    artifacts: {},
  });

const pathsOf = ({ python }: Files): string[] => python.map((file) => file.path);
const reasonsOf = ({ leftOut }: Files): Record<string, string> =>
  Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]));

describe('listing the files', () => {
  it('gives the Python files with their sizes, in order, and the hints', async () => {
    const { path: root } = await folderOf({
      'b.py': 'x = 1\n',
      'a/é "quoted" 🚀.py': '',
      'a.py': '',
      'README.md': '',
      Procfile: '',
      'deploy/Dockerfile.gpu': '',
      'deploy/deep/Dockerfile': '',
      '.streamlit/config.toml': '',
      'scripts/run.sh': '',
      'notes.txt': '',
      'stub.pyi': '',
    });
    const files = await look(root);
    expect(files.python).toEqual([
      { path: 'a.py', bytes: 0 },
      { path: 'a/é "quoted" 🚀.py', bytes: 0 },
      { path: 'b.py', bytes: 6 },
    ]);
    expect(files.hints).toEqual([
      '.streamlit/config.toml',
      'Procfile',
      'README.md',
      'deploy/Dockerfile.gpu',
      'scripts/run.sh',
    ]);
    expect(files.leftOut).toEqual([]);
    expect((await validatorOf('artifacts/files'))(files)).toBe(true);
  });

  it("leaves out what is not the dashboard's own, and says why", async () => {
    const { path: root } = await folderOf({
      'app.py': '',
      'my-env/pyvenv.cfg': '',
      'my-env/lib/python3.11/site-packages/numpy/__init__.py': '',
      'conda/conda-meta/history': '',
      'conda/lib/x.py': '',
      '.git/hooks/x.py': '',
      '.tox/x.py': '',
      'node_modules/gyp/x.py': '',
      'wandb/run-1/code/app.py': '',
      'build/lib/app.py': '',
      'pkg.egg-info/x.py': '',
      '{{cookiecutter.name}}/app.py': '',
      'a/__pycache__/app.cpython-311.py': '',
      'core/fast.cpython-311-x86_64-linux-gnu.so': '',
    });
    const files = await look(root);
    expect(pathsOf(files)).toEqual(['app.py']);
    expect(reasonsOf(files)).toEqual({
      '.git': 'a hidden folder',
      '.tox': 'a hidden folder',
      build: 'made by a build',
      conda: 'a virtual environment',
      'core/fast.cpython-311-x86_64-linux-gnu.so': 'a compiled module',
      'my-env': 'a virtual environment',
      node_modules: 'installed packages, or copies that a tool made',
      'pkg.egg-info': 'made by a build',
      wandb: 'installed packages, or copies that a tool made',
      '{{cookiecutter.name}}': 'a template',
    });
  });

  it('takes a package called build for what it is, and a root that is itself an environment', async () => {
    const { path: root } = await folderOf({ 'pyvenv.cfg': '', 'build/__init__.py': '', 'env/agent.py': '' });
    expect(pathsOf(await look(root))).toEqual(['build/__init__.py', 'env/agent.py']);
  });

  it.each([['old'], ['old/'], ['old/**'], ['**/old'], ['old/*.py']])('excludes by %s', async (glob) => {
    const { path: root } = await folderOf({ 'app.py': '', 'old/a.py': '', 'older/a.py': '' });
    const files = await look(root, [glob]);
    expect(pathsOf(files)).toEqual(['app.py', 'older/a.py']);
    expect(Object.values(reasonsOf(files))).toEqual(['excluded by the config']);
  });
});

describe('symlinks', () => {
  it('are followed to files and folders inside the root', async () => {
    const fixture = await folderOf({ 'lib/core/a.py': 'x\n', 'app.py': '' });
    await symlink(fixture.getPath('lib/core'), fixture.getPath('core'));
    await symlink('app.py', fixture.getPath('main.py'));
    const files = await look(fixture.path);
    expect(pathsOf(files)).toEqual(['app.py', 'core/a.py', 'lib/core/a.py', 'main.py']);
    expect(files.leftOut).toEqual([]);
  });

  it('are left out where they loop, leave the root or lead nowhere', async () => {
    const outside = await folderOf({ 'x.py': '' });
    const fixture = await folderOf({ 'a/x.py': '', 'b/x.py': '' });
    await symlink('..', fixture.getPath('a/up'));
    await symlink('../b', fixture.getPath('a/b'));
    await symlink('../a', fixture.getPath('b/a'));
    await symlink(outside.path, fixture.getPath('shared'));
    await symlink(outside.getPath('x.py'), fixture.getPath('x.py'));
    await symlink('nowhere', fixture.getPath('gone.py'));
    await symlink('itself.py', fixture.getPath('itself.py'));
    const files = await look(fixture.path);
    expect(pathsOf(files)).toEqual(['a/b/x.py', 'a/x.py', 'b/a/x.py', 'b/x.py']);
    expect(reasonsOf(files)).toEqual({
      'a/b/a': 'a symlink loop',
      'a/up': 'a symlink loop',
      'b/a/b': 'a symlink loop',
      'b/a/up': 'a symlink loop',
      'gone.py': 'a symlink that leads nowhere: it does not exist',
      'itself.py': 'a symlink that leads nowhere: a symlink loop',
      shared: 'a symlink that leads out of the repository',
      'x.py': 'a symlink that leads out of the repository',
    });
  });

  it('between many folders do not multiply', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `f${i}`);
    const fixture = await folderOf(Object.fromEntries(names.map((name) => [`${name}/x.py`, ''])));
    for (const from of names) {
      for (const to of names) if (from !== to) await symlink(`../${to}`, fixture.getPath(`${from}/${to}`));
    }
    expect((await look(fixture.path)).python).toHaveLength(144);
  });
});

describe('what cannot be read', () => {
  it('is left out: pipes, names that are not UTF-8', async () => {
    const fixture = await folderOf({ 'app.py': '' });
    execFileSync('mkfifo', [fixture.getPath('pipe.py')]);
    const name = Buffer.concat([Buffer.from(fixture.getPath('caf')), Buffer.from([0xe9]), Buffer.from('.py')]);
    await writeFile(name, '');
    const files = await look(fixture.path);
    expect(pathsOf(files)).toEqual(['app.py']);
    expect(Object.values(reasonsOf(files)).sort()).toEqual(['its name is not valid UTF-8', 'not a regular file']);
  });

  it.skipIf(process.getuid?.() === 0)('is left out: a folder without permission', async () => {
    const fixture = await folderOf({ 'app.py': '', 'locked/x.py': '' });
    await chmod(fixture.getPath('locked'), 0o000);
    onTestFinished(() => chmod(fixture.getPath('locked'), 0o755));
    expect(reasonsOf(await look(fixture.path))).toEqual({ locked: 'no permission to read it' });
  });

  it('as a root is a question that cannot be answered', async () => {
    const fixture = await folderOf({ 'app.py': '', 'empty/notes.txt': '', 'venv/pyvenv.cfg': '', 'venv/x.py': '' });
    await rename(fixture.getPath('venv'), fixture.getPath('empty/venv'));
    await expect(look('/no/such/folder')).rejects.toThrow(UsageError);
    await expect(look('/no/such/folder')).rejects.toThrow('it does not exist');
    await expect(look(fixture.getPath('app.py'))).rejects.toThrow(
      `${fixture.getPath('app.py')} is a file, not a folder`,
    );
    await expect(look(fixture.getPath('empty'))).rejects.toThrow(
      /^there is no Python file under .* \(left out: venv: a virtual environment\)$/,
    );
  });

  it('does not stop at folders hundreds of levels deep', async () => {
    const fixture = await folderOf({});
    const deep = path.join(fixture.path, ...Array.from({ length: 300 }, () => 'd'));
    await mkdir(deep, { recursive: true });
    await writeFile(path.join(deep, 'x.py'), '');
    expect((await look(fixture.path)).python).toHaveLength(1);
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { ListedDistributions } from '../../src/python/distributions.js';
import { runProbe } from '../../src/python/probe.js';
import { readVirtualEnvironment } from '../../src/python/virtual-environment.js';
import { exec } from '../../src/util/exec.js';
import { python, sitePackages } from '../python.js';
import { pythons } from '../pythons.js';

const byName = ({ environment, installed }: ListedDistributions) => ({
  environment,
  installed: installed.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});

async function askPython(executable: string) {
  return byName((await runProbe(executable, 'list_distributions', {})) as ListedDistributions);
}

async function readFolder(executable: string) {
  const read = await readVirtualEnvironment(executable);
  return read && byName(read);
}

/** Distributions as pip, setuptools, conda and people have left them in real environments. */
const leftBehind = {
  'Foo_Bar.baz-1.2.0.dist-info/METADATA':
    "Metadata-Version: 2.1\nName: Foo_Bar.baz\nVersion: 1.2.0+cpu\nRequires-Dist: numpy (>=1.20)\nRequires-Dist: pytest ; extra == 'test'\n\nA text.\nRequires-Dist: not-this\n",
  'Foo_Bar.baz-1.2.0.dist-info/RECORD':
    'foo/__init__.py,,\nfoo/inner/__init__.py,,\n_foo.cpython-311-x86_64-linux-gnu.so,,\nspace/part/__init__.py,,\nspace/part/deep/x.py,,\nFoo_Bar.baz-1.2.0.dist-info/METADATA,,\nfoo.libs/libx.so,,\n../../bin/foo,,\n"odd,name.py",,\n',
  'old-0.1.dist-info/METADATA': 'Name: old\nVersion: 0.1\n\n',
  'old-0.1.dist-info/top_level.txt': 'old\n_old\n',
  'work-3.dist-info/METADATA': 'Name: work\nVersion: 3\n\n',
  'work-3.dist-info/RECORD': '__editable__.work-3.pth,,\n__editable___work_3_finder.py,,\n',
  'work-3.dist-info/direct_url.json': '{"dir_info": {"editable": true}, "url": "file:///work"}',
  'from_git-1.dist-info/METADATA': 'Name: from-git\r\nVersion: 1\r\n\r\n',
  'from_git-1.dist-info/direct_url.json':
    '{"url": "https://example.org", "vcs_info": {"vcs": "git", "commit_id": "0"}}',
  'damaged-2.dist-info/RECORD': 'damaged.py,,\n',
  '~oken-1.dist-info/METADATA': 'Name: broken\nVersion: 1\n',
  'legacy-1.0.egg-info/PKG-INFO': 'Name: legacy\nVersion: 1.0\n\n',
  'legacy-1.0.egg-info/top_level.txt': 'legacy\n',
  'paths.pth': '# a comment\nimport os\n/no/such/folder\n',
};

async function createEnvironment(interpreter: string, folder: string, ...flags: string[]) {
  const { exitCode, stderr } = await exec(interpreter, ['-m', 'venv', '--without-pip', ...flags, folder]);
  if (exitCode !== 0) throw new Error(stderr);
  const executable = path.join(folder, 'bin/python');
  const lib = path.join(folder, 'lib');
  return { executable, packages: path.join(lib, readdirSync(lib)[0] ?? '', 'site-packages') };
}

async function write(folder: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

describe('a virtual environment', () => {
  it('gives from its folder what its interpreter tells', async () => {
    const read = await readFolder(python);
    expect(read).toEqual(await askPython(python));
    const named = (name: string) => read?.installed.find((each) => each.name === name);
    expect(named('streamlit')).toMatchObject({ version: expect.stringMatching(/^\d/), modules: ['streamlit'] });
    expect(named('pillow')?.modules).toEqual(['PIL']);
    expect(named('protobuf')?.modules).toContain('google.protobuf');
    expect(named('streamlit')?.requires.length).toBeGreaterThan(10);
  });

  it.for(pythons)(
    'gives the same as Python $version for whatever people leave behind',
    async ({ executable: interpreter }, { skip }) => {
      if (interpreter === undefined) return skip('it is not installed');
      await using scratch = await createFixture({});
      const { executable, packages } = await createEnvironment(interpreter, scratch.getPath('with blank/.venv'));
      await write(packages, leftBehind);
      await write(scratch.getPath('checkout'), { 'developed.egg-info/PKG-INFO': 'Name: developed\nVersion: 0\n\n' });
      await write(packages, { 'easy-install.pth': `${scratch.getPath('checkout')}\n` });
      const read = await readFolder(executable);
      expect(read).toEqual(await askPython(executable));
      expect(
        read?.installed.map(({ name, version, modules, editable }) => [name, version, modules.join(), editable]),
      ).toEqual([
        ['developed', '0', '', true],
        ['foo-bar-baz', '1.2.0+cpu', '_foo,foo,space.part', false],
        ['from-git', '1', '', false],
        ['legacy', '1.0', 'legacy', false],
        ['old', '0.1', '_old,old', false],
        ['work', '3', expect.anything(), true],
      ]);
      expect(read?.installed[1]?.requires.map((text) => text.replace(/\s/g, ''))).toEqual([
        'numpy(>=1.20)',
        "pytest;extra=='test'",
      ]);
    },
  );

  it('says what can be imported from it, unless code may find more elsewhere', async () => {
    await using scratch = await createFixture({ 'checkout/developed/__init__.py': '' });
    const { executable, packages } = await createEnvironment(python, scratch.getPath('.venv'));
    const importable = async () => (await readVirtualEnvironment(executable))?.importable;
    await write(packages, {
      'foo/__init__.py': '',
      'loose.py': '',
      '_fast.cpython-311-x86_64-linux-gnu.so': '',
      'foo-1.dist-info/METADATA': 'Name: foo\nVersion: 1\n\n',
      'easy-install.pth': `${scratch.getPath('checkout')}\n/no/such/folder\n`,
      'distutils-precedence.pth': 'import os; os.environ.get("X")\n',
    });
    expect(await importable()).toEqual(['_fast', 'developed', 'foo', 'loose']);
    await write(packages, { 'old.egg': 'an archive', 'archives.pth': 'old.egg\n' });
    expect(await importable()).toBeUndefined();
    await write(packages, { 'archives.pth': '' });
    expect(await importable()).toContain('foo');
    await write(packages, { 'sitecustomize.py': 'import sys\n' });
    expect(await importable()).toBeUndefined();
    await rm(path.join(packages, 'sitecustomize.py'));
    await write(packages, { '__editable__.work-3.pth': 'import __editable___work_3_finder\n' });
    expect(await importable()).toBeUndefined();
  });

  it('is left to its interpreter where the folder does not settle what it sees', async () => {
    await using scratch = await createFixture({ 'plain/bin/python': '' });
    const shared = await createEnvironment(python, scratch.getPath('shared'), '--system-site-packages');
    expect(await readFolder(shared.executable)).toBeUndefined();
    expect(await readFolder(scratch.getPath('plain/bin/python'))).toBeUndefined();
    expect(await readFolder('/no/such/bin/python')).toBeUndefined();
    await write(scratch.getPath('two'), { 'pyvenv.cfg': 'version = 3.11.7\ninclude-system-site-packages = false\n' });
    await write(scratch.getPath('two/lib/python3.10'), { x: '' });
    await write(scratch.getPath('two/lib/python3.11'), { x: '' });
    expect(await readFolder(scratch.getPath('two/bin/python'))).toBeUndefined();
  });

  it("is read as uv and virtualenv write its pyvenv.cfg, PyPy's version left unknown", async () => {
    await using scratch = await createFixture({
      'uv/pyvenv.cfg':
        'home = /x\nimplementation = CPython\nuv = 0.4.0\nversion_info = 3.12.1\ninclude-system-site-packages = false\n',
      'uv/lib/python3.12/site-packages/x.py': '',
      'pp/pyvenv.cfg':
        'home = /x\nimplementation = PyPy\nversion_info = 3.10.14.final.0\ninclude-system-site-packages = false\n',
      'pp/lib/pypy3.10/site-packages/x.py': '',
    });
    const uv = await readFolder(scratch.getPath('uv/bin/python'));
    expect(uv?.environment).toMatchObject({ python_version: '3.12', implementation_version: '3.12.1' });
    const pypy = await readFolder(scratch.getPath('pp/bin/python'));
    expect(pypy?.environment).toMatchObject({ python_full_version: '3.10.14', implementation_name: 'pypy' });
    expect(pypy?.environment).not.toHaveProperty('implementation_version');
  });
});

it('leaves nothing behind in the environment', () => {
  expect(existsSync(path.join(sitePackages, 'moe_check_probe'))).toBe(false);
});

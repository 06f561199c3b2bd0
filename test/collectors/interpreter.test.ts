import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FileTree, type FsFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { interpreterCollector, type Interpreter } from '../../src/collectors/interpreter.js';
import { CannotLook } from '../../src/engine/errors.js';
import { interpreterCandidates, venvPython } from '../../src/python/find-interpreter.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { settings } from '../engine/stand-ins.js';
import { pythons } from '../pythons.js';

const real = pythons[0]?.executable ?? '';
const variables = ['VIRTUAL_ENV', 'CONDA_PREFIX', 'PATH'] as const;
const before = variables.map((name) => [name, process.env[name]] as const);
const fixtures: FsFixture[] = [];

afterEach(async () => {
  for (const [name, value] of before) setVariable(name, value);
  await Promise.all(fixtures.splice(0).map((fixture) => fixture.rm()));
});

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** A folder, with nothing activated and nothing on PATH but what a script needs to run at all. */
async function folder(tree: FileTree): Promise<FsFixture> {
  const fixture = await createFixture(tree);
  fixtures.push(fixture);
  setVariable('VIRTUAL_ENV', undefined);
  setVariable('CONDA_PREFIX', undefined);
  await mkdir(fixture.getPath('on-path'), { recursive: true });
  setVariable('PATH', fixture.getPath('on-path'));
  return fixture;
}

/** A program that runs the shared test interpreter, or whatever else the shell is told. */
async function program(file: string, body = `exec "${real}" "$@"`): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

/** The root has a trailing slash in fs-fixture; settings have none. */
const rootOf = (fixture: FsFixture): string => path.resolve(fixture.path);

const look = (root: string, python?: string): Promise<Interpreter> =>
  interpreterCollector.collect({
    settings: { ...settings, root, ...(python === undefined ? {} : { python }) },
    signal: new AbortController().signal,
    artifacts: {},
  });

describe('the interpreter', () => {
  it('is described by itself', async () => {
    const { path: root } = await folder({});
    const found = await look(root, real);
    expect(found).toMatchObject({
      executable: real,
      version: expect.stringMatching(/^3\.\d+\.\d+/),
      implementation: 'CPython',
      distributions: { streamlit: expect.any(String), websockets: expect.any(String) },
    });
    expect(found).not.toHaveProperty('passedOver');
    expect((await validatorOf('artifacts/interpreter'))(found)).toBe(true);
  });

  it.each(pythons.filter((one) => one.executable !== undefined))(
    'may be Python $version',
    async ({ version, executable }) => {
      const { path: root } = await folder({});
      expect((await look(root, executable)).version.startsWith(version)).toBe(true);
    },
  );

  it('is that of a virtual environment in the dashboard, the usual name first', async () => {
    const fixture = await folder({
      'py311/pyvenv.cfg': '',
      'env/train.py': 'an environment to learn in, not of Python',
    });
    await program(fixture.getPath('py311/bin/python'));
    await program(fixture.getPath('on-path/python3'));
    expect(await look(rootOf(fixture))).toMatchObject({
      how: 'py311 in the dashboard',
      executable: fixture.getPath('py311/bin/python'),
    });
    await program(fixture.getPath('venv/bin/python'));
    expect((await look(rootOf(fixture))).how).toBe('venv in the dashboard');
    await program(fixture.getPath('.venv/bin/python'));
    expect((await look(rootOf(fixture))).how).toBe('.venv in the dashboard');
  });

  it('is that of the repository that the dashboard is in, but of nothing above it', async () => {
    const fixture = await folder({ 'repository/.git/HEAD': '', 'repository/apps/hub/app.py': '' });
    const root = fixture.getPath('repository/apps/hub');
    await program(fixture.getPath('.venv/bin/python'));
    await program(fixture.getPath('on-path/python3'));
    expect((await look(root)).how).toBe('python3 on PATH');
    await program(fixture.getPath('repository/.venv/bin/python'));
    expect((await look(root)).how).toBe(`.venv in ${fixture.getPath('repository')}`);
  });

  it('is that of the activated environment when the dashboard has none', async () => {
    const fixture = await folder({});
    await program(fixture.getPath('on-path/python'));
    expect((await look(rootOf(fixture))).how).toBe('python on PATH');
    await program(fixture.getPath('conda/bin/python'));
    setVariable('CONDA_PREFIX', fixture.getPath('conda'));
    expect((await look(rootOf(fixture))).how).toBe('$CONDA_PREFIX');
    await program(fixture.getPath('activated/bin/python'));
    setVariable('VIRTUAL_ENV', fixture.getPath('activated'));
    expect((await look(rootOf(fixture))).how).toBe('$VIRTUAL_ENV');
  });

  it("is Poetry's where there is a poetry.lock", async () => {
    const fixture = await folder({});
    const elsewhere = await program(fixture.getPath('cache/hub-py3.11/bin/python'));
    await program(fixture.getPath('on-path/python3'));
    await program(fixture.getPath('on-path/poetry'), `[ "$*" = "env info --executable" ] && echo "${elsewhere}"`);
    expect((await look(rootOf(fixture))).how).toBe('python3 on PATH');
    await fixture.writeFile('poetry.lock', '');
    expect(await look(rootOf(fixture))).toMatchObject({ how: 'poetry env info', executable: elsewhere });
  });

  it('is what a shim on PATH leads to', async () => {
    const fixture = await folder({});
    await program(fixture.getPath('on-path/python3'));
    expect((await look(rootOf(fixture))).executable).toBe(real);
  });

  it('is another than a broken one, and that is said', async () => {
    const fixture = await folder({ '.venv/pyvenv.cfg': '', '.venv/bin/activate': '' });
    await symlink('/no/such/python3.9', fixture.getPath('.venv/bin/python'));
    await program(fixture.getPath('venv/bin/python'), 'echo "libpython3.9.so.1.0: cannot open" >&2; exit 127');
    await program(fixture.getPath('on-path/python3'));
    const found = await look(rootOf(fixture));
    expect(found).toMatchObject({
      how: 'python3 on PATH',
      passedOver: [
        { how: '.venv in the dashboard', reason: expect.stringContaining('could not be started') },
        { how: 'venv in the dashboard', reason: expect.stringContaining('libpython3.9.so.1.0: cannot open') },
      ],
    });
    expect(interpreterCollector.facts?.(found)).toHaveLength(3);
  });
});

describe('no interpreter', () => {
  it.each([
    ['is not there', undefined, 'could not be started'],
    ['crashes', 'kill -SEGV $$', 'SIGSEGV'],
    ['talks nonsense', 'echo hello', 'not JSON'],
    ['is something else', 'echo "{}"', 'did not say what it is'],
  ])('is put in the place of a named one that %s', async (_, body, complaint) => {
    const fixture = await folder({});
    await program(fixture.getPath('.venv/bin/python'));
    const named = fixture.getPath('named');
    if (body !== undefined) await program(named, body);
    const looking = look(rootOf(fixture), named);
    await expect(looking).rejects.toThrow(CannotLook);
    await expect(looking).rejects.toMatchObject({
      message: expect.stringContaining(complaint),
      fix: expect.any(String),
    });
  });

  it('is found where there is none', async () => {
    const fixture = await folder({});
    const looking = look(rootOf(fixture));
    await expect(looking).rejects.toThrow('no working Python interpreter found');
    await expect(looking).rejects.toMatchObject({ name: 'CannotLook', fix: expect.stringContaining('--python') });
  });

  it('older than 3.8 will do, nor is another taken instead', async () => {
    const fixture = await folder({});
    const told = JSON.stringify({
      executable: '',
      version: '3.7.16',
      implementation: 'CPython',
      platform: '',
      distributions: {},
    });
    await program(fixture.getPath('.venv/bin/python'), `echo '${told}'`);
    await program(fixture.getPath('on-path/python3'));
    await expect(look(rootOf(fixture))).rejects.toThrow(
      /\.venv in the dashboard.*Python 3\.7\.16; Python 3\.8 or later/,
    );
  });
});

describe('on Windows', () => {
  it('an environment keeps its interpreter in Scripts, a conda environment at its top', async () => {
    expect(await venvPython('C:\\hub\\.venv', 'win32')).toBe('C:\\hub\\.venv\\Scripts\\python.exe');
  });

  it('programs on PATH end in .exe', async () => {
    const fixture = await folder({ 'on-path/python3': '', 'on-path/python.exe': '' });
    await chmod(fixture.getPath('on-path/python.exe'), 0o755);
    const found = [];
    const around = { root: rootOf(fixture), environment: process.env, platform: 'win32' as const };
    for await (const candidate of interpreterCandidates({ ...around, signal: new AbortController().signal }))
      found.push(candidate);
    expect(found.map((candidate) => candidate.how)).toEqual(['python on PATH']);
  });
});

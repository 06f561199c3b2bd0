import { createFixture } from 'fs-fixture';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runInForeground, startCommand } from '../../src/cli/start-dashboard.js';
import { CannotLook } from '../../src/engine/errors.js';
import type { Settings } from '../../src/engine/types.js';

const settings: Settings = {
  root: '/dash',
  symbols: [],
  exclude: [],
  imports: { timeoutS: 1 },
  launch: { args: ['--server.maxUploadSize', '5'], env: { A: 'b' }, timeoutS: 1 },
  network: { endpoints: [], timeoutS: 1 },
  metrics: { runs: [] },
  plots: { overrides: {} },
  train: false,
  only: [],
  skip: [],
  tier: 'launch',
  failOn: 'error',
};
const project = {
  root: '/dash',
  framework: 'streamlit' as const,
  entry: { path: 'app.py', how: 'found' },
  run: { viaModule: false, folder: '.', args: [] },
  sourceRoot: '.',
  port: { number: 8601, pinned: true, how: '.streamlit/config.toml' },
  files: [],
  outsideModules: [],
};
const interpreter = {
  executable: '/dash/.venv/bin/python',
  version: '3.11.7',
  implementation: 'CPython',
  platform: 'linux',
  how: '.venv',
  distributions: {},
};
const found = { project, interpreter };

describe('the command', () => {
  it('runs the entry by Streamlit, with the port that is set somewhere and the arguments of the config', () => {
    const args = ['--server.maxUploadSize', '5', '--', 'own'];
    expect(startCommand({ ...settings, launch: { ...settings.launch, args } }, found)).toEqual({
      file: '/dash/.venv/bin/python',
      args: '-m streamlit run app.py --server.maxUploadSize 5 --server.port 8601 -- own'.split(' '),
      cwd: '/dash',
      env: { A: 'b' },
    });
  });

  it('names no port where none is set', () => {
    const port = { number: 8501, pinned: false, how: "Streamlit's default" };
    const { args } = startCommand(settings, { interpreter, project: { ...project, port } });
    expect(args).not.toContain('--server.port');
  });

  it("starts in the folder and with the arguments of the repository's own command, unless the config has some", () => {
    const run = { viaModule: true, folder: 'app', args: ['--data', 'runs/1.csv'] };
    const inFolder = { interpreter, project: { ...project, entry: { path: 'app/ui/main.py', how: '' }, run } };
    expect(startCommand(settings, inFolder)).toMatchObject({ cwd: '/dash/app' });
    expect(startCommand(settings, inFolder).args.slice(2)).toEqual(
      'run ui/main.py --server.maxUploadSize 5 --server.port 8601 -- --data runs/1.csv'.split(' '),
    );
    const own = { ...settings, launch: { ...settings.launch, args: ['--', 'own'] } };
    expect(startCommand(own, inFolder).args.slice(-2)).toEqual(['--', 'own']);
  });

  it('starts the streamlit program, or the module where the repository does or where there is no program', async () => {
    const fixture = await createFixture({
      'bin/streamlit': '#!/v/bin/python\nimport re',
      'other/streamlit': '#!/bin/sh\n',
    });
    onTestFinished(() => fixture.rm());
    const started = (folder: string, viaModule: boolean) => {
      const executable = path.join(fixture.path, folder, 'python');
      const run = { viaModule, folder: '.', args: [] };
      return startCommand(settings, { project: { ...project, run }, interpreter: { ...interpreter, executable } }).args;
    };
    expect(started('bin', false).slice(0, 2)).toEqual([path.join(fixture.path, 'bin/streamlit'), 'run']);
    for (const args of [started('bin', true), started('other', false), started('none', false)]) {
      expect(args.slice(0, 3)).toEqual(['-m', 'streamlit', 'run']);
    }
  });

  it('is that of the config where there is one, its places filled in', () => {
    const command = ['{python}', 'app.py', '--port={port}'];
    const other = { ...settings, launch: { args: ['{port}', '{b}'], env: { PORT: '{port}' }, timeoutS: 1, command } };
    expect(startCommand(other, found)).toMatchObject({
      file: '/dash/.venv/bin/python',
      args: ['app.py', '--port=8601', '8601', '{b}'],
      env: { PORT: '8601' },
    });
  });

  it('cannot be had without an entry that Streamlit can run', () => {
    const { entry: _, framework: __, ...without } = project;
    expect(() => startCommand(settings, { project: without, interpreter })).toThrow(CannotLook);
    const script = { ...without, entry: project.entry };
    expect(() => startCommand(settings, { project: script, interpreter })).toThrow(/is no Streamlit script/);
  });
});

describe('in the foreground', () => {
  const sh = (script: string) => ({ file: '/bin/sh', args: ['-c', script], cwd: '/', env: { CODE: '7' } });

  it.each([
    ['exit $CODE', 7],
    ['exit 0', 0],
    ['kill -TERM $$', 143],
  ])('hands on how it ended: %s', async (script, code) => {
    expect(await runInForeground(sh(script))).toBe(code);
  });

  it('says when it cannot be started', async () => {
    await expect(runInForeground({ ...sh(''), file: '/no/such/program' })).rejects.toThrow(
      /\/no\/such\/program could not be started/,
    );
  });

  it('passes signals on and shares its output', async () => {
    const dist = path.join(import.meta.dirname, '../../dist/cli/start-dashboard.cjs');
    const script = `trap 'echo stopped; exit 5' TERM; echo up; while :; do sleep 0.05; done`;
    const program = `
      import { runInForeground } from ${JSON.stringify(dist)};
      process.exit(await runInForeground({ file: '/bin/sh', args: ['-c', ${JSON.stringify(script)}], cwd: '/', env: {} }));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = text(child.stdout);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(await output).toBe('up\nstopped\n');
    expect(child.exitCode).toBe(5);
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTaken } from '../../src/collectors/launch/ports.js';
import { collectFrom, interpreter, projectOf, settingsFor } from './launch-target.js';

const root = path.join(import.meta.dirname, '../..');

/** A script that starts one process in a session of its own and one that has cut every tie, and then hangs. */
const clinging = `import os, subprocess, sys, time
import streamlit as st
st.write('starting')
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)
child = os.fork()
if child == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.waitpid(child, 0)
open(os.environ['READY'], 'w').close()
time.sleep(600)
`;

/** Command lines of what runs in a folder, by process id. */
async function runningIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const entries = await Promise.all(
    pids.map(async (pid): Promise<[string, string]> => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return [pid, cwd.startsWith(folder) ? command.replaceAll('\0', ' ') : ''];
    }),
  );
  return new Map(entries.filter(([, command]) => command !== ''));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300 && !(await condition()); attempt++) await sleep(100);
}

function portIn(running: ReadonlyMap<string, string>): number {
  const [, port = '0'] = /--server\.port (\d+)/.exec([...running.values()].join('\n')) ?? [];
  return Number(port);
}

describe.skipIf(process.platform !== 'linux')('what a launch leaves behind', () => {
  let target: FsFixture;
  let apart: FsFixture;
  let ready = '';
  beforeAll(async () => {
    target = await createFixture({ 'app.py': clinging });
    apart = await createFixture();
  });
  afterAll(async () => {
    await target.rm();
    await apart.rm();
  });
  const started = async (name: string) => {
    ready = apart.getPath(name);
    return { env: { READY: ready }, timeoutS: 60 };
  };
  const isReady = () => apart.exists(path.basename(ready));

  it('is nothing when it is aborted in the middle', async () => {
    const abort = new AbortController();
    const settings = await started('aborted');
    const look = collectFrom(target.path, ['app.py'], { settings, signal: abort.signal });
    const ended = look.then(
      () => 'came to an end',
      (error: unknown) => String(error),
    );
    await until(isReady);
    const running = await runningIn(target.path);
    abort.abort();
    expect(await ended).toMatch(/abort/i);
    expect(running.size).toBe(3);
    expect([...(await runningIn(target.path)).values()]).toEqual([]);
    expect(await isTaken(portIn(running))).toBe(false);
  });

  it('is nothing when we are killed with SIGKILL in the middle', async () => {
    const built = apart.getPath('built');
    await mkdir(built);
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--outDir', `${built}/dist`], { cwd: root });
    await Promise.all(
      ['probe', 'data', 'schemas', 'node_modules', 'package.json'].map((name) =>
        symlink(path.join(root, name), path.join(built, name)),
      ),
    );
    const settings = settingsFor(path.resolve(target.path), await started('killed'));
    const context = { settings, artifacts: { interpreter, project: projectOf(path.resolve(target.path), ['app.py']) } };
    await writeFile(
      `${built}/run.mjs`,
      `import { launchCollector } from './dist/collectors/launch.js';
await launchCollector.collect({ ...${JSON.stringify(context)}, signal: new AbortController().signal });`,
    );
    const ours = spawn(process.execPath, [`${built}/run.mjs`], { stdio: 'ignore' });
    await until(isReady);
    const running = await runningIn(target.path);
    ours.kill('SIGKILL');
    expect(running.size).toBe(3);
    await until(async () => (await runningIn(target.path)).size === 0);
    expect([...(await runningIn(target.path)).values()]).toEqual([]);
    expect(await isTaken(portIn(running))).toBe(false);
  });
});

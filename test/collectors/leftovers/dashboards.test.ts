import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import path from 'node:path';
import { createFixture } from 'fs-fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/collectors/launch/ports.js';
import { findDashboards } from '../../../src/collectors/leftovers/dashboards.js';
import { python } from '../../python.js';

const started: number[] = [];

/** Starts a program as a session that is gone would have left it: in the background, its shell ended. */
function leaveRunning(cwd: string, ...command: readonly string[]): number {
  const script = 'setsid "$@" >/dev/null 2>&1 </dev/null & echo $!';
  const pid = Number(execFileSync('sh', ['-c', script, 'sh', ...command], { cwd, encoding: 'utf8' }));
  started.push(pid);
  return pid;
}

/** A process that looks like a command line and does nothing. */
const pretend = (cwd: string, ...words: readonly string[]) =>
  leaveRunning(cwd, python, '-c', 'import time; time.sleep(600)', ...words);

afterEach(() => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
});

const bin = path.join(import.meta.dirname, '../../../bin/run.cjs');

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** How many processes run Streamlit in a folder, whoever started them. */
function streamlitsIn(folder: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`) === folder &&
        /\0(?:\S*\/)?streamlit\0run\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      );
    } catch {
      return false;
    }
  }).length;
}

/** Waits until the process is what was started, and not the shell any more. */
async function until<T>(look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (isThere(value)) return value;
    await setTimeout(50);
  }
}

const app = { 'app.py': 'import streamlit as st\nst.write(1)\n', 'pages/one.py': '' };

describe('dashboards that still run', () => {
  it('are found with their script and port, without a terminal', async () => {
    await using project = await createFixture(app);
    const port = await freePort();
    const options = ['--server.port', String(port), '--server.headless', 'true', '--browser.gatherUsageStats', 'false'];
    const pid = leaveRunning(project.path, python, '-B', '-m', 'streamlit', 'run', 'app.py', ...options);
    const found = await until(
      () => findDashboards(project.path),
      ([each]) => each !== undefined && each.ports.length > 0,
    );
    expect(found).toEqual([{ pid, script: 'app.py', ports: [port], orphaned: expect.any(Boolean) }]);
  });

  it('are found however they were started', async () => {
    await using project = await createFixture(app);
    const pids = [
      pretend(project.getPath('pages'), '/usr/local/bin/streamlit', 'run', '--server.port', '9', '../app.py'),
      pretend(
        '/',
        '/x/lib/python3.11/site-packages/streamlit/__main__.py',
        'run',
        project.getPath('pages/one.py'),
        '--',
        'x.py',
      ),
    ];
    const found = await until(
      () => findDashboards(project.path),
      ({ length }) => length === pids.length,
    );
    expect(found.map(({ pid, script }) => [pid, script]).sort()).toEqual(
      [
        [pids[0], 'app.py'],
        [pids[1], 'pages/one.py'],
      ].sort(),
    );
  });

  it('are one where a runner wraps them', async () => {
    await using project = await createFixture(app);
    const wrapper =
      'import subprocess, sys; subprocess.run([sys.executable, "-c", "import time; time.sleep(600)", "streamlit", "run", "app.py"])';
    const outer = leaveRunning(project.path, python, '-c', wrapper, 'streamlit', 'run', 'app.py');
    const found = await until(
      () => findDashboards(project.path),
      (all) => all.length > 0 && all[0]?.pid !== outer,
    );
    expect(found).toHaveLength(1);
    started.push(...found.map(({ pid }) => pid));
  });

  it('are not those that moe-check starts itself, in this run or in another', async () => {
    await using project = await createFixture(app);
    const flags = ['--only', 'incident/startup', '--python', python];
    const run = leaveRunning(project.path, process.execPath, bin, 'preflight', project.path, ...flags);
    let seen = 0;
    while (isAlive(run)) {
      if (streamlitsIn(project.path.replace(/\/$/, '')) > 0) seen += 1;
      expect(await findDashboards(project.path)).toEqual([]);
      await setTimeout(20);
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('are none of these', async () => {
    await using other = await createFixture(app);
    await using project = await createFixture(app);
    const shell = ['streamlit', 'run', 'app.py'];
    const silent = [
      pretend(other.path, ...shell),
      pretend(project.path, 'streamlit', 'hello'),
      pretend(project.path, 'streamlit', 'run', 'https://example.org/app.py'),
      pretend(project.path, 'streamlit', 'config', 'show'),
      pretend(project.path, 'app.py'),
      pretend(project.path, 'run', 'app.py'),
      pretend(project.path, 'not-streamlit', 'run', 'app.py'),
      pretend(project.path, 'streamlit run app.py'),
      pretend(project.path, '/opt/moe-check/probe/supervise.py', ...shell),
      pretend(`${other.path}`, 'streamlit', 'run', path.join(`${project.path.replace(/\/$/, '')}-two`, 'app.py')),
    ];
    const loud = pretend(project.path, ...shell);
    const found = await until(
      () => findDashboards(project.path),
      ({ length }) => length > 0,
    );
    expect(found.map(({ pid }) => pid)).toEqual([loud]);
    expect(silent).toHaveLength(10);
  });
});

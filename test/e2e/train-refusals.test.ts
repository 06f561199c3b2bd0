import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFiles } from '../../src/metrics/run-folder.js';
import type { TrainingReport } from '../../src/reference/training/report.js';
import { withoutTimes } from '../reference/training/runs.js';
import { finish, moeCheck, root } from './moe-check.js';
import { config, linesIn, to } from './trainings.js';

let fixture: FsFixture;
const cwd = (): string => path.resolve(fixture.path);
const files = (run: string) => runFiles(fixture.getPath(run));
const metricsOf = async (run: string): Promise<string> => withoutTimes(await readFile(files(run).metrics, 'utf8'));

beforeAll(async () => {
  fixture = await createFixture({ 'ghost.yaml': config, 'short.txt': 'to be or not' });
  await moeCheck(to('whole'), { cwd: cwd() });
});
afterAll(() => fixture.rm());

describe('what a training cannot do', () => {
  it('is said before anything is written', async () => {
    for (const [args, message] of [
      [to(''), /--out names no folder/],
      [to('x', '--set', 'heads=3'), /embed_dim 8 is not divisible by heads 3/],
      [to('x', '--set', 'rotation_angles=5'), /rotation_angles 5 is too many for givens: 2k ≤ D, and embed_dim is 8/],
      [to('x', '--set', 'embed_dim=100000'), /these sizes need about [\d.]+ GB/],
      [
        to('x', '--set', 'data=none.txt', '--set', 'vocab_size=256'),
        /the data .*none\.txt could not be read: there is no such file/,
      ],
      [
        to('x', '--check', '--set', 'data=short.txt', '--set', 'vocab_size=256'),
        /the target cannot be judged: above_floor counts from the floor of the built-in data/,
      ],
      [to('x', '--set', 'data=short.txt', '--set', 'vocab_size=256'), /short\.txt has \d+ tokens, too few/],
      [['train', '--config', 'ghost.yaml', '--out', 'x', '--backend', 'tfjs-node'], /tfjs-node cannot be loaded/],
    ] as const) {
      const { stderr, stdout, exitCode } = await moeCheck(args, { cwd: cwd() });
      expect({ stdout, exitCode, stderr }).toEqual({ stdout: '', exitCode: 2, stderr: expect.stringMatching(message) });
    }
    expect(await readdir(cwd())).not.toContain('x');
  });

  it('without the permission to write, leaves nothing', async () => {
    await using folder = await createFixture({ 'ghost.yaml': config });
    await chmod(folder.path, 0o555);
    // Root may write everywhere, so there somebody else has to try.
    const somebody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { stderr, exitCode } = await moeCheck(to('run'), { cwd: folder.path, ...somebody });
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('run could not be written: permission denied'),
    });
    expect(await readdir(folder.path)).toEqual(['ghost.yaml']);
    await chmod(folder.path, 0o755);
  });

  // A folder in which nothing can be made: the system says there that something is missing.
  it.runIf(existsSync('/proc/self'))('where no folder can be made, is an error at once', async () => {
    const { stderr, exitCode } = await moeCheck(to('/proc/x/run'), { cwd: cwd() });
    expect({ stderr, exitCode }).toEqual({
      exitCode: 2,
      stderr: 'moe-check: /proc/x/run could not be written: no folder can be made in /proc\n',
    });
    const golden = ['golden', 'update', 'whole', '--reason', 'a test', '--golden', '/proc/x/g.json'];
    expect(await moeCheck(golden, { cwd: cwd() })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('/proc/x/g.json could not be written: no folder can be made in /proc'),
    });
  });

  it('when the disk is full, keeps what was written and can be gone on with', async () => {
    // A limit on the size of files stands for a disk: metrics reach it after some steps.
    const words = [
      process.execPath,
      path.join(root, 'bin/run.cjs'),
      ...to('full', '--set', 'checkpoint_every=10', '--json'),
    ];
    const script = `ulimit -f 24; exec "$@"`;
    // The kernel would end a process that does not listen to the signal of that limit.
    const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,process.on('SIGXFSZ',()=>{})` };
    const child = spawn('bash', ['-c', script, 'bash', ...words], {
      cwd: cwd(),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr, exitCode } = await finish(child);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 });
    const report: TrainingReport = JSON.parse(stdout);
    expect(report).toMatchObject({
      verdict: 'failed',
      runs: [
        {
          outcome: 'failed',
          reason: expect.stringContaining('could not be written: the file is too large'),
          notes: ['once it can be written again, the same command with --resume goes on'],
        },
      ],
    });
    expect(report.runs[0]?.steps).toBe(linesIn(files('full').metrics));
    expect(JSON.parse(await readFile(files('full').summary, 'utf8'))).toMatchObject({ outcome: 'failed' });
    await moeCheck(to('full', '--resume', '--set', 'checkpoint_every=10'), { cwd: cwd() });
    expect(await metricsOf('full')).toBe(await metricsOf('whole'));
  });
});

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { chmod, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFiles } from '../../src/metrics/run-folder.js';
import type { TrainingReport } from '../../src/reference/training/report.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { withoutTimes } from '../reference/training/runs.js';
import { finish, moeCheck, root, start } from './moe-check.js';

const config = `
architecture: ghost
training: geometric
experts: 3
ghosts: 2
layers: 1
embed_dim: 8
heads: 2
vocab_size: 11
context: 6
batch_size: 2
rotation_angles: 3
max_steps: 40
eval_every: 10
checkpoint_every: 1
eval_batches: 2
target: { above_floor: 9 }
`;

let fixture: FsFixture;
let whole: TrainingReport;
const cwd = (): string => path.resolve(fixture.path);
const files = (run: string) => runFiles(fixture.getPath(run));
const metricsOf = async (run: string): Promise<string> => withoutTimes(await readFile(files(run).metrics, 'utf8'));

/** The arguments of a training into a folder. */
const to = (run: string, ...more: string[]): string[] => [
  'train',
  '--config',
  'ghost.yaml',
  '--backend',
  'cpu',
  '--out',
  run,
  ...more,
];

async function reportOf(args: readonly string[], env = {}): Promise<TrainingReport> {
  const { stdout } = await moeCheck([...args, '--json'], { cwd: cwd(), env });
  const report: unknown = JSON.parse(stdout);
  const isReport = await validatorOf<TrainingReport>('training');
  if (!isReport(report)) throw new Error(firstComplaint(isReport.errors));
  return report;
}

beforeAll(async () => {
  fixture = await createFixture({ 'ghost.yaml': config, 'short.txt': 'to be or not' });
  whole = await reportOf(to('whole', '--check'));
});
afterAll(() => fixture.rm());

describe('a training', () => {
  it('says what came of it', () => {
    expect(whole).toMatchObject({
      verdict: 'trained',
      exitCode: 0,
      backend: { name: 'cpu' },
      runs: [{ folder: 'whole', combination: 'ghost-geometric', outcome: 'finished', steps: 40, of: 40, problems: [] }],
    });
  });

  it('makes the same metrics in another process', async () => {
    await moeCheck(to('again'), { cwd: cwd() });
    expect(await metricsOf('again')).toBe(await metricsOf('whole'));
  });

  it('that is killed at random moments, in checkpoints too, ends in the same metrics', async () => {
    const moments: string[] = [];
    for (let kills = 0; kills < 5; kills++) {
      const child = start(to('killed', '--resume'), { cwd: cwd() });
      const ended = finish(child);
      // Every second time as soon as a checkpoint is begun, else whenever a random number of milliseconds is over.
      const { checkpoints, metrics } = files('killed');
      await onceThere(metrics, child);
      if (kills % 2 === 0) {
        const watcher = watch(checkpoints, (_, name) => void (name?.endsWith('.tmp') && child.kill('SIGKILL')));
        await ended;
        watcher.close();
      } else {
        void setTimeout(Math.random() * 300).then(() => child.kill('SIGKILL'));
        await ended;
      }
      moments.push(`${child.signalCode}, ${linesIn(metrics)} lines, ${readdirSync(checkpoints).join(' ')}`);
    }
    // Whatever ends before its moment comes is not killed; those that are killed in a checkpoint always are.
    expect(moments.join('\n')).toMatch(/(SIGKILL.*\n?[^]*){3}/);
    const report = await reportOf(to('killed', '--resume', '--check'));
    expect(report).toMatchObject({ verdict: 'trained', runs: [{ steps: 40, problems: [] }] });
    expect(await metricsOf('killed')).toBe(await metricsOf('whole'));
  });

  it('takes a config through all combinations', async () => {
    const all = ['train', '--config', 'ghost.yaml', '--all', '--backend', 'cpu', '--steps', '2', '--out', 'all'];
    const report = await reportOf([...all, '--check']);
    expect(report).toMatchObject({ verdict: 'trained', exitCode: 0 });
    expect(report.runs.map(({ combination }) => combination)).toEqual([
      'gnn-standard',
      'gnn-geometric',
      'hgnn-standard',
      'hgnn-geometric',
      'orthogonal-standard',
      'orthogonal-geometric',
      'ghost-standard',
      'ghost-geometric',
    ]);
    expect(await readdir(fixture.getPath('all'))).toHaveLength(8);
  });

  it('fails its check when it misses its target, or is not as its golden', async () => {
    await moeCheck(['golden', 'update', 'whole', '--reason', 'the first'], { cwd: cwd() });
    expect(await reportOf(to('as-golden', '--check'))).toMatchObject({ exitCode: 0, runs: [{ problems: [] }] });
    await writeFile(fixture.getPath('odd.yaml'), config.replace('above_floor: 9', 'above_floor: 0.001'));
    const odd = [
      'train',
      '--config',
      'odd.yaml',
      '--backend',
      'cpu',
      '--set',
      'expert_lr=0.0011',
      '--out',
      'odd',
      '--check',
    ];
    const report = await reportOf(odd);
    expect(report).toMatchObject({
      verdict: 'failed',
      exitCode: 1,
      runs: [
        {
          outcome: 'finished',
          problems: [
            { code: 'above-target' },
            {
              code: 'diverged',
              message: expect.stringMatching(/^exact: step 0: learning_rate is 0\.0011, expected 0\.001 /),
            },
          ],
        },
      ],
    });
    await rm(fixture.getPath('.moe-check'), { recursive: true });
  });

  it('stops on Ctrl-C with a checkpoint, and can be gone on with', async () => {
    const child = start(to('stopped', '--set', 'max_steps=3000'), { cwd: cwd() });
    const ended = finish(child);
    await onceThere(files('stopped').metrics, child);
    child.kill('SIGINT');
    const { stdout, stderr, exitCode } = await ended;
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 130 });
    expect(stdout).toMatch(/interrupted after \d+ of 3000 steps/);
    expect(stdout).toMatch(/^INTERRUPTED {2}1 run; the same command with --resume goes on$/m);
    const done = Number(/after (\d+) of/.exec(stdout)?.[1]);
    expect(await readdir(files('stopped').checkpoints)).toContain(`step-${String(done).padStart(8, '0')}.safetensors`);
    expect(linesIn(files('stopped').metrics)).toBe(done);
  });
});

describe('two processes', () => {
  it('do not write to one run, and a lock is no longer than its process', async () => {
    const args = to('shared', '--resume', '--set', 'max_steps=3000');
    const first = start(args, { cwd: cwd() });
    const ended = finish(first);
    await onceThere(files('shared').metrics, first);
    expect(JSON.parse(await readFile(files('shared').lock, 'utf8'))).toMatchObject({ pid: first.pid });
    const { stderr, exitCode } = await moeCheck(args, { cwd: cwd() });
    expect({ stderr, exitCode }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining(`moe-check: process ${first.pid} writes to shared\n`),
    });
    first.kill('SIGKILL');
    await ended;
    expect(existsSync(files('shared').lock)).toBe(true);

    const next = start(args, { cwd: cwd() });
    const interrupted = finish(next);
    const left = linesIn(files('shared').metrics);
    while (linesIn(files('shared').metrics) <= left && next.exitCode === null) await setTimeout(5);
    next.kill('SIGINT');
    expect(await interrupted).toMatchObject({ stderr: '', exitCode: 130 });
    expect(await readdir(fixture.getPath('shared'))).toEqual(
      Object.values(files('whole'))
        .map((file) => path.basename(file))
        .filter((name) => name !== 'run.lock')
        .sort(),
    );
  });
});

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
    const words = [process.execPath, path.join(root, 'bin/run.js'), ...to('full', '--set', 'checkpoint_every=10')];
    const script = `ulimit -f 24; exec "$@"`;
    // The kernel would end a process that does not listen to the signal of that limit.
    const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,process.on('SIGXFSZ',()=>{})` };
    const child = spawn('bash', ['-c', script, 'bash', ...words], {
      cwd: cwd(),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stderr, exitCode } = await finish(child);
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('could not be written'),
    });
    expect(JSON.parse(await readFile(files('full').summary, 'utf8'))).toMatchObject({ outcome: 'failed' });
    await moeCheck(to('full', '--resume', '--set', 'checkpoint_every=10'), { cwd: cwd() });
    expect(await metricsOf('full')).toBe(await metricsOf('whole'));
  });
});

/** Waits until a file has a line, or the process that is to write it is gone. */
async function onceThere(file: string, child: { exitCode: number | null }): Promise<void> {
  while (linesIn(file) === 0 && child.exitCode === null) await setTimeout(5);
}

function linesIn(file: string): number {
  try {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

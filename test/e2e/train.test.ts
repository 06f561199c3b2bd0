import { existsSync, readdirSync, watch } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFiles } from '../../src/metrics/run-folder.js';
import type { TrainingReport } from '../../src/reference/training/report.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { withoutTimes } from '../reference/training/runs.js';
import { finish, moeCheck, start } from './moe-check.js';
import { config, linesIn, onceThere, to } from './trainings.js';

let fixture: FsFixture;
let whole: TrainingReport;
const cwd = (): string => path.resolve(fixture.path);
const files = (run: string) => runFiles(fixture.getPath(run));
const metricsOf = async (run: string): Promise<string> => withoutTimes(await readFile(files(run).metrics, 'utf8'));

async function reportOf(args: readonly string[], env = {}): Promise<TrainingReport> {
  const { stdout } = await moeCheck([...args, '--json'], { cwd: cwd(), env });
  const report: unknown = JSON.parse(stdout);
  const isReport = await validatorOf<TrainingReport>('training');
  if (!isReport(report)) throw new Error(firstComplaint(isReport.errors));
  return report;
}

beforeAll(async () => {
  fixture = await createFixture({ 'ghost.yaml': config });
  whole = await reportOf(to('whole', '--check'));
});
afterAll(() => fixture.rm());

describe('a training', () => {
  it('says what came of it', () => {
    expect(whole).toMatchObject({
      verdict: 'trained',
      exitCode: 0,
      backend: { name: 'cpu' },
      runs: [
        {
          folder: 'whole',
          combination: 'ghost-geometric',
          outcome: 'finished',
          steps: 40,
          of: 40,
          judgedBy: ['target'],
          problems: [],
        },
      ],
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
    expect(await reportOf(to('as-golden', '--check'))).toMatchObject({
      exitCode: 0,
      runs: [{ judgedBy: ['target', 'golden'], problems: [] }],
    });
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

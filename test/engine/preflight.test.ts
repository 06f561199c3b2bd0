import { setTimeout } from 'node:timers/promises';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { CannotLook, Skip, UsageError } from '../../src/engine/errors.js';
import { runPreflight, type ProgressEvent, type RunRequest } from '../../src/engine/preflight.js';
import { defineCheck } from '../../src/engine/define.js';
import type { Settings } from '../../src/engine/types.js';
import { base, baseCheck, deep, deepCheck, settings, top, topCheck } from './stand-ins.js';

function run(request: Partial<RunRequest> = {}, changed: Partial<Settings> = {}) {
  return runPreflight({
    settings: { ...settings, ...changed },
    checks: [baseCheck, topCheck, deepCheck],
    collectors: [base(), top(), deep()],
    tool: { name: 'moe-check', version: '0' },
    signal: new AbortController().signal,
    ...request,
  });
}

const statuses = (report: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(report.checks.map((check) => [check.id, check.outcome.status]));

describe('verdict and exit code', () => {
  it('is go when everything passed', async () => {
    const report = await run();
    expect(report).toMatchObject({ verdict: 'go', exitCode: 0, summary: { passed: 3, errors: 0 } });
  });

  it('is no-go for an error, and a finding wins over a look that was blocked', async () => {
    const collectors = [
      base(async () => ({ n: -1 })),
      top(),
      deep(() => Promise.reject(new CannotLook('no way', 'find one'))),
    ];
    const report = await run({ collectors });
    expect(report).toMatchObject({ verdict: 'no-go', exitCode: 1, summary: { errors: 1, blocked: 1 } });
    expect(report.checks[0]?.outcome).toMatchObject({ findings: [{ code: 'negative', severity: 'error' }] });
    expect(report.checks[2]?.outcome).toMatchObject({
      status: 'blocked',
      artifact: 'test-deep',
      error: { message: 'no way', fix: 'find one' },
    });
  });

  it('cannot vouch when something was blocked and nothing failed', async () => {
    const report = await run({ collectors: [base(), top(), deep(() => Promise.reject(new Error('broken')))] });
    expect(report).toMatchObject({ verdict: 'unknown', exitCode: 3 });
  });

  it('hands on what was seen after a green run, and only then', async () => {
    const seen: unknown[] = [];
    const whenGreen = async (artifacts: unknown) => void seen.push(artifacts);
    await run({ whenGreen });
    expect(seen).toEqual([{ 'test-base': { n: 1 }, 'test-top': { n: 2 }, 'test-deep': { n: 3 } }]);
    await run({ whenGreen, collectors: [base(async () => ({ n: -1 })), top(), deep()] });
    await run({ whenGreen, collectors: [base(), top(), deep(() => Promise.reject(new Error('broken')))] });
    expect(seen).toHaveLength(1);
  });

  it('lets a warning pass unless --fail-on says otherwise', async () => {
    const collectors = [base(), top(async () => ({ n: 3 })), deep()];
    expect(await run({ collectors })).toMatchObject({
      verdict: 'go',
      exitCode: 0,
      summary: { warnings: 1, failed: 1 },
    });
    expect(await run({ collectors }, { failOn: 'warning' })).toMatchObject({ verdict: 'no-go', exitCode: 1 });
  });

  it('cannot vouch when everything was skipped', async () => {
    expect(await run({}, { skip: ['test', 'other'] })).toMatchObject({ verdict: 'unknown', exitCode: 3 });
  });

  it('keeps a check that throws to itself', async () => {
    const broken = defineCheck({
      ...baseCheck,
      id: 'test/broken',
      run: () => {
        throw new TypeError('ours');
      },
    });
    const report = await run({ checks: [broken, baseCheck] });
    expect(statuses(report)).toEqual({ 'test/broken': 'errored', 'test/base-check': 'passed' });
    expect(report.exitCode).toBe(3);
  });

  it('does not let a check invent codes', async () => {
    const loose = defineCheck({ ...baseCheck, run: () => [{ code: 'surprise', subject: 'x', message: 'x' }] });
    expect(statuses(await run({ checks: [loose] }))).toEqual({ 'test/base-check': 'errored' });
  });

  it('passes with notes when all there is to say is info', async () => {
    const noting = defineCheck({
      ...baseCheck,
      run: () => [{ code: 'negative', subject: 'x', message: 'x', severity: 'info' as const }],
    });
    const report = await run({ checks: [noting] });
    expect(report.checks[0]?.outcome).toMatchObject({ status: 'passed', notes: [{ severity: 'info' }] });
    expect(report).toMatchObject({ exitCode: 0, summary: { infos: 1 } });
    expect(await run({ checks: [noting] }, { failOn: 'info' })).toMatchObject({ exitCode: 1 });
  });
});

describe('looking', () => {
  it('looks once, dependencies first, and only at what the selected checks need', async () => {
    const seen: string[] = [];
    const onProgress = (event: ProgressEvent) => seen.push(`${event.type} ${event.artifact}`);
    await run({ onProgress }, { only: ['test'] });
    expect(seen).toEqual(['start test-base', 'end test-base', 'start test-top', 'end test-top']);
  });

  it('leaves deeper tiers alone, passes on what it saw and says what it left out', async () => {
    const report = await run({}, { tier: 'static' });
    expect(statuses(report)).toEqual({
      'test/base-check': 'passed',
      'test/top-check': 'passed',
      'other/deep-check': 'skipped',
    });
    expect(report.checks[1]?.outcome).toMatchObject({ leftOut: ['only looked at with --tier import'] });
  });

  it('says with a check that passed what it could not judge', async () => {
    const check = defineCheck({ ...baseCheck, leftOut: ({ 'test-base': { n } }) => [`base was only ${n}`] });
    const report = await run({ checks: [check] });
    expect(report.checks[0]?.outcome).toEqual({ status: 'passed', leftOut: ['base was only 1'] });
  });

  it('blocks what finds nothing when the deeper look failed, but counts what it found without', async () => {
    const collectors = [base(), top(() => Promise.reject(new CannotLook('no python'))), deep()];
    expect(statuses(await run({ collectors }))['test/top-check']).toBe('blocked');
    const eager = defineCheck({ ...topCheck, run: () => [{ code: 'odd', subject: 'x', message: 'x' }] });
    expect(statuses(await run({ collectors, checks: [eager] }))['test/top-check']).toBe('failed');
  });

  it('names the root of a failure, not its echo', async () => {
    const collectors = [base(() => Promise.reject(new CannotLook('gone'))), top(), deep()];
    const needsTop = defineCheck({ ...topCheck, needs: ['test-top'], deepenedBy: [], wants: [], run: () => [] });
    const report = await run({ collectors, checks: [needsTop] });
    expect(report.checks[0]?.outcome).toMatchObject({ status: 'blocked', artifact: 'test-base' });
  });

  it('hands a wanted artifact on when something else asked for it, and never collects it otherwise', async () => {
    const handed: unknown[] = [];
    const looking = deep(async ({ artifacts }) => {
      handed.push(artifacts['test-top']);
      return { n: 3 };
    });
    await run({ collectors: [looking, base(), top()] });
    await run({ collectors: [looking, base(), top()] }, { only: ['other'] });
    expect(handed).toEqual([{ n: 2 }, undefined]);
  });

  it('takes a Skip for what it is', async () => {
    const report = await run({ collectors: [base(), top(), deep(() => Promise.reject(new Skip('said no')))] });
    expect(report.checks[2]?.outcome).toEqual({ status: 'skipped', reason: 'said no' });
    expect(report.exitCode).toBe(0);
  });

  it('ends a look at its deadline and says so', async () => {
    const never = deep(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      0.05,
    );
    const report = await run({ collectors: [base(), top(), never] });
    expect(report.checks[2]?.outcome).toMatchObject({ status: 'blocked', error: { name: 'Deadline' } });
  });

  it('stops everything and throws when what was asked for cannot be', async () => {
    let stopped = false;
    const waiting = deep(
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(signal.reason);
          }),
        ),
    );
    const late = () => setTimeout(10).then(() => Promise.reject(new UsageError('no such folder')));
    const request = { checks: [baseCheck, deepCheck], collectors: [base(late), waiting] };
    await expect(run(request)).rejects.toThrow('no such folder');
    expect(stopped).toBe(true);
  });

  it('throws the reason of an interrupt after the collectors have cleaned up', async () => {
    const interrupt = new AbortController();
    let cleaned = false;
    const waiting = deep(({ signal }) => {
      void setTimeout(10).then(() => interrupt.abort(new Error('Ctrl-C')));
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () =>
          setTimeout(20).then(() => {
            cleaned = true;
            reject(signal.reason);
          }),
        ),
      );
    });
    await expect(run({ collectors: [base(), top(), waiting], signal: interrupt.signal })).rejects.toThrow('Ctrl-C');
    expect(cleaned).toBe(true);
  });
});

it('starts nothing after an abort', async () => {
  let started = false;
  const looking = deep(async () => {
    started = true;
    return { n: 3 };
  });
  await expect(
    run({ collectors: [base(), top(), looking], signal: AbortSignal.abort(new Error('Ctrl-C')) }),
  ).rejects.toThrow('Ctrl-C');
  expect(started).toBe(false);
});

it('masks secrets in the report and in what it saves', async () => {
  await using folder = await createFixture();
  const collectors = [base(), top(() => Promise.reject(new CannotLook('the password is hunter22'))), deep()];
  const redact = (text: string) => text.replaceAll('hunter22', '[redacted]');
  const report = await run({ collectors, redact, saveTo: folder.path });
  expect(JSON.stringify(report)).toContain('[redacted]');
  expect(JSON.stringify(report)).not.toContain('hunter22');
  expect(await folder.readFile('test-top.json', 'utf8')).toContain('[redacted]');
});

describe('selection', () => {
  it('takes ids and groups and reports the others as skipped', async () => {
    expect(statuses(await run({}, { skip: ['test/top-check'], only: ['test'] }))).toEqual({
      'test/base-check': 'passed',
      'test/top-check': 'skipped',
      'other/deep-check': 'skipped',
    });
  });

  it('names the nearest check for a misspelt one', async () => {
    await expect(run({}, { only: ['test/base-chekc'] })).rejects.toThrow('did you mean "test/base-check"?');
  });
});

describe('under bisect', () => {
  const watchTop = { only: ['test/top-check'], failOn: 'warning' as const };

  it('is good, or bad, by what is watched', async () => {
    expect((await run({ bisect: true }, watchTop)).exitCode).toBe(0);
    const collectors = [base(), top(async () => ({ n: 3 })), deep()];
    expect((await run({ bisect: true, collectors }, watchTop)).exitCode).toBe(1);
  });

  it('skips a revision whose prerequisite broke instead of blaming it', async () => {
    const collectors = [base(async () => ({ n: -1 })), top(async () => ({ n: 3 })), deep()];
    expect((await run({ bisect: true, collectors }, watchTop)).exitCode).toBe(125);
    expect((await run({ bisect: true, collectors }, { only: ['test/base-check'] })).exitCode).toBe(1);
  });

  it('skips a revision that could not be looked at, or of which nothing was judged', async () => {
    const collectors = [base(), top(() => Promise.reject(new CannotLook('no python'))), deep()];
    expect((await run({ bisect: true, collectors }, watchTop)).exitCode).toBe(125);
    expect((await run({ bisect: true }, { only: ['other'], tier: 'static' })).exitCode).toBe(125);
  });
});

import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { ErrorDocument } from '../../src/cli/error-document.js';
import type { Report } from '../../src/engine/report.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { moeCheck, start, transcript } from './moe-check.js';

const wrongs: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['no such path', ['preflight', 'nowhere']],
  ['neither folder nor Python', ['preflight', 'notes.txt']],
  ['unknown flag', ['preflight', '--ony', 'incident/import']],
  ['unknown value', ['preflight', '--tier', 'lunch']],
  ['not a number', ['preflight', '--timeout', 'soon']],
  ['too many arguments', ['preflight', 'dash', 'board']],
  ['flags that exclude each other', ['preflight', '--save-artifacts', 'a', '--from-artifacts', 'b']],
  ['unknown check', ['preflight', '--only', 'incident/improt']],
  ['unknown group among known', ['preflight', '--skip', 'incident,nonsense']],
  ['no such interpreter', ['preflight', '--python', 'no-such-python']],
  ['no such config', ['preflight', '--config', 'missing.yaml']],
  ['wrong key in the config', ['preflight', 'wrong-key']],
  ['config that does not parse', ['preflight', 'wrong-syntax']],
  ['two configs', ['preflight', 'two-configs']],
  ['no saved artifacts', ['preflight', '--from-artifacts', 'nowhere']],
  ['unknown command', ['prefligth']],
  ['unknown command of a topic', ['checks', 'lst']],
  ['missing argument', ['checks', 'explain']],
  ['unknown check to explain', ['checks', 'explain', 'incident/improt']],
  ['launch of nothing', ['launch', 'nowhere']],
  ['init where there is a config', ['init', 'two-configs']],
  ['no metrics at a path', ['validate', 'nowhere']],
  ['no metrics in a file', ['validate', 'notes.txt']],
  ['no metrics in a folder', ['validate', 'wrong-key']],
  ['a schema that is none', ['validate', 'metrics.jsonl', '--schema', 'notes.txt']],
  ['no run to validate', ['validate']],
  ['a run whose combination nobody knows', ['compare', 'metrics.jsonl']],
  ['no such golden', ['compare', 'metrics.jsonl', '--golden', 'nowhere.json']],
  ['a golden that is none', ['compare', 'metrics.jsonl', '--golden', 'metrics.jsonl']],
  ['a golden and another run', ['compare', 'metrics.jsonl', 'metrics.jsonl', '--golden', 'x.json']],
  ['a golden moved without a reason', ['golden', 'update', 'metrics.jsonl']],
  ['a golden moved for no reason', ['golden', 'update', 'metrics.jsonl', '--reason', ' ', '--golden', 'x.json']],
  ['a golden that would hold NaN', ['golden', 'update', 'nan.jsonl', '--reason', 'x', '--golden', 'x.json']],
  ['nothing to train', ['train']],
  ['a training config with an unknown key', ['train', '--config', 'typo.yaml']],
  ['a training config of a wrong type', ['train', '--config', 'wrong-type.yaml']],
  ['a training of impossible sizes', ['train', '--config', 'sizes.yaml']],
  ['a setting that is none', ['train', '--config', 'sizes.yaml', '--set', 'heads']],
  ['an unknown setting', ['train', '--config', 'sizes.yaml', '--set', 'haeds=2']],
  ['steps that are no number', ['train', '--config', 'sizes.yaml', '--steps', 'many']],
  ['a seed that is too large', ['train', '--config', 'sizes.yaml', '--seed', '9007199254740993']],
  ['an unknown backend', ['train', '--config', 'sizes.yaml', '--backend', 'webgpu']],
];

/** The command of a line, where there is one of that name. */
function commandIn([first = '', second = '']: readonly string[]): string | undefined {
  const command = ['golden', 'checks'].includes(first) ? `${first} ${second}` : first;
  return ['prefligth', 'checks lst'].includes(command) ? undefined : command;
}

const folder = () =>
  createFixture({
    'notes.txt': '',
    'typo.yaml': 'experts: 4\nlearning_rate: 0.1\nembed_dmi: 8\n',
    'wrong-type.yaml': 'experts: four\n',
    'sizes.yaml': 'training: geometric\nembed_dim: 8\nrotation_angles: 5\n',
    'metrics.jsonl': '{"step":0,"loss":1}\n',
    'nan.jsonl': '{"step":0,"loss":1}\n{"step":1,"loss":NaN}\n',
    'wrong-key': { 'moe-check.config.yaml': 'launch:\n  prot: 8501\n' },
    'wrong-syntax': { 'moe-check.config.json': '{"entry": [}' },
    'two-configs': { 'moe-check.config.yaml': '', 'pyproject.toml': '[tool.moe-check]\n' },
  });

describe('what the user can get wrong', () => {
  it('is answered in words, with exit code 2', async () => {
    await using fixture = await folder();
    const cwd = path.resolve(fixture.path);
    const transcripts: string[] = [];
    for (const [name, args] of wrongs) transcripts.push(`# ${name}\n${await transcript(args, { cwd })}`);
    const all = transcripts.join('\n');
    expect(all.match(/^\[exit (?!2)\d+\]$/gm)).toBeNull();
    expect(all).not.toMatch(/^\s+at /m);
    await expect(all).toMatchFileSnapshot('transcripts/errors.txt');
  });

  it.each(wrongs)('leaves one valid document on stdout with --json: %s', async (_, args) => {
    await using fixture = await folder();
    const command = commandIn(args);
    const isReport = await validatorOf<Report | ErrorDocument>(command === 'preflight' ? 'report' : 'error');
    const { stdout, exitCode } = await moeCheck([...args, '--json'], { cwd: fixture.path });
    const report: unknown = JSON.parse(stdout);
    expect(isReport(report) ? [] : isReport.errors).toEqual([]);
    expect(report).toMatchObject({ verdict: 'error', exitCode: 2, error: { kind: 'usage' } });
    expect(isReport(report) ? report.command : undefined).toBe(command);
    expect(exitCode).toBe(2);
  });

  it('stops a bisect instead of blaming the commit', async () => {
    expect((await moeCheck(['preflight', '--bisect', '--ony', 'x'])).exitCode).toBe(129);
    expect((await moeCheck(['preflight', 'nowhere', '--bisect'])).exitCode).toBe(129);
  });

  it('shows a stack only to those who ask for it', async () => {
    const { stderr } = await moeCheck(['preflight', 'nowhere'], { env: { DEBUG: '1' } });
    expect(stderr).toMatch(/^\s+at /m);
  });
});

describe('streams', () => {
  it('is silent when the reader of stdout is gone', async () => {
    const child = start(['preflight', '--help']);
    child.stdout.destroy();
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it.each([
    [{ NO_COLOR: undefined, FORCE_COLOR: '1' }, true],
    [{ NO_COLOR: '1', FORCE_COLOR: undefined }, false],
    [{ NO_COLOR: undefined, TERM: 'dumb' }, false],
    [{ NO_COLOR: undefined }, false],
  ])('is coloured only where it may be: %j', async (env, coloured) => {
    const { stderr } = await moeCheck(['preflight', 'nowhere'], { env });
    expect(stderr.includes('\x1b[')).toBe(coloured);
    const help = await moeCheck(['preflight', '--help'], { env });
    expect(help.stdout.includes('\x1b[')).toBe(coloured);
  });
});

import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyDashboard } from '../helpers/dashboards.js';
import { finish, moeCheck, start, type Started } from './moe-check.js';

/** A watch of a copy of the demo dashboard, and what it has said so far. */
async function watching(flags: readonly string[] = []) {
  const dashboard = await copyDashboard();
  onTestFinished(dashboard.remove);
  const child = start(['watch', dashboard.folder, ...flags]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  /** Waits for a verdict that holds the words, and hands out what was said up to then. */
  async function until(words: string): Promise<string> {
    for (let tries = 0; !said.includes(words); tries++) {
      if (tries > 400) throw new Error(`it never said ${words}, but:\n${said}`);
      await sleep(50);
    }
    const told = said;
    said = '';
    return told;
  }
  async function edit(file: string, change: (text: string) => string): Promise<void> {
    const at = path.join(dashboard.folder, file);
    await writeFile(at, change(await readFile(at, 'utf8')));
  }
  return { ...dashboard, child, until, edit };
}

async function ended(child: Started): Promise<number | null> {
  return (await finish(child)).exitCode;
}

describe('watch', () => {
  it('judges again on every save and says what changed', async () => {
    const { child, until, edit } = await watching();
    expect(await until('GO')).toMatch(/^GO {2}\d+ checks passed/);
    await edit('core/architecture.py', (text) =>
      text.replace('def get_last_saturation_metrics', 'def get_last_saturation'),
    );
    const broken = await until('NO-GO');
    expect(broken).toContain('since the last verdict:');
    expect(broken).toMatch(/^\+ core\/architecture\.py:\d+ {2}incident\/method-existence missing-method/m);
    await edit('README.md', (text) => `${text}\n`);
    expect(await until('NO-GO')).toContain('nothing changed since the last verdict');
    await edit('core/architecture.py', (text) =>
      text.replace('def get_last_saturation(', 'def get_last_saturation_metrics('),
    );
    expect(await until('GO')).toMatch(/^− core\/architecture\.py:\d+ {2}incident\/method-existence/m);
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
  });

  it('goes on when the config does not parse, or no Python is left, and says so', async () => {
    const { folder, child, until } = await watching(['--only', 'incident/import']);
    await until('GO');
    await writeFile(path.join(folder, 'moe-check.config.yaml'), 'tier: statik\n');
    expect(await until('statik')).toContain('did you mean "static"?');
    await rm(path.join(folder, 'moe-check.config.yaml'));
    await until('GO');
    for (const gone of ['streamlit_dashboard.py', 'core', 'components', 'utils']) {
      await rm(path.join(folder, gone), { recursive: true });
    }
    await until('there is no Python file');
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(130);
  });

  it('ends at once where there is nothing to watch', async () => {
    const { exitCode, stderr } = await moeCheck(['watch', '/no/such/folder']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no such path');
  });
});

import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFixture, type FsFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/engine/report.js';
import { validatorOf } from '../../src/util/json-schema.js';
import { python } from '../helpers/dashboards.js';
import { moeCheck, type RunOptions } from './moe-check.js';

const app = 'import streamlit as st\n\nst.set_page_config(page_title="x")\nst.write("hello")\n';
const upToImports = ['--tier', 'import', '--python', python];

/** Both reports of one run; neither ever shows a stack trace of ours. */
async function both(args: readonly string[], options: RunOptions = {}) {
  const isReport = await validatorOf<Report>('report');
  const [plain, json] = [await moeCheck(args, options), await moeCheck([...args, '--json'], options)];
  const report: unknown = JSON.parse(json.stdout);
  if (!isReport(report)) throw new Error(`not a report: ${JSON.stringify(isReport.errors)}`);
  expect(report.exitCode).toBe(json.exitCode);
  expect(plain.exitCode).toBe(json.exitCode);
  const words = plain.stdout + plain.stderr;
  expect(words).not.toMatch(/^\s+at .*\.[jt]s:\d+/m);
  return { report, words, exitCode: json.exitCode };
}

const found = (report: Report) =>
  report.checks.flatMap(({ id, outcome }) =>
    outcome.status === 'failed' ? outcome.findings.map(({ code, subject }) => `${id} ${code} ${subject}`) : [],
  );

async function inFolder(make: (fixture: FsFixture) => Promise<unknown>, flags: readonly string[] = upToImports) {
  const fixture = await createFixture({ 'app.py': app });
  try {
    await make(fixture);
    return await both(['preflight', fixture.path, ...flags]);
  } finally {
    await fixture.rm();
  }
}

describe('a question that cannot be answered', () => {
  it('no such path', async () => {
    const { words, exitCode } = await both(['preflight', '/no/such/dashboard']);
    expect(exitCode).toBe(2);
    expect(words).toContain('/no/such/dashboard');
  });

  it('an empty folder', async () => {
    await using empty = await createFixture();
    const { words, exitCode } = await both(['preflight', empty.path]);
    expect(exitCode).toBe(2);
    expect(words).toMatch(/no Python/i);
  });

  it('no Python anywhere', async () => {
    await using fixture = await createFixture({ 'app.py': app });
    const env = { PATH: '/nowhere', VIRTUAL_ENV: undefined, CONDA_PREFIX: undefined };
    const { words, report, exitCode } = await both(['preflight', fixture.path], { env });
    expect(exitCode).toBe(3);
    expect(report.summary.blocked).toBeGreaterThan(0);
    expect(words).toContain('--python');
  });

  it.each([
    ['exits', '#!/bin/sh\nexit 9\n'],
    ['is killed', '#!/bin/sh\nkill -SEGV $$\n'],
    ['prints nonsense', '#!/bin/sh\necho hello\n'],
  ])('an interpreter that %s', async (_, script) => {
    await using fixture = await createFixture({ 'app.py': app, 'bin/python': script });
    const broken = fixture.getPath('bin/python');
    await chmod(broken, 0o755);
    const { words, exitCode } = await both(['preflight', fixture.path, '--python', broken]);
    expect(exitCode).toBe(3);
    expect(words).toContain('bin/python');
  });
});

describe('files that nobody expects', () => {
  it('a binary file named .py', async () => {
    const { report, exitCode } = await inFolder(async (f) => {
      await writeFile(f.getPath('data.py'), Buffer.from([0x7f, 69, 0, 1]));
      await writeFile(f.getPath('app.py'), `import data\n${app}`);
    });
    expect(exitCode).toBe(1);
    expect(found(report)).toEqual([expect.stringMatching(/^incident\/compile (syntax|encoding)-error data\.py$/)]);
  });

  it('a file in Latin-1: fine with a coding line, an error without', async () => {
    const text = (head: string) => Buffer.from(`${head}NAME = "caf\u00e9"\n`, 'latin1');
    const fine = await inFolder((f) => writeFile(f.getPath('names.py'), text('# -*- coding: latin-1 -*-\n')));
    expect(fine.exitCode).toBe(0);
    const wrong = await inFolder((f) => writeFile(f.getPath('names.py'), text('')));
    expect(found(wrong.report)).toEqual(['incident/compile encoding-error names.py']);
  });

  it('a loop of links, a dangling link and a pipe', async () => {
    const { exitCode, words } = await inFolder(async (f) => {
      await symlink(f.path, f.getPath('again'));
      await symlink(f.getPath('gone.txt'), f.getPath('dangling.py'));
      execFileSync('mkfifo', [f.getPath('pipe.py')]);
    });
    expect({ exitCode, words }).toMatchObject({ exitCode: 0 });
  });

  it('a file that may not be read', async () => {
    await using fixture = await createFixture({ 'app.py': app, 'secret.py': 'x = 1\n' });
    await chmod(fixture.getPath('secret.py'), 0o000);
    // Root reads everything, so there somebody else has to try.
    const somebody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    await chmod(fixture.path, 0o755);
    const args = ['preflight', fixture.path, '--tier', 'import', '--python', '/usr/bin/python3'];
    const { words, exitCode } = await both([...args, '--only', 'incident/compile'], somebody);
    expect(exitCode).toBe(1);
    expect(words).toContain('secret.py');
  });

  it('paths with blanks, quotes and emoji', async () => {
    const { exitCode, words } = await inFolder(async (f) => {
      await mkdir(f.getPath(`it's "my" 📊`));
      await writeFile(path.join(f.path, `it's "my" 📊`, 'a b.py'), 'x = 1\n');
    });
    expect({ exitCode, words }).toMatchObject({ exitCode: 0 });
  });

  it('5,000 files', async () => {
    const { report, exitCode } = await inFolder(
      async (f) => {
        await mkdir(f.getPath('many'));
        await writeFile(f.getPath('many/__init__.py'), '');
        const files = Array.from({ length: 5000 }, (_, i) => writeFile(f.getPath(`many/m${i}.py`), `x = ${i}\n`));
        await Promise.all(files);
      },
      ['--tier', 'import', '--python', python, '--only', 'incident/compile'],
    );
    expect(found(report)).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

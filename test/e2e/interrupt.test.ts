import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { applyVariant, python } from '../helpers/dashboards.js';
import { leftRunning, processesIn } from '../helpers/leftovers.js';
import { createFixture } from 'fs-fixture';
import { finish, start } from './moe-check.js';

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await condition()) return;
    await setTimeout(100);
  }
  throw new Error('it never came to that');
}

/** A preflight that hangs where it is wanted to hang: in an import, or in the dashboard's first run. */
async function hanging(variant: string) {
  const broken = await applyVariant(variant);
  const child = start(['preflight', broken.folder, '--python', python, '--json', '--only', 'incident']);
  const works = variant === 'import-hangs' ? 'import_modules' : 'streamlit run';
  await until(async () => (await processesIn(broken.folder)).some((line) => line.includes(works)));
  return { broken, child };
}

describe.each(['import-hangs', 'slow-start'])('in the middle of %s', (variant) => {
  it('Ctrl-C ends with 130 and leaves nothing running', async () => {
    const { broken, child } = await hanging(variant);
    await using _ = broken;
    child.kill('SIGINT');
    const { stdout } = await finish(child);
    expect(child.exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, error: { kind: 'interrupted' } });
    expect(await leftRunning(broken.folder)).toEqual([]);
  });

  it('kill -9 leaves nothing running', async () => {
    const { broken, child } = await hanging(variant);
    await using _ = broken;
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await leftRunning(broken.folder)).toEqual([]);
  });
});

it('Ctrl-C ends threads that read sources', async () => {
  // Large enough to be read on threads only.
  const code = Array.from({ length: 8000 }, (_, i) => `def f${i}(a, b):\n    return a.x[b] + ${i}\n`).join('');
  await using folder = await createFixture(
    Object.fromEntries([...'abcdefghijklmnopqrst'].map((name) => [`code/${name}.py`, `${name} = 1\n${code}`])),
  );
  const child = start(['preflight', folder.getPath('code'), '--tier', 'static', '--json'], {
    env: { XDG_CACHE_HOME: folder.path },
  });
  await until(async () => existsSync(folder.getPath('moe-check')));
  const sent = performance.now();
  child.kill('SIGINT');
  const { stdout } = await finish(child);
  expect(child.exitCode).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, error: { kind: 'interrupted' } });
  expect(performance.now() - sent).toBeLessThan(5000);
});

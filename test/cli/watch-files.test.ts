import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { changesBelow } from '../../src/cli/watch-files.js';

/** The batches in which the changes come that `save` makes, until it has been quiet for a while. */
async function batchesOf(save: (root: string) => Promise<void>): Promise<readonly string[][]> {
  const root = await mkdtemp(path.join(tmpdir(), 'moe-check-watch-'));
  const ended = new AbortController();
  const batches: string[][] = [];
  const saved = new Promise<void>((resolve) => {
    const follow = async (): Promise<void> => {
      for await (const batch of changesBelow(root, ended.signal, resolve)) batches.push([...batch]);
    };
    void follow();
  }).then(async () => {
    await save(root);
    await sleep(400);
  });
  await saved;
  ended.abort();
  await rm(root, { recursive: true });
  return batches;
}

// On a machine that stands still for a moment in between, one change is two.
it('takes saves that follow each other quickly for one change', { retry: 5 }, async () => {
  const names = ['a.py', 'b.py', 'c.py', 'd.py', 'e.py', 'f.py'];
  const batches = await batchesOf(async (root) => {
    for (const name of names) {
      await writeFile(path.join(root, name), 'x = 1\n');
      await sleep(18);
    }
  });
  expect(batches).toEqual([names]);
});

it('takes saves with a pause between them for two, and overlooks what is hidden', async () => {
  const batches = await batchesOf(async (root) => {
    await writeFile(path.join(root, 'a.py'), 'x = 1\n');
    await sleep(400);
    await writeFile(path.join(root, '.b.py.swp'), 'x');
    await writeFile(path.join(root, 'b.py'), 'x = 1\n');
  });
  expect(batches).toEqual([['a.py'], ['b.py']]);
});

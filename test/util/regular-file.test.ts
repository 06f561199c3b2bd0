import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { assertFile, NotAFile, readRegular } from '../../src/util/regular-file.js';
import { moeCheck } from '../e2e/moe-check.js';

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it('is told before it is opened: a pipe, a socket, a device', async () => {
    await using fixture = await createFixture({ 'a.txt': 'text' });
    const [pipe, socket] = [fixture.getPath('pipe'), fixture.getPath('socket')];
    execFileSync('mkfifo', [pipe]);
    const server = createServer();
    await new Promise((resolve) => server.listen(socket, () => resolve(undefined)));
    try {
      await expect(readRegular(pipe)).rejects.toThrow(new NotAFile('it is a pipe, and no file'));
      await expect(readRegular(socket)).rejects.toThrow('it is a socket, and no file');
      await expect(readRegular('/dev/zero')).rejects.toThrow('it is a device, and no file');
    } finally {
      server.close();
    }
    expect(String(await readRegular(fixture.getPath('a.txt')))).toBe('text');
    expect((await assertFile(fixture.path)).isDirectory()).toBe(true);
    await expect(assertFile(fixture.getPath('none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is refused by every command that reads one, at once', async () => {
    await using fixture = await createFixture({
      'ok.jsonl': '{"step":1,"loss":2}\n{"step":2,"loss":1}\n',
      'run/manifest.json': '{}',
    });
    for (const name of ['pipe', 'pipe.yaml', 'run/metrics.jsonl']) execFileSync('mkfifo', [fixture.getPath(name)]);
    for (const args of [
      ['validate', 'pipe'],
      ['validate', 'run'],
      ['validate', 'ok.jsonl', '--schema', 'pipe'],
      ['compare', 'ok.jsonl', '--golden', 'pipe'],
      ['golden', 'update', 'pipe', '--reason', 'x'],
      ['train', '--config', 'pipe.yaml'],
      ['preflight', '--config', 'pipe.yaml'],
    ]) {
      const { exitCode, stderr } = await moeCheck(args, { cwd: fixture.path });
      expect([args, exitCode, stderr]).toEqual([args, 2, expect.stringContaining('it is a pipe, and no file')]);
    }
  });
});

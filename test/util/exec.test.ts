import { describe, expect, it } from 'vitest';
import { exec } from '../../src/util/exec.js';

const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

describe('exec', () => {
  it('gives output and exit code, and does not throw for a failure', async () => {
    const result = await exec(...node('console.log("out"); console.error("err"); process.exit(3)'));
    expect(result).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 3, signal: undefined, startError: undefined });
  });

  it('says by which signal a program ended', async () => {
    expect(await exec(...node('process.kill(process.pid, "SIGKILL")'))).toMatchObject({
      signal: 'SIGKILL',
      exitCode: undefined,
    });
  });

  it('says why a program could not be started', async () => {
    expect(await exec('/no/such/program', [])).toMatchObject({ startError: 'ENOENT' });
    expect(await exec(process.execPath, ['-e', '1'], { cwd: '/no/such/folder' })).toMatchObject({
      startError: 'ENOENT',
    });
  });

  it('passes arguments as they are, without a shell', async () => {
    const odd = '$(touch x) "quoted" \'single\' ; & | 🚀';
    const { stdout } = await exec(process.execPath, ['-e', 'process.stdout.write(process.argv[1])', odd]);
    expect(stdout).toBe(odd);
  });

  it('ends stdin when it is told to let go, while the program still runs', async () => {
    const release = new AbortController();
    const script = `process.stdin.resume().on('end', () => { console.log('let go'); }); console.log('ready');`;
    const lines: string[] = [];
    const result = await exec(...node(script), {
      lifeline: 'request\n',
      release: release.signal,
      onLine: (line) => {
        lines.push(line);
        release.abort();
      },
    });
    expect(lines).toEqual(['ready', 'let go']);
    expect(result.exitCode).toBe(0);
  });

  it('keeps stdin open after what it wrote, until the program ends', async () => {
    const { stdout } = await exec(
      ...node(`
        let ended = false;
        process.stdin.on('end', () => { ended = true; });
        process.stdin.once('data', (data) => setTimeout(() => { console.log(String(data).trim(), ended); process.exit(0); }, 200));
      `),
      { lifeline: 'request\n' },
    );
    expect(stdout).toBe('request false\n');
  });

  it('does not mind a program that never reads', async () => {
    expect(await exec(...node('process.exit(0)'), { lifeline: 'x'.repeat(10_000_000) })).toMatchObject({ exitCode: 0 });
  });

  it('adds to the environment and takes away from it', async () => {
    process.env['MOE_CHECK_TEST_GIVEN'] = 'given';
    const script =
      'console.log(process.env.MOE_CHECK_TEST_GIVEN, process.env.MOE_CHECK_TEST_ADDED, "PATH" in process.env)';
    const env = { MOE_CHECK_TEST_GIVEN: undefined, MOE_CHECK_TEST_ADDED: 'added' };
    expect((await exec(...node(script), { env })).stdout).toBe('undefined added true\n');
    delete process.env['MOE_CHECK_TEST_GIVEN'];
  });

  it('hands on lines as they come', async () => {
    const lines: string[] = [];
    const result = await exec(...node('console.log("a\\nb"); console.log("c")'), {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['a', 'b', 'c']);
    expect(result).toMatchObject({ stdout: '', exitCode: 0 });
  });

  it('ends a program when it is called off, before or during', async () => {
    const running = exec(...node('setInterval(() => {}, 1000)'), { signal: AbortSignal.timeout(300) });
    expect(await running).toMatchObject({ signal: 'SIGTERM' });
    const never = await exec(...node('console.log("ran")'), { signal: AbortSignal.abort() });
    expect(never.exitCode).toBeUndefined();
  });

  it('ends a program that ignores the polite way', async () => {
    const stubborn = node('process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)');
    const controller = new AbortController();
    const result = await exec(...stubborn, { signal: controller.signal, onLine: () => controller.abort() });
    expect(result).toMatchObject({ signal: 'SIGKILL' });
  });
});

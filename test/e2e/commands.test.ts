import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createFixture, type FsFixture } from 'fs-fixture';
import { describe, expect, it } from 'vitest';
import { loadConfigFile } from '../../src/config/config-file.js';
import { checks } from '../../src/checks/index.js';
import { copyDashboard, moeHub, python } from '../helpers/dashboards.js';
import { finish, moeCheck, start } from './moe-check.js';

/** A dashboard without a framework: says what it was started with, and ends with 7 when asked to. */
const app = `
import http.server, os, sys

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if self.path == "/stop":
            self.wfile.flush()
            os._exit(7)

    def log_message(self, *_):
        pass

if __name__ == "__main__":
    print("started with", sys.argv[2:], flush=True)
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function dashboard(more: Record<string, string> = {}): Promise<FsFixture & { port: number }> {
  const port = await freePort();
  const config = {
    entry: 'app.py',
    python,
    launch: { command: ['{python}', 'app.py', '{port}'], health: '/', port, args: ['one'] },
  };
  const fixture = await createFixture({ 'app.py': app, 'moe-check.config.json': JSON.stringify(config), ...more });
  return Object.assign(fixture, { port });
}

async function stop(port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/stop`).catch(() => undefined);
    if (answer !== undefined) return;
    await setTimeout(100);
  }
  throw new Error('the dashboard never answered');
}

describe('launch', () => {
  it('starts the dashboard on go, hands arguments on, and ends as it ends', async () => {
    await using fixture = await dashboard();
    const child = start(['launch', '.', '--', 'two', '--three'], { cwd: fixture.path });
    const [run] = await Promise.all([finish(child), stop(fixture.port)]);
    expect(run.stderr).toContain('\nGO ');
    expect(run.stdout).toBe("started with ['one', 'two', '--three']\n");
    expect(run.exitCode).toBe(7);
  });

  it('starts nothing when it is no go', async () => {
    await using fixture = await dashboard({
      'broken.py': 'def f(:\n',
      'app.py': `${app}\ndef later():\n    import broken\n`,
    });
    const run = await moeCheck(['launch'], { cwd: fixture.path });
    expect(run.stderr).toContain('NOT GO: not started.');
    expect({ stdout: run.stdout, exitCode: run.exitCode }).toEqual({ stdout: '', exitCode: 1 });
  });

  it('starts it all the same with --force, and says so', async () => {
    await using fixture = await dashboard({
      'broken.py': 'def f(:\n',
      'app.py': `${app}\ndef later():\n    import broken\n`,
    });
    const child = start(['launch', '--force'], { cwd: fixture.path });
    const [run] = await Promise.all([finish(child), stop(fixture.port)]);
    expect(run.stderr).toContain('NOT GO: starting the dashboard all the same, as --force says.');
    expect({ stdout: run.stdout, exitCode: run.exitCode }).toEqual({ stdout: "started with ['one']\n", exitCode: 7 });
  });
});

describe('init', () => {
  it('writes a config with what it found, once, and preflight takes it', async () => {
    await using copy = await copyDashboard();
    const cwd = copy.folder;
    const printed = await moeCheck(['init', '--print'], { cwd });
    const first = await moeCheck(['init'], { cwd });
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const file = path.join(cwd, 'moe-check.config.yaml');
    expect(await loadConfigFile(file)).toEqual({ entry: 'streamlit_dashboard.py' });

    const written = await readFile(file, 'utf8');
    const second = await moeCheck(['init'], { cwd });
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain('there is a config already');
    expect(await readFile(file, 'utf8')).toBe(written);
    expect(printed.stdout).toBe(written);

    const preflight = await moeCheck(['preflight', '--only', 'incident/import', '--python', python], { cwd });
    expect(preflight).toMatchObject({ exitCode: 0 });
    expect(preflight.stdout).toContain('streamlit_dashboard.py');
  });

  it('prints without writing', async () => {
    await using fixture = await createFixture({ 'tools.py': 'x = 1\n' });
    const { stdout, exitCode } = await moeCheck(['init', '--print'], { cwd: fixture.path });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('# Not found: ');
    expect(await fixture.readdir('.')).toEqual(['tools.py']);
  });
});

describe('checks', () => {
  it('lists every check', async () => {
    const { stdout } = await moeCheck(['checks', 'list']);
    expect(stdout.split('\n').flatMap((line) => /^[a-z]+\/[\w-]+/.exec(line)?.[0] ?? [])).toEqual(
      checks.map(({ id }) => id),
    );
    const listed: unknown = JSON.parse((await moeCheck(['checks', 'list', '--json'])).stdout);
    expect(listed).toMatchObject(checks.map(({ id, title, severity, codes }) => ({ id, title, severity, codes })));
  });

  it.each(checks.map(({ id, codes }) => [id, Object.keys(codes)] as const))('explains %s', async (id, codes) => {
    const { stdout, exitCode } = await moeCheck(['checks', 'explain', id]);
    expect(exitCode).toBe(0);
    for (const code of codes) expect(stdout).toContain(code);
    expect(stdout).not.toMatch(/```|\|---/);
  });
});

describe('saved artifacts', () => {
  it('give the same judgement again, without looking', async () => {
    await using folder = await createFixture();
    const cwd = folder.path;
    const flags = ['--only', '*/compile', '--json'];
    const saving = ['preflight', moeHub, ...flags, '--python', python, '--save-artifacts', 'seen'];
    const seen = await moeCheck(saving, { cwd });
    const again = await moeCheck(['preflight', ...flags, '--from-artifacts', 'seen'], { cwd });
    const judgement = (text: string) => ({ ...JSON.parse(text), startedAt: '', durationMs: 0 });
    expect(judgement(again.stdout)).toEqual(judgement(seen.stdout));
    expect(seen.exitCode).toBe(0);
  });
});

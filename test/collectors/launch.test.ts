import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { createFixture } from 'fs-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validatorOf } from '../../src/util/json-schema.js';
import type { Artifacts } from '../../src/engine/types.js';
import { lookAt, rungsOf } from './launch-target.js';

const st = 'import streamlit as st\n';

describe('a dashboard that comes up', () => {
  it('climbs every rung, finds nothing, and writes nothing into the target', async () => {
    const { launch, findings, notes, written } = await lookAt({
      'app.py': `${st}from core.model import build\nst.title('MoE')\nst.line_chart(build())\n`,
      'core/__init__.py': '',
      'core/model.py': 'def build():\n    return [1, 2, 3]\n',
      '.streamlit/config.toml': '[server]\nport = 8599\n[theme]\nbase = "dark"\n',
    });
    expect(findings).toEqual([]);
    expect(notes.filter((note) => note.code !== 'port-in-use')).toEqual([]);
    expect(new Set(Object.values(rungsOf(launch)))).toEqual(new Set(['ok']));
    expect(Object.keys(rungsOf(launch)).join(' ')).toBe(
      'port-free process-up healthy script-ran page-clean log-clean shutdown',
    );
    expect(written).toEqual([]);
    const isLaunch = await validatorOf<Artifacts['launch']>('artifacts/launch');
    expect(isLaunch(JSON.parse(JSON.stringify(launch)))).toBe(true);
  });

  it('is fine with st.stop, errors shown on purpose, and words like Error in the log', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}import logging
logging.warning('Error: no checkpoint yet; Exception handling is on; Traceback printing is off')
print('loss error 0.1, 0 errors, exit code 0')
try:
    {}['loss']
except KeyError as error:
    st.error(f'no loss yet: {error}')
st.stop()
raise RuntimeError('never reached')
`,
    });
    expect(findings).toEqual([]);
    expect(rungsOf(launch)).toMatchObject({ 'script-ran': 'ok', 'page-clean': 'ok', 'log-clean': 'ok' });
  });

  it('is fine with st.rerun, once or for ever', async () => {
    const once = await lookAt({
      'app.py': `${st}import time
if 'ready' not in st.session_state:
    st.session_state.ready = True
    st.exception(ValueError('gone with the rerun'))
    time.sleep(0.3)
    st.rerun()
`,
    });
    expect(once.findings).toEqual([]);
    expect(once.launch).toMatchObject({ pages: [{ state: 'finished', reruns: 1, exceptions: [] }] });

    const always = await lookAt({ 'app.py': `${st}import time\nst.write('live')\ntime.sleep(0.05)\nst.rerun()\n` });
    expect(always.findings).toEqual([]);
    expect(always.launch).toMatchObject({ pages: [{ state: 'rerunning' }] });
  });

  it('is fine with an exception that was drawn over', async () => {
    const { findings } = await lookAt({
      'app.py': `${st}place, below = st.empty(), st.empty()
with below.container():
    st.exception(ValueError('inside what is replaced'))
place.exception(ValueError('first try'))
place.write('second try')
below.write('all well')
`,
    });
    expect(findings).toEqual([]);
  });

  it('is fine with a live display that draws for ever', async () => {
    const { findings, launch } = await lookAt(
      {
        'app.py': `${st}import time
place, step = st.empty(), 0
while True:
    step += 1
    place.metric('step', step)
    time.sleep(0.1)
`,
      },
      { settings: { timeoutS: 6 } },
    );
    expect(findings).toEqual([]);
    expect(launch).toMatchObject({ pages: [{ state: 'live' }] });
  });

  it('respects a base path and the settings that keep strangers out', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}st.write('ok')\n`,
      '.streamlit/config.toml': `[server]
baseUrlPath = "/moe/hub/"
allowedHosts = ["dashboard.example.com"]
enableCORS = true
enableXsrfProtection = true
headless = false
[browser]
serverAddress = "dashboard.example.com"
serverPort = 443
[logger]
hideWelcomeMessage = true
`,
    });
    expect(findings).toEqual([]);
    expect(rungsOf(launch)).toMatchObject({ healthy: 'ok', 'page-clean': 'ok' });
  });

  it('speaks TLS where the config asks for it', async () => {
    await using keys = await createFixture();
    const [key, cert] = [keys.getPath('key.pem'), keys.getPath('cert.pem')];
    const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=dashboard.example.com'];
    execFileSync('openssl', [...self, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const { findings, launch } = await lookAt({
      'app.py': `${st}st.write('ok')\n`,
      '.streamlit/config.toml': `[server]\nsslCertFile = "${cert}"\nsslKeyFile = "${key}"\n`,
    });
    expect(findings).toEqual([]);
    expect(rungsOf(launch)).toMatchObject({ healthy: 'ok', 'page-clean': 'ok' });
  });

  it('waits for slow imports, which begin with the first client', async () => {
    const { findings } = await lookAt({ 'app.py': `${st}import slow\n`, 'slow.py': 'import time\ntime.sleep(2)\n' });
    expect(findings).toEqual([]);
  });
});

describe('a dashboard that does not last', () => {
  it('exits at once, with its last words', async () => {
    const { findings, launch } = await lookAt({
      'app.py': `${st}st.write('ok')\n`,
      '.streamlit/config.toml': '[server]\nsslCertFile = "no-such-certificate.pem"\n',
    });
    expect(findings).toMatchObject([{ code: 'exited', subject: 'app.py' }]);
    expect(findings[0]?.evidence?.join('\n')).toMatch(/sslKeyFile|no-such-certificate/);
    expect(rungsOf(launch)).toMatchObject({
      'process-up': 'failed',
      healthy: 'not-reached',
      'script-ran': 'not-reached',
    });
  });

  it('takes the whole process with it when a client looks', async () => {
    const { findings } = await lookAt({ 'app.py': `${st}import os\nos._exit(7)\n` });
    expect(findings).toMatchObject([
      { code: 'exited', message: 'the dashboard exited with code 7 while a client looked at it' },
    ]);
  });

  it('crashes in native code: told with the signal and the known failure', async () => {
    const { findings, written } = await lookAt({
      'app.py': `${st}import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n`,
    });
    expect(findings).toMatchObject([{ code: 'exited' }]);
    expect(findings[0]?.message).toContain('SIGSEGV');
    expect(findings[0]?.fix).toContain('PYTHONFAULTHANDLER');
    expect(written).toEqual([]);
  });
});

describe('the port of the launch in earnest', () => {
  let holder: Server;
  let number = 0;
  beforeAll(async () => {
    holder = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const address = holder.address();
    number = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    holder.close();
  });
  const files = { 'app.py': `${st}st.write('ok')\n` };

  it('is an error when it is pinned and taken, and names the holder; the launch itself goes on elsewhere', async () => {
    const { findings, launch } = await lookAt(files, {
      project: { port: { number, pinned: true, how: '.streamlit/config.toml' } },
    });
    expect(findings).toMatchObject([{ code: 'port-in-use', subject: `port ${number}` }]);
    const holder = process.platform === 'linux' ? `process ${process.pid}: ` : 'another process';
    expect(findings[0]?.message).toContain(holder);
    expect(rungsOf(launch)).toMatchObject({ 'port-free': 'failed', 'page-clean': 'ok' });
  });

  it('is a note when Streamlit will move on', async () => {
    const { findings, notes, launch } = await lookAt(files, {
      project: { port: { number, pinned: false, how: 'default' } },
    });
    expect(findings).toEqual([]);
    expect(notes).toMatchObject([{ code: 'port-in-use', severity: 'info' }]);
    expect(rungsOf(launch)).toMatchObject({ 'port-free': 'ok' });
  });

  it('stops a command that has no other port', async () => {
    const command = ['{python}', '-m', 'http.server', String(number)];
    const { findings, launch } = await lookAt(files, { settings: { command, health: `http://127.0.0.1:${number}/` } });
    expect(findings).toMatchObject([{ code: 'port-in-use' }]);
    expect(Object.keys(rungsOf(launch))).toEqual(['port-free']);
  });
});

describe('any other framework', () => {
  const command = ['{python}', '-m', 'http.server', '{port}', '--bind', '127.0.0.1'];

  it('is a command and a health URL', async () => {
    const { findings, launch } = await lookAt({ 'index.html': '<p>up</p>' }, { settings: { command, health: '/' } });
    expect(findings).toEqual([]);
    expect(rungsOf(launch)).toEqual({
      'port-free': 'ok',
      'process-up': 'ok',
      healthy: 'ok',
      'log-clean': 'ok',
      shutdown: 'ok',
    });
  });

  it('is never healthy where its health URL does not answer 2xx', async () => {
    const { findings } = await lookAt({ 'index.html': '' }, { settings: { command, health: '/nothing', timeoutS: 2 } });
    expect(findings).toMatchObject([{ code: 'never-healthy' }]);
    expect(findings[0]?.message).toContain('404');
  });

  it('cannot be started', async () => {
    const { findings } = await lookAt({ 'index.html': '' }, { settings: { command: ['no-such-program', '{port}'] } });
    expect(findings).toMatchObject([{ code: 'exited' }]);
    expect(findings[0]?.message).toContain('no-such-program');
  });

  it('is killed when it ignores SIGTERM, which is only a note', async () => {
    const script = `import http.server, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()`;
    const { findings, notes } = await lookAt(
      { 'index.html': '' },
      { settings: { command: ['{python}', '-c', script, '{port}'] } },
    );
    expect(findings).toEqual([]);
    expect(notes).toMatchObject([{ code: 'exited', severity: 'info' }]);
  });
});

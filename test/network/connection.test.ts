import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { trustOf, type PythonClient } from '../../src/network/certificates.js';
import { travel } from '../../src/network/connection.js';
import { proxyFor } from '../../src/network/proxy.js';
import { createRouter } from '../../src/network/routes.js';
import type { Environment } from '../../src/network/types.js';
import {
  closedPort,
  makeCertificate,
  letGo,
  startBlackHole,
  startHttp,
  startHttps,
  startProxy,
  startResetting,
  startTcp,
  type Running,
} from './servers.js';

const keys = makeCertificate();
afterAll(() => rmSync(keys.folder, { recursive: true }));

const servers: Running[] = [];
afterEach(async () => {
  // Whatever became of the trip, it must have let go of every server; the close takes a moment to arrive.
  for (const server of servers) await letGo(server);
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
function add<T extends Running>(server: T): T {
  servers.push(server);
  return server;
}

const ok = (_request: unknown, response: { writeHead(status: number): { end(): void } }) =>
  response.writeHead(200).end();

interface Options {
  env?: Environment;
  client?: PythonClient;
  timeoutS?: number;
  signal?: AbortSignal;
}
async function go(
  text: string,
  { env = {}, client = 'httpx', timeoutS = 5, signal = new AbortController().signal }: Options = {},
) {
  const url = new URL(text);
  const { steps, answer } = await travel(
    url,
    { method: 'GET' },
    createRouter(client, env, timeoutS, signal)(url, timeoutS),
  );
  return {
    steps: steps.map(({ step, ok }) => `${step} ${ok ? 'ok' : 'failed'}`).join(', '),
    code: steps.at(-1)?.code,
    error: steps.at(-1)?.error,
    status: answer?.status,
  };
}

test('HTTP: look-up, connect, first byte', async () => {
  const server = add(await startHttp(ok));
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await go(`http://${host}:${server.port}/x?y`)).toMatchObject({
      steps: 'lookup ok, connect ok, first-byte ok',
      status: 200,
    });
  }
});

test('anything but HTTP: look-up and connect, even when nobody speaks', async () => {
  const server = add(await startBlackHole());
  for (const scheme of ['tcp', 'redis', 'postgres']) {
    expect(await go(`${scheme}://127.0.0.1:${server.port}`)).toMatchObject({
      steps: 'lookup ok, connect ok',
      status: undefined,
    });
  }
});

test('a name that is not known', async () => {
  const seen = await go('http://no-such-host.invalid');
  expect(seen.steps).toBe('lookup failed');
  expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(seen.code);
});

test('nothing listens', async () => {
  expect(await go(`http://127.0.0.1:${await closedPort()}`)).toMatchObject({
    steps: 'lookup ok, connect failed',
    code: 'ECONNREFUSED',
  });
});

test('a server that never answers, and TLS that never gets anywhere', async () => {
  const server = add(await startBlackHole());
  expect(await go(`http://127.0.0.1:${server.port}`, { timeoutS: 0.2 })).toMatchObject({
    steps: 'lookup ok, connect ok, first-byte failed',
    code: 'timeout',
    error: 'no answer within 0.2 s',
  });
  expect(await go(`https://127.0.0.1:${server.port}`, { timeoutS: 0.2 })).toMatchObject({
    steps: 'lookup ok, connect ok, tls failed',
    code: 'timeout',
  });
});

test('a reset, and a connection that is closed without a word', async () => {
  const resetting = add(await startResetting());
  expect(await go(`http://127.0.0.1:${resetting.port}`)).toMatchObject({
    steps: 'lookup ok, connect ok, first-byte failed',
    code: 'ECONNRESET',
  });
  const closing = add(await startTcp((socket) => socket.once('data', () => socket.end())));
  expect(await go(`http://127.0.0.1:${closing.port}`)).toMatchObject({
    steps: 'lookup ok, connect ok, first-byte failed',
    code: 'ECONNRESET',
  });
});

test('TLS: not trusted, trusted by the variables that the client reads, and by no other', async () => {
  const server = add(await startHttps(keys, ok));
  const url = `https://127.0.0.1:${server.port}`;
  expect(await go(url)).toMatchObject({
    steps: 'lookup ok, connect ok, tls failed',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const reads: [PythonClient, string][] = [
    ['requests', 'REQUESTS_CA_BUNDLE'],
    ['requests', 'CURL_CA_BUNDLE'],
    ['httpx', 'SSL_CERT_FILE'],
    ['httpx2', 'SSL_CERT_FILE'],
    ['httpx2', 'SSL_CERT_DIR'],
    ['any', 'REQUESTS_CA_BUNDLE'],
    ['any', 'SSL_CERT_FILE'],
  ];
  for (const [client, variable] of reads) {
    const env = { [variable]: variable.endsWith('DIR') ? keys.folder : keys.file };
    expect(await go(url, { client, env })).toMatchObject({ status: 200 });
  }
  expect(await go(url, { client: 'httpx', env: { REQUESTS_CA_BUNDLE: keys.file } })).toMatchObject({
    status: undefined,
  });
  expect(await go(url, { client: 'requests', env: { SSL_CERT_FILE: keys.file } })).toMatchObject({ status: undefined });
  expect(await go(url, { env: { SSL_CERT_FILE: '/no/such/bundle.pem' } })).toMatchObject({ code: 'CA_UNREADABLE' });
});

test('TLS: a certificate for another name, and a server that speaks no TLS', async () => {
  const server = add(await startHttps(keys, ok));
  const other = `https://127.0.0.2:${server.port}`;
  const env = { SSL_CERT_FILE: keys.file, HTTPS_PROXY: `http://127.0.0.1:${add(await startProxy()).port}` };
  expect(await go(other, { env })).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  const plain = add(
    await startTcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
  );
  expect(await go(`https://127.0.0.1:${plain.port}`)).toMatchObject({ steps: 'lookup ok, connect ok, tls failed' });
});

test('through a proxy: CONNECT for https, the whole URL for http', async () => {
  const server = add(await startHttps(keys, ok));
  const proxy = add(await startProxy());
  const env = {
    SSL_CERT_FILE: keys.file,
    https_proxy: `127.0.0.1:${proxy.port}`,
    HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
  };
  expect(await go(`https://localhost:${server.port}/`, { env })).toMatchObject({
    steps: 'lookup ok, connect ok, proxy ok, tls ok, first-byte ok',
    status: 200,
  });
  expect(await go('http://no-such-host.invalid/x', { env })).toMatchObject({
    steps: 'lookup ok, connect ok, first-byte ok',
    status: 204,
  });
  expect(proxy.asked).toEqual([`localhost:${server.port}`, 'http://no-such-host.invalid/x']);
});

test('a proxy that wants credentials, gets them, or refuses', async () => {
  const server = add(await startHttps(keys, ok));
  const proxy = add(await startProxy('user:p@ss'));
  const url = `https://localhost:${server.port}/`;
  const env = { SSL_CERT_FILE: keys.file };
  expect(await go(url, { env: { ...env, HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}` } })).toMatchObject({
    status: 200,
  });
  expect(await go(url, { env: { ...env, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } })).toMatchObject({
    steps: 'lookup ok, connect ok, proxy failed',
    code: 'PROXY_407',
  });
});

test('a proxy that we cannot speak to is nothing to judge by', async () => {
  await expect(go('https://localhost', { env: { ALL_PROXY: 'socks5://127.0.0.1:1' } })).rejects.toThrow(/socks5 proxy/);
});

test('an abort ends the trip at once, whatever it waits for', async () => {
  const server = add(await startBlackHole());
  const stop = new AbortController();
  const trip = go(`http://127.0.0.1:${server.port}`, { signal: stop.signal, timeoutS: 600 });
  await expect.poll(() => server.accepted()).toBe(1);
  stop.abort(new Error('stopped by the test'));
  await expect(trip).rejects.toThrow('stopped by the test');
});

test('a TLS server that breaks off in the middle', async () => {
  const breaking = add(await startTcp((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(await go(`https://127.0.0.1:${breaking.port}`)).toMatchObject({
    steps: 'lookup ok, connect ok, tls failed',
    code: 'ECONNRESET',
  });
});

test.each<[string, Environment, string | undefined]>([
  ['https://hub.test', { HTTPS_PROXY: 'http://p:1' }, 'p:1'],
  ['https://hub.test', { https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' }, 'lower:1'],
  ['https://hub.test', { https_proxy: '', HTTPS_PROXY: 'http://upper:1' }, undefined],
  ['https://hub.test', { HTTP_PROXY: 'http://p:1' }, undefined],
  ['http://hub.test', { ALL_PROXY: 'p:1' }, 'p:1'],
  ['https://hub.test', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined],
  ['https://hub.test', { HTTPS_PROXY: 'http://p:1', no_proxy: 'other, hub.test' }, undefined],
  ['https://api.hub.test', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'hub.test' }, undefined],
  ['https://api.hub.test', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.hub.test' }, undefined],
  ['https://myhub.test', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'hub.test' }, 'p:1'],
  ['https://hub.test:8443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'hub.test:443' }, 'p:1'],
  ['https://hub.test', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'hub.test:443' }, undefined],
  ['https://10.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'p:1'],
  ['https://[::1]', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '::1' }, undefined],
])('proxy for %s with %o: %s', (url, env, expected) => {
  expect(proxyFor(new URL(url), env)?.host).toBe(expected);
});

test('without certificates of its own a client has the usual ones', () => {
  const bundle = join(keys.folder, 'empty.pem');
  writeFileSync(bundle, 'nothing');
  expect(trustOf('httpx2', {})).toHaveProperty('context');
  expect(trustOf('requests', { REQUESTS_CA_BUNDLE: bundle })).toHaveProperty('problem');
  expect(trustOf('any', { REQUESTS_CA_BUNDLE: bundle })).toHaveProperty('context');
});

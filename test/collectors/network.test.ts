import { rmSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { networkCollector, type Network } from '../../src/collectors/network.js';
import type { Interpreter } from '../../src/collectors/interpreter.js';
import type { HubAsset } from '../../src/network/types.js';
import { firstComplaint, validatorOf } from '../../src/util/json-schema.js';
import { settings } from '../engine/stand-ins.js';
import { shardedModel, startFakeHub, type FakeHub } from '../network/fake-hub.js';
import { cleanEnvironment, runClient, unset } from '../network/real-client.js';
import {
  closedPort,
  makeCertificate,
  letGo,
  startBlackHole,
  startHttp,
  startProxy,
  startResetting,
  type Running,
} from '../network/servers.js';

let place: { home: string; env: Record<string, string> };
let running: Running[] = [];
beforeEach(() => {
  place = cleanEnvironment();
  Object.assign(place.env, unset);
});
afterEach(async () => {
  for (const server of running) await letGo(server);
  await Promise.all(running.map((server) => server.stop()));
  running = [];
  rmSync(place.home, { recursive: true });
});
function add<T extends Running>(server: T): T {
  running.push(server);
  return server;
}

const model = (repo: string, change: Partial<HubAsset> = {}): HubAsset => ({
  kind: 'model',
  repo,
  revision: 'main',
  files: [],
  loads: ['model'],
  localOnly: false,
  askedBy: [{ file: 'app.py', line: 3, callee: 'AutoModel.from_pretrained' }],
  ...change,
});
const interpreter: Interpreter = {
  executable: '/usr/bin/python3',
  version: '3.11.7',
  implementation: 'cpython',
  platform: 'linux',
  how: 'test',
  distributions: { 'huggingface-hub': '2.0.0' },
};

interface Look {
  assets?: readonly HubAsset[];
  endpoints?: readonly { url: string; timeoutS: number }[];
  env?: Record<string, string>;
  timeoutS?: number;
  signal?: AbortSignal;
}
async function look({
  assets = [],
  endpoints = [],
  env = {},
  timeoutS = 5,
  signal = new AbortController().signal,
}: Look): Promise<Network> {
  const network = await networkCollector.collect({
    settings: {
      ...settings,
      root: place.home,
      launch: { ...settings.launch, env: { ...place.env, ...env } },
      network: { endpoints, timeoutS },
    },
    signal,
    artifacts: { 'hub-assets': { assets, unknownCalls: 0 }, interpreter },
  });
  const isNetwork = await validatorOf<Network>('artifacts/network');
  if (!isNetwork(network)) throw new Error(firstComplaint(isNetwork.errors));
  return network;
}
const hubWith = async (more: Parameters<typeof startFakeHub>[0] = {}): Promise<FakeHub> =>
  add(await startFakeHub({ 'org/moe': shardedModel, ...more }));
const fill = (hub: FakeHub) =>
  runClient('from huggingface_hub import *\nsnapshot_download("org/moe")\nprint(1)', {
    ...place.env,
    HF_ENDPOINT: hub.url,
  });

/** Answers everything in the Hub's stead. */
const answers =
  (status: number, headers: OutgoingHttpHeaders = {}): FakeHub['interfere'] =>
  (_request, response) =>
    response.writeHead(status, headers).end() !== undefined;

test('nothing asked for: nothing looked at', async () => {
  expect(await look({ env: { HF_ENDPOINT: 'http://no-such-host.invalid' } })).toMatchObject({
    endpoints: [],
    assets: [],
  });
});

test('asks the Hub once a file, as the client would', async () => {
  const hub = await hubWith({ wikitext: { kind: 'dataset', commit: 'b'.repeat(40), files: {} } });
  const network = await look({
    assets: [
      model('org/moe'),
      model('org/moe', { files: ['tokenizer.json', 'config.json'], loads: ['files'], revision: shardedModel.commit }),
      model('wikitext', { kind: 'dataset', loads: ['dataset'] }),
    ],
    env: { HF_ENDPOINT: `${hub.url}/` },
  });
  expect(network.endpoints).toMatchObject([{ url: hub.url, role: 'hub', status: 200, slowAfterMs: 5000 }]);
  expect(
    network.assets.map(({ remote, withoutHub, cache }) => [remote?.status, remote?.error, withoutHub, cache.state]),
  ).toEqual([
    [200, undefined, undefined, 'absent'],
    [200, undefined, undefined, 'absent'],
    [404, undefined, undefined, 'absent'],
  ]);
  expect(hub.requests.toSorted()).toEqual([
    'HEAD /datasets/wikitext/resolve/main/README.md',
    `HEAD /org/moe/resolve/${shardedModel.commit}/config.json`,
    `HEAD /org/moe/resolve/${shardedModel.commit}/tokenizer.json`,
    'HEAD /org/moe/resolve/main/config.json',
  ]);
  expect(network.environment).toMatchObject({ hubVersion: '2.0.0', hasToken: false, etagTimeoutS: 10, offline: false });
});

test('what the Hub says: gated, not found, no such revision, no such file, unavailable', async () => {
  const hub = await hubWith({ gated: { ...shardedModel, gatedFor: 'made-up-token' } });
  const assets = [
    model('gated'),
    model('org/no-such'),
    model('org/moe', { revision: 'v9' }),
    model('org/moe', { files: ['nope.bin'], loads: ['files'] }),
  ];
  const errors = async (env: Record<string, string>) =>
    (await look({ assets, env: { HF_ENDPOINT: hub.url, ...env } })).assets.map(({ remote }) => [
      remote?.error,
      remote?.errorCode,
    ]);
  const rest = [
    ['not-found', 'RepoNotFound'],
    ['not-found', 'RevisionNotFound'],
    ['not-found', 'EntryNotFound'],
  ];
  expect(await errors({})).toEqual([['gated', 'GatedRepo'], ...rest]);
  expect(await errors({ HF_TOKEN: 'another-token' })).toEqual([['gated', 'GatedRepo'], ...rest]);
  expect(await errors({ HF_TOKEN: 'made-up-token' })).toEqual([[undefined, undefined], ...rest]);

  hub.interfere = answers(503);
  const network = await look({ assets: [model('org/moe')], env: { HF_ENDPOINT: hub.url } });
  expect(network.assets[0]).toMatchObject({
    remote: { error: 'unavailable' },
    withoutHub: { hangS: 23, usesCache: true },
  });
});

test.each([
  [{ 'Retry-After': '90' }, 91],
  [{ RateLimit: '"resolvers";r=0;t=42' }, 43],
  [{ RateLimit: '"resolvers";r=5;t=42' }, 23],
  [{ 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 23],
])('a limited rate: the wait that %o brings', async (headers, waitS) => {
  const hub = await hubWith();
  hub.interfere = answers(429, headers);
  const { assets } = await look({ assets: [model('org/moe')], env: { HF_ENDPOINT: hub.url } });
  expect(assets[0]).toMatchObject({ remote: { status: 429, error: 'rate-limited' }, rateLimitedHangS: waitS });
});

test('redirects within the Hub are followed, one that leaves it is the answer; the token stays', async () => {
  const hub = await hubWith();
  const elsewhere = add(await startHttp((_request, response) => void response.writeHead(500).end()));
  hub.interfere = (request, response) => {
    const location = request.url?.startsWith('/gpt2/')
      ? '/org/moe/resolve/main/config.json'
      : `http://localhost:${elsewhere.port}/cdn`;
    return request.url?.startsWith('/org/moe/resolve/main/config')
      ? false
      : response.writeHead(307, { location }).end() !== undefined;
  };
  const env = { HF_ENDPOINT: hub.url, HF_TOKEN: 'made-up-token' };
  const { assets } = await look({ assets: [model('gpt2'), model('org/large')], env });
  expect(assets.map(({ remote }) => remote?.status)).toEqual([200, 307]);
  expect(elsewhere.accepted()).toBe(0);
});

test('a Hub that redirects for ever is asked six times', async () => {
  const hub = await hubWith();
  hub.interfere = answers(307, { location: '' });
  const { assets } = await look({ assets: [model('org/moe')], env: { HF_ENDPOINT: hub.url } });
  expect(assets[0]?.remote?.status).toBe(307);
  expect(hub.requests).toHaveLength(6);
});

test('offline, local only, a cached commit: the Hub is left alone', async () => {
  const hub = await hubWith();
  await fill(hub);
  hub.requests.length = 0;
  const env = { HF_ENDPOINT: hub.url };
  const pinned = model('org/moe', { revision: shardedModel.commit, files: ['config.json'], loads: ['files'] });
  const dataset = model('org/set', { kind: 'dataset', loads: ['dataset'] });
  const reasons = async (assets: readonly HubAsset[], more: Record<string, string> = {}) =>
    (await look({ assets, env: { ...env, ...more } })).assets.map(({ notAsked, cache }) => [notAsked, cache.state]);
  expect(await reasons([model('org/moe', { localOnly: true })])).toEqual([['local_files_only=True', 'complete']]);
  expect(await reasons([pinned])).toEqual([['the commit is cached', 'complete']]);
  expect(await reasons([model('org/moe'), model('gpt2')], { HF_HUB_OFFLINE: '1' })).toEqual([
    ['HF_HUB_OFFLINE', 'complete'],
    ['HF_HUB_OFFLINE', 'absent'],
  ]);
  expect(await reasons([dataset], { HF_DATASETS_OFFLINE: '1' })).toEqual([['HF_DATASETS_OFFLINE', 'absent']]);
  expect(hub.requests).toEqual([]);
});

test('a Hub that is not there is waited for once, and every asset says what its library does then', async () => {
  const hub = await hubWith();
  await fill(hub);
  const hole = add(await startBlackHole());
  const env = { HF_ENDPOINT: `http://127.0.0.1:${hole.port}`, HF_HUB_ETAG_TIMEOUT: '1' };
  const assets = [model('org/moe'), model('gpt2'), model('bert', { localOnly: true })];
  const network = await look({ assets, env, timeoutS: 0.2 });
  expect(hole.accepted()).toBe(1);
  expect(network.endpoints[0]?.steps.at(-1)).toMatchObject({ step: 'first-byte', ok: false, code: 'timeout' });
  const reason = 'no answer within 1.5 s';
  expect(network.assets.map(({ withoutHub }) => withoutHub)).toEqual([
    { reason, hangS: 1, usesCache: true },
    { reason, hangS: 1 + 6 * 60 + 23, usesCache: true },
    undefined,
  ]);
});

test('each way of not being there', async () => {
  const resetting = add(await startResetting());
  const proxy = add(await startProxy('user:word'));
  const keys = makeCertificate();
  const secure = add(await startFakeHub({}, keys));
  rmSync(keys.folder, { recursive: true });
  const direct = model('org/moe', { files: ['config.json'], loads: ['files'] });
  const ways: [Record<string, string>, string, unknown][] = [
    [{ HF_ENDPOINT: 'http://no-such-host.invalid' }, 'lookup', { hangS: 23, usesCache: true }],
    [{ HF_ENDPOINT: `http://127.0.0.1:${await closedPort()}` }, 'connect', { hangS: 23, usesCache: true }],
    [{ HF_ENDPOINT: secure.url }, 'tls', { hangS: 23, usesCache: true }],
    [{ HF_ENDPOINT: `http://127.0.0.1:${resetting.port}` }, 'first-byte', { hangS: 0, usesCache: false }],
    [
      { HF_ENDPOINT: secure.url, https_proxy: `http://user:wrong@127.0.0.1:${proxy.port}` },
      'proxy',
      { hangS: 0, usesCache: false },
    ],
    [{ HF_ENDPOINT: 'huggingface.co' }, 'lookup', { hangS: 0, usesCache: false }],
  ];
  for (const [env, step, without] of ways) {
    const { endpoints, assets } = await look({ assets: [direct], env });
    expect(endpoints[0]?.steps.at(-1)).toMatchObject({ step, ok: false });
    expect(assets[0]?.withoutHub).toMatchObject(Object(without));
    expect(JSON.stringify(endpoints)).not.toContain('wrong');
  }
});

test('endpoints of the config: any scheme, no credentials in what is kept', async () => {
  const server = add(await startHttp((_request, response) => void response.writeHead(404).end()));
  const host = `127.0.0.1:${server.port}`;
  const endpoints = [`http://user:word@${host}/a?token=x`, `postgres://user:word@${host}/db`, `tcp://${host}`];
  const network = await look({ endpoints: endpoints.map((url) => ({ url, timeoutS: 2 })) });
  expect(network.endpoints).toMatchObject([
    { url: `http://${host}/a`, role: 'config', status: 404, slowAfterMs: 2000 },
    { url: `postgres://${host}/db`, role: 'config' },
    { url: `tcp://${host}`, role: 'config' },
  ]);
  expect(JSON.stringify(network)).not.toContain('word');
});

test.each(['not a url', 'tcp://host-without-port', 'made-up://user:word@host'])(
  '%s in the config is the user’s to correct',
  async (url) => {
    const looking = look({ endpoints: [{ url, timeoutS: 1 }] });
    await expect(looking).rejects.toMatchObject({ name: 'UsageError', message: expect.not.stringContaining('word') });
  },
);

test('an abort closes every connection', async () => {
  const hole = add(await startBlackHole());
  const stop = new AbortController();
  const url = `http://127.0.0.1:${hole.port}`;
  const looking = look({
    assets: [model('gpt2')],
    endpoints: [{ url, timeoutS: 600 }],
    env: { HF_ENDPOINT: url },
    timeoutS: 600,
    signal: stop.signal,
  });
  await expect.poll(() => hole.accepted()).toBe(2);
  stop.abort(new Error('stopped by the test'));
  await expect(looking).rejects.toThrow('stopped by the test');
});

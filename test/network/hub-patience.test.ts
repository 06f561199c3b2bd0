import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { withoutHub } from '../../src/network/hub-patience.js';
import { shardedModel, startFakeHub } from './fake-hub.js';
import { cleanEnvironment, runClient } from './real-client.js';
import { closedPort, startBlackHole, startHttp, startResetting, type Running } from './servers.js';

const etagTimeoutS = 1;
const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

function endLater<T extends Running>(server: T): T {
  cleanUp.push(() => server.stop());
  return server;
}

/**
 * Asks with the real client and lets it not sleep: it prints what it would have slept, how long it would have waited
 * for each answer, and what came of it. Only the waiting itself is cut short.
 */
const ask = (call: string) => `
import json, time
from unittest import mock
import httpx2
from huggingface_hub import hf_hub_download, snapshot_download, file_download
from huggingface_hub.utils import _http
sleeps, timeouts = [], []
send = httpx2.Client.send
def sending(self, request, **kwargs):
    timeouts.append(request.extensions["timeout"]["read"])
    request.extensions["timeout"] = {name: 0.3 for name in ("connect", "read", "write", "pool")}
    return send(self, request, **kwargs)
with mock.patch.object(_http.time, "sleep", sleeps.append), mock.patch.object(httpx2.Client, "send", sending):
    try:
        ${call}
        outcome = "loaded"
    except Exception as error:
        outcome = type(error).__name__
print(json.dumps({"sleeps": sleeps, "timeouts": timeouts, "outcome": outcome}))
`;
const download = 'hf_hub_download("gpt2", "config.json")';

async function asked(url: string, call: string, cached = false) {
  const { home, env } = cleanEnvironment(url);
  cleanUp.push(() => rmSync(home, { recursive: true }));
  if (cached) {
    const hub = await startFakeHub({ gpt2: shardedModel });
    await runClient(`from huggingface_hub import hf_hub_download\n${download}\nprint(1)`, {
      ...env,
      HF_ENDPOINT: hub.url,
    });
    await hub.stop();
  }
  const seen = await runClient(ask(call), { ...env, HF_HUB_ETAG_TIMEOUT: String(etagTimeoutS) });
  return seen as { sleeps: number[]; timeouts: (number | null)[]; outcome: string };
}

const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((total, each) => total + (each ?? 0), 0);
const client = { version: '2.0.0', etagTimeoutS };
const file = { loads: ['files' as const] };

test('no answer and nothing cached: two rounds, seven attempts, and the seconds that its own constants add up to', async () => {
  const server = endLater(await startBlackHole());
  const seen = await asked(`http://127.0.0.1:${server.port}`, download);
  expect(seen.outcome).toBe('LocalEntryNotFoundError');
  expect(server.accepted()).toBe(7);
  expect(withoutHub(file, false, 'no-answer', client).hangS).toBe(sum(seen.timeouts) + sum(seen.sleeps));
});

test('no answer and a file in the cache: one attempt, then the cache', async () => {
  const server = endLater(await startBlackHole());
  const seen = await asked(`http://127.0.0.1:${server.port}`, download, true);
  expect(seen.outcome).toBe('loaded');
  expect(server.accepted()).toBe(1);
  expect(withoutHub(file, true, 'no-answer', client)).toEqual({ hangS: sum(seen.timeouts), usesCache: true });
});

test('connection refused: no waiting for answers, but all the pauses', async () => {
  const seen = await asked(`http://127.0.0.1:${await closedPort()}`, download);
  expect(withoutHub(file, false, 'no-connection', client).hangS).toBe(sum(seen.sleeps));
  expect(withoutHub(file, false, 'tls', client).hangS).toBe(sum(seen.sleeps));
});

test('an unavailable Hub: the pauses, or the cache at once', async () => {
  const server = endLater(await startHttp((_request, response) => void response.writeHead(503).end()));
  const url = `http://127.0.0.1:${server.port}`;
  const seen = await asked(url, download);
  expect(withoutHub(file, false, 'unavailable', client).hangS).toBe(sum(seen.sleeps));
  const cached = await asked(url, download, true);
  expect(cached.outcome).toBe('loaded');
  expect(withoutHub(file, true, 'unavailable', client)).toEqual({ hangS: sum(cached.sleeps), usesCache: true });
});

test('a reset connection is raised at once, cache or not', async () => {
  const server = endLater(await startResetting());
  const seen = await asked(`http://127.0.0.1:${server.port}`, download, true);
  expect(seen.outcome).not.toBe('loaded');
  expect(seen.sleeps).toEqual([]);
  expect(withoutHub(file, true, 'reset', client)).toEqual({ hangS: 0, usesCache: false });
});

test('snapshot_download asks without any timeout', async () => {
  const server = endLater(await startBlackHole());
  const seen = await asked(`http://127.0.0.1:${server.port}`, 'snapshot_download("gpt2")');
  expect(seen.timeouts).toEqual([null]);
  expect(withoutHub({ loads: ['snapshot'] }, false, 'no-answer', client).hangS).toBe('forever');
});

test('0.x has one round only, and raises what is wrong with a certificate', () => {
  const legacy = { version: '0.34.0', etagTimeoutS: 10 };
  expect(withoutHub(file, false, 'no-answer', legacy).hangS).toBe(10);
  expect(withoutHub(file, true, 'tls', legacy).usesCache).toBe(false);
  expect(withoutHub(file, true, 'reset', legacy).usesCache).toBe(true);
});

test('loaders of transformers take the cache whatever the client raises', () => {
  expect(withoutHub({ loads: ['tokenizer'] }, true, 'raised', client).usesCache).toBe(true);
});

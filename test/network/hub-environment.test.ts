import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHubEnvironment } from '../../src/network/hub-environment.js';
import { cleanEnvironment, runClient } from './real-client.js';

const { home } = cleanEnvironment();
afterAll(() => rmSync(home, { recursive: true }));

/** What the installed huggingface_hub makes of the same variables. */
const constants = `
import json
from huggingface_hub import constants as c
from huggingface_hub.utils import get_token
print(json.dumps({"offline": c.HF_HUB_OFFLINE, "endpoint": c.ENDPOINT, "cacheFolder": c.HF_HUB_CACHE,
    "etagTimeoutS": c.HF_HUB_ETAG_TIMEOUT, "token": get_token()}))
`;

const cases: Record<string, Record<string, string>> = {
  'nothing set': {},
  'a home of its own': { HF_HOME: '~/elsewhere' },
  XDG_CACHE_HOME: { XDG_CACHE_HOME: join(home, 'xdg') },
  'the old name of the cache': { HUGGINGFACE_HUB_CACHE: join(home, 'old') },
  'the new name wins': { HUGGINGFACE_HUB_CACHE: join(home, 'old'), HF_HUB_CACHE: '$HOME/new/${USERLESS}' },
  'offline by the Hub': { HF_HUB_OFFLINE: 'yes' },
  'offline by transformers': { TRANSFORMERS_OFFLINE: '1' },
  'an explicit 0 outweighs transformers': { HF_HUB_OFFLINE: '0', TRANSFORMERS_OFFLINE: '1' },
  'an empty one does not': { HF_HUB_OFFLINE: '', TRANSFORMERS_OFFLINE: 'on' },
  'an unknown value is no yes': { HF_HUB_OFFLINE: 'y' },
  'a mirror': { HF_ENDPOINT: 'http://127.0.0.1:1/hub/' },
  'a timeout': { HF_HUB_ETAG_TIMEOUT: '3' },
  'a timeout of 0 is the default': { HF_HUB_ETAG_TIMEOUT: '0' },
  'a token, with a newline': { HF_TOKEN: ' made-up \n' },
  'the old name of the token': { HUGGING_FACE_HUB_TOKEN: 'made-up' },
  'a saved token': { HF_TOKEN_PATH: join(home, 'tokens', 'saved') },
};

test.each(Object.entries(cases))('%s: the same as huggingface_hub itself', async (_name, variables) => {
  const env = { HOME: home, ...variables };
  const saved = join(home, 'tokens', 'saved');
  mkdirSync(dirname(saved), { recursive: true });
  writeFileSync(saved, 'saved-token\n');
  const { offline, endpoint, cacheFolder, etagTimeoutS, token } = readHubEnvironment(env);
  expect({ offline, endpoint, cacheFolder, etagTimeoutS, token: token ?? null }).toEqual(
    await runClient(constants, env),
  );
});

test('says which variable keeps it offline', () => {
  expect(readHubEnvironment({ HOME: home, TRANSFORMERS_OFFLINE: '1' }).offlineBy).toBe('TRANSFORMERS_OFFLINE');
  expect(readHubEnvironment({ HOME: home, HF_HUB_OFFLINE: '0' }).offlineBy).toBeUndefined();
  expect(readHubEnvironment({ HOME: home, HF_DATASETS_OFFLINE: '1' })).toMatchObject({
    offline: false,
    datasetsOffline: true,
  });
  expect(readHubEnvironment({ HOME: home, HF_TOKEN: 'x', HF_HUB_DISABLE_IMPLICIT_TOKEN: '1' }).token).toBeUndefined();
});

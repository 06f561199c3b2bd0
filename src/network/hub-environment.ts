import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './types.js';

/** Where the Hub's libraries look and whether they may, as `huggingface_hub` reads it from the environment. */
export interface HubEnvironment {
  /** `HF_HUB_OFFLINE`, or `TRANSFORMERS_OFFLINE` where that one is not set. */
  offline: boolean;
  /** The variable that says so. */
  offlineBy?: string;
  /** `HF_DATASETS_OFFLINE`, which keeps `datasets` alone offline. */
  datasetsOffline: boolean;
  /** Without a trailing slash. */
  endpoint: string;
  cacheFolder: string;
  /** Where `datasets` keeps what it has prepared. */
  datasetsFolder: string;
  /** `TRANSFORMERS_CACHE`, which transformers before 5 prefers to the Hub's own folder. */
  transformersFolder?: string;
  /** `SENTENCE_TRANSFORMERS_HOME` */
  sentenceTransformersFolder?: string;
  token?: string;
  /** Seconds the client waits for the answer to a HEAD request. */
  etagTimeoutS: number;
}

const trueValues: ReadonlySet<string> = new Set(['1', 'ON', 'YES', 'TRUE']);

/**
 * Reads the variables as constants.py, utils/_auth.py and utils/_headers.py of huggingface_hub 2.0.0 do (1.33.0 and
 * 0.x read the same ones). The only file looked at is the saved token.
 */
export function readHubEnvironment(env: Environment, transformersVersion?: string): HubEnvironment {
  const home = env['HOME'] ?? homedir();
  const expanded = (value: string) => expand(value, env, home);
  const hfHome = expanded(env['HF_HOME'] ?? join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'huggingface'));
  const cacheFolder = expanded(env['HF_HUB_CACHE'] ?? env['HUGGINGFACE_HUB_CACHE'] ?? join(hfHome, 'hub'));

  // `a or b` in Python: an HF_HUB_OFFLINE=0 outweighs TRANSFORMERS_OFFLINE=1, an empty one does not.
  const offlineBy = ['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'].find((name) => env[name]);
  const offline = offlineBy !== undefined && isTrue(env[offlineBy]);

  const token = isTrue(env['HF_HUB_DISABLE_IMPLICIT_TOKEN']) ? undefined : findToken(env, hfHome, expanded);
  // transformers 5 does not read it any more, and what we do not know we take for current.
  const isOld = Number.parseInt(transformersVersion ?? '', 10) < 5;
  const transformersFolder = isOld ? env['TRANSFORMERS_CACHE'] : undefined;
  const sentenceTransformersFolder = env['SENTENCE_TRANSFORMERS_HOME'];
  return {
    offline,
    ...(offlineBy !== undefined && offline ? { offlineBy } : {}),
    datasetsOffline: isTrue(env['HF_DATASETS_OFFLINE']),
    endpoint: (env['HF_ENDPOINT'] ?? 'https://huggingface.co').replace(/\/+$/, ''),
    cacheFolder,
    datasetsFolder: expanded(env['HF_DATASETS_CACHE'] ?? join(hfHome, 'datasets')),
    ...(transformersFolder ? { transformersFolder } : {}),
    ...(sentenceTransformersFolder ? { sentenceTransformersFolder } : {}),
    ...(token === undefined ? {} : { token }),
    etagTimeoutS: Number.parseInt(env['HF_HUB_ETAG_TIMEOUT'] ?? '', 10) || 10,
  };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && trueValues.has(value.toUpperCase());
}

/** os.path.expandvars(os.path.expanduser(…)); a variable that is not set stays as written. */
function expand(value: string, env: Environment, home: string): string {
  const atHome = value === '~' || value.startsWith('~/') ? home + value.slice(1) : value;
  return atHome.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, plain, braced) => env[plain ?? braced] ?? whole);
}

function findToken(env: Environment, hfHome: string, expanded: (value: string) => string): string | undefined {
  const given = env['HF_TOKEN'] || env['HUGGING_FACE_HUB_TOKEN'];
  if (given) return clean(given);
  try {
    return clean(readFileSync(expanded(env['HF_TOKEN_PATH'] ?? join(hfHome, 'token')), 'utf8'));
  } catch {
    // No saved token, or none that we may read: the same to the library, which then asks without.
    return undefined;
  }
}

function clean(token: string): string | undefined {
  return token.replace(/[\r\n]/g, '').trim() || undefined;
}

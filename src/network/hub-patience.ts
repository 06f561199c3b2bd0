import type { HubAsset, WithoutHub } from './types.js';

/**
 * How the Hub fails to be heard, as far as the client tells the ways apart. `raised`: it raises at once and on purpose
 * (a proxy that refuses, a URL that is none); `unavailable`: an answer of 408 or 5xx.
 */
export type Silence = 'no-answer' | 'no-connection' | 'tls' | 'reset' | 'raised' | 'unavailable';

export interface Client {
  /** Version of huggingface_hub in the dashboard's interpreter; absent: not known, taken for a current one. */
  version?: string;
  etagTimeoutS: number;
}

/** file_download.py: `_ETAG_RETRY_TIMEOUT`, for the second round, which there is only when the cache has nothing. */
const retryTimeoutS = 60;
/** utils/_http.py, `_http_backoff_base`: the pauses between `max_retries = 5` retries, doubling from 1 s up to 8 s. */
const pausesS: readonly number[] = [1, 2, 4, 8, 8];
const pausedS = pausesS.reduce((sum, each) => sum + each, 0);

/**
 * How long the dashboard itself hangs on the first file of an asset while the Hub is not to be heard, and whether the
 * cache helps it then. Numbers and cases are those of huggingface_hub 2.0.0, file_download.py
 * (`_hf_hub_download_to_cache_dir`, `_get_metadata_or_catch_error`), utils/_http.py and _snapshot_download.py; 1.33.0
 * has the same ones. One HEAD with HF_HUB_ETAG_TIMEOUT; with a file in the cache that is all; without, a second round
 * of six HEADs with 60 s each and pauses between. 0.x has no second round (some late 0.x retry the first): one timeout
 * is the least. Loaders ask for several files, so every number is a lower bound.
 */
export function withoutHub(
  asset: Pick<HubAsset, 'loads'>,
  cached: boolean,
  silence: Silence,
  client: Client,
): Omit<WithoutHub, 'reason'> {
  const legacy = client.version?.startsWith('0.') ?? false;
  const direct = asset.loads.some((each) => each === 'files' || each === 'snapshot');
  // What the client itself does not catch, and so does not fall back from. transformers and datasets do.
  const escapes = silence === 'raised' || silence === (legacy ? 'tls' : 'reset');
  return { hangS: hang(asset, cached, silence, legacy, client.etagTimeoutS), usesCache: !(direct && escapes) };
}

function hang(
  asset: Pick<HubAsset, 'loads'>,
  cached: boolean,
  silence: Silence,
  legacy: boolean,
  etagTimeoutS: number,
): WithoutHub['hangS'] {
  const first = silence === 'no-answer' ? etagTimeoutS : 0;
  // _snapshot_download.py asks api.repo_info first: no retry, and no timeout either (_http.py, default_client_factory).
  const onlySnapshot = asset.loads.every((each) => each === 'snapshot');
  if (onlySnapshot && !legacy) return silence === 'no-answer' ? 'forever' : 0;
  if (legacy || cached) return first;
  switch (silence) {
    case 'no-answer':
      return first + (pausesS.length + 1) * retryTimeoutS + pausedS;
    case 'no-connection':
    case 'tls':
    case 'unavailable':
      return pausedS;
    case 'raised':
    case 'reset':
      return 0;
    default:
      return silence satisfies never;
  }
}

/** How long the client waits at the least when the Hub limits its rate and the cache has nothing, in seconds. */
export function rateLimitedHangS(retryAfterS: number | undefined): number {
  // _http_backoff_base sleeps `Retry-After` (or the RateLimit header's reset) + 1 s before the next try.
  return retryAfterS === undefined ? pausedS : retryAfterS + 1;
}

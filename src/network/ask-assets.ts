import type { Trip } from './connection.js';
import { parseEndpoint, shownText } from './endpoint.js';
import { inspectCache, isPinned } from './hub-cache.js';
import type { HubEnvironment } from './hub-environment.js';
import { rateLimitedHangS, withoutHub, type Client, type Silence } from './hub-patience.js';
import { askHub, filesToAsk, fileUrl, readAnswer } from './hub-remote.js';
import { shown } from './proxy.js';
import type { Router } from './routes.js';
import type { AssetState, CacheState, EndpointProbe, HubAnswer, HubAsset, Step } from './types.js';

/** The Hub gets this much longer than the client gives it, so that "slow" can be told from "unreachable". */
export const patienceFactor = 1.5;

export interface AssetsRequest {
  environment: HubEnvironment;
  /** Version of huggingface_hub, if known. */
  version: string | undefined;
  /** Folder that relative paths of the code start from. */
  root: string;
  router: Router;
}

type Cached = HubAsset & Pick<AssetState, 'cache' | 'notAsked'>;

/**
 * Looks for every asset in the local cache, and asks the Hub for those that the launch would ask it for: one HEAD a
 * file, the first one alone, so that a Hub that is not there is waited for once.
 * @throws CannotLook for a proxy that we cannot speak to, the signal's reason when it is aborted
 */
export async function askForAssets(
  assets: readonly HubAsset[],
  { environment, version, root, router }: AssetsRequest,
): Promise<{ assets: readonly AssetState[]; probe?: EndpointProbe }> {
  const client: Client = { ...(version === undefined ? {} : { version }), etagTimeoutS: environment.etagTimeoutS };
  const cached = assets.map((asset): Cached => {
    const cache = inspectCache(asset, environment, root);
    const reason = whyNotAsked(asset, cache, environment);
    return { ...asset, cache, ...(reason === undefined ? {} : { notAsked: reason }) };
  });
  const first = cached.find(({ notAsked }) => notAsked === undefined);
  if (first === undefined) return { assets: cached };

  const slowAfterMs = (environment.etagTimeoutS * 1000) / 2;
  const probe = { url: shownText(environment.endpoint), role: 'hub' as const, slowAfterMs };
  const silent = (trip: Trip) =>
    cached.map((asset) => (asset.notAsked === undefined ? unheard(asset, trip.steps, client) : asset));

  const endpoint = parseEndpoint(environment.endpoint);
  if (typeof endpoint === 'string') {
    const error = `HF_ENDPOINT ${endpoint}`;
    const steps: Step[] = [{ step: 'lookup', durationMs: 0, ok: false, error, code: 'BAD_URL' }];
    return { assets: silent({ steps }), probe: { ...probe, steps } };
  }

  const route = (url: URL) => router(url, patienceFactor * environment.etagTimeoutS);
  const ask = (asset: HubAsset, file: string) =>
    askHub(fileUrl(environment.endpoint, asset, file), environment.token, route);
  const [firstFile = ''] = filesToAsk(first);
  const firstTrip = await ask(first, firstFile);
  const { proxy } = route(endpoint);
  const reached: EndpointProbe = {
    ...probe,
    url: shown(endpoint),
    ...(proxy === undefined ? {} : { proxy: shown(proxy) }),
    steps: firstTrip.steps,
    ...(firstTrip.answer === undefined ? {} : { status: firstTrip.answer.status }),
  };
  if (firstTrip.answer === undefined) return { assets: silent(firstTrip), probe: reached };

  const states = await Promise.all(
    cached.map(async (asset): Promise<AssetState> => {
      if (asset.notAsked !== undefined) return asset;
      const files = filesToAsk(asset);
      const trips = await Promise.all(
        files.map((file) => (asset === first && file === firstFile ? firstTrip : ask(asset, file))),
      );
      return judgeTrips(asset, files, trips, client);
    }),
  );
  return { assets: states, probe: reached };
}

function whyNotAsked(asset: HubAsset, cache: CacheState, environment: HubEnvironment): string | undefined {
  if (asset.localOnly) return 'local_files_only=True';
  if (environment.offline) return environment.offlineBy;
  if (environment.datasetsOffline && asset.loads.every((each) => each === 'dataset')) return 'HF_DATASETS_OFFLINE';
  return isPinned(asset) && cache.state === 'complete' ? 'the commit is cached' : undefined;
}

/** What the answers for the files of one asset come to: the worst of them. */
function judgeTrips(asset: Cached, files: readonly string[], trips: readonly Trip[], client: Client): AssetState {
  const failed = trips.find(({ answer }) => answer === undefined);
  if (failed !== undefined) return unheard(asset, failed.steps, client);
  const answers = trips.flatMap(({ answer }, n) =>
    answer === undefined ? [] : readAnswer(asset, files[n] ?? '', answer),
  );
  const worst: HubAnswer | undefined = answers.find(({ error }) => error !== undefined) ?? answers[0];
  if (worst === undefined) return asset;
  if (worst.error === 'unavailable') {
    const rest = withoutHub(asset, isCached(asset), 'unavailable', client);
    return { ...asset, remote: worst, withoutHub: { reason: `the Hub answers with ${worst.status}`, ...rest } };
  }
  const waits = worst.error === 'rate-limited' && !isCached(asset);
  return { ...asset, remote: worst, ...(waits ? { rateLimitedHangS: rateLimitedHangS(worst.retryAfterS) } : {}) };
}

function unheard(asset: Cached, steps: readonly Step[], client: Client): AssetState {
  const failed = steps.at(-1);
  const reason = failed?.error ?? 'no answer';
  return { ...asset, withoutHub: { reason, ...withoutHub(asset, isCached(asset), silenceOf(failed), client) } };
}

function isCached(asset: Cached): boolean {
  return asset.cache.state === 'complete';
}

function silenceOf(step: Step | undefined): Silence {
  const { code } = step ?? {};
  if (code === 'timeout' || code === 'ETIMEDOUT') return 'no-answer';
  if (step?.step === 'proxy' || code === 'BAD_URL') return 'raised';
  if (step?.step === 'first-byte') return 'reset';
  return step?.step === 'tls' && code !== 'ECONNRESET' ? 'tls' : 'no-connection';
}

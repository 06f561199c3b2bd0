import { defineCollector } from '../engine/define.js';
import { UsageError } from '../engine/errors.js';
import type { Settings } from '../engine/types.js';
import { askForAssets, patienceFactor } from '../network/ask-assets.js';
import type { PythonClient } from '../network/certificates.js';
import { travel } from '../network/connection.js';
import { parseEndpoint, shownText } from '../network/endpoint.js';
import { readHubEnvironment } from '../network/hub-environment.js';
import { shown } from '../network/proxy.js';
import { createRouter, type Router } from '../network/routes.js';
import type { AssetState, EndpointProbe, Environment } from '../network/types.js';

/** What the dashboard wants from outside, and whether it can have it. */
export interface Network {
  endpoints: readonly EndpointProbe[];
  assets: readonly AssetState[];
  environment: NetworkEnvironment;
}

/** The variables that decide where the Hub's libraries look. No secrets. */
export interface NetworkEnvironment {
  /** HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set. */
  offline: boolean;
  /** The variable that says so. */
  offlineBy?: string;
  /** Without credentials. */
  hubEndpoint: string;
  cacheFolder: string;
  hasToken: boolean;
  /** HF_HUB_ETAG_TIMEOUT, or its default, in seconds. */
  etagTimeoutS: number;
  /** Version of huggingface_hub in the dashboard's interpreter, when that was looked at. */
  hubVersion?: string;
}

declare module '../engine/types.js' {
  interface Artifacts {
    network: Network;
  }
}

export const networkCollector = defineCollector({
  artifact: 'network',
  tier: 'import',
  title: 'asking the network',
  dependsOn: ['hub-assets'],
  wants: ['interpreter'],
  // Twice (the Hub itself, then its assets): look-up, connect, proxy and TLS, and the first byte; a redirect more.
  deadlineS: (settings) => 3 * (4 * settings.network.timeoutS + longestWaitS(settings)),
  async collect({ artifacts, settings, signal }) {
    const env = environmentOf(settings);
    const environment = readHubEnvironment(env, artifacts.interpreter?.distributions['transformers']);
    const version = artifacts.interpreter?.distributions['huggingface-hub'];
    const { timeoutS } = settings.network;
    const endpoints = settings.network.endpoints.map((endpoint) => ({ ...endpoint, url: urlOf(endpoint.url) }));
    const { root } = settings;
    const [configured, hub] = await togetherOrNotAtAll(signal, (signal) => {
      const toConfigured = createRouter('any', env, timeoutS, signal);
      const router = createRouter(clientOf(version), env, timeoutS, signal);
      return [
        Promise.all(endpoints.map(({ url, timeoutS }) => probe(url, timeoutS, toConfigured))),
        askForAssets(artifacts['hub-assets'].assets, { environment, version, root, router }),
      ] as const;
    });
    const { offline, offlineBy, cacheFolder, token, etagTimeoutS } = environment;
    return {
      endpoints: [...configured, ...(hub.probe === undefined ? [] : [hub.probe])],
      assets: hub.assets,
      environment: {
        offline,
        ...(offlineBy === undefined ? {} : { offlineBy }),
        hubEndpoint: shownText(environment.endpoint),
        cacheFolder,
        hasToken: token !== undefined,
        etagTimeoutS,
        ...(version === undefined ? {} : { hubVersion: version }),
      },
    };
  },
});

function environmentOf(settings: Settings): Environment {
  return { ...process.env, ...settings.launch.env };
}

function longestWaitS(settings: Settings): number {
  const { etagTimeoutS } = readHubEnvironment(environmentOf(settings));
  const limits = settings.network.endpoints.map(({ timeoutS }) => timeoutS);
  return Math.max(settings.network.timeoutS, patienceFactor * Math.max(etagTimeoutS, ...limits));
}

/** huggingface_hub asks through requests up to 0.x, through httpx in 1.x, through httpx2 since 2.0. */
function clientOf(version: string | undefined): PythonClient {
  const major = version?.split('.')[0];
  if (major === '0') return 'requests';
  if (major === '1') return 'httpx';
  return version === undefined ? 'any' : 'httpx2';
}

/** @throws UsageError for a URL that is none */
function urlOf(text: string): URL {
  const url = parseEndpoint(text);
  if (typeof url !== 'string') return url;
  throw new UsageError(`The network endpoint "${shownText(text)}" ${url}.`, 'Correct it in the config.');
}

async function probe(url: URL, timeoutS: number, router: Router): Promise<EndpointProbe> {
  const route = router(url, patienceFactor * timeoutS);
  const { steps, answer } = await travel(url, { method: 'GET' }, route);
  return {
    url: shown(url),
    role: 'config',
    ...(route.proxy === undefined ? {} : { proxy: shown(route.proxy) }),
    steps,
    ...(answer === undefined ? {} : { status: answer.status }),
    slowAfterMs: timeoutS * 1000,
  };
}

/** When one fails, the other is told to stop and waited for, so that no socket outlives the look. */
async function togetherOrNotAtAll<A, B>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => readonly [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const stop = new AbortController();
  const work = start(AbortSignal.any([signal, stop.signal]));
  try {
    return await Promise.all(work);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(work);
    throw error;
  }
}

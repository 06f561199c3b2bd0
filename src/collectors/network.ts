/** What the dashboard wants from outside, and whether it can have it. */
export interface Network {
  endpoints: readonly EndpointProbe[];
  assets: readonly AssetState[];
  environment: NetworkEnvironment;
}

/** The variables that decide where the Hub's libraries look. Values are redacted. */
export interface NetworkEnvironment {
  /** HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set. */
  offline: boolean;
  /** The variable that says so. */
  offlineBy?: string;
  hubEndpoint: string;
  cacheFolder: string;
  hasToken: boolean;
  /** HF_HUB_ETAG_TIMEOUT, or its default. */
  etagTimeoutS: number;
}

/** The steps to a first byte, each with a deadline of its own; the first that failed is the verdict. */
export interface EndpointProbe {
  url: string;
  /** `config`, or the Hub assets that need it. */
  neededBy: readonly string[];
  /** Through which proxy, without credentials. */
  proxy?: string;
  steps: readonly {
    step: 'lookup' | 'connect' | 'tls' | 'first-byte';
    durationMs: number;
    ok: boolean;
    error?: string;
  }[];
  status?: number;
  /** The limit beyond which the first byte counts as slow. */
  slowAfterMs: number;
}

export interface AssetState {
  kind: 'model' | 'dataset' | 'space';
  repo: string;
  revision: string;
  localOnly: boolean;
  askedBy: readonly { file: string; line: number; callee: string }[];
  cache: { state: 'complete' | 'partial' | 'absent'; snapshot?: string; missing: readonly string[] };
  /** What the Hub said about it; absent when it was not asked. */
  remote?: { status: number; error?: 'gated' | 'not-found' | 'rate-limited' | 'unauthorized'; retryAfterS?: number };
  /** How long the dashboard itself would hang on it, in seconds, by the retries of its own libraries; absent when it would not. */
  hangS?: number;
}

declare module '../engine/types.js' {
  interface Artifacts {
    network: Network;
  }
}

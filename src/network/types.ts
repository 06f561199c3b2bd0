/** What the dashboard wants from the Hugging Face Hub and from other endpoints, as plain data. */

export type AssetKind = 'model' | 'dataset' | 'space';

/**
 * What is loaded from the repository, which says which files must be there. `files`: exactly the named ones;
 * `snapshot`: the repository as a whole; `other`: a loader of which no file is known for sure (a processor, say).
 */
export type Loader =
  | 'model'
  | 'tokenizer'
  | 'config'
  | 'adapter'
  | 'diffusers'
  | 'sentence-transformer'
  | 'dataset'
  | 'files'
  | 'snapshot'
  | 'other';

/** One call of the dashboard's code that asks the Hub for something. */
export interface HubCall {
  file: string;
  line: number;
  /** `AutoTokenizer.from_pretrained` */
  callee: string;
  /**
   * Why the launch may well survive a failure of this call: it stands in a `try` that catches it, in a file that the
   * entry script does not reach, or gives a bare name to a class of the repository's own, which need not be a Hub id.
   */
  excuse?: 'guarded' | 'unreached' | 'own-class';
}

/** One repository of the Hub at one revision, with everything that the code asks of it. */
export interface HubAsset {
  kind: AssetKind;
  /** `gpt2`, `meta-llama/Llama-2-7b` */
  repo: string;
  revision: string;
  /** The files asked for by name, paths within the repository. */
  files: readonly string[];
  loads: readonly Loader[];
  /** The configuration of a dataset, when the call names one: `wikitext-2-raw-v1`. */
  config?: string;
  /** Every call asks with `local_files_only=True`. */
  localOnly: boolean;
  /** `cache_dir` or `cache_folder` of the call, as written. */
  cacheFolder?: string;
  /** `local_dir` of the call, as written: the files live there instead of in the cache. */
  localFolder?: string;
  askedBy: readonly HubCall[];
}

/** What the local cache holds of an asset. */
export interface CacheState {
  state: 'complete' | 'partial' | 'absent';
  /** Folder of the snapshot, absolute. */
  snapshot?: string;
  /** Files that the loader needs and that are not there. */
  missing: readonly string[];
}

/** What the Hub said about an asset. */
export interface HubAnswer {
  /** HTTP status of the HEAD request for one of its files. */
  status: number;
  error?: 'gated' | 'not-found' | 'rate-limited' | 'unauthorized' | 'unavailable';
  /** The Hub's own X-Error-Code: `GatedRepo`, `RepoNotFound`, `RevisionNotFound`, `EntryNotFound`. */
  errorCode?: string;
  /** The file that was asked for. */
  file: string;
  /** Seconds until the limit is lifted, from `Retry-After` or `RateLimit`. */
  retryAfterS?: number;
}

/** How far one step on the way to a first byte came. `proxy`: the tunnel through a proxy. */
export interface Step {
  step: 'lookup' | 'connect' | 'proxy' | 'tls' | 'first-byte';
  /** Milliseconds. */
  durationMs: number;
  ok: boolean;
  error?: string;
  /** `timeout`, `ENOTFOUND`, `ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`, `PROXY_407` … */
  code?: string;
}

/** What the dashboard's own library does while the Hub is not to be heard. */
export interface WithoutHub {
  /** Why it is not to be heard: `no answer within 10 s`. */
  reason: string;
  /** Seconds that the library spends on its own timeouts and retries before it gives up, at the least. */
  hangS: number | 'forever';
  /** Once it has given up, it takes what the cache holds. */
  usesCache: boolean;
}

/** Environment variables: our own, with those of the launch over them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The steps to a first byte, each with a deadline of its own; the first that failed is the last. */
export interface EndpointProbe {
  /** Without credentials and query. */
  url: string;
  /** Who needs it: the config, or the Hub assets. */
  role: 'config' | 'hub';
  /** Through which proxy, without credentials. */
  proxy?: string;
  steps: readonly Step[];
  /** HTTP status of the answer. */
  status?: number;
  /** Milliseconds from the start beyond which the first byte counts as slow. */
  slowAfterMs: number;
}

export interface AssetState extends HubAsset {
  cache: CacheState;
  /** Why the launch does not ask the Hub for it: an offline variable, `local_files_only=True`, or a commit that is cached. */
  notAsked?: string;
  /** What the Hub said about it; absent when it was not asked or not heard. */
  remote?: HubAnswer;
  /** With a rate limit and nothing in the cache: seconds that the library waits before it asks again, at the least. */
  rateLimitedHangS?: number;
  /** Present when the launch asks the Hub and the Hub is not to be heard. */
  withoutHub?: WithoutHub;
}

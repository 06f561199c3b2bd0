import type { AssetState, EndpointProbe, HubCall, Step } from './types.js';

/** What is wrong with an endpoint or an asset, in words; a check turns it into its findings as it stands. */
export interface Verdict {
  code: 'unreachable' | 'slow' | 'not-cached' | 'tls' | 'gated' | 'rate-limited' | 'not-found';
  subject: string;
  message: string;
  severity: 'error' | 'warning';
  location?: { file: string; line: number };
  evidence: readonly string[];
  fix: string;
}

export interface HubFacts {
  hasToken: boolean;
  /** Seconds. */
  etagTimeoutS: number;
}

/** One verdict at most on an endpoint of the config. */
export function judgeEndpoint(probe: EndpointProbe): readonly Verdict[] {
  const { url, status, slowAfterMs } = probe;
  const base = { subject: url, evidence: journey(probe) };
  const failed = failedStep(probe);
  if (failed !== undefined) {
    const problem = { ...base, ...trouble(probe, failed), severity: 'error' as const };
    return [{ ...problem, message: `${url} can't be reached: ${failed.error ?? 'no answer'}.` }];
  }
  if (status === 429) {
    const message = `${url} answers 429: too many requests from here.`;
    return [{ ...base, code: 'rate-limited', message, severity: 'warning', fix: `Wait, then: curl -sI ${url}` }];
  }
  if (status === 407 || status === 502 || status === 503 || status === 504) {
    const message = `${url} can't be used: ${status === 407 ? 'the proxy' : 'it'} answers ${status}.`;
    return [{ ...base, code: 'unreachable', message, severity: 'error', fix: `curl -sI ${url}` }];
  }
  const tookMs = totalMs(probe);
  if (tookMs <= slowAfterMs) return [];
  const message = `${url} took ${seconds(tookMs)} to its first byte; the config allows ${seconds(slowAfterMs)}.`;
  return [
    {
      ...base,
      code: 'slow',
      message,
      severity: 'warning',
      fix: 'Raise timeoutS of the endpoint, or look at what slows it down.',
    },
  ];
}

/**
 * One verdict for a Hub that is not to be heard, whatever number of assets need it: an error when one of them is not
 * in the cache (or its library would not take it from there), else a warning about the wait.
 */
export function judgeSilentHub(assets: readonly AssetState[], probe: EndpointProbe | undefined): readonly Verdict[] {
  const silent = assets.filter(({ withoutHub }) => withoutHub !== undefined);
  const lost = silent.filter((asset) => !isCached(asset) || asset.withoutHub?.usesCache === false);
  const worst = lost.find((asset) => !isExcused(asset)) ?? lost[0] ?? silent[0];
  if (worst === undefined || probe === undefined) return [];
  const failed = failedStep(probe);
  const { code, fix: fixWay } = trouble(probe, failed);
  const reason = worst.withoutHub?.reason ?? 'no answer';
  const hang = longestHang(lost.length > 0 ? lost : silent);
  const evidence = [...journey(probe), ...silent.flatMap(askers)];
  const base = { code, subject: probe.url, evidence, ...locationOf(worst) };
  if (lost.length === 0) {
    const message = `The Hub can't be reached (${reason}), but ${names(silent)} can be loaded from the local cache${hang === '' ? '' : `: every launch first hangs ${hang}`}.`;
    return [{ ...base, message, severity: 'warning', fix: 'export HF_HUB_OFFLINE=1' }];
  }
  const missing = lost.filter((asset) => !isCached(asset));
  const what =
    missing.length > 0
      ? `${names(missing)} ${missing.length > 1 ? 'are' : 'is'} not in the local cache`
      : `the client does not fall back to the cache from this`;
  const message = `The Hub can't be reached (${reason}) and ${what}: the dashboard ${hang === '' ? 'fails' : `hangs ${hang} and then fails`}.`;
  const downloads = missing.map(downloadCommand).join(' && ');
  const fix =
    missing.length > 0
      ? `${fixWay} Or, where there is a network: ${downloads}`
      : `${fixWay} Or: export HF_HUB_OFFLINE=1`;
  return [{ ...base, message, severity: lost.every(isExcused) ? 'warning' : 'error', fix }];
}

/** A Hub that answers, but late: an error only beyond what the client waits for, and with something not in the cache. */
export function judgeSlowHub(
  assets: readonly AssetState[],
  probe: EndpointProbe | undefined,
  { etagTimeoutS }: HubFacts,
): readonly Verdict[] {
  if (probe === undefined || failedStep(probe) !== undefined || totalMs(probe) <= probe.slowAfterMs) return [];
  const needing = assets.filter(({ notAsked }) => notAsked === undefined);
  const tookMs = totalMs(probe);
  const givesUp = tookMs > etagTimeoutS * 1000;
  const lost = needing.filter((asset) => !isCached(asset) && !isExcused(asset));
  const message = `${probe.url} took ${seconds(tookMs)} to its first byte; the Hub's client ${givesUp ? 'gives up' : 'would give up'} after ${etagTimeoutS} s.`;
  const fix = `export HF_HUB_ETAG_TIMEOUT=${Math.max(30, Math.ceil(tookMs / 500))}`;
  const severity = givesUp && lost.length > 0 ? 'error' : 'warning';
  return [
    {
      code: 'slow',
      subject: probe.url,
      message,
      severity,
      evidence: [...journey(probe), ...needing.flatMap(askers)],
      fix,
    },
  ];
}

/** What one asset lacks, the Hub itself being heard or not asked. */
export function judgeAsset(asset: AssetState, hub: HubFacts): readonly Verdict[] {
  const { repo, cache, notAsked, remote } = asset;
  const evidence = [
    ...askers(asset),
    ...(remote === undefined ? [] : [`HEAD ${remote.file}: ${remote.status} ${remote.errorCode ?? ''}`.trimEnd()]),
  ];
  const severity: Verdict['severity'] = isExcused(asset) ? 'warning' : 'error';
  const base = {
    subject: subjectOf(asset),
    severity,
    evidence,
    ...locationOf(asset),
  };
  if (notAsked !== undefined) {
    if (isCached(asset)) return [];
    const lacks = cache.missing.length > 0 ? `lacks ${cache.missing.slice(0, 5).join(', ')}` : 'has nothing of it';
    const message = `${repo} has to come from the local cache (${notAsked}), which ${lacks}.`;
    return [{ ...base, code: 'not-cached', message, fix: `HF_HUB_OFFLINE=0 ${downloadCommand(asset)}` }];
  }
  const pinnedName = remote?.errorCode === 'RevisionNotFound' || remote?.errorCode === 'EntryNotFound';
  if (remote?.error === undefined || (isCached(asset) && !pinnedName)) return [];
  switch (remote.error) {
    case 'gated': {
      const whose = hub.hasToken ? 'the token in use has no access to it' : 'no token is set';
      const login = hub.hasToken ? '' : ', then: hf auth login';
      return [
        {
          ...base,
          code: 'gated',
          message: `${repo} is gated, and ${whose}.`,
          fix: `Ask for access on the page of ${repo}${login}`,
        },
      ];
    }
    case 'unauthorized':
      return [
        { ...base, code: 'gated', message: `The Hub refuses ${repo} to the token in use.`, fix: 'hf auth login' },
      ];
    case 'rate-limited': {
      const message = `The Hub limits the rate of requests from here, and ${repo} is not in the local cache: the dashboard hangs at least ${asset.rateLimitedHangS ?? 0} s.`;
      return [
        {
          ...base,
          code: 'rate-limited',
          severity: 'warning',
          message,
          fix: `${hub.hasToken ? '' : 'hf auth login && '}${downloadCommand(asset)}`,
        },
      ];
    }
    case 'not-found':
      return [{ ...base, code: 'not-found', message: `${notFound(asset)} on the Hub.`, fix: notFoundFix(asset, hub) }];
    case 'unavailable':
      return [];
    default:
      return remote.error satisfies never;
  }
}

function notFound({ repo, revision, remote }: AssetState): string {
  if (remote?.errorCode === 'RevisionNotFound') return `${repo} has no revision ${revision}`;
  if (remote?.errorCode === 'EntryNotFound') return `${repo} has no file ${remote.file}`;
  return `${repo} is not to be found (or private)`;
}

function notFoundFix(asset: AssetState, { hasToken }: HubFacts): string {
  const [call] = asset.askedBy;
  const where = call === undefined ? '' : ` in ${call.file}:${call.line}`;
  return `Correct the name${where}${hasToken || asset.remote?.errorCode === 'EntryNotFound' ? '' : ', or for a private repository: hf auth login'}`;
}

function names(assets: readonly AssetState[]): string {
  return assets.map(({ repo }) => repo).join(', ');
}

/** `dataset wikitext (raw-v1) at v2` */
function subjectOf({ kind, repo, config, revision }: AssetState): string {
  return `${kind} ${repo}${config === undefined ? '' : ` (${config})`}${revision === 'main' ? '' : ` at ${revision}`}`;
}

function isCached(asset: AssetState): boolean {
  return asset.cache.state === 'complete';
}

function isExcused(asset: AssetState): boolean {
  return asset.askedBy.every(({ excuse }) => excuse !== undefined);
}

function failedStep(probe: EndpointProbe): Step | undefined {
  return probe.steps.find(({ ok }) => !ok);
}

function totalMs(probe: EndpointProbe): number {
  return probe.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** Codes of Node's TLS that speak of trust, not of the connection. */
const distrust = /CERT|SELF_SIGNED|UNABLE_TO|ISSUER|CA_UNREADABLE/;

function trouble(probe: EndpointProbe, failed: Step | undefined): Pick<Verdict, 'code' | 'fix'> {
  if (failed === undefined) return { code: 'unreachable', fix: `Wait, then: curl -sI ${probe.url}` };
  if (failed.step === 'tls' && failed.code !== 'timeout' && failed.code !== 'ECONNRESET') {
    const trust =
      "If your company's proxy re-signs traffic, export REQUESTS_CA_BUNDLE and SSL_CERT_FILE with the path of its CA certificate.";
    return {
      code: 'tls',
      fix: distrust.test(failed.code ?? '') ? trust : `Look at what answers there: curl -v ${probe.url}`,
    };
  }
  if (failed.code === 'PROXY_407')
    return { code: 'unreachable', fix: 'Put user and password of the proxy into HTTPS_PROXY.' };
  const way =
    probe.proxy === undefined ? 'the network, or set HTTPS_PROXY if there is a proxy' : `the proxy ${probe.proxy}`;
  return { code: 'unreachable', fix: `Check ${way}.` };
}

function journey({ url, proxy, steps, status }: EndpointProbe): readonly string[] {
  const line = steps.map(
    (step) => `${step.step} ${step.ok ? `${Math.round(step.durationMs)} ms` : `failed: ${step.error ?? ''}`}`,
  );
  const answer = status === undefined ? [] : [`status ${status}`];
  return [`${url}${proxy === undefined ? '' : ` through ${proxy}`}: ${[...line, ...answer].join(', ')}`];
}

const excuses: Readonly<Record<NonNullable<HubCall['excuse']>, string>> = {
  guarded: 'inside try',
  unreached: 'not reached from the entry script',
  'own-class': 'a class of the repository, maybe no Hub id',
};

function askers({ repo, askedBy }: AssetState): readonly string[] {
  return askedBy.map(
    ({ file, line, callee, excuse }) =>
      `${file}:${line} ${callee}("${repo}")${excuse === undefined ? '' : ` (${excuses[excuse]})`}`,
  );
}

function locationOf({ askedBy: [first] }: AssetState): Pick<Verdict, 'location'> {
  return first === undefined ? {} : { location: { file: first.file, line: first.line } };
}

function longestHang(assets: readonly AssetState[]): string {
  const hangs = assets.flatMap(({ withoutHub }) => withoutHub?.hangS ?? []);
  if (hangs.includes('forever')) return 'for ever (that call has no timeout)';
  const longest = Math.max(0, ...hangs.filter((hang) => hang !== 'forever'));
  return longest === 0 ? '' : `at least ${longest} s`;
}

/** `hf download gpt2`, with what the call itself says about revision, files and folder; a dataset has to be prepared too. */
function downloadCommand(asset: AssetState): string {
  if (asset.loads.includes('dataset')) {
    const given = [asset.repo, ...(asset.config === undefined ? [] : [asset.config])].map((text) => `'${text}'`);
    const revision = asset.revision === 'main' ? [] : [`revision='${asset.revision}'`];
    const folder = asset.cacheFolder === undefined ? [] : [`cache_dir='${asset.cacheFolder}'`];
    return `python -c "import datasets; datasets.load_dataset(${[...given, ...revision, ...folder].join(', ')})"`;
  }
  return [
    'hf download',
    asset.repo,
    ...asset.files,
    ...(asset.kind === 'model' ? [] : ['--repo-type', asset.kind]),
    ...(asset.revision === 'main' ? [] : ['--revision', asset.revision]),
    ...(asset.cacheFolder === undefined ? [] : ['--cache-dir', asset.cacheFolder]),
    ...(asset.localFolder === undefined ? [] : ['--local-dir', asset.localFolder]),
  ].join(' ');
}

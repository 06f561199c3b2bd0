import { travel, type Answer, type Route, type Trip } from './connection.js';
import { hostOf } from './proxy.js';
import type { HubAnswer, HubAsset, Loader, Step } from './types.js';

/** Hosts that the client follows redirects to, and sends its token to (constants.py, HF_URL_HOSTS). */
const hubHosts: ReadonlySet<string> = new Set(['huggingface.co', 'hf.co', 'hub-ci.huggingface.co']);
const maxRedirects = 5;

/** The file of which every repository of the kind has one, for want of a named one; its absence proves nothing. */
const usualFile: Partial<Readonly<Record<Loader, string>>> = {
  diffusers: 'model_index.json',
  adapter: 'adapter_config.json',
  dataset: 'README.md',
  snapshot: 'README.md',
};

/** URLs to ask for, the first ones first: each named file, else the one that the loader would ask for. */
export function filesToAsk(asset: HubAsset): readonly string[] {
  if (asset.files.length > 0) return asset.files;
  return [asset.loads.map((loader) => usualFile[loader]).find((file) => file !== undefined) ?? 'config.json'];
}

const prefixes = { model: '', dataset: 'datasets/', space: 'spaces/' } as const;

/** `{endpoint}/{repo}/resolve/{revision}/{file}` (file_download.py, hf_hub_url). */
export function fileUrl(endpoint: string, asset: HubAsset, file: string): URL {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return new URL(
    `${endpoint}/${prefixes[asset.kind]}${asset.repo}/resolve/${encodeURIComponent(asset.revision)}/${path}`,
  );
}

/**
 * HEAD for one file of a repository, following redirects that stay on the Hub; one that leaves it is the answer itself.
 * @throws the signal's reason when it is aborted
 */
export async function askHub(url: URL, token: string | undefined, routeOf: (url: URL) => Route): Promise<Trip> {
  const steps: Step[] = [];
  let at = url;
  for (let hops = 0; ; hops += 1) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const trip = await travel(
      at,
      { method: 'HEAD', headers: { 'accept-encoding': 'identity', ...authorization } },
      routeOf(at),
    );
    steps.push(...trip.steps);
    const next = redirectOf(at, trip.answer);
    const leaves = next !== undefined && hostOf(next) !== hostOf(at) && !hubHosts.has(hostOf(next));
    if (next === undefined || leaves || hops === maxRedirects) return { ...trip, steps };
    at = next;
  }
}

function redirectOf(at: URL, answer: Answer | undefined): URL | undefined {
  const location = answer?.headers.location;
  if (answer === undefined || location === undefined || answer.status < 300 || answer.status > 399) return undefined;
  return URL.canParse(location, at.href) ? new URL(location, at) : undefined;
}

/** What an answer means, by the Hub's own error codes (utils/_http.py, hf_raise_for_status). */
export function readAnswer(asset: HubAsset, file: string, { status, headers }: Answer): HubAnswer {
  const errorCode = textOf(headers['x-error-code']);
  const error = errorOf(status, errorCode, textOf(headers['x-error-message']), asset.files.includes(file));
  const retryAfterS = error === 'rate-limited' ? retryAfter(headers) : undefined;
  return {
    status,
    file,
    ...(error === undefined ? {} : { error }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  };
}

function errorOf(
  status: number,
  errorCode: string | undefined,
  message: string | undefined,
  isNamed: boolean,
): HubAnswer['error'] {
  if (errorCode === 'GatedRepo') return 'gated';
  if (errorCode === 'RepoNotFound' || errorCode === 'RevisionNotFound') return 'not-found';
  if (errorCode === 'EntryNotFound') return isNamed ? 'not-found' : undefined;
  if (status === 401 && message === 'Invalid credentials in Authorization header') return 'unauthorized';
  if (status === 429) return 'rate-limited';
  if (status === 407 || status === 408 || status >= 500) return 'unavailable';
  if (status === 401) return 'not-found';
  if (status === 403) return 'unauthorized';
  return status === 404 && isNamed ? 'not-found' : undefined;
}

/** Seconds from `Retry-After` (not as a date: the client does not read that either) or `RateLimit: "api";r=0;t=55`. */
function retryAfter(headers: Answer['headers']): number | undefined {
  const [, reset] = /;\s*r\s*=\s*0\s*;\s*t\s*=\s*(\d+)/.exec(textOf(headers['ratelimit']) ?? '') ?? [];
  const seconds = reset ?? /^\d+$/.exec(headers['retry-after']?.trim() ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

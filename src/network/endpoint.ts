import { portOf } from './proxy.js';

/**
 * An endpoint as given in the config or in HF_ENDPOINT.
 * @returns the URL, or what is wrong with it in one sentence
 */
export function parseEndpoint(text: string): URL | string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not a URL (expected something like https://host/path or tcp://host:port)';
  }
  if (url.hostname === '') return 'names no host';
  if (portOf(url) === undefined) return `needs a port: ${url.protocol}//${url.hostname}:PORT`;
  return url;
}

/** The text of a URL, valid or not, as it may be shown: without what stands before an @. */
export function shownText(text: string): string {
  return text.replace(/^([a-z][\w+.-]*:\/\/)?[^/@]*@/i, '$1');
}

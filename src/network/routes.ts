import { CannotLook } from '../engine/errors.js';
import { trustOf, type PythonClient, type Trust } from './certificates.js';
import type { Route } from './connection.js';
import { proxyFor, shown } from './proxy.js';
import type { Environment } from './types.js';

/** How we go to a URL: through which proxy, trusting whom, waiting how long. */
export type Router = (url: URL, firstByteS: number) => Route;

/**
 * @param timeoutS seconds for each step, and the least for the first byte
 * @throws CannotLook (from the router) for a proxy that we cannot speak to
 */
export function createRouter(client: PythonClient, env: Environment, timeoutS: number, signal: AbortSignal): Router {
  let trust: Trust | undefined;
  return (url, firstByteS) => {
    // Reading and parsing the system's store takes some milliseconds: once is enough.
    trust ??= trustOf(client, env);
    return {
      proxy: findProxy(url, env),
      trust,
      stepMs: 1000 * timeoutS,
      firstByteMs: 1000 * Math.max(timeoutS, firstByteS),
      signal,
    };
  };
}

function findProxy(url: URL, env: Environment): URL | undefined {
  let proxy: URL | undefined;
  try {
    proxy = proxyFor(url, env);
  } catch {
    throw new CannotLook(
      `The proxy variable for ${shown(url)} holds no URL`,
      'Correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY.',
    );
  }
  if (proxy === undefined || ['http:', 'https:'].includes(proxy.protocol)) return proxy;
  throw new CannotLook(
    `The way to ${shown(url)} leads through a ${proxy.protocol.replace(':', '')} proxy, which moe-check does not speak`,
    'Set HTTPS_PROXY to an HTTP proxy for the preflight, or leave this check out: --skip incident/network',
  );
}

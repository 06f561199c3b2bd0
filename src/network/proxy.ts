import { BlockList, isIP } from 'node:net';
import type { Environment } from './types.js';

/**
 * The proxy that Python's HTTP clients would take for a URL: HTTPS_PROXY or HTTP_PROXY by scheme, else ALL_PROXY;
 * lower case wins, and set but empty means none (urllib.request.getproxies_environment, which requests and httpx read).
 * @throws TypeError when the variable holds no URL
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  const variable = (name: string) => env[name] ?? env[name.toUpperCase()];
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const proxy = variable(secure ? 'https_proxy' : 'http_proxy') || variable('all_proxy');
  if (!proxy || isBypassed(url, variable('no_proxy') ?? '')) return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** NO_PROXY: `*`, names with everything below them, addresses, networks (`10.0.0.0/8`), each with or without a port. */
function isBypassed(url: URL, noProxy: string): boolean {
  const host = hostOf(url);
  const port = String(portOf(url));
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isInNetwork(host, entry);
      const [, name = entry, onlyPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const suffix = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
      return host === suffix || host.endsWith(`.${suffix}`);
    });
}

function isInNetwork(host: string, network: string): boolean {
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  const [address = '', bits = ''] = network.split('/');
  if (isIP(host) === 0 || isIP(address) !== isIP(host)) return false;
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(bits), family);
  } catch {
    return false;
  }
  return list.check(host, family);
}

/** Host without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
}

const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'ws:': 80,
  'https:': 443,
  'wss:': 443,
  'redis:': 6379,
  'rediss:': 6379,
  'postgres:': 5432,
  'postgresql:': 5432,
  'mysql:': 3306,
  'mariadb:': 3306,
  'mongodb:': 27017,
  'amqp:': 5672,
  'amqps:': 5671,
  'clickhouse:': 9000,
  'kafka:': 9092,
  'mqtt:': 1883,
};

/** The port of a URL, by its scheme where it names none; undefined where the scheme has no port of its own. */
export function portOf(url: URL): number | undefined {
  return url.port === '' ? defaultPorts[url.protocol] : Number(url.port);
}

/** A URL as it may be shown: no user, no password, no query. */
export function shown(url: URL): string {
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol}//${url.host}${path}`;
}

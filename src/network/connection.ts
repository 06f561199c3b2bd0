import { lookup, type LookupAddress } from 'node:dns';
import { request, type IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Trust } from './certificates.js';
import { hostOf, portOf } from './proxy.js';
import type { Step } from './types.js';

export interface Route {
  /** Credentials included; they go to the proxy and nowhere else. */
  proxy: URL | undefined;
  trust: Trust;
  /** Milliseconds for each step but the first byte. */
  stepMs: number;
  /** Milliseconds to wait for the first byte. */
  firstByteMs: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
}

export interface Trip {
  steps: readonly Step[];
  /** Absent when a step failed, and for endpoints that do not speak HTTP. */
  answer?: Answer;
}

/** Thrown inside a step that did not succeed: what a person reads, and a code to tell cases apart. */
class StepFailed extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const httpProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:']);
const secureProtocols: ReadonlySet<string> = new Set(['https:', 'wss:']);

/**
 * Goes the whole way to the first byte of an answer, timing every step; every socket is closed before it returns.
 * An endpoint that does not speak HTTP is looked up and connected to, no more.
 * @throws the signal's reason when it is aborted
 */
export async function travel(
  url: URL,
  ask: { method: 'GET' | 'HEAD'; headers?: Readonly<Record<string, string>> },
  route: Route,
): Promise<Trip> {
  const steps: Step[] = [];
  const sockets: Socket[] = [];
  const { proxy, stepMs, signal } = route;
  const hop = proxy ?? url;

  const step = async <T>(name: Step['step'], limitMs: number, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const done = (rest: Pick<Step, 'ok' | 'error' | 'code'>) =>
      steps.push({ step: name, durationMs: Math.round((performance.now() - started) * 10) / 10, ...rest });
    try {
      const result = await within(limitMs, signal, work());
      done({ ok: true });
      return result;
    } catch (error) {
      signal.throwIfAborted();
      const failed = error instanceof StepFailed ? error : explain(error, hop);
      done({ ok: false, error: failed.message, code: failed.code });
      throw failed;
    }
  };

  try {
    const addresses = await step('lookup', stepMs, () => lookUp(hostOf(hop)));
    let socket = await step('connect', stepMs, () => connected(hop, addresses, sockets));
    if (!httpProtocols.has(url.protocol)) return { steps };
    const secure = secureProtocols.has(url.protocol);
    if (proxy !== undefined && (secure || proxy.protocol === 'https:')) {
      const plain = socket;
      socket = await step('proxy', stepMs, () => throughProxy(plain, url, proxy, route.trust, secure, sockets));
    }
    if (secure) {
      const plain = socket;
      socket = await step('tls', stepMs, () => secured(plain, hostOf(url), route.trust, sockets));
    }
    const open = socket;
    const plainProxy = proxy !== undefined && !secure ? proxy : undefined;
    const answer = await step('first-byte', route.firstByteMs, () => firstByte(open, url, ask, plainProxy));
    return { steps, answer };
  } catch (error) {
    if (error instanceof StepFailed) return { steps };
    throw error;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function within<T>(limitMs: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    const late = () => reject(new StepFailed('timeout', `no answer within ${limitMs / 1000} s`));
    const timer = setTimeout(late, limitMs);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  });
}

/** The system's own resolver (hosts file, nsswitch), as Python asks it. */
function lookUp(host: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });
}

/** Tries IPv6 and IPv4 addresses in turn, a quarter of a second apart (RFC 8305). */
function connected(hop: URL, addresses: LookupAddress[], sockets: Socket[]): Promise<Socket> {
  const host = hostOf(hop);
  const port = portOf(hop) ?? 0;
  const socket = connectTcp({
    host,
    port,
    autoSelectFamily: true,
    lookup: (_name, _options, done) => done(null, addresses),
  });
  return opened(socket, 'connect', sockets);
}

function secured(plain: Socket, host: string, trust: Trust, sockets: Socket[]): Promise<Socket> {
  if ('problem' in trust) throw new StepFailed('CA_UNREADABLE', trust.problem);
  const socket = connectTls({
    socket: plain,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secureContext: trust.context,
    ALPNProtocols: ['http/1.1'],
  });
  return opened(socket, 'secureConnect', sockets);
}

function opened(socket: Socket, event: string, sockets: Socket[]): Promise<Socket> {
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve(socket));
    // Stays for the socket's whole life: a reset after the answer has come is no one's business any more.
    socket.on('error', reject);
    socket.once('close', () => reject(new StepFailed('ECONNRESET', 'the connection was closed by the other side')));
  });
}

async function throughProxy(
  plain: Socket,
  url: URL,
  proxy: URL,
  trust: Trust,
  tunnel: boolean,
  sockets: Socket[],
): Promise<Socket> {
  const socket = proxy.protocol === 'https:' ? await secured(plain, hostOf(proxy), trust, sockets) : plain;
  if (!tunnel) return socket;
  const target = `${url.hostname}:${portOf(url)}`;
  const headers = { host: target, ...proxyAuthorization(proxy) };
  return new Promise((resolve, reject) => {
    const asked = request({ method: 'CONNECT', path: target, headers, createConnection: () => socket });
    const refuse = (status = 0) =>
      reject(new StepFailed(`PROXY_${status}`, `the proxy answers CONNECT with ${status}`));
    asked.once('connect', (response) => (response.statusCode === 200 ? resolve(socket) : refuse(response.statusCode)));
    asked.once('response', (response) => refuse(response.statusCode));
    asked.on('error', reject);
    asked.end();
  });
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function firstByte(
  socket: Socket,
  url: URL,
  ask: { method: 'GET' | 'HEAD'; headers?: Readonly<Record<string, string>> },
  plainProxy: URL | undefined,
): Promise<Answer> {
  const path = `${url.pathname}${url.search}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      method: ask.method,
      path: plainProxy === undefined ? path : `http://${url.host}${path}`,
      headers: {
        host: url.host,
        'user-agent': 'moe-check',
        connection: 'close',
        ...ask.headers,
        ...(plainProxy === undefined ? {} : proxyAuthorization(plainProxy)),
      },
      createConnection: () => socket,
    });
    asked.once('response', (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      response.destroy();
    });
    asked.on('error', reject);
    asked.end();
  });
}

const sentences: Readonly<Record<string, (hop: URL) => string>> = {
  ENOTFOUND: (hop) => `the name ${hop.hostname} is not known`,
  EAI_AGAIN: (hop) => `no name server answered for ${hop.hostname}`,
  ECONNREFUSED: (hop) => `nothing listens on ${hop.hostname}:${portOf(hop)}`,
  ECONNRESET: () => 'the connection was reset',
  ENETUNREACH: () => 'there is no network to it',
  EHOSTUNREACH: (hop) => `there is no way to ${hop.hostname}`,
  ETIMEDOUT: () => 'no answer to the attempt to connect',
};

function explain(error: unknown, hop: URL): StepFailed {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR';
  return new StepFailed(code, sentences[code]?.(hop) ?? message);
}

import { execFileSync } from 'node:child_process';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** A server on 127.0.0.1, and how to end it with every connection it holds. */
export interface Running {
  port: number;
  /** Connections accepted so far. */
  accepted(): number;
  /** Connections open now. */
  open(): number;
  stop(): Promise<void>;
}

async function listening(server: TcpServer | Server): Promise<Running> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, accepted: () => accepted, open: () => sockets.size, stop };
}

/** Waits for the last connection to be gone (a close takes a moment to arrive). @throws when one is left open */
export async function letGo(server: Running): Promise<void> {
  await vi.waitFor(() => {
    if (server.open() > 0) throw new Error(`${server.open()} connections are left open`);
  });
}

export function startHttp(listener: RequestListener): Promise<Running> {
  return listening(createHttpServer(listener));
}

export function startHttps(keys: { key: string; cert: string }, listener: RequestListener): Promise<Running> {
  return listening(createHttpsServer(keys, listener));
}

export function startTcp(onConnection: (socket: Socket) => void): Promise<Running> {
  return listening(createTcpServer(onConnection));
}

/** Accepts, reads and never answers. */
export function startBlackHole(): Promise<Running> {
  return startTcp((socket) => socket.resume());
}

/** Resets every connection once something was asked. */
export function startResetting(): Promise<Running> {
  return startTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await startTcp((socket) => socket.destroy());
  await server.stop();
  return server.port;
}

export interface Proxy extends Running {
  /** Targets of CONNECT, URLs of plain requests. */
  asked: readonly string[];
}

/** A proxy for CONNECT and plain requests; with `credentials` (`user:password`) it answers 407 to anyone else. */
export async function startProxy(credentials?: string): Promise<Proxy> {
  const asked: string[] = [];
  const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  const refuses = (header: string | undefined) => expected !== undefined && header !== expected;
  const server = createHttpServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(refuses(request.headers['proxy-authorization']) ? 407 : 204).end();
  });
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    if (refuses(request.headers['proxy-authorization'])) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.on('close', () => upstream.destroy());
  });
  return { ...(await listening(server)), asked };
}

/** A self-signed certificate for `localhost` and 127.0.0.1, made for this run; `file` is the certificate's path. */
export function makeCertificate(): { key: string; cert: string; file: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const args = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost`;
  execFileSync('openssl', [...args.split(' '), '-addext', names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert, folder };
}

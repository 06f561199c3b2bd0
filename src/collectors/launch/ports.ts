import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const { port } = await listenFor('127.0.0.1', 0);
  if (port === undefined) throw new Error('no free port on 127.0.0.1');
  return port;
}

/** Whether somebody listens on a port, on whichever of this machine's addresses. */
export async function isTaken(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    if ((await listenFor(host, port)).error === 'EADDRINUSE') return true;
  }
  return false;
}

/** Who listens on a port, as `PID: command line`; undefined where the system does not say (other users, no /proc). */
export async function holderOf(port: number): Promise<string | undefined> {
  const sockets = (await Promise.all(['tcp', 'tcp6'].map((table) => listeningSockets(table, port)))).flat();
  if (sockets.length === 0) return undefined;
  const entries = await readdir('/proc').catch(() => []);
  for (const pid of entries.filter((entry) => /^\d+$/.test(entry))) {
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = await Promise.all(handles.map((each) => readlink(`/proc/${pid}/fd/${each}`).catch(() => '')));
    if (!links.some((link) => sockets.includes(link))) continue;
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return `${pid}: ${commandLine.split('\0').join(' ').trim().slice(0, 200)}`;
  }
  return undefined;
}

/** Names of the listening sockets on a port (`socket:[12345]`), from the kernel's table. */
async function listeningSockets(table: string, port: number): Promise<readonly string[]> {
  const listening = '0A';
  const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
  return text.split('\n').flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    return state === listening && Number.parseInt(local.split(':')[1] ?? '', 16) === port ? [`socket:[${inode}]`] : [];
  });
}

function listenFor(host: string, port: number): Promise<{ port?: number; error?: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const given = typeof address === 'object' && address !== null ? { port: address.port } : {};
      server.close(() => resolve(given));
    });
  });
}

import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Command lines of the processes that run in a folder or name it, ourselves left out. Linux only: elsewhere none. */
export async function processesIn(folder: string): Promise<readonly string[]> {
  const pids = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    pids
      .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
      .map(async (pid) => {
        const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim();
        const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
        return command.includes(folder) || cwd.startsWith(folder) ? [`${pid} ${command}`] : [];
      }),
  );
  return found.flat();
}

/** What is still running after the time that an end by force may take. */
export async function leftRunning(folder: string): Promise<readonly string[]> {
  for (let attempt = 0; attempt < 80; attempt++) {
    if ((await processesIn(folder)).length === 0) return [];
    await setTimeout(100);
  }
  return processesIn(folder);
}

/** Every file below a folder with a hash of its content, to see that nothing was written. */
export async function contentsOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true });
  const entries = await Promise.all(
    names.sort().map(async (name) => {
      const file = path.join(folder, name);
      const isFile = (await stat(file)).isFile();
      const content = isFile ? await readFile(file) : '';
      return [name, createHash('sha256').update(content).digest('hex')] as const;
    }),
  );
  return Object.fromEntries(entries);
}

import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

/** A dashboard of this repository that somebody started and that still runs. */
export interface RunningDashboard {
  pid: number;
  /** The script it runs, relative to the root. */
  script: string;
  /** Ports it listens on, sorted; empty where the system does not say. */
  ports: readonly number[];
  /** No terminal and no process but init holds it any more: nobody will end it. */
  orphaned: boolean;
}

interface Process {
  pid: number;
  parent: number;
  hasTerminal: boolean;
  arguments: readonly string[];
}

/**
 * Every `streamlit run` of a script below the root, as /proc shows it; none where there is no /proc. What moe-check
 * itself has started, in this run or in another one, is left out.
 * @param root absolute
 */
export async function findDashboards(root: string): Promise<readonly RunningDashboard[]> {
  const processes = await listProcesses();
  const byPid = new Map(processes.map((each) => [each.pid, each]));
  const ancestors = (each: Process): readonly Process[] => {
    const parent = byPid.get(each.parent);
    return parent === undefined || parent === each ? [] : [parent, ...ancestors(parent)];
  };
  const realRoot = await realpath(root).catch(() => root);
  const found: { process: Process; script: string }[] = [];
  for (const process of processes) {
    const script = scriptOf(process.arguments);
    if (script === undefined || [process, ...ancestors(process)].some(isOurs)) continue;
    const relative = path.relative(realRoot, await whereRun(script, process.pid));
    if (!relative.startsWith('..') && !path.isAbsolute(relative)) found.push({ process, script: relative });
  }
  // `uv run streamlit run …` is two processes and one dashboard: the inner one.
  const wrappers = new Set(found.flatMap(({ process }) => ancestors(process).map(({ pid }) => pid)));
  const inner = found.filter(({ process }) => !wrappers.has(process.pid));
  return Promise.all(
    inner.map(async ({ process: { pid, parent, hasTerminal }, script }) => ({
      pid,
      script: script.split(path.sep).join('/'),
      ports: await portsOf(pid),
      orphaned: !hasTerminal && parent === 1,
    })),
  );
}

async function listProcesses(): Promise<readonly Process[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [line, stat] = await Promise.all([readText(`/proc/${pid}/cmdline`), readText(`/proc/${pid}/stat`)]);
      // The name, in parentheses, may hold blanks; what follows it does not: state, parent, group, session, terminal.
      const [, parent, , , terminal] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { pid, parent: Number(parent), hasTerminal: terminal !== '0', arguments: line.split('\0') };
    }),
  );
  return found.sort((a, b) => a.pid - b.pid);
}

/** What `streamlit run` was given; undefined for any other process. */
function scriptOf(words: readonly string[]): string | undefined {
  const isStreamlit = (word: string) => /(?:^|[/\\])streamlit(?:\.exe|[/\\]__main__\.py)?$/.test(word);
  const run = words.findIndex((word, index) => word === 'run' && isStreamlit(words[index - 1] ?? ''));
  if (run === -1) return undefined;
  return words.slice(run + 1).find((word) => /^[^-].*\.py$/.test(word) && !/^\w+:\/\//.test(word));
}

async function whereRun(script: string, pid: number): Promise<string> {
  const folder = path.isAbsolute(script) ? '/' : await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (folder === undefined) return '/';
  const absolute = path.resolve(folder, script);
  return realpath(absolute).catch(() => absolute);
}

/** We ourselves, and the supervisor that every launch of ours runs under. */
function isOurs({ pid, arguments: words }: Process): boolean {
  return pid === process.pid || words.some((word) => /[/\\]probe[/\\]supervise\.py$/.test(word));
}

async function portsOf(pid: number): Promise<readonly number[]> {
  const listening = new Map<string, number>();
  for (const table of ['tcp', 'tcp6']) {
    for (const row of (await readText(`/proc/net/${table}`)).split('\n')) {
      const [, local = '', , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A') listening.set(`socket:[${inode}]`, Number.parseInt(local.split(':')[1] ?? '', 16));
    }
  }
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(handles.map((each) => readlink(`/proc/${pid}/fd/${each}`).catch(() => '')));
  return [...new Set(links.flatMap((link) => listening.get(link) ?? []))].sort((a, b) => a - b);
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

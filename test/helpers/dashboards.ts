import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import variantList from '../../fixtures/dashboards/broken/variants.json' with { type: 'json' };
import history from '../../fixtures/dashboards/history/history.json' with { type: 'json' };
import { exec } from '../../src/util/exec.js';

const fixtures = path.join(import.meta.dirname, '../../fixtures/dashboards');

/** The demo dashboard as it is in the repository. Tests that only read may use it in place. */
export const moeHub = path.join(fixtures, 'moe-hub');

/** The interpreter that has what the demo dashboard requires. */
export const python = path.join(
  import.meta.dirname,
  process.platform === 'win32' ? '../../.venv/Scripts/python.exe' : '../../.venv/bin/python',
);

/** A dashboard in a temporary folder: `await using`, or `onTestFinished(dashboard.remove)`. */
export interface Dashboard extends AsyncDisposable {
  /** Absolute. */
  folder: string;
  /** Removes the folder and frees what was occupied for it. */
  remove: () => Promise<void>;
}

/** One way in which the dashboard is broken, and what must be found. */
export interface Variant {
  name: string;
  /** The file that the patch changes or adds. */
  file: string;
  does: string;
  check: string;
  code: string;
  /** What preflight needs to be told, such as a timeout. */
  flags: readonly string[];
}

export const variants: readonly Variant[] = variantList;

export interface BrokenDashboard extends Dashboard, Variant {
  /** The port that the dashboard pins and that we hold, where that is what breaks it. */
  port?: number;
}

export interface HistoryCommit {
  patch: string;
  /** What a test calls the commit by: `symbol-gone`. */
  role?: string;
  /** The file that does not parse. */
  unparsable?: string;
  /** A symbol is missing that another module imports. */
  symbolGone?: boolean;
}

/** Oldest first. */
export const historyCommits: readonly HistoryCommit[] = history.commits;

/** The symbol that goes and comes back under another name (`module:name`), and the file that goes on importing it. */
export const lostSymbol = { symbol: history.symbol, importedBy: history.importedBy };

export interface HistoryRepository extends Dashboard {
  /** Ids of all commits, oldest first. */
  commits: readonly string[];
  /** @throws Error for a role that no commit has. */
  commit(role: string): string;
}

/**
 * A copy of moe-hub in a temporary folder.
 * @param name name of the folder, slashes, spaces and all
 */
export async function copyDashboard(name = 'moe-hub'): Promise<Dashboard> {
  const dashboard = await temporaryFolder(name);
  await cp(moeHub, dashboard.folder, { recursive: true, filter: (file) => path.basename(file) !== '__pycache__' });
  return dashboard;
}

/**
 * A copy of moe-hub, broken in the way that fixtures/dashboards/broken/variants.json describes under this name.
 * @throws Error when there is no such variant, or its patch does not fit moe-hub.
 */
export async function applyVariant(name: string, folderName?: string): Promise<BrokenDashboard> {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`no variant is called ${name}`);
  const dashboard = await copyDashboard(folderName);
  await git(dashboard.folder, ['apply', path.join(fixtures, 'broken', `${name}.patch`)]);
  if (name !== 'port-taken') return { ...variant, ...dashboard };

  const { port, release } = await occupyPort();
  const file = path.join(dashboard.folder, variant.file);
  await writeFile(file, (await readFile(file, 'utf8')).replace('{port}', String(port)));
  const remove = async (): Promise<void> => {
    await release();
    await dashboard.remove();
  };
  return { ...variant, folder: dashboard.folder, port, remove, [Symbol.asyncDispose]: remove };
}

/** The development history of moe-hub as a git repository, checked out at its end. Its commit ids are the same every time. */
export async function buildHistory(name = 'moe-hub'): Promise<HistoryRepository> {
  const dashboard = await temporaryFolder(name);
  const { folder } = dashboard;
  const patches = historyCommits.map(({ patch }) => path.join(fixtures, 'history', patch));
  await git(folder, ['init', '--quiet', '--template=', '--initial-branch=main']);
  await git(folder, ['am', '--quiet', '--committer-date-is-author-date', ...patches]);
  const commits = (await git(folder, ['rev-list', '--reverse', 'main'])).trim().split('\n');
  return {
    ...dashboard,
    commits,
    commit(role) {
      const id = commits[historyCommits.findIndex((each) => each.role === role)];
      if (id === undefined) throw new Error(`no commit of the history has the role ${role}`);
      return id;
    },
  };
}

/** Keeps the settings of the machine, and of a git that may be running us from a hook, out of what is built here. */
const gitEnvironment: Readonly<Record<string, string | undefined>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_COMMITTER_NAME: 'MoE Hub',
  GIT_COMMITTER_EMAIL: 'moe-hub@example.org',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_PREFIX: undefined,
};

/**
 * Runs git in a folder, independent of the user's configuration.
 * @returns stdout
 * @throws Error with what git said when it fails.
 */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const env = { ...gitEnvironment, GIT_CEILING_DIRECTORIES: path.dirname(folder) };
  const result = await exec('git', args, { cwd: folder, env });
  if (result.exitCode !== 0) {
    throw new Error(`git ${args.join(' ')} failed: ${result.startError ?? result.stderr}`);
  }
  return result.stdout;
}

async function temporaryFolder(name: string): Promise<Dashboard> {
  const parent = await mkdtemp(path.join(tmpdir(), 'moe-check-test-'));
  const folder = path.join(parent, name);
  await mkdir(folder, { recursive: true });
  const remove = (): Promise<void> => rm(parent, { recursive: true, force: true, maxRetries: 3 });
  return { folder, remove, [Symbol.asyncDispose]: remove };
}

async function occupyPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return {
    port: address.port,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

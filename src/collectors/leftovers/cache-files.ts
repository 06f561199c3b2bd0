import { open, readdir, readlink, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** A cache file that is not what it should be. */
export interface DamagedFile {
  /** Absolute. */
  file: string;
  /** `empty`: nothing in it. `truncated`: it ends before it should. `interrupted`: a download that was not finished. */
  state: 'empty' | 'truncated' | 'interrupted';
  bytes: number;
  /** What it should have had, when the file itself says so. */
  expectedBytes?: number;
}

/** Decorators of Streamlit that take `persist=`. */
export const persistingCallees = ['cache_data', 'experimental_memo'] as const;

/** Names of the blobs that are rightly empty: the hash of nothing by git and SHA-256 (the Hub), by SHA-1 and MD5 (its mirrors). */
const hashesOfNothing: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'd41d8cd98f00b204e9800998ecf8427e',
]);

/** Larger headers are none: safetensors itself refuses them. */
const largestHeaderBytes = 100_000_000;

/**
 * The damaged files of one snapshot of the Hub's cache, or of a folder with the same files: empty blobs, and
 * safetensors that end before their header says.
 * @param folder absolute
 */
export async function damagedInSnapshot(folder: string): Promise<readonly DamagedFile[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const found = await Promise.all(names.map((name) => inspectHubFile(path.join(folder, name))));
  return found.filter((each) => each !== undefined);
}

/** The downloads into a repository of the cache that were begun and never finished. */
export async function interruptedDownloads(repository: string): Promise<readonly DamagedFile[]> {
  const blobs = path.join(repository, 'blobs');
  const names: readonly string[] = await readdir(blobs).catch(() => []);
  const unfinished = names.filter((name) => name.endsWith('.incomplete') && !names.includes(name.split('.')[0] ?? ''));
  return Promise.all(
    unfinished.map(async (name) => {
      const file = path.join(blobs, name);
      return { file, state: 'interrupted' as const, bytes: (await stat(file).catch(() => undefined))?.size ?? 0 };
    }),
  );
}

/** Results that Streamlit keeps on disk (`persist="disk"`) and cannot read any more: it raises instead of computing them anew. */
export async function damagedMemos(folder: string): Promise<readonly DamagedFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.memo'));
  const found = await Promise.all(names.map((name) => inspect(path.join(folder, name), asPickle)));
  return found.filter((each) => each !== undefined);
}

async function inspectHubFile(file: string): Promise<DamagedFile | undefined> {
  const blob = await readlink(file).catch(() => undefined);
  const isRightlyEmpty = blob === undefined || hashesOfNothing.has(path.basename(blob));
  const found = await inspect(file, file.endsWith('.safetensors') ? asSafetensors : async () => undefined);
  return found?.state === 'empty' && isRightlyEmpty && !file.endsWith('.safetensors') ? undefined : found;
}

type Judge = (handle: FileHandle, bytes: number) => Promise<Pick<DamagedFile, 'state' | 'expectedBytes'> | undefined>;

async function inspect(file: string, judge: Judge): Promise<DamagedFile | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (stats === undefined || !stats.isFile()) return undefined;
  if (stats.size === 0) return { file, state: 'empty', bytes: 0 };
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const found = await judge(handle, stats.size);
    return found && { file, bytes: stats.size, ...found };
  } finally {
    await handle.close();
  }
}

/** Eight bytes say how long the header is, and the header where the last tensor ends. */
const asSafetensors: Judge = async (handle, bytes) => {
  const length = bytes < 8 ? 0 : Number((await read(handle, 0, 8)).readBigUInt64LE());
  if (length === 0 || length > largestHeaderBytes) return { state: 'truncated' };
  if (bytes < 8 + length) return { state: 'truncated' };
  let header: unknown;
  try {
    header = JSON.parse((await read(handle, 8, length)).toString('utf8'));
  } catch {
    return { state: 'truncated' };
  }
  const expectedBytes = 8 + length + lastOffset(header);
  return bytes < expectedBytes ? { state: 'truncated', expectedBytes } : undefined;
};

function lastOffset(header: unknown): number {
  const tensors = typeof header === 'object' && header !== null ? Object.values(header) : [];
  return Math.max(0, ...tensors.map((tensor) => Number(tensor?.data_offsets?.[1] ?? 0)));
}

/** A pickle begins with its protocol and ends with a stop. */
const asPickle: Judge = async (handle, bytes) => {
  const first = (await read(handle, 0, 1)).at(0);
  const last = (await read(handle, bytes - 1, 1)).at(0);
  return first === 0x80 && last === '.'.codePointAt(0) ? undefined : { state: 'truncated' };
};

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  await handle.read(buffer, 0, length, position);
  return buffer;
}

import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { assertFile } from '../util/regular-file.js';
import { fileError, MetricsError } from './errors.js';
import { isObject, parseRecord } from './readers/jsonl.js';
import { looksLikeMlflow } from './readers/mlflow.js';
import { looksLikeTfRecord } from './readers/tfrecord.js';
import type { Format, Source } from './source.js';

const expected =
  'Known are: a run folder of moe-check train, JSONL, CSV with a header, TensorBoard event files, MLflow’s file store.';

const headBytes = 1 << 16;
const deepest = 8;
const passedOver = new Set(['node_modules', '.git', '.venv', '.trash', 'checkpoints', 'artifacts', '__pycache__']);

/**
 * The runs at a path: that of a file, or all in a folder and below it, by path. What each is, is told by what it holds.
 * @throws MetricsError when there is nothing there, or nothing that is known
 */
export async function findSources(at: string): Promise<readonly Source[]> {
  const stats = await assertFile(at).catch((error: unknown) => {
    throw fileError(at, 'read', error);
  });
  if (!stats.isDirectory()) {
    const format = await formatOf(at);
    if (format === undefined) throw await unknownFormat(at);
    return [{ path: at, format, files: [at] }];
  }
  const found = await inFolder(at, 0);
  if (found.length === 0) throw new MetricsError(`there are no metrics in ${at}`, expected);
  return found;
}

async function inFolder(folder: string, depth: number): Promise<readonly Source[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(folder, 'read', error);
  });
  const named = (name: string) => entries.some((entry) => entry.name === name);
  if (named('metrics.jsonl') && named('manifest.json')) {
    return [{ path: folder, format: 'moe-metrics', files: [path.join(folder, 'metrics.jsonl')] }];
  }
  if (named('meta.yaml') && named('metrics')) {
    const isLeftOut = depth > 0 && (await isDeleted(folder));
    return isLeftOut ? [] : [{ path: folder, format: 'mlflow', files: [folder] }];
  }

  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => path.join(folder, name))
    .sort();
  const events = files.filter((file) => path.basename(file).includes('tfevents'));
  const sources: Source[] = events.length === 0 ? [] : [{ path: folder, format: 'tensorboard', files: events }];
  for (const file of files.filter((each) => /\.(?:jsonl|ndjson|csv|tsv)$/.test(each))) {
    const format = await formatOf(file, true);
    if (format !== undefined) sources.push({ path: file, format, files: [file] });
  }
  if (depth === deepest) return sources;
  const folders = entries.filter((entry) => entry.isDirectory() && !passedOver.has(entry.name)).map(({ name }) => name);
  for (const name of folders.sort()) sources.push(...(await inFolder(path.join(folder, name), depth + 1)));
  return sources;
}

/** A run that somebody deleted in MLflow, which keeps its files and shows it no more. */
async function isDeleted(run: string): Promise<boolean> {
  const meta = await readFile(path.join(run, 'meta.yaml'), 'utf8').catch(() => '');
  return /^lifecycle_stage:\s*deleted\b/m.test(meta);
}

async function unknownFormat(file: string): Promise<MetricsError> {
  const head = await headOf(file);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return new MetricsError(`${file} is compressed with gzip`, 'Unpack it with gunzip, and name what comes out.');
  }
  if (isArray(head)) {
    return new MetricsError(
      `${file} holds a JSON array`,
      'Write one record a line: jq -c ".[]" turns one into the other.',
    );
  }
  return new MetricsError(`${file} holds no metrics in a known format`, expected);
}

function isArray(head: Buffer): boolean {
  return /^\s*\[\s*(?:[{\]]|$)/.test(head.toString('utf8'));
}

/**
 * What a file is, by its first bytes, and by its name where those are damaged or not there yet. Of tables and lists that
 * nobody named, only those count that speak of steps or epochs: the others are data.
 */
async function formatOf(file: string, ofSteps = false): Promise<Format | undefined> {
  const head = await headOf(file);
  if (isArray(head)) return undefined;
  if (looksLikeTfRecord(head) || path.basename(file).includes('tfevents')) return 'tensorboard';
  const lines = head
    .toString('utf8')
    .replace(/^\u{feff}/u, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  const record = parseRecord(first);
  const names = typeof record === 'string' ? first.split(/[,\t;]/) : Object.keys(record);
  if (ofSteps && !names.some((name) => /(?:^|_)(?:step|epoch|iteration)$/i.test(name.trim()))) return undefined;
  const extension = path.extname(file);
  if (['.jsonl', '.ndjson'].includes(extension) || isObject(record)) return jsonFormat(lines);
  if (looksLikeMlflow(first)) return 'mlflow';
  const isTable = /[,\t;]/.test(first) && !head.includes(0);
  return isTable || ['.csv', '.tsv'].includes(extension) ? 'csv' : undefined;
}

/** Ours, when a record says which combination it is of. */
function jsonFormat(lines: readonly string[]): Format {
  const records = lines.map(parseRecord).filter(isObject);
  const ours = records.some((record) => 'architecture_mode' in record && 'training_mode' in record);
  return ours ? 'moe-metrics' : 'jsonl';
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch((error: unknown) => {
    throw fileError(file, 'read', error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

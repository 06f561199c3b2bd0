import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../errors.js';
import type { Batches, Damage, Row } from '../source.js';
import { damageIn, linesOf } from './lines.js';
import { pythonNumber } from './python-number.js';

const rowsInABatch = 1000;
/** Every metric is a file of its own, and all are open at once. */
const chunkBytes = 1 << 14;

interface Point {
  step: number;
  value: number;
}

/** The metric files of a run, by the name of their metric (`metrics/train/loss` is train/loss); or the one named. */
async function metricFiles(at: string): Promise<readonly { metric: string; file: string }[]> {
  if ((await stat(at)).isFile()) return [{ metric: path.basename(at), file: at }];
  const metrics = path.join(at, 'metrics');
  const entries = await readdir(metrics, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw fileError(metrics, 'read', error);
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ metric: path.relative(metrics, file).split(path.sep).join('/'), file }));
}

/**
 * The metrics of a run in MLflow's file store (its folder, or one of its metric files): for each step one row of all that
 * was logged for it.
 */
export async function* readMlflow(at: string, signal?: AbortSignal): Batches {
  const files = await metricFiles(at);
  let damages: Damage[] = [];
  const series = files.map(({ metric, file }) => ({
    metric,
    points: pointsOf(file, (each) => damages.push(each), signal),
  }));
  const heads = await Promise.all(series.map(async (each) => ({ ...each, head: (await each.points.next()).value })));
  try {
    for (let rows: Row[] = []; ;) {
      const step = Math.min(...heads.map(({ head }) => head?.step ?? Number.POSITIVE_INFINITY));
      const done = step === Number.POSITIVE_INFINITY;
      if (done || rows.length === rowsInABatch) {
        yield { file: at, rows, damages };
        if (done) return;
        rows = [];
        damages = [];
      }
      const values: Record<string, number> = { step };
      for (const each of heads) {
        if (each.head?.step !== step) continue;
        values[each.metric] = each.head.value;
        each.head = (await each.points.next()).value;
      }
      rows.push({ values });
    }
  } finally {
    await Promise.all(series.map(({ points }) => points.return(undefined)));
  }
}

async function* pointsOf(
  file: string,
  onDamage: (damage: Damage) => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Point, undefined, undefined> {
  for await (const block of linesOf(file, signal, chunkBytes)) {
    for (const [index, line] of block.lines.entries()) {
      if (line.trim() === '') continue;
      const point = pointIn(line);
      if (point !== undefined && block.damage === undefined) yield point;
      else onDamage(damageIn(file, block, index, block.damage ?? 'not a line of "timestamp value step"'));
    }
  }
  return undefined;
}

/** `timestamp value`, of old, `timestamp value step`, or these with the name and digest of a data set after them. */
function pointIn(line: string): Point | undefined {
  const parts = line.trim().split(' ');
  if (![2, 3, 5].includes(parts.length)) return undefined;
  const [timestamp = '', text = '', at = '0'] = parts;
  const [value, step] = [pythonNumber(text), pythonNumber(at)];
  if (!/^\d+$/.test(timestamp) || value === undefined || step === undefined) return undefined;
  return { step, value };
}

/** Whether a line is one of a metric file. */
export function looksLikeMlflow(line: string): boolean {
  return pointIn(line) !== undefined;
}

import type { Batches, Source } from '../source.js';
import { readCsv } from './csv.js';
import { readJsonl } from './jsonl.js';
import { readMlflow } from './mlflow.js';
import { readTensorBoard } from './tensorboard.js';

/**
 * Reads a source, whatever it is, as a stream of batches.
 * @throws MetricsError when a file of it cannot be read
 */
export async function* readSource({ format, files }: Source, signal?: AbortSignal): Batches {
  for (const file of files) yield* readers[format](file, signal);
}

const readers = {
  'moe-metrics': readJsonl,
  jsonl: readJsonl,
  csv: readCsv,
  tensorboard: readTensorBoard,
  mlflow: readMlflow,
} as const;

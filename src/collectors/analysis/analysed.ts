import { getHeapStatistics } from 'node:v8';
import { CannotLook } from '../../engine/errors.js';
import { analysedPaths, analysisOf, type AnalysedFiles, type Analysis } from '../../source/analysis.js';
import { storeOf } from '../../source/store.js';
import type { Source } from '../source.js';

/** What following types and keys takes for a byte of packed syntax, in bytes: measured on packages of a million lines. */
const bytesForEach = 90;

/**
 * The analysis of a run, over the sources that it collected.
 * @param limit how much memory this process may take, in bytes.
 * @throws CannotLook when it would take more.
 */
export function analysed(
  source: Source,
  project: AnalysedFiles,
  limit = getHeapStatistics().heap_size_limit,
): Analysis {
  const store = storeOf(source);
  const needed = store.packedBytes(analysedPaths(project.files)) * bytesForEach;
  if (needed > limit) {
    const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
    throw new CannotLook(
      `the sources are too large to follow types through: that takes about ${gigabytes(needed)} GB of memory, and ${gigabytes(limit)} GB may be taken`,
      `Judge the dashboard's own folder, or give more: NODE_OPTIONS=--max-old-space-size=${Math.ceil(needed / 2 ** 20)}`,
    );
  }
  return analysisOf(store, project);
}

import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import type { SourceReport } from '../metrics/validate/problems.js';
import { cannotLookAtRuns } from './runs/cannot-look.js';

/** What there is to say about the metrics that the config names: facts of each run, bounded, however long it is. */
export interface Metrics {
  /** Paths as the config names them, relative to root. */
  named: readonly string[];
  /** Every run found there; paths are relative to root. */
  runs: readonly SourceReport[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    metrics: Metrics;
  }
}

/** For gigabytes of metrics; what is usual takes a second. */
const patienceS = 600;

export const metricsCollector = defineCollector({
  artifact: 'metrics',
  tier: 'static',
  title: 'reading the metrics',
  deadlineS: () => patienceS,
  async collect({ settings: { root, metrics }, signal }) {
    const named = metrics.runs;
    if (named.length === 0) return { named, runs: [] };
    // The readers are only loaded where there is something to read.
    const { validatePath } = await import('../metrics/validate/validate-path.js');
    const runs: SourceReport[] = [];
    for (const at of named) {
      const found = await validatePath(path.join(root, at), metrics.schema, signal).catch(cannotLookAtRuns);
      runs.push(...found.map((run) => relativeTo(root, run)));
    }
    return { named, runs };
  },
});

function relativeTo(root: string, run: SourceReport): SourceReport {
  const relative = (file: string) => path.relative(root, file).split(path.sep).join('/');
  return {
    ...run,
    path: relative(run.path),
    judgedBy: path.isAbsolute(run.judgedBy) ? relative(run.judgedBy) : run.judgedBy,
    problems: run.problems.map((problem) => ({
      ...problem,
      first: { ...problem.first, file: relative(problem.first.file) },
    })),
  };
}

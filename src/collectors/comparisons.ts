import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineCollector } from '../engine/define.js';
import type { Lane } from '../metrics/compare/compare-runs.js';
import { cannotLookAtRuns } from './runs/cannot-look.js';

/** A run, held against the golden of its combination. */
export interface ComparedRun {
  /** Relative to root. */
  run: string;
  /** Relative to root. */
  golden: string;
  lanes: readonly Lane[];
}

/** How the runs that the config names compare with the project's goldens. */
export interface Comparisons {
  /** Paths as the config names them, relative to root. */
  named: readonly string[];
  /** Those that have a golden. */
  compared: readonly ComparedRun[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    comparisons: Comparisons;
  }
}

/** For gigabytes of metrics; what is usual takes a second. */
const patienceS = 600;

export const comparisonsCollector = defineCollector({
  artifact: 'comparisons',
  tier: 'static',
  title: 'comparing the metrics',
  deadlineS: () => patienceS,
  async collect({ settings: { root, metrics }, signal }) {
    const named = metrics.runs;
    if (named.length === 0) return { named, compared: [] };
    const { openRuns } = await import('../metrics/compare/open-run.js');
    const { readGolden, usualGolden } = await import('../metrics/compare/golden.js');
    const { compareWithGolden } = await import('../metrics/compare/compare-runs.js');
    const compared: ComparedRun[] = [];
    try {
      for (const run of (await Promise.all(named.map((at) => openRuns(path.join(root, at))))).flat()) {
        if (run.facts.combination === undefined) continue;
        const golden = usualGolden(run.facts);
        const file = path.join(root, golden);
        if (!existsSync(file)) continue;
        const { lanes } = await compareWithGolden(run, await readGolden(file), signal);
        const relative = path.relative(root, run.source.path).split(path.sep).join('/');
        compared.push({ run: relative, golden: golden.split(path.sep).join('/'), lanes });
      }
    } catch (error) {
      cannotLookAtRuns(error);
    }
    return { named, compared };
  },
});

import path from 'node:path';
import { loadTrainConfig, referenceConfigs, type TrainConfig } from '../../config/train-config.js';
import { compareWithGolden, type Lane } from '../../metrics/compare/compare-runs.js';
import { type Golden, readGolden } from '../../metrics/compare/golden.js';
import { openRun } from '../../metrics/compare/open-run.js';
import { validatePath } from '../../metrics/validate/validate-path.js';
import { openBackend } from '../../reference/backend.js';
import { train } from '../../reference/training/train.js';
import { packageFile } from '../../util/package-root.js';
import type { ReferenceTraining, Trainings } from '../trainings.js';

/** The backend of the goldens, which comes with the package and is the same on every machine (ADR 42). */
const backendName = 'wasm';

/** Trains every reference config into a folder, one after the other, and looks at what came of each. */
export async function trainReferences(
  folder: string,
  tool: { name: string; version: string },
  signal: AbortSignal,
): Promise<Trainings> {
  const { name, version } = await openBackend(backendName);
  const runs: ReferenceTraining[] = [];
  for (const file of await referenceConfigs()) {
    const config = await loadTrainConfig(file);
    runs.push(await trainReference(config, folder, { tool, backend: { name, version } }, signal));
    signal.throwIfAborted();
  }
  return { backend: backendName, runs };
}

async function trainReference(
  { reference: config, target = {} }: TrainConfig,
  folder: string,
  about: { tool: { name: string; version: string }; backend: { name: string; version: string } },
  signal: AbortSignal,
): Promise<ReferenceTraining> {
  const combination = `${config.architecture}-${config.training}`;
  const run = path.join(folder, combination);
  const { ended } = await train({ config, folder: run, about, signal });
  const golden = await readGolden(packageFile(`fixtures/goldens/runs/${combination}.json`));
  const reports = await validatePath(run, undefined, signal);
  return {
    combination,
    ended,
    target,
    metrics: reports.map((report) => inCombination(report, folder, combination)),
    lanes: await lanesOf(run, golden, signal),
  };
}

/** The bits of sines and exponentials may differ from one version of V8 to another: the exact lane holds for one Node. */
async function lanesOf(run: string, golden: Golden, signal: AbortSignal): Promise<readonly Lane[]> {
  const { lanes } = await compareWithGolden(await openRun(run), golden, signal);
  const made = golden.provenance.at(-1)?.node ?? '';
  if (major(made) === major(process.version)) return lanes;
  const reason = `the golden was made with Node ${made}, and this is ${process.version}`;
  return lanes.map((lane) =>
    lane.lane === 'exact' ? { ...lane, verdict: 'not-applicable', reason, divergences: [] } : lane,
  );
}

const major = (version: string): string => version.split('.', 1).join('');

/** The run folder is gone when the report is read: its files are named by their combination. */
function inCombination(report: ReferenceTraining['metrics'][number], folder: string, combination: string) {
  const named = (file: string): string => path.relative(folder, file).split(path.sep).join('/');
  return {
    ...report,
    path: combination,
    problems: report.problems.map((problem) => ({
      ...problem,
      first: { ...problem.first, file: named(problem.first.file) },
    })),
  };
}

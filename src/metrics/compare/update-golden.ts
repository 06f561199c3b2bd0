import { stat } from 'node:fs/promises';
import { writeWhole } from '../../util/write-whole.js';
import { fileError, MetricsError } from '../errors.js';
import { validateSource } from '../validate/validate-source.js';
import { Divergences } from './divergences.js';
import { envelopeOf } from './envelope.js';
import { exactOf, formatGolden, readGolden, stepsIn, usualGolden, type Golden, type Provenance } from './golden.js';
import { openRun, openRuns, type OpenRun } from './open-run.js';
import { stepsOf } from './steps.js';

/** How one metric moved between two versions of a golden. */
export interface Moved {
  metric: string;
  /** Absent: the metric is new. */
  before?: number;
  /** Absent: the metric is gone. */
  after?: number;
  /** The first step in which it is another; before and after are the values there. */
  step: number;
  /** Steps in which it is another. */
  steps: number;
  ulps?: number;
}

/** What `moe-check golden update --json` prints. */
export interface GoldenUpdate {
  schema: 'moe-check-golden-update/1';
  tool: { name: string; version: string };
  golden: string;
  run: string;
  reason: string;
  outcome: 'created' | 'updated' | 'unchanged';
  moved: readonly Moved[];
  /** Runs that the envelope was made of in this update; 0 when it was not made anew. */
  seeds: number;
}

export interface UpdateRequest {
  run: string;
  /** Absent: where the golden of the run's combination is looked for. */
  golden?: string | undefined;
  reason: string;
  /** A folder of runs of other seeds, for the envelope. */
  seeds?: string | undefined;
  tool: { name: string; version: string };
  now: Date;
}

/**
 * Takes a run for what is right from now on. A run that does not pass its own schema and invariants is refused.
 * @throws MetricsError when it is refused, no reason is given, or the file cannot be written
 */
export async function updateGolden(request: UpdateRequest, signal?: AbortSignal): Promise<GoldenUpdate> {
  const reason = request.reason.trim();
  if (reason === '') throw new MetricsError('a golden is not moved without a reason', 'Say why with --reason.');
  const run = await openRun(request.run);
  const file = request.golden ?? usualGolden(run.facts);
  await assertSound(run, signal);
  const before = (await isThere(file)) ? await readGolden(file) : undefined;
  if (before?.run.combination !== undefined && before.run.combination !== run.facts.combination) {
    const [old, own] = [before.run.combination, run.facts.combination ?? 'an unknown combination'];
    throw new MetricsError(`${file} is the golden of ${old}, and the run is of ${own}`, 'Name another with --golden.');
  }

  const exact = await exactOf(stepsOf(run.source, run.schema, signal));
  const seeds = request.seeds === undefined ? [] : await openRuns(request.seeds);
  for (const seed of seeds) await assertSound(seed, signal);
  assertSpread(seeds, run);
  const moved = before === undefined ? [] : movedBetween(before.exact, exact);
  const about = {
    schema: 'moe-check-golden-update/1',
    tool: request.tool,
    golden: file,
    run: request.run,
    reason,
  } as const;
  if (before !== undefined && moved.length === 0 && request.seeds === undefined) {
    return { ...about, outcome: 'unchanged', moved, seeds: 0 };
  }
  const envelope =
    request.seeds === undefined
      ? before?.envelope
      : await envelopeOf(seeds.map(({ source, schema }) => stepsOf(source, schema, signal)));
  const provenance = [...(before?.provenance ?? []), provenanceOf(request, run, moved)];
  const golden: Golden = {
    schema: 'moe-golden/1',
    metrics: run.schema.id,
    run: run.facts,
    provenance,
    exact,
    ...(envelope === undefined ? {} : { envelope }),
  };
  await writeWhole(file, formatGolden(golden)).catch((error: unknown) => {
    throw fileError(file, 'written', error);
  });
  return { ...about, outcome: before === undefined ? 'created' : 'updated', moved, seeds: seeds.length };
}

function provenanceOf({ reason, tool, now }: UpdateRequest, run: OpenRun, moved: readonly Moved[]): Provenance {
  return {
    reason: reason.trim(),
    at: now.toISOString(),
    tool,
    node: process.version,
    ...(run.gitRevision === undefined ? {} : { gitRevision: run.gitRevision }),
    moved: moved.map(({ metric }) => metric),
  };
}

async function assertSound({ source, schema }: OpenRun, signal: AbortSignal | undefined): Promise<void> {
  const { problems } = await validateSource(source, schema, signal);
  const first = problems.find(({ severity }) => severity === 'error');
  if (first === undefined) return;
  const at = first.first.step === undefined ? '' : ` at step ${first.first.step}`;
  throw new MetricsError(
    `${source.path} is refused as a golden: ${first.code}${at}: ${first.message}`,
    `moe-check validate ${source.path}`,
  );
}

/** An envelope of one seed many times, or of another combination, says nothing of this one. */
function assertSpread(seeds: readonly OpenRun[], { facts: { combination } }: OpenRun): void {
  const known = new Map<number, string>();
  for (const { source, facts } of seeds) {
    if (facts.combination !== combination) {
      throw new MetricsError(`${source.path} is of another combination: ${facts.combination ?? 'none is known'}`);
    }
    if (facts.seed === undefined) continue;
    const other = known.get(facts.seed);
    if (other !== undefined) throw new MetricsError(`${source.path} has the seed of ${other}: ${facts.seed}`);
    known.set(facts.seed, source.path);
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw fileError(file, 'read', error);
    },
  );
}

/** Every metric that is not the same bit for bit, new or gone, in causal order. */
export function movedBetween(before: Golden['exact'], after: Golden['exact']): readonly Moved[] {
  const divergences = new Divergences();
  const old = new Map([...stepsIn(before)].map(({ step, numbers }) => [step, numbers]));
  const steps = new Map([...stepsIn(after)].map(({ step, numbers }) => [step, numbers]));
  for (const step of new Set([...old.keys(), ...steps.keys()])) {
    const [was, is] = [old.get(step), steps.get(step)];
    for (const metric of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const [expected, actual] = [was?.get(metric), is?.get(metric)];
      if (expected !== undefined && actual !== undefined) divergences.addUnlessSame(metric, step, expected, actual);
      else if (expected !== undefined) divergences.add({ kind: 'missing-metric', metric, step, expected });
      else if (actual !== undefined) divergences.add({ kind: 'missing-metric', metric, step, actual });
    }
  }
  return divergences.list().map(({ metric, step, steps: count, expected, actual, ulps }) => ({
    metric,
    step,
    steps: count,
    ...(expected === undefined ? {} : { before: expected }),
    ...(actual === undefined ? {} : { after: actual }),
    ...(ulps === undefined ? {} : { ulps }),
  }));
}

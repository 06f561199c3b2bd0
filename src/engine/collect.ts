import { serializeError, Skip, UsageError } from './errors.js';
import type { PlannedLook } from './plan.js';
import type { ProgressEvent } from './preflight.js';
import { sharedThread } from './shared-thread.js';
import type { ArtifactKey, Artifacts, Collected, Collector, Settings } from './types.js';

/** What came of one look. */
export interface Look {
  artifact: ArtifactKey;
  collector: Collector;
  collected: Collected<Artifacts[ArtifactKey]>;
  /** Without the time for which other looks kept the thread. */
  durationMs: number;
}

export type Looks = ReadonlyMap<ArtifactKey, Look>;

/** What was seen before, and the files of the target that have changed since, relative to its root. */
export interface Before {
  looks: Looks;
  changed: readonly string[];
}

/** How long a collector may take to clean up once it was told to stop, in milliseconds. */
const graceMs = 8000;

/**
 * Collects every planned artifact: each once, dependencies first, independent ones in parallel. A failure becomes a
 * value and stops only what builds on it. What was seen `before` and cannot have changed since is not looked at again.
 * @throws UsageError when a collector finds that what the user asked for cannot be; the other looks are ended first.
 * @throws the signal's reason when it is aborted, after every collector has cleaned up.
 */
export async function collect(
  planned: readonly PlannedLook[],
  settings: Settings,
  signal: AbortSignal,
  onProgress: (event: ProgressEvent) => void = () => undefined,
  before?: Before,
): Promise<Looks> {
  const abandon = new AbortController();
  const stop = AbortSignal.any([signal, abandon.signal]);
  const byArtifact = new Map(planned.map((each) => [each.collector.artifact, each]));
  const running = new Map<ArtifactKey, Promise<Look>>();
  const timed = sharedThread();

  const start = (each: PlannedLook): Promise<Look> => {
    const { artifact } = each.collector;
    const look = running.get(artifact) ?? take(each);
    running.set(artifact, look);
    return look;
  };

  const take = async ({ collector, skipped }: PlannedLook): Promise<Look> => {
    const { artifact, title, dependsOn = [], wants = [] } = collector;
    const done = (collected: Look['collected'], durationMs = 0) => ({ artifact, collector, collected, durationMs });
    const same = before?.looks.get(artifact);
    if (skipped !== undefined) {
      return same?.collected.state === 'skipped' ? same : done({ state: 'skipped', reason: skipped });
    }
    const below = [...dependsOn, ...wants].flatMap((key) => byArtifact.get(key) ?? []);
    const builtOn = await Promise.all(below.map(start));
    const hasChanged = before?.changed.some((file) => collector.reads?.(file)) ?? true;
    if (same !== undefined && !hasChanged && builtOn.every((look) => before?.looks.get(look.artifact) === look))
      return same;
    const missing = builtOn.find((look) => dependsOn.includes(look.artifact) && look.collected.state !== 'ok');
    if (missing !== undefined) return done(inherit(missing));
    onProgress({ type: 'start', artifact, title });
    const again = before !== undefined &&
      same?.collected.state === 'ok' && { value: same.collected.value, changed: before.changed };
    const context = { settings, artifacts: valuesOf(builtOn), ...(again && { before: again }) };
    const { result: collected, durationMs } = await timed(() => attempt(collector, context, stop, abandon));
    onProgress({ type: 'end', artifact, title, state: collected.state, durationMs });
    return done(collected, durationMs);
  };

  const looks = await Promise.all(planned.map(start));
  signal.throwIfAborted();
  if (abandon.signal.aborted) throw abandon.signal.reason;
  return new Map(looks.map((look) => [look.artifact, look]));
}

/**
 * The values that are there. The one cast of the engine: a check or collector is only ever handed what it declared,
 * which `defineCheck` and `defineCollector` have typed.
 */
export function valuesOf(looks: Iterable<Look>): Artifacts {
  const values: Partial<Record<ArtifactKey, Artifacts[ArtifactKey]>> = {};
  for (const { artifact, collected } of looks) if (collected.state === 'ok') values[artifact] = collected.value;
  return values as Artifacts;
}

function inherit({ artifact, collected }: Look): Look['collected'] {
  return collected.state === 'failed' ? { ...collected, because: collected.because ?? artifact } : collected;
}

async function attempt(
  collector: Collector,
  context: Omit<Parameters<Collector['collect']>[0], 'signal'>,
  stop: AbortSignal,
  abandon: AbortController,
): Promise<Look['collected']> {
  const deadlineS = collector.deadlineS(context.settings);
  const deadline = AbortSignal.timeout(deadlineS * 1000);
  const signal = AbortSignal.any([stop, deadline]);
  try {
    stop.throwIfAborted();
    const value = await orGiveUp(collector.collect({ ...context, signal }), signal);
    return { state: 'ok', value };
  } catch (error) {
    if (error instanceof Skip) return { state: 'skipped', reason: error.message };
    if (error instanceof UsageError) abandon.abort(error);
    if (deadline.aborted && !stop.aborted) {
      const message = `${collector.title} was not done after ${deadlineS} s`;
      return { state: 'failed', error: { name: 'Deadline', message, fix: 'Give it longer with --timeout.' } };
    }
    return { state: 'failed', error: serializeError(error) };
  }
}

/** Waits for the work, but once the signal is aborted only as long as cleaning up may take. */
function orGiveUp<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', wait);
      clearTimeout(timer);
    });
  });
}

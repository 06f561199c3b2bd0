import type { Looks } from '../engine/collect.js';
import { UsageError } from '../engine/errors.js';
import type { RunRequest } from '../engine/preflight.js';
import type { Report } from '../engine/report.js';
import type { Settings } from '../engine/types.js';
import { optimize } from '../util/optimizing.js';
import { changesBelow } from './watch-files.js';

/** So many times the code is as fast as it will be, or for so long: large sources make it fast the first time. */
const rehearsals = { times: 12, ms: 3000 };

/** A file that nobody has. */
const nowhere = '.moe-check/rehearsal.py';

/** What a watch goes by. */
export interface Watching {
  /** Reads the config and the flags anew, since the config may be what changed. */
  settings(): Promise<Settings>;
  judge(settings: Settings, more: Pick<RunRequest, 'before' | 'onLooks' | 'signal'>): Promise<Report>;
  /** Shows a verdict, with the one before to say what changed. */
  show(report: Report, before: Report | undefined): void;
  /** Shows why there is no verdict: a config that does not parse, no Python file left. */
  complain(error: UsageError): void;
}

interface Verdict {
  settings: string;
  report: Report;
  looks: Looks;
}

/**
 * Judges once, and again after every change below the target, only looking at what the change can affect.
 * @returns when the signal is aborted.
 * @throws UsageError when not even the first verdict can be had.
 */
export async function watchDashboard(watching: Watching, signal: AbortSignal): Promise<void> {
  const first = await watching.settings();
  let isReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const changes = changesBelow(first.root, signal, () => isReady());
  // Asked for before the first verdict, so that no change is missed while it is found.
  let next = changes.next();
  let verdict = await judged(watching, [], undefined, signal);
  watching.show(verdict.report, undefined);
  // Nobody is to miss a save because we practise.
  await Promise.race([ready, next]);
  await rehearse(watching, verdict, next, signal);
  for (let batch = await next; batch.done !== true; batch = await next) {
    next = changes.next();
    try {
      const before: Verdict = verdict;
      verdict = await judged(watching, batch.value, before, signal);
      watching.show(verdict.report, before.report);
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof UsageError)) throw error;
      watching.complain(error);
    }
  }
  await next;
}

/**
 * Judges a change that is none a few times while nothing else is to be done, so that V8 optimizes what an edit will run:
 * the first ones are then judged in half the time. Only where judging is nothing but reading.
 * @param change the first one, which ends it.
 */
async function rehearse(
  watching: Watching,
  verdict: Verdict,
  change: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  optimize('usual');
  const over = new AbortController();
  const stop = (): void => over.abort();
  void change.then(stop, stop);
  const either = AbortSignal.any([signal, over.signal]);
  try {
    const { tier } = await watching.settings();
    if (tier !== 'static') return;
    const end = performance.now() + rehearsals.ms;
    for (let time = 0; time < rehearsals.times && performance.now() < end; time++) {
      await judged(watching, [nowhere], verdict, either);
    }
  } catch (error) {
    if (!either.aborted && !(error instanceof UsageError)) throw error;
  }
}

async function judged(
  watching: Watching,
  changed: readonly string[],
  before: Verdict | undefined,
  signal: AbortSignal,
): Promise<Verdict> {
  const settings = await watching.settings();
  const asText = JSON.stringify(settings);
  // Other settings may change what any look sees.
  const reused = before?.settings === asText ? { before: { looks: before.looks, changed } } : {};
  let seen: Looks = new Map();
  const report = await watching.judge(settings, { ...reused, signal, onLooks: (looks) => (seen = looks) });
  return { settings: asText, report, looks: seen };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Artifacts, Settings } from '../../engine/types.js';
import { cleanLog } from '../../triage/clean.js';
import type { Signatures } from '../../triage/signatures.js';
import type { PageRun } from '../launch.js';
import { Dashboard, type Ending, type Shutdown } from './dashboard.js';
import { frameReader, type FrameReader } from './exceptions.js';
import { baseUrl, untilHealthy, type Health } from './health.js';
import { pageRun, runPages, whereScriptWas } from './page-runs.js';
import type { LaunchPlan } from './plan.js';
import { workingFolder } from './streamlit-start.js';

/** Everything that was seen of one launch, from its start until the last of its processes was gone. */
export interface Observation {
  health: Health;
  healthMs: number;
  pages: readonly PageRun[];
  /** Cleaned; without what the dashboard said while it ended. */
  log: readonly string[];
  /** How it ended before it was asked to. */
  ending?: Ending;
  /** Why it could not be started at all. */
  notStarted?: string;
  shutdown: Shutdown;
  shutdownMs: number;
  read: FrameReader;
}

export interface Circumstances {
  settings: Settings;
  project: Artifacts['project'];
  interpreter: Artifacts['interpreter'];
  signatures: Signatures;
  signal: AbortSignal;
}

/** Seconds that starting and ending processes may take beyond the deadlines of the page runs. */
export const overheadS = 30;
/** What lines on their way, and threads about to fail, get before the dashboard is ended. */
const settleMs = 300;
/** A server that has hung up is usually gone a moment later. */
const goingMs = 1000;

/**
 * Starts the dashboard, waits for its health, visits its pages, and ends it whatever happens.
 * @throws the signal's reason when aborted, CannotLook when supervisor or client do not run.
 */
export async function observe(plan: LaunchPlan, circumstances: Circumstances): Promise<Observation> {
  const { settings, project, interpreter, signal } = circumstances;
  const started = performance.now();
  const deadline = started + settings.launch.timeoutS * 1000;
  const read = frameReader(project);
  const request = { command: plan.command, cwd: workingFolder(project), env: plan.env };
  const dashboard = await Dashboard.start(interpreter.executable, request, signal);
  try {
    const health = await untilHealthy(dashboard, plan, deadline, signal);
    const healthMs = performance.now() - started;
    const visits = health.healthy && plan.framework === 'streamlit';
    const pages = visits ? await visit(dashboard, plan, deadline, { ...circumstances, read }) : [];
    const hungUp = pages.some((page) => page.state === 'disconnected');
    await Promise.race([dashboard.exited, sleep(hungUp ? goingMs : settleMs)]);
    const log = cleanLog(dashboard.log.lines());
    const { ending, notStarted } = dashboard;
    const stuck = pages.some((page) => page.state === 'unfinished') ? await dashboard.dumpThreads() : [];
    const located = pages.map((page) =>
      page.state === 'unfinished' ? { ...page, stuckAt: whereScriptWas(stuck, read) } : page,
    );
    const asked = performance.now();
    const shutdown = await dashboard.stop();
    signal.throwIfAborted();
    return {
      health,
      healthMs,
      pages: located,
      log,
      ...(ending === undefined ? {} : { ending }),
      ...(notStarted === undefined ? {} : { notStarted }),
      shutdown,
      shutdownMs: performance.now() - asked,
      read,
    };
  } finally {
    await dashboard.stop();
  }
}

async function visit(
  dashboard: Dashboard,
  plan: LaunchPlan,
  deadline: number,
  { settings, project, interpreter, signatures, signal, read }: Circumstances & { read: FrameReader },
): Promise<readonly PageRun[]> {
  const patience = {
    firstRunS: Math.max(1, (deadline - performance.now()) / 1000),
    furtherPagesS: settings.launch.timeoutS,
  };
  const base = baseUrl(plan, dashboard.log.lines());
  const runs = await runPages(interpreter.executable, base, patience, { env: settings.launch.env, signal });
  return runs.map((run) => pageRun(run, project, read, signatures));
}

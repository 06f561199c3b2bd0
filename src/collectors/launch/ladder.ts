import type { Signatures } from '../../triage/signatures.js';
import { triage, type RecognizedFailure } from '../../triage/triage.js';
import type { Launch, PageRun, Rung, RungName, WantedPort } from '../launch.js';
import type { Ending } from './dashboard.js';
import { shutdownGraceS } from './dashboard.js';
import { excerpt } from './log-buffer.js';
import type { Observation } from './observe.js';
import type { LaunchPlan } from './plan.js';
import { deadThreads } from './threads.js';

type Climbed = Pick<Launch, 'rungs' | 'pages' | 'deadThreads' | 'process' | 'log' | 'recognized'>;

/** The ladder of a launch that was not tried, because somebody else holds its only port. */
export function notClimbed(wantedPort: WantedPort): Climbed {
  return {
    rungs: [portRung(wantedPort)],
    pages: [],
    deadThreads: [],
    process: { exitedEarly: false },
    log: [],
    recognized: [],
  };
}

/** What was seen, rung by rung. */
export function climb(plan: LaunchPlan, wantedPort: WantedPort, seen: Observation, signatures: Signatures): Climbed {
  const { ending, notStarted, log } = seen;
  const exitedEarly = ending !== undefined || notStarted !== undefined;
  const recognized = triage(log, signatures);
  const dead = deadThreads(log, seen.read, signatures);
  return {
    rungs: [
      portRung(wantedPort),
      ...serverRungs(seen),
      ...(plan.framework === 'streamlit' ? pageRungs(seen.pages) : []),
      logRung(recognized, dead.length),
      shutdownRung(seen, exitedEarly),
    ],
    pages: seen.pages,
    deadThreads: dead,
    process: {
      exitedEarly,
      ...(ending?.code === undefined ? {} : { exitCode: ending.code }),
      ...(ending?.signal === undefined ? {} : { signal: ending.signal }),
    },
    log: excerpt(notStarted === undefined ? log : [...log, notStarted]),
    recognized,
  };
}

function rung(name: RungName, ok: boolean | undefined, detail: string, durationMs = 0): Rung {
  const state = ok === undefined ? 'not-reached' : ok ? 'ok' : 'failed';
  return { rung: name, state, durationMs: Math.round(durationMs), detail };
}

function portRung({ number, pinned, how, taken, holder }: WantedPort): Rung {
  const detail = `port ${number} (${how}) is ${taken ? `held by ${holder ?? 'another process'}` : 'free'}`;
  return rung('port-free', !(taken && pinned), detail);
}

function serverRungs({ health, healthMs, ending, notStarted }: Observation): readonly Rung[] {
  if (notStarted !== undefined) return [rung('process-up', false, notStarted), rung('healthy', undefined, '')];
  const path = new URL(health.url).pathname;
  if (health.healthy)
    return [rung('process-up', true, 'running'), rung('healthy', true, `${path} ${health.seen}`, healthMs)];
  if (ending !== undefined) {
    return [rung('process-up', false, howItEnded(ending), healthMs), rung('healthy', undefined, '')];
  }
  return [rung('process-up', true, 'running'), rung('healthy', false, `${path}: ${health.seen}`, healthMs)];
}

function pageRungs(pages: readonly PageRun[]): readonly Rung[] {
  const [first] = pages;
  if (first === undefined) return [rung('script-ran', undefined, ''), rung('page-clean', undefined, '')];
  const ran = first.state !== 'unfinished' && first.state !== 'disconnected';
  const visited = pages.reduce((sum, page) => sum + page.durationMs, 0);
  const unclean = pages.filter((page) => page.exceptions.some((exception) => !exception.isWarning));
  const detail =
    unclean.length === 0
      ? `${pages.length} ${pages.length === 1 ? 'page' : 'pages'} without an exception`
      : `exceptions on ${unclean.map((page) => page.page).join(', ')}`;
  return [
    rung('script-ran', ran, `${first.page}: ${first.state}`, first.durationMs),
    rung('page-clean', ran || unclean.length > 0 ? unclean.length === 0 : undefined, detail, visited),
  ];
}

function logRung(recognized: readonly RecognizedFailure[], deadThreads: number): Rung {
  const serious = recognized.filter((failure) => failure.class !== 'benign');
  const noise = recognized.length - serious.length;
  const named = serious.map((failure) => failure.signature);
  const parts = [...named, ...(deadThreads > 0 ? [`${deadThreads} ended by an exception`] : [])];
  const detail = parts.length > 0 ? parts.join(', ') : noise > 0 ? `harmless noise only (${noise})` : 'nothing known';
  return rung('log-clean', parts.length === 0, detail);
}

function shutdownRung({ shutdown, shutdownMs, pages }: Observation, exitedEarly: boolean): Rung {
  const ended = exitedEarly || pages.some((page) => page.state === 'unfinished');
  if (ended) return rung('shutdown', undefined, '');
  const detail = shutdown.forced
    ? `did not end within ${shutdownGraceS} s of SIGTERM and was killed`
    : 'ended on SIGTERM';
  return rung('shutdown', !shutdown.forced, detail, shutdownMs);
}

function howItEnded({ code, signal }: Ending): string {
  return signal === undefined ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}

import { defineCollector } from '../engine/define.js';
import type { Artifacts } from '../engine/types.js';
import { loadSignatures } from '../triage/signatures.js';
import type { RecognizedFailure } from '../triage/triage.js';
import type { PythonException, StackFrame } from './imports.js';
import { climb, notClimbed } from './launch/ladder.js';
import { observe, overheadS } from './launch/observe.js';
import { assertLaunchable, planLaunch, type LaunchPlan } from './launch/plan.js';
import { holderOf, isTaken } from './launch/ports.js';
import { skipWhatCannotStart } from './launch/skip.js';
import type { Framework, Project } from './project.js';

/** One start of the dashboard on a free port of 127.0.0.1, with a client that makes the script run, rung by rung. */
export interface Launch {
  framework: Framework;
  /** What was started: the entry script, or the command without its arguments. */
  subject: string;
  command: readonly string[];
  wantedPort: WantedPort;
  /** In the order of the ladder; those that do not apply to the framework are left out. */
  rungs: readonly Rung[];
  /** The first page, then every other page that the app announced. */
  pages: readonly PageRun[];
  /** Threads of the dashboard's own that ended with an exception. */
  deadThreads: readonly DeadThread[];
  process: {
    /** It ended, or could not be started, before it was asked to end. */
    exitedEarly: boolean;
    exitCode?: number;
    signal?: string;
  };
  /** stdout and stderr together, ANSI stripped, boxes unwrapped, the first and last 200 lines. */
  log: readonly string[];
  /** What the log says, by the signatures, in order of appearance. */
  recognized: readonly RecognizedFailure[];
}

/** The port of the launch in earnest, and who holds it if it is taken. */
export interface WantedPort {
  number: number;
  /** Set explicitly, so that the dashboard will not move to the next free one. */
  pinned: boolean;
  how: string;
  taken: boolean;
  /** `PID: command line` */
  holder?: string;
}

export type RungName = 'port-free' | 'process-up' | 'healthy' | 'script-ran' | 'page-clean' | 'log-clean' | 'shutdown';

export interface Rung {
  rung: RungName;
  state: 'ok' | 'failed' | 'not-reached';
  durationMs: number;
  /** What was seen: `/_stcore/health answered 200`. */
  detail: string;
}

/** What a client of its own saw of one page. */
export interface PageRun {
  /** The page's file, or its path in the URL. */
  page: string;
  /**
   * `rerunning`: it asks to be run again each time. `live`: it had not ended at the deadline, but kept drawing.
   * `unfinished`: nothing came any more. `disconnected`: the server hung up or refused.
   */
  state: 'finished' | 'rerunning' | 'live' | 'unfinished' | 'disconnected';
  /** Why it is `disconnected`. */
  detail: string;
  reruns: number;
  durationMs: number;
  /** What the page showed at the end, in its order. */
  exceptions: readonly PageException[];
  /** Where the script was when its time was up, innermost frame last; empty when its thread had ended. */
  stuckAt?: readonly StackFrame[];
}

export interface PageException {
  /** A warning that is shown like an exception and stops nothing. */
  isWarning: boolean;
  /** The exception, and those it was raised from, the diagnosis (the last one raised) first. */
  chain: readonly PythonException[];
  recognized?: RecognizedFailure;
}

export interface DeadThread {
  /** Its name without the number that Python gives it. */
  thread: string;
  /** The diagnosis first. */
  chain: readonly PythonException[];
  recognized?: RecognizedFailure;
}

declare module '../engine/types.js' {
  interface Artifacts {
    launch: Launch;
  }
}

export const launchCollector = defineCollector({
  artifact: 'launch',
  tier: 'launch',
  title: 'starting the dashboard',
  dependsOn: ['interpreter', 'project'],
  wants: ['compilation', 'imports'],
  reads: () => true,
  deadlineS: (settings) => 2 * settings.launch.timeoutS + overheadS,
  async collect({ settings, signal, artifacts }): Promise<Artifacts['launch']> {
    const { project, interpreter, compilation, imports } = artifacts;
    assertLaunchable(settings, project);
    skipWhatCannotStart({ project, compilation, imports });

    const plan = await planLaunch(settings, { project, interpreter });
    const wantedPort = await lookAtPort(plan, project);
    const about = {
      framework: plan.framework,
      subject: plan.subject,
      command: plan.command,
      wantedPort,
    };
    // Whoever holds the port would answer in the dashboard's place.
    if (plan.portIsFixed && wantedPort.taken) return { ...about, ...notClimbed(wantedPort) };
    const signatures = await loadSignatures();
    const seen = await observe(plan, { settings, project, interpreter, signatures, signal });
    return { ...about, ...climb(plan, wantedPort, seen, signatures) };
  },
});

async function lookAtPort(plan: LaunchPlan, { port }: Project): Promise<WantedPort> {
  const wanted = plan.portIsFixed ? { number: plan.port, pinned: true, how: 'launch.command' } : port;
  const taken = await isTaken(wanted.number);
  const holder = taken ? await holderOf(wanted.number) : undefined;
  return { ...wanted, taken, ...(holder === undefined ? {} : { holder }) };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { CannotLook } from '../../engine/errors.js';
import { exec, type ExecResult } from '../../util/exec.js';
import { validatorOf } from '../../util/json-schema.js';
import { packageFile } from '../../util/package-root.js';
import { LogBuffer } from './log-buffer.js';

/** How a process ended. */
export interface Ending {
  /** Exit code, unless a signal ended it. */
  code?: number;
  /** Name of the signal that ended it. */
  signal?: string;
}

/** How the dashboard took being asked to end. */
export interface Shutdown extends Ending {
  /** It was still running when asked. */
  asked: boolean;
  /** It did not end on SIGTERM within its grace and had to be killed. */
  forced: boolean;
}

/** What `probe/supervise.py` says, one JSON line each. */
export type SupervisorEvent =
  | { event: 'not-started'; message: string }
  | { event: 'started'; pid: number }
  | { event: 'line'; text: string }
  | ({ event: 'exited' } & Ending)
  | ({ event: 'ended' } & Shutdown);

/** Seconds a dashboard has to end on SIGTERM; Streamlit needs well under one. */
export const shutdownGraceS = 5;
/** Milliseconds for a dump of all threads. */
const dumpMs = 3000;

const supervisor = packageFile('probe/supervise.py');

/** A dashboard under supervision: whatever becomes of us, it ends when we do, with everything it has started. */
export class Dashboard {
  readonly log = new LogBuffer();
  /** Settles when the dashboard ends without having been asked to; never rejects. */
  readonly exited: Promise<void>;
  #ending: Ending | undefined;
  #shutdown: Shutdown | undefined;
  #pid: number | undefined;
  #notStarted: string | undefined;
  readonly #release = new AbortController();
  readonly #supervision: Promise<ExecResult>;

  /**
   * Starts a command under `probe/supervise.py`, run by the given interpreter.
   * Aborting the signal ends the dashboard in a hurry.
   */
  static async start(
    python: string,
    request: { command: readonly string[]; cwd: string; env: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<Dashboard> {
    const isEvent = await validatorOf<SupervisorEvent>('probes/supervise');
    return new Dashboard(python, request, signal, isEvent);
  }

  private constructor(
    python: string,
    request: object,
    signal: AbortSignal,
    isEvent: (value: unknown) => value is SupervisorEvent,
  ) {
    let resolve = (): void => undefined;
    this.exited = new Promise((settle) => {
      resolve = settle;
    });
    this.#supervision = exec(python, ['-I', '-B', supervisor], {
      lifeline: `${JSON.stringify({ ...request, graceS: shutdownGraceS })}\n`,
      release: this.#release.signal,
      signal,
      onLine: (line) => {
        const event: unknown = JSON.parse(line);
        if (!isEvent(event)) return;
        this.#take(event);
        if (event.event !== 'line' && event.event !== 'started') resolve();
      },
    });
    void this.#supervision.finally(resolve);
  }

  /** How it ended by itself; undefined while it runs, or when it ended because it was asked to. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Why the command could not even be started. */
  get notStarted(): string | undefined {
    return this.#notStarted;
  }

  /** Ends the dashboard with Python's own dump of what every thread was doing. */
  async dumpThreads(): Promise<readonly string[]> {
    if (this.#pid === undefined || this.#ending !== undefined) return [];
    try {
      process.kill(this.#pid, 'SIGABRT');
    } catch {
      return [];
    }
    await Promise.race([this.exited, sleep(dumpMs, undefined, { ref: false })]);
    const lines = this.log.lines();
    const start = lines.findLastIndex((line) => line.startsWith('Fatal Python error: Aborted'));
    return start === -1 ? [] : lines.slice(start);
  }

  /**
   * Ends everything and waits until it has ended.
   * @throws CannotLook when the supervisor could not be started or died.
   */
  async stop(): Promise<Shutdown> {
    this.#release.abort();
    const { startError, stderr } = await this.#supervision;
    if (this.#shutdown !== undefined) return this.#shutdown;
    if (this.#notStarted !== undefined) return { asked: false, forced: false };
    throw new CannotLook(
      `the dashboard's supervisor ${startError === undefined ? 'died' : `could not be started (${startError})`}${stderr === '' ? '' : `: ${stderr.trim().split('\n').at(-1) ?? ''}`}`,
      'Name a working interpreter with --python.',
    );
  }

  #take(event: SupervisorEvent): void {
    switch (event.event) {
      case 'not-started':
        this.#notStarted = event.message;
        return;
      case 'started':
        this.#pid = event.pid;
        return;
      case 'line':
        this.log.add(event.text);
        return;
      case 'exited': {
        const { event: _, ...ending } = event;
        this.#ending = ending;
        return;
      }
      case 'ended': {
        const { event: _, ...shutdown } = event;
        this.#shutdown = shutdown;
        return;
      }
      default:
        event satisfies never;
    }
  }
}

import type { PythonException } from './imports.js';

/** One start of the dashboard on a free port of 127.0.0.1, with a client that makes the script run, rung by rung. */
export interface Launch {
  framework: 'streamlit' | 'command';
  command: readonly string[];
  /** The port of the launch in earnest, and who holds it if it is taken. */
  wantedPort: { number: number; pinned: boolean; how: string; taken: boolean; holder?: string };
  rungs: readonly Rung[];
  /** Exceptions that the page showed to the client. */
  pageExceptions: readonly PythonException[];
  process: { exitedEarly: boolean; exitCode?: number; signal?: string };
  /** stdout and stderr together, ANSI stripped, boxes unwrapped, the first and last 200 lines. */
  log: readonly string[];
  /** What the log says, by the signatures, in order of appearance. */
  recognized: readonly RecognizedFailure[];
}

export type RungName = 'port-free' | 'process-up' | 'healthy' | 'script-ran' | 'page-clean' | 'log-clean' | 'shutdown';

export interface Rung {
  rung: RungName;
  state: 'ok' | 'failed' | 'not-reached';
  durationMs: number;
  /** What was seen: `health answered 200 after 0.9 s`. */
  detail: string;
}

export interface RecognizedFailure {
  signature: string;
  class: 'fatal' | 'warning' | 'benign';
  cause: string;
  fix: string;
  /** The lines that matched. */
  lines: readonly string[];
  sources: readonly string[];
}

declare module '../engine/types.js' {
  interface Artifacts {
    launch: Launch;
  }
}

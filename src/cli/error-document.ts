import type { Report, ReportError } from '../engine/report.js';

/** What a command prints with `--json` in place of its own document when it came to none; preflight has its report. */
export interface ErrorDocument {
  schema: 'moe-check-error/1';
  tool: { name: string; version: string };
  /** `golden update`; absent where there is no such command. */
  command?: string;
  /** What was to be looked at. */
  target: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  verdict: 'error';
  exitCode: number;
  error: ReportError;
}

/** The document of a failed command, from what preflight would report. */
export function errorDocument(
  { tool, target, startedAt, exitCode }: Report,
  error: ReportError,
  command?: string,
): ErrorDocument {
  const named = command === undefined ? {} : { command };
  return { schema: 'moe-check-error/1', tool, ...named, target, startedAt, verdict: 'error', exitCode, error };
}

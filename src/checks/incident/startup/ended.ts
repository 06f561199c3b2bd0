import type { Launch, PageRun } from '../../../collectors/launch.js';
import { lastLines, stackLines, type StartupFinding } from './finding.js';

/** The process or a page that did not last, or did not get there in time. */
export function endFindings(launch: Launch): readonly StartupFinding[] {
  const { subject, process, rungs, pages, log, recognized, command } = launch;
  const known = recognized.findLast((failure) => failure.class === 'fatal');
  const help = {
    evidence: lastLines(log),
    fix: known?.fix ?? `See it happen: ${command.join(' ')}`,
    ...(known === undefined ? {} : { explainedBy: known.signature }),
  };
  const healthy = rungs.find((rung) => rung.rung === 'healthy');
  if (process.exitedEarly) {
    const message = `the dashboard ${howItEnded(launch)} ${healthy?.state === 'ok' ? 'while a client looked at it' : 'before it answered'}`;
    return [{ code: 'exited', subject, message, ...help }];
  }
  if (healthy?.state === 'failed') {
    const message = `the dashboard did not answer within ${seconds(healthy.durationMs)} (${healthy.detail})`;
    return [{ code: 'never-healthy', subject, message, ...help }];
  }
  const unfinished = pages.flatMap((page, index): readonly StartupFinding[] => {
    if (page.state !== 'unfinished' && page.state !== 'disconnected') return [];
    // The further pages share one deadline, so a late one need not be to blame.
    const severity = index === 0 ? 'error' : 'warning';
    return [{ code: 'never-healthy', subject: page.page, severity, ...help, ...whyUnfinished(page, help.evidence) }];
  });
  const shutdown = rungs.find((rung) => rung.rung === 'shutdown');
  if (unfinished.length > 0 || shutdown?.state !== 'failed') return unfinished;
  return [{ code: 'exited', subject, severity: 'info', message: `the dashboard ${shutdown.detail}` }];
}

function howItEnded({ process, rungs }: Launch): string {
  if (process.signal !== undefined) return `was ended by ${process.signal}`;
  if (process.exitCode !== undefined) return `exited with code ${process.exitCode}`;
  return `could not be started (${rungs.find((rung) => rung.rung === 'process-up')?.detail ?? ''})`;
}

function whyUnfinished({ page, state, detail, durationMs, stuckAt = [] }: PageRun, log: readonly string[]) {
  if (state === 'disconnected') return { message: `${page} could not be looked at: ${detail}`, evidence: log };
  const at = stuckAt.findLast((frame) => frame.own);
  const where =
    at !== undefined
      ? `: it was at ${at.file}:${at.line} (${at.function})`
      : stuckAt.length === 0
        ? ', and its thread is gone, as after sys.exit()'
        : '';
  return {
    message: `${page} had not come to an end after ${seconds(durationMs)}${where}`,
    evidence: stuckAt.length > 0 ? stackLines(stuckAt) : log,
    ...(at === undefined ? {} : { location: { file: at.file, line: at.line } }),
  };
}

function seconds(durationMs: number): string {
  return `${Math.round(durationMs / 1000)} s`;
}

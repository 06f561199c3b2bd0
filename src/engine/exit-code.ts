import type { Report } from './report.js';

/** Exit codes are public interface; docs/adr/0002 says why there are six statuses and these codes. */
export const exitCodes = {
  ok: 0,
  findings: 1,
  usage: 2,
  cannotVouch: 3,
  cannotJudge: 125,
  /** Under bisect: `git bisect run` stops at 128 and above instead of blaming the commit. */
  abortBisect: 129,
  interrupted: 130,
} as const;

/**
 * The exit code that `git bisect run` reads: 0 good, 1 bad, 125 this revision cannot be judged, 128 and above stop.
 * A revision is bad only for what is being watched: when a prerequisite broke (a file that does not parse), or when
 * something watched could not be looked at, it is skipped and not blamed.
 */
export function bisectExitCode(report: Report): number {
  if (report.exitCode === exitCodes.usage) return exitCodes.abortBisect;
  if (report.exitCode === exitCodes.interrupted) return exitCodes.interrupted;
  const gates = report.checks.filter((check) => check.gate);
  if (gates.some((gate) => gate.outcome.status !== 'passed' && gate.outcome.status !== 'not-applicable')) {
    return exitCodes.cannotJudge;
  }
  if (report.exitCode !== exitCodes.ok) {
    return report.exitCode === exitCodes.findings ? exitCodes.findings : exitCodes.cannotJudge;
  }
  const judged = report.checks.some((check) => !check.gate && check.outcome.status !== 'skipped');
  return judged ? exitCodes.ok : exitCodes.cannotJudge;
}

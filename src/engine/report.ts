import { exitCodes } from './exit-code.js';
import { severities, type Fact, type Outcome, type Severity } from './types.js';

export type Verdict = 'go' | 'no-go' | 'unknown' | 'error';

export interface CheckReport {
  id: string;
  title: string;
  why: string;
  /** The docs page, relative to the package: `docs/checks/incident-compile.md`. */
  docs: string;
  /** Not asked for, but run as a prerequisite of the judgement under bisect; never part of the verdict. */
  gate?: boolean;
  /** Every finding carries its resolved severity. */
  outcome: Outcome;
}

/** One look at the world: which artifact, how it went and how long it took. */
export interface LookReport {
  artifact: string;
  title: string;
  state: 'ok' | 'skipped' | 'failed';
  durationMs: number;
  /** Why it was skipped or failed. */
  reason?: string;
}

export interface ReportError {
  kind: 'usage' | 'internal' | 'interrupted';
  message: string;
  fix?: string;
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
}

export interface Summary {
  /** Findings by severity, gates left out. */
  errors: number;
  warnings: number;
  infos: number;
  /** Checks by status, gates left out. */
  passed: number;
  failed: number;
  notApplicable: number;
  skipped: number;
  blocked: number;
  errored: number;
}

/** What `--json` prints: one of these, whatever happens. */
export interface Report {
  schema: 'moe-check-report/1';
  tool: { name: string; version: string };
  command: 'preflight';
  /** Absolute path of what was looked at; as given by the user when it does not exist. */
  target: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  verdict: Verdict;
  exitCode: number;
  /** What was found rather than given, and how. */
  facts: readonly Fact[];
  checks: readonly CheckReport[];
  looks: readonly LookReport[];
  summary: Summary;
  error?: ReportError;
}

export type ReportHead = Pick<Report, 'tool' | 'target' | 'startedAt' | 'durationMs'>;

export function buildReport(
  head: ReportHead,
  body: Pick<Report, 'facts' | 'checks' | 'looks'>,
  failOn: Severity,
): Report {
  const exitCode = exitCodeOf(body.checks, failOn);
  const verdict = exitCode === exitCodes.ok ? 'go' : exitCode === exitCodes.findings ? 'no-go' : 'unknown';
  return {
    schema: 'moe-check-report/1',
    command: 'preflight',
    ...head,
    verdict,
    exitCode,
    ...body,
    summary: summarize(body.checks),
  };
}

/** The report of a run that came to no judgement: bad flags, bad config, an interrupt, a defect of ours. */
export function errorReport(head: ReportHead, error: ReportError): Report {
  const codes = {
    usage: exitCodes.usage,
    internal: exitCodes.cannotVouch,
    interrupted: exitCodes.interrupted,
  } as const;
  return {
    ...buildReport(head, { facts: [], checks: [], looks: [] }, 'error'),
    verdict: 'error',
    exitCode: codes[error.kind],
    error,
  };
}

function exitCodeOf(checks: readonly CheckReport[], failOn: Severity): number {
  const own = checks.filter((check) => !check.gate);
  const counts = (severity: Severity = 'error') => severities.indexOf(severity) >= severities.indexOf(failOn);
  const bad = own.some(
    ({ outcome }) => outcome.status === 'failed' && outcome.findings.some((finding) => counts(finding.severity)),
  );
  if (bad) return exitCodes.findings;
  const unseen = own.some(({ outcome }) => outcome.status === 'blocked' || outcome.status === 'errored');
  // Where every check was skipped there is nothing to vouch for.
  const judged = own.some(({ outcome }) => outcome.status !== 'skipped');
  return unseen || !judged ? exitCodes.cannotVouch : exitCodes.ok;
}

function summarize(checks: readonly CheckReport[]): Summary {
  const outcomes = checks.filter((check) => !check.gate).map((check) => check.outcome);
  const findings = outcomes.flatMap((outcome) =>
    outcome.status === 'failed' ? outcome.findings : outcome.status === 'passed' ? (outcome.notes ?? []) : [],
  );
  const having = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const rated = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: rated('error'),
    warnings: rated('warning'),
    infos: rated('info'),
    passed: having('passed'),
    failed: having('failed'),
    notApplicable: having('not-applicable'),
    skipped: having('skipped'),
    blocked: having('blocked'),
    errored: having('errored'),
  };
}

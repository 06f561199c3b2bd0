import { loadArtifacts, saveArtifacts } from './artifacts-folder.js';
import { collect, valuesOf, type Before, type Look, type Looks } from './collect.js';
import { redactDeep } from '../util/redact.js';
import { bisectExitCode, exitCodes } from './exit-code.js';
import { planLooks } from './plan.js';
import { buildReport, type CheckReport, type LookReport, type Report } from './report.js';
import { runCheck } from './run-checks.js';
import { selectChecks } from './select.js';
import type { ArtifactKey, Artifacts, Check, Collector, Outcome, Settings } from './types.js';

export interface ProgressEvent {
  type: 'start' | 'end';
  artifact: ArtifactKey;
  title: string;
  /** With `end`. */
  state?: 'ok' | 'skipped' | 'failed';
  /** With `end`. */
  durationMs?: number;
}

export interface RunRequest {
  settings: Settings;
  checks: readonly Check[];
  collectors: readonly Collector[];
  tool: { name: string; version: string };
  /** Masks secrets in a text; applied to the report and to every artifact that is saved. */
  redact?: (text: string) => string;
  signal: AbortSignal;
  onProgress?: (event: ProgressEvent) => void;
  /** Folder to save the artifacts in, so that they can be judged again. */
  saveTo?: string;
  /** Folder of saved artifacts to judge, instead of looking. */
  replayFrom?: string;
  /** Run prerequisites as gates and use the exit codes of `git bisect run`. */
  bisect?: boolean;
  /** What an earlier run saw, to look again only at what a change can affect. */
  before?: Before;
  /** Called with what was seen, once all of it was. */
  onLooks?: (looks: Looks) => void;
  /** Called after a run that ended in go, with what was seen. */
  whenGreen?: (seen: Readonly<Partial<Artifacts>>) => Promise<void>;
}

/**
 * Plans, collects and judges: the whole way from settings to a report.
 * @throws UsageError for what the user asked for and cannot be, or the signal's reason when it is aborted.
 */
export async function runPreflight(request: RunRequest): Promise<Report> {
  const { settings, checks, tool } = request;
  const started = new Date();
  const { selected, left } = selectChecks(checks, settings.only, settings.skip);
  const gates = checks.filter((check) => request.bisect && check.prerequisite && !selected.includes(check));
  const { target, looks } = await look(request, [...gates, ...selected]);

  const judge = (check: Check): Outcome => {
    const reason = left.get(check.id);
    if (reason !== undefined && !gates.includes(check)) return { status: 'skipped', reason };
    return runCheck(check, looks, settings.failOn);
  };
  const head = { tool, target, startedAt: started.toISOString(), durationMs: Date.now() - started.getTime() };
  const body = {
    facts: [...looks.values()].flatMap(factsOf),
    checks: checks.map((check) => describe(check, judge(check), gates.includes(check))),
    looks: [...looks.values()].map(describeLook),
  };
  const report = buildReport(head, body, settings.failOn);
  if (report.exitCode === exitCodes.ok) await request.whenGreen?.(valuesOf(looks.values()));
  return redacted({ ...report, ...(request.bisect ? { exitCode: bisectExitCode(report) } : {}) }, request.redact);
}

function redacted<T>(data: T, redact: RunRequest['redact']): T {
  return redact === undefined ? data : redactDeep(data, redact);
}

async function look(request: RunRequest, checks: readonly Check[]): Promise<{ target: string; looks: Looks }> {
  const { settings, collectors, tool } = request;
  if (request.replayFrom !== undefined) return loadArtifacts(request.replayFrom, collectors);
  const planned = planLooks(checks, collectors, settings.tier);
  const looks = await collect(planned, settings, request.signal, request.onProgress, request.before);
  request.onLooks?.(looks);
  if (request.saveTo !== undefined) {
    const saved = [...looks.values()].map(({ artifact, collected, durationMs }) => ({
      artifact,
      durationMs,
      ...collected,
    }));
    await saveArtifacts(request.saveTo, redacted(saved, request.redact), { tool, target: settings.root });
  }
  return { target: settings.root, looks };
}

function factsOf({ collector, collected }: Look) {
  return collected.state === 'ok' ? (collector.facts?.(collected.value) ?? []) : [];
}

function describe(check: Check, outcome: Outcome, gate: boolean): CheckReport {
  const { id, title, why } = check;
  const docs = `docs/checks/${id.replace('/', '-')}.md`;
  return { id, title, why, docs, ...(gate ? { gate } : {}), outcome };
}

function describeLook({ artifact, collector, collected, durationMs }: Look): LookReport {
  const { title } = collector;
  switch (collected.state) {
    case 'ok':
      return { artifact, title, state: 'ok', durationMs };
    case 'skipped':
      return { artifact, title, state: 'skipped', durationMs, reason: collected.reason };
    case 'failed':
      return { artifact, title, state: 'failed', durationMs, reason: collected.error.message };
    default:
      return collected satisfies never;
  }
}

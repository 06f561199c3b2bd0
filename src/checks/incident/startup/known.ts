import type { Launch } from '../../../collectors/launch.js';
import type { Severity } from '../../../engine/types.js';
import type { RecognizedFailure } from '../../../triage/triage.js';
import type { StartupFinding } from './finding.js';

/** What the log says beyond what explains one of the decisive findings already. */
export function knownFindings(launch: Launch, decisive: readonly StartupFinding[]): readonly StartupFinding[] {
  const explained = new Set(decisive.map((finding) => finding.explainedBy));
  return launch.recognized
    .filter((failure) => failure.class === 'benign' || !explained.has(failure.signature))
    .map((failure) => ({
      code: 'known-failure',
      subject: failure.class === 'benign' ? `${failure.signature} (noise)` : failure.signature,
      severity: severityOf(failure, launch, decisive),
      message: `${failure.class === 'benign' ? 'harmless noise in the log' : 'a known failure in the log'}: ${failure.cause}`,
      evidence: failure.lines,
      fix: failure.fix,
    }));
}

/**
 * A failure that is fatal elsewhere was survived here when the pages came up clean (it was caught and logged), and is
 * an aftermath when something else has stopped the dashboard. Both are worth a warning.
 */
function severityOf(failure: RecognizedFailure, { rungs }: Launch, decisive: readonly StartupFinding[]): Severity {
  switch (failure.class) {
    case 'benign':
      return 'info';
    case 'warning':
      return 'warning';
    case 'fatal': {
      const survived = rungs.some((rung) => rung.rung === 'page-clean' && rung.state === 'ok');
      const aftermath = decisive.some((finding) => (finding.severity ?? 'error') === 'error');
      return survived || aftermath ? 'warning' : 'error';
    }
    default:
      return failure.class satisfies never;
  }
}

import { valuesOf, type Look, type Looks } from './collect.js';
import { serializeError } from './errors.js';
import { severities, type ArtifactKey, type Check, type Finding, type Outcome, type Severity } from './types.js';

/**
 * Judges by one check. It can never stop another: what it throws becomes *errored*, what it could not see becomes
 * *blocked* or *skipped*, and only what it found about the dashboard is *failed*.
 */
export function runCheck(check: Check, looks: Looks, failOn: Severity): Outcome {
  for (const key of check.needs) {
    const unmet = whyNot(looks.get(key), key);
    if (unmet !== undefined) return unmet;
  }
  const deeper = (check.deepenedBy ?? []).flatMap((key) => whyNot(looks.get(key), key) ?? []);
  let result;
  let unjudged: readonly string[];
  try {
    result = check.run(declaredValues(check, looks));
    assertDeclaredCodes(check, result);
    unjudged = check.leftOut?.(declaredValues(check, looks)) ?? [];
  } catch (error) {
    return { status: 'errored', error: serializeError(error) };
  }
  if ('notApplicable' in result) return { status: 'not-applicable', reason: result.notApplicable };

  const findings = result.map((finding) => ({ ...finding, severity: finding.severity ?? check.severity }));
  const isNote = (finding: { severity: Severity }) => rank(finding.severity) < Math.min(rank('warning'), rank(failOn));
  if (findings.some((finding) => !isNote(finding))) return { status: 'failed', findings };

  // "Nothing found" is only true of what was looked at.
  const blocked = deeper.find((outcome) => outcome.status === 'blocked');
  if (blocked !== undefined) return blocked;
  const skipped = deeper.flatMap((outcome) => (outcome.status === 'skipped' ? [outcome.reason] : []));
  const leftOut = [...unjudged, ...skipped];
  return {
    status: 'passed',
    ...(findings.length > 0 ? { notes: findings } : {}),
    ...(leftOut.length > 0 ? { leftOut } : {}),
  };
}

function whyNot(look: Look | undefined, key: ArtifactKey): Outcome | undefined {
  if (look === undefined) return { status: 'skipped', reason: `${key} was not looked at` };
  const { collected } = look;
  switch (collected.state) {
    case 'ok':
      return undefined;
    case 'skipped':
      return { status: 'skipped', reason: collected.reason };
    case 'failed':
      return { status: 'blocked', artifact: collected.because ?? key, error: collected.error };
    default:
      return collected satisfies never;
  }
}

function declaredValues(check: Check, looks: Looks) {
  const declared = [...check.needs, ...(check.deepenedBy ?? []), ...(check.wants ?? [])];
  return valuesOf(declared.flatMap((key) => looks.get(key) ?? []));
}

function assertDeclaredCodes(check: Check, result: ReturnType<Check['run']>): void {
  if ('notApplicable' in result) return;
  const undeclared = result.find((finding: Finding) => !Object.hasOwn(check.codes, finding.code));
  if (undeclared !== undefined) throw new Error(`${check.id} gave the undeclared code "${undeclared.code}"`);
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

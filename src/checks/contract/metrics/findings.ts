import type { Artifacts, CheckResult } from '../../../engine/types.js';
import { findingOf, problemCodes, type ProblemCode } from '../../../metrics/validate/problems.js';

/** Some codes with what they mean, as a check declares them. */
export function pickCodes<Code extends ProblemCode>(...codes: readonly Code[]): Readonly<Record<string, string>> {
  return Object.fromEntries(codes.map((code) => [code, problemCodes[code]]));
}

/** The problems with these codes of every run that the config names, and of the reference models where they were trained. */
export function problemsWith(
  codes: Readonly<Record<string, string>>,
  { named, runs }: Artifacts['metrics'],
  trainings?: Artifacts['trainings'],
): CheckResult {
  const trained = (trainings?.runs ?? []).flatMap(({ metrics }) => metrics);
  if (named.length === 0 && trained.length === 0) {
    return { notApplicable: 'no runs are named; metrics.runs in the config does' };
  }
  return [...runs, ...trained].flatMap((run) =>
    run.problems
      .filter(({ code }) => Object.hasOwn(codes, code))
      .map((problem) => ({ ...findingOf(problem), subject: `${run.path} ${problem.metric}` })),
  );
}

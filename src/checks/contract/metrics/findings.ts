import type { Artifacts, CheckResult } from '../../../engine/types.js';
import { findingOf, problemCodes, type ProblemCode } from '../../../metrics/validate/problems.js';

/** Paths of runs that are named one by one. */
const mostNamed = 3;

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

/** Of which runs little can be judged, for no schema says what is to be there: only `lookedFor` was looked for. */
export function withoutSchema({ runs }: Artifacts['metrics'], lookedFor: string): readonly string[] {
  const paths = runs.filter(({ judgedBy }) => judgedBy === 'none').map((run) => run.path);
  if (paths.length === 0) return [];
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  const which = `${paths.slice(0, mostNamed).join(', ')}${more}`;
  return [`no schema for ${which} (metrics.schema names one): only ${lookedFor} looked for`];
}

import type { Format } from '../source.js';

/** What can be wrong with metrics, and what it means. */
export const problemCodes = {
  schema: 'a value is not what the schema says',
  'missing-metric': 'a metric that the schema asks for is not there',
  'renamed-metric': 'a metric has the name it had before it was renamed',
  'non-finite': 'a value is NaN or infinite',
  'step-order': 'a step does not come after the one before it',
  'no-step': 'the records of a run do not say their step',
  'text-for-number': 'a text where a metric was a number before',
  damaged: 'a part of a file cannot be read',
  empty: 'there is not one record',
  flat: 'a metric stands still that never does in a training that learns',
  invariant: 'values contradict each other, or what they mean',
} as const;
export type ProblemCode = keyof typeof problemCodes;

/** Where something is: a line (1-based) or a byte of a file, and the step that it is about. */
export interface Place {
  file: string;
  line?: number;
  offset?: number;
  step?: number;
}

/** The same thing wrong with the same metric, however often: where first, and how many times. */
export interface Problem {
  code: ProblemCode;
  severity: 'info' | 'warning' | 'error';
  /** `loss`, `expert_loads.primary`; of damage the file. */
  metric: string;
  message: string;
  count: number;
  first: Place;
  /** The name that was probably meant. */
  suggestion?: string;
}

/** What came of judging one run. */
export interface SourceReport {
  path: string;
  format: Format;
  /** `moe-metrics/1`, the file of a project's own schema, or `none`. */
  judgedBy: string;
  records: number;
  firstStep?: number;
  lastStep?: number;
  problems: readonly Problem[];
  /** Metrics that the schema does not name: allowed, and said. */
  unnamed: readonly string[];
  /** Where no schema names the metrics: those that the records name, and what they call their step. */
  found?: { metrics: readonly string[]; step?: string };
  /** Kinds of problems beyond those that are listed. */
  leftOut: number;
}

type Found = Omit<Problem, 'count' | 'first'>;

/** Distinct problems that are kept of one run. */
const mostKept = 200;

/** Counts what is found, and keeps the first place of each: bounded, however much is wrong. */
export class ProblemLog {
  private readonly problems = new Map<string, Problem>();
  leftOut = 0;

  add(found: Found, first: Place): void {
    // Each damage is one of its own: it is told by its offset.
    const key = `${found.code} ${found.metric} ${found.code === 'damaged' ? first.offset : ''}`;
    const before = this.problems.get(key);
    if (before !== undefined) before.count += 1;
    else if (this.problems.size < mostKept) this.problems.set(key, { ...found, count: 1, first });
    else this.leftOut += 1;
  }

  /** Whether a metric is in a problem, or is the near miss of one. */
  speaksOf(metric: string): boolean {
    return [...this.problems.values()].some((each) => each.metric === metric || each.suggestion === metric);
  }

  /** Errors before warnings before notes, each in the order in which they were found. */
  list(): readonly Problem[] {
    const all = [...this.problems.values()];
    return (['error', 'warning', 'info'] as const).flatMap((severity) =>
      all.filter((each) => each.severity === severity),
    );
  }
}

/** A problem as a finding of a report. */
export function findingOf({ code, severity, metric, message, count, first, suggestion }: Problem) {
  const { file, line, step } = first;
  const where = step === undefined ? '' : `step ${step}`;
  const often = count === 1 ? where : `${count} times${where && `, first at ${where}`}`;
  return {
    code,
    severity,
    subject: metric,
    message: often === '' ? message : `${message} (${often})`,
    location: { file, ...(line === undefined ? {} : { line }) },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

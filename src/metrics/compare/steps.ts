import { StepMerger } from '../readers/merge-steps.js';
import { readSource } from '../readers/read.js';
import { isStepName, stepOf, visitNumbers, type Values } from '../record.js';
import type { RecordSchema } from '../record-schema.js';
import type { Row, Source } from '../source.js';

/** The numbers of one step, by name: `loss`, `expert_loads.primary[0]`. */
export interface Step {
  step: number;
  numbers: ReadonlyMap<string, number>;
}

export type Steps = AsyncIterator<Step, unknown, undefined> | Iterator<Step, unknown, undefined>;

/** The steps of a run as they are compared: rows of one step joined, without what says nothing of the training itself. */
export async function* stepsOf(
  source: Source,
  schema: RecordSchema,
  signal?: AbortSignal,
): AsyncGenerator<Step, void, undefined> {
  const uncompared = new Set(schema.annotations.filter(({ compared }) => !compared).map(({ path }) => path.join('.')));
  let count = 0;
  const merger = new StepMerger();
  const stepIn = ({ values }: Row) => ({ step: stepOf(values) ?? count++, numbers: numbersOf(values, uncompared) });
  for await (const { rows } of readSource(source, signal)) {
    for (const row of rows) {
      const whole = merger.add(row);
      if (whole !== undefined) yield stepIn(whole);
    }
  }
  const last = merger.end();
  if (last !== undefined) yield stepIn(last);
}

function numbersOf(values: Values, uncompared: ReadonlySet<string>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  visitNumbers(values, (name, value) => {
    if (!isStepName(name) && !uncompared.has(name)) numbers.set(name, value);
  });
  return numbers;
}

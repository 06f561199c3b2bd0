import { stepOf } from '../record.js';
import type { Row } from '../source.js';

/** Joins rows that follow each other and speak of the same step, as long as no metric is said twice. */
export class StepMerger {
  private open: { row: Row; step: number | undefined; values: Record<string, unknown> } | undefined;

  /** The row that is complete, now that this one has come. */
  add(row: Row): Row | undefined {
    const step = stepOf(row.values);
    if (this.open !== undefined && step !== undefined && this.open.step === step && this.join(row)) return undefined;
    const done = this.open?.row;
    const values = { ...row.values };
    this.open = { row: { ...row, values }, step, values };
    return done;
  }

  /** The last row. */
  end(): Row | undefined {
    const last = this.open?.row;
    this.open = undefined;
    return last;
  }

  private join({ values }: Row): boolean {
    const into = this.open?.values ?? {};
    const twice = Object.keys(values).some((name) => Object.hasOwn(into, name) && into[name] !== values[name]);
    if (!twice) Object.assign(into, values);
    return !twice;
  }
}

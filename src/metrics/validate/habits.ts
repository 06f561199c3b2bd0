import { isStepName, stepOf, type Values } from '../record.js';
import type { Complaint } from './complaints.js';

interface Habit {
  /** Of its first value. */
  type: string;
  first: number;
  last: number;
  /** The step of its last record. */
  step: number | undefined;
}

/** Distinct names that are watched; a run has hundreds. */
const mostNames = 10_000;

/** What a run that no schema describes is held against: what its own records do. */
export class Habits {
  private readonly habits = new Map<string, Habit>();
  private records = 0;
  private stepName: string | undefined;

  /** What is out of habit in the next record. */
  complaints(values: Values): readonly Complaint[] {
    const found: Complaint[] = [];
    const step = stepOf(values);
    for (const name in values) {
      const value = values[name];
      if (step !== undefined && this.stepName === undefined && isStepName(name)) this.stepName = name;
      const habit = this.habits.get(name);
      if (habit === undefined) {
        if (this.habits.size === mostNames) continue;
        this.habits.set(name, { type: typeof value, first: this.records, last: this.records, step });
        continue;
      }
      habit.last = this.records;
      habit.step = step;
      if (typeof value !== 'string' || habit.type !== 'number') continue;
      const message = `${name} is the text ${JSON.stringify(value)}, and was a number before`;
      found.push({ code: 'text-for-number', severity: 'warning', metric: name, message });
    }
    this.records += 1;
    return found;
  }

  /** What only the end of a run tells. */
  atTheEnd(): readonly Complaint[] {
    const found: Complaint[] = [];
    if (this.records > 1 && this.stepName === undefined) {
      const message = 'no record says its step as a number, under step, global_step or _step';
      found.push({ code: 'no-step', severity: 'warning', metric: 'step', message });
    }
    // A metric that ends right where another begins that differs by its spelling alone.
    const begun = new Map([...this.habits].map(([name, { first }]) => [`${first} ${spelledPlainly(name)}`, name]));
    for (const [name, { last, step }] of this.habits) {
      const next = begun.get(`${last + 1} ${spelledPlainly(name)}`);
      if (next === undefined || next === name) continue;
      const where = step === undefined ? '' : ` after step ${step}`;
      const message = `${name} ends${where}, where ${next} begins`;
      found.push({ code: 'renamed-metric', severity: 'warning', metric: name, message, suggestion: next });
    }
    return found;
  }

  /** The metrics that the records name, and the name of their step. */
  get found(): { metrics: readonly string[]; step?: string } {
    const metrics = [...this.habits.keys()].filter((name) => !isStepName(name));
    return { metrics, ...(this.stepName === undefined ? {} : { step: this.stepName }) };
  }
}

/** `train/Loss`, `train_loss` and `trainLoss` alike. */
function spelledPlainly(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

import { isStepName, stepOf, type Values } from '../record.js';

/**
 * Watches that steps rise, strictly. Where every record is a step, that is all; else every metric goes through the steps
 * for itself (a training and an evaluation may each write a row of the same step, and both name the epoch), and a file
 * begins anew, as after a restart.
 */
export class StepOrder {
  private readonly last = new Map<string, { step: number; value: unknown }>();
  private readonly aRecordAStep: boolean;

  constructor(aRecordAStep: boolean) {
    this.aRecordAStep = aRecordAStep;
  }

  beginFile(): void {
    this.last.clear();
  }

  /** What is out of order in the next record, in words. */
  complaint(values: Values): string | undefined {
    const step = stepOf(values);
    if (step === undefined) return undefined;
    if (this.aRecordAStep) return this.next('step', step, undefined);
    let complaint: string | undefined;
    for (const name in values) {
      if (isStepName(name)) continue;
      const own = this.next(name, step, values[name]);
      complaint ??= own;
    }
    return complaint;
  }

  /** Of the epoch, which may stay but not fall. */
  epochComplaint(values: Values): string | undefined {
    const epoch = values['epoch'];
    if (!this.aRecordAStep || typeof epoch !== 'number') return undefined;
    const before = this.last.get('epoch')?.step ?? epoch;
    this.last.set('epoch', { step: epoch, value: undefined });
    return epoch < before ? `epoch ${epoch} comes after epoch ${before}` : undefined;
  }

  /** The same value said twice of the same step contradicts nothing, unless the whole record is one step. */
  private next(name: string, step: number, value: unknown): string | undefined {
    const before = this.last.get(name);
    this.last.set(name, { step, value });
    if (before === undefined || step > before.step) return undefined;
    if (step === before.step && value !== undefined && Object.is(value, before.value)) return undefined;
    const of = this.aRecordAStep ? '' : ` (${name})`;
    return step === before.step ? `step ${step} comes twice${of}` : `step ${step} comes after step ${before.step}${of}`;
  }
}

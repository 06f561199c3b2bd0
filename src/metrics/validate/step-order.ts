import { isStepName, stepOf, type Values } from '../record.js';

/**
 * Watches that steps rise, strictly. In a dense source every record has a step of its own; in a sparse one every metric
 * goes through the steps for itself, and a file begins anew, as after a restart.
 */
export class StepOrder {
  private readonly last = new Map<string, number>();
  private readonly sparse: boolean;

  constructor(sparse: boolean) {
    this.sparse = sparse;
  }

  beginFile(): void {
    this.last.clear();
  }

  /** What is out of order in the next record, in words. */
  complaint(values: Values): string | undefined {
    const step = stepOf(values);
    if (step === undefined) return undefined;
    if (!this.sparse) return this.next('step', step);
    let complaint: string | undefined;
    for (const name in values) if (!isStepName(name)) complaint ??= this.next(name, step);
    return complaint;
  }

  /** Of the epoch, which may stay but not fall. */
  epochComplaint(values: Values): string | undefined {
    const epoch = values['epoch'];
    if (this.sparse || typeof epoch !== 'number') return undefined;
    const before = this.last.get('epoch') ?? epoch;
    this.last.set('epoch', epoch);
    return epoch < before ? `epoch ${epoch} comes after epoch ${before}` : undefined;
  }

  private next(name: string, step: number): string | undefined {
    const before = this.last.get(name);
    this.last.set(name, step);
    if (before === undefined || step > before) return undefined;
    const of = name === 'step' ? '' : ` (${name})`;
    return step === before ? `step ${step} comes twice${of}` : `step ${step} comes after step ${before}${of}`;
  }
}

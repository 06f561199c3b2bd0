/** What a training must come down to: the mean loss on the evaluation split after the last step, in nats. */
export interface Target {
  /** At most this far above the least that is possible, where that is known. */
  above_floor?: number;
  /** At most this. */
  loss?: number;
  /** Why this number. */
  why?: string;
}

/** How a training ended. */
export interface Ended {
  outcome: 'finished' | 'interrupted' | 'failed';
  /** Why, when it failed. */
  reason?: string;
  /** Steps that are done. */
  steps: number;
  /** On the evaluation split after the last step, in nats. */
  evalLoss?: number;
  /** Tokens that an evaluation predicts. */
  evalTokens: number;
  /** The least mean loss on the evaluation split that is possible, in nats, where it is known. */
  floor?: number;
}

/** What is wrong with how a training ended. */
export interface Shortfall {
  code: 'failed' | 'above-target' | 'below-floor';
  message: string;
  fix: string;
}

/**
 * Judges how a training ended: whether it did, whether it came down to its target, and whether it is below what is
 * possible. One that was interrupted is not judged.
 */
export function shortfallsOf(ended: Ended, target: Target = {}): readonly Shortfall[] {
  const { outcome, reason, steps, evalLoss: loss, evalTokens, floor } = ended;
  if (outcome === 'interrupted') return [];
  if (outcome === 'failed' || loss === undefined) {
    const message = `the training failed after ${steps} steps: ${reason ?? 'it was never evaluated'}`;
    return [
      { code: 'failed', message, fix: 'Lower the learning rates, or look at the last records of metrics.jsonl.' },
    ];
  }
  const found: Shortfall[] = [];
  const most = mostAllowed(target, floor);
  if (most !== undefined && loss > most) {
    found.push({
      code: 'above-target',
      message: `the evaluation loss is ${nats(loss)} after ${steps} steps, and must be at most ${nats(most)}`,
      fix: 'Find the change of model, optimiser or data since it was last reached; compare with a golden names the step.',
    });
  }
  if (floor !== undefined && isBelow(loss, floor, evalTokens)) {
    found.push({
      code: 'below-floor',
      message: `the evaluation loss is ${nats(loss)}, below ${nats(floor)}, the least that is possible: the model sees what it is to predict`,
      fix: 'Look for a leak: attention that is not causal, targets that are not shifted, training data in the evaluation.',
    });
  }
  return found;
}

/** Whether there is something that the loss must come down to: above the floor only where that is known. */
export function isJudgeable({ above_floor, loss }: Target, isFloorKnown: boolean): boolean {
  return loss !== undefined || (above_floor !== undefined && isFloorKnown);
}

function mostAllowed({ above_floor, loss }: Target, floor: number | undefined): number | undefined {
  return above_floor === undefined || floor === undefined ? loss : floor + above_floor;
}

/**
 * Any predictor may be luckier than the best one on a finite text. But the ratio of their likelihoods has the mean 1, so
 * that it is above a million with a probability below one in a million (Markov's inequality).
 */
function isBelow(loss: number, floor: number, tokens: number): boolean {
  return (floor - loss) * tokens > Math.log(1e6);
}

const nats = (loss: number): string => `${loss.toFixed(3)} nats`;

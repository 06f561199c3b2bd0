/** Sequences to train or evaluate on. */
export interface Batch {
  /** `sequences` rows of T + 1 tokens: every token but the last is shown, every one but the first predicted. */
  ids: Int32Array;
  sequences: number;
  /** How often the training data has been gone through. */
  epoch: number;
}

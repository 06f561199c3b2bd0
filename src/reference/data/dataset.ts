import type { ReferenceConfig } from '../config.js';
import type { Batch } from './batch.js';
import { bayesFloor, markovBatch, markovMixture } from './markov.js';
import type { DataFile } from './read-text.js';
import { readCorpus, textBatch } from './text.js';

/** What a run trains and evaluates on. Both are functions of seed and position: to resume takes the step alone. */
export interface Dataset {
  /** The batch of a training step, from 0. */
  trainBatch(step: number): Batch;
  /** The evaluation split, `eval_batches` long; the same at every evaluation. */
  evalBatches: readonly Batch[];
  /** The least mean loss in nats that any predictor can have on the evaluation split, where it is known. */
  floor?: number;
  /** The file it is read from, where it is. */
  source?: DataFile;
}

/** @throws DataError when the config names a file that cannot be trained on */
export async function openDataset(config: ReferenceConfig): Promise<Dataset> {
  const evaluation = (batch: (position: number) => Batch): Batch[] =>
    Array.from({ length: config.eval_batches }, (_, position) => batch(position));
  if (config.data !== 'markov') {
    const corpus = await readCorpus(config.data, config);
    return {
      trainBatch: (step) => textBatch(corpus, config, 'train', step),
      evalBatches: evaluation((position) => textBatch(corpus, config, 'eval', position)),
      source: corpus.source,
    };
  }
  const mixture = markovMixture(config);
  const evalBatches = evaluation((position) => markovBatch(mixture, config, 'eval', position));
  return {
    trainBatch: (step) => markovBatch(mixture, config, 'train', step),
    evalBatches,
    floor: bayesFloor(mixture, evalBatches),
  };
}

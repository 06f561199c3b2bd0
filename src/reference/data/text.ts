import type { ReferenceConfig } from '../config.js';
import { uniform } from '../random.js';
import type { Batch } from './batch.js';
import { type DataFile, DataError, readText } from './read-text.js';
import { tokenize } from './tokenizer.js';

/** The tokens of a text, its last tenth kept for evaluation. */
export interface TextCorpus {
  train: Int32Array;
  eval: Int32Array;
  source: DataFile;
}

/**
 * Reads and tokenizes a text file, or a JSONL file whose lines each hold their text as `text`.
 * @throws DataError when the file cannot be read, holds no text, or is shorter than one sequence
 */
export async function readCorpus(file: string, { tokenizer, context }: ReferenceConfig): Promise<TextCorpus> {
  const { text, source } = await readText(file);
  const tokens = await tokenize(text, tokenizer);
  const cut = tokens.length - Math.ceil(tokens.length / 10);
  const corpus = { train: tokens.subarray(0, cut), eval: tokens.subarray(cut), source };
  if (corpus.eval.length <= context) {
    const least = 10 * (context + 1);
    throw new DataError(
      `${file} has ${tokens.length} tokens, too few for a context of ${context}: the evaluation split, its last tenth, ` +
        `must hold a sequence, which takes about ${least} tokens`,
    );
  }
  return corpus;
}

/**
 * A batch of sequences. In the training split they are cut at random places, in an order that depends on the seed and the
 * step alone; the evaluation split is read from its start, and again from there when it ends.
 */
export function textBatch(
  corpus: TextCorpus,
  { batch_size: B, context: T, seed }: Pick<ReferenceConfig, 'batch_size' | 'context' | 'seed'>,
  split: 'train' | 'eval',
  position: number,
): Batch {
  const tokens = corpus[split];
  const next = uniform(seed, `${split}/${position}`);
  const ids = new Int32Array(B * (T + 1));
  const places = tokens.length - T;
  const whole = Math.floor((tokens.length - 1) / T);
  for (let b = 0; b < B; b++) {
    const start = split === 'train' ? Math.floor(next() * places) : ((position * B + b) % whole) * T;
    ids.set(tokens.subarray(start, start + T + 1), b * (T + 1));
  }
  return { ids, sequences: B, epoch: Math.floor((position * B * T) / tokens.length) };
}

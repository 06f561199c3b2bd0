import type { Values } from './record.js';

/** What metrics come in. `moe-metrics`: a run folder of ours, or a JSONL file that follows our schema. */
export const formats = ['moe-metrics', 'jsonl', 'csv', 'tensorboard', 'mlflow'] as const;
export type Format = (typeof formats)[number];

/** The metrics of one run. */
export interface Source {
  /** The run folder or the file, as it is named to the user. */
  path: string;
  format: Format;
  /** In the order in which they were written. */
  files: readonly string[];
}

/** The values of one step, and where they stand: a line of a text file (1-based), a byte of a binary one. */
export interface Row {
  values: Values;
  line?: number;
  offset?: number;
}

/** A piece of a file that cannot be read. The rest is read. */
export interface Damage {
  file: string;
  /** Bytes from the start of the file. */
  offset: number;
  /** 1-based, in a text file. */
  line?: number;
  what: string;
  /** The file just stops: its writer was killed, or is still at work. */
  torn: boolean;
}

/** What was read at once from one file, in the order of the file. */
export interface Batch {
  file: string;
  rows: readonly Row[];
  damages: readonly Damage[];
}

/** A source is read as a stream, in constant memory. */
export type Batches = AsyncGenerator<Batch, void, undefined>;

/**
 * In these formats a record holds some metrics only: each metric has steps of its own, and what must be there is looked
 * for in the whole run instead of in every record.
 */
export function isSparse(format: Format): boolean {
  return format === 'csv' || format === 'tensorboard' || format === 'mlflow';
}

import type { Batches, Damage, Row } from '../source.js';
import { StepMerger } from './merge-steps.js';
import { decodeEvent } from './tensorboard-event.js';
import { tfRecordsOf } from './tfrecord.js';

const rowsInABatch = 1000;

/** A TensorBoard event file: its scalars, those of one step that follow each other as one row. */
export async function* readTensorBoard(file: string, signal?: AbortSignal): Batches {
  const merger = new StepMerger();
  let rows: Row[] = [];
  let damages: Damage[] = [];
  const keep = (row: Row | undefined) => {
    if (row !== undefined) rows.push(row);
  };
  for await (const piece of tfRecordsOf(file, signal)) {
    const { offset } = piece;
    if ('broken' in piece) damages.push({ file, offset, what: piece.broken, torn: piece.torn });
    else {
      try {
        const { step, scalars } = decodeEvent(piece.data);
        for (const { tag, value } of scalars) keep(merger.add({ values: { step, [tag]: value }, offset }));
      } catch {
        damages.push({ file, offset, what: 'the record holds no TensorBoard event', torn: false });
      }
    }
    if (rows.length < rowsInABatch) continue;
    yield { file, rows, damages };
    rows = [];
    damages = [];
  }
  keep(merger.end());
  yield { file, rows, damages };
}

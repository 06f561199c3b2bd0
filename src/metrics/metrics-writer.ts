import { open, truncate, type FileHandle } from 'node:fs/promises';
import { fileError, MetricsError } from './errors.js';
import { parseRecord } from './readers/jsonl.js';
import { linesOf, offsetIn } from './readers/lines.js';
import { encodeRecord, stepOf, type MetricsRecord, type Values } from './record.js';

/** What was taken off the end of a file when it was resumed. */
export interface Dropped {
  /** Bytes of a last line that was cut off in the middle. */
  tornBytes: number;
  /** Whole records of steps after the one that is resumed from. */
  records: number;
}

/** A file of metrics that is gone on with. */
export interface Resumed {
  writer: MetricsWriter;
  dropped: Dropped;
  /** The last record that stays. */
  last?: Values;
}

/** Writes `metrics.jsonl` line by line: what was appended stays, whatever happens after. */
export class MetricsWriter {
  private readonly handle: FileHandle;
  private readonly file: string;
  private bytes: number;

  private constructor(handle: FileHandle, file: string, bytes: number) {
    this.handle = handle;
    this.file = file;
    this.bytes = bytes;
  }

  /** @throws MetricsError when there is such a file already, or it cannot be written */
  static async create(file: string): Promise<MetricsWriter> {
    const handle = await open(file, 'ax').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw fileError(file, 'written', error);
      throw new MetricsError(`${file} is there already`, 'Resume the run, or write to another folder.');
    });
    return new MetricsWriter(handle, file, 0);
  }

  /**
   * Opens a file to go on after `lastStep`: what was written of later steps, and a last line that was cut off, is dropped.
   * @throws MetricsError when a line in the middle is no record, or a step up to `lastStep` is not there: then nothing is
   *   changed
   */
  static async resume(file: string, lastStep = Infinity): Promise<Resumed> {
    const { keep, dropped, last, lacksBreak, unbroken } = await survey(file, lastStep);
    if (lastStep < Infinity) assertUnbroken(file, unbroken, lastStep + 1);
    try {
      await truncate(file, keep);
      const handle = await open(file, 'a');
      const writer = new MetricsWriter(handle, file, keep);
      if (lacksBreak) await writer.write('\n');
      return { writer, dropped, ...(last === undefined ? {} : { last }) };
    } catch (error) {
      throw error instanceof MetricsError ? error : fileError(file, 'written', error);
    }
  }

  /**
   * Appends one record.
   * @throws MetricsError when the disk is full or the like; the file then ends with the record before
   */
  async append(record: MetricsRecord): Promise<void> {
    await this.write(`${encodeRecord(record)}\n`);
  }

  /**
   * Resolves when all that was appended is on the disk, and survives a loss of power.
   * @throws MetricsError when it cannot be
   */
  async sync(): Promise<void> {
    await this.handle.datasync().catch((error: unknown) => {
      throw fileError(this.file, 'written', error);
    });
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async write(text: string): Promise<void> {
    try {
      await this.handle.appendFile(text);
      this.bytes += Buffer.byteLength(text);
    } catch (error) {
      // A half-written line would hide the record that is written next.
      await this.handle.truncate(this.bytes).catch(() => undefined);
      throw fileError(this.file, 'written', error);
    }
  }
}

/** @throws MetricsError when the records of the steps before `steps` are not all there, or the file cannot be read */
export async function assertComplete(file: string, steps: number): Promise<void> {
  assertUnbroken(file, (await survey(file, Infinity)).unbroken, steps);
}

function assertUnbroken(file: string, unbroken: number, steps: number): void {
  if (unbroken >= steps) return;
  throw new MetricsError(
    `${file} lacks step ${unbroken}, and ${steps} were done`,
    'Bring the file back, or train anew in another folder.',
  );
}

interface Survey {
  /** Bytes that stay. */
  keep: number;
  dropped: Dropped;
  last?: Values;
  /** The last record that stays is whole, but its line break was not written any more. */
  lacksBreak: boolean;
  /** The records that stay begin with those of so many steps, from 0 on. */
  unbroken: number;
}

async function survey(file: string, lastStep: number): Promise<Survey> {
  const result: Survey = { keep: 0, dropped: { tornBytes: 0, records: 0 }, lacksBreak: false, unbroken: 0 };
  for await (const block of linesOf(file)) {
    for (const [index, line] of block.lines.entries()) {
      const isLast = index === block.lines.length - 1;
      const record = block.damage ?? parseRecord(line);
      if (typeof record === 'string') {
        if (block.ended || !isLast) {
          const place = `${file}: line ${block.firstLine + index}`;
          throw new MetricsError(`${place} is ${record}`, 'Mend or delete the line, then resume.');
        }
        result.dropped.tornBytes = Buffer.byteLength(line);
      } else if ((stepOf(record) ?? Infinity) > lastStep) result.dropped.records += 1;
      else {
        result.last = record;
        if (stepOf(record) === result.unbroken) result.unbroken += 1;
        result.lacksBreak = isLast && !block.ended;
        result.keep = result.lacksBreak ? offsetIn(block, index) + Buffer.byteLength(line) : offsetIn(block, index + 1);
      }
    }
  }
  return result;
}

import { createReadStream } from 'node:fs';
import { parse, CsvError, type Info } from 'csv-parse';
import { fileError } from '../errors.js';
import type { Batches, Damage, Row } from '../source.js';
import { StepMerger } from './merge-steps.js';
import { pythonNumber } from './python-number.js';

const rowsInABatch = 1000;

interface Cells {
  record: string[];
  info: Info;
}

/**
 * A CSV file with a header. Lightning writes a row a call, each with some cells only: rows of one step that follow each
 * other become one. A header that changes on the way is named, and holds from there on.
 * @throws MetricsError when the file cannot be read
 */
export async function* readCsv(file: string, signal?: AbortSignal): Batches {
  const table = new Table(file);
  try {
    for await (const { record, info } of cellsOf(file, await delimiterOf(file), signal)) {
      table.add(record, info.lines, info.bytes);
      if (table.rows.length >= rowsInABatch) yield table.take();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof CsvError)) throw fileError(file, 'read', error);
    table.stopAt(error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is never closed' : error.message);
  }
  table.end();
  yield table.take();
}

class Table {
  rows: Row[] = [];
  private damages: Damage[] = [];
  private header: readonly string[] | undefined;
  private merger: StepMerger | undefined;
  private at = { line: 1, offset: 0 };
  private misfit: { line: number; offset: number; what: string } | undefined;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  add(cells: readonly string[], line: number, endOffset: number): void {
    const { at } = this;
    this.tellMisfit(false);
    this.at = { line: line + 1, offset: endOffset };
    if (this.header === undefined || this.isHeader(cells)) this.useHeader(cells, at);
    else if (cells.length === this.header.length) {
      this.keep(this.merger?.add({ values: valuesOf(this.header, cells), line: at.line }));
    } else this.misfit = { ...at, what: `${cells.length} cells under a header of ${this.header.length}` };
  }

  stopAt(what: string): void {
    this.damage(what, true, this.at);
  }

  end(): void {
    this.tellMisfit(true);
    this.keep(this.merger?.end());
  }

  take(): { file: string; rows: readonly Row[]; damages: readonly Damage[] } {
    const { file, rows, damages } = this;
    this.rows = [];
    this.damages = [];
    return { file, rows, damages };
  }

  /** A row of names, of which some are those of the columns: a second session that appended to the same file. */
  private isHeader(cells: readonly string[]): boolean {
    return (
      cells.every((cell) => cell !== '' && pythonNumber(cell) === undefined) &&
      cells.some((cell) => this.header?.includes(cell))
    );
  }

  private useHeader(cells: readonly string[], at: { line: number; offset: number }): void {
    const before = this.header;
    this.keep(this.merger?.end());
    this.header = cells.map((cell) => cell.trim());
    this.merger = new StepMerger();
    const twice = this.header.find((name, index, all) => all.indexOf(name) < index);
    if (twice !== undefined)
      this.damage(`several columns are called ${JSON.stringify(twice)}; the last counts`, false, at);
    if (before === undefined) return;
    const gone = before.filter((name) => !cells.includes(name));
    const added = cells.filter((name) => !before.includes(name));
    const changes = [...gone.map((name) => `without ${name}`), ...added.map((name) => `with ${name}`)];
    this.damage(
      `the header ${changes.length === 0 ? 'stands here again' : `changes: ${changes.join(', ')}`}`,
      false,
      at,
    );
  }

  /** A row that does not fit: only the last one can have been cut off by the end of its writer. */
  private tellMisfit(isLast: boolean): void {
    const { misfit } = this;
    this.misfit = undefined;
    if (misfit !== undefined) this.damages.push({ file: this.file, ...misfit, torn: isLast });
  }

  private keep(row: Row | undefined): void {
    if (row !== undefined) this.rows.push(row);
  }

  private damage(what: string, torn: boolean, at: { line: number; offset: number }): void {
    this.damages.push({ file: this.file, ...at, what, torn });
  }
}

function valuesOf(header: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (let index = 0; index < header.length; index++) {
    const cell = cells[index]?.trim() ?? '';
    if (cell !== '') values[header[index] ?? ''] = pythonNumber(cell) ?? cell;
  }
  return values;
}

async function* cellsOf(
  file: string,
  delimiter: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Cells, void, undefined> {
  const parser = parse({ bom: true, info: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  const input = createReadStream(file, { signal });
  input.on('error', (error) => parser.destroy(error));
  // csv-parse types its records as unknown; with `info` and without `columns` they are these.
  yield* input.pipe(parser) as AsyncIterable<Cells>;
}

async function delimiterOf(file: string): Promise<string> {
  const [head = ''] = (await firstBytes(file)).split('\n');
  return [',', '\t', ';'].find((delimiter) => head.includes(delimiter)) ?? ',';
}

/** The first characters of a text file, enough for a header. */
async function firstBytes(file: string): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of createReadStream(file, { end: 1 << 16, encoding: 'utf8' })) chunks.push(String(chunk));
  return chunks.join('');
}

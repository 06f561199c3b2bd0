import path from 'node:path';
import { readSource } from '../readers/read.js';
import { recordSchemaId, stepOf, visitNumbers, type Values } from '../record.js';
import type { OldName, RecordSchema } from '../record-schema.js';
import { isSparse, type Damage, type Row, type Source } from '../source.js';
import { valueAt } from '../names.js';
import { complaintsOf, isThere, missingMetric, nonFinite, type Complaint } from './complaints.js';
import { Habits } from './habits.js';
import { brokenInvariants, sumsUp } from './invariants.js';
import { ProblemLog, type Place, type Problem, type SourceReport } from './problems.js';
import { StepOrder } from './step-order.js';
import { Stillness } from './stillness.js';

/** Names that the schema does not know, as far as they are told. */
const mostNamed = 100;
/** Distinct names of metrics that are kept; a run has hundreds. */
const mostNames = 10_000;

/**
 * Judges one run, streaming: memory does not grow with its length.
 * @throws MetricsError when a file cannot be read
 */
export async function validateSource(
  source: Source,
  schema: RecordSchema,
  signal?: AbortSignal,
): Promise<SourceReport> {
  const judge = new RunJudge(source, schema);
  let file: string | undefined;
  for await (const batch of readSource(source, signal)) {
    if (batch.file !== file) judge.beginFile();
    file = batch.file;
    for (const damage of batch.damages) judge.damage(damage);
    for (const row of batch.rows) judge.row(row, file);
  }
  return judge.report();
}

/** Judges records as they come. The trainer's own records can be judged by it as they are made. */
export class RunJudge {
  private readonly log = new ProblemLog();
  private readonly order: StepOrder;
  private readonly stillness: Stillness;
  /** Of a run that no schema describes. */
  private readonly habits: Habits | undefined;
  private readonly seen = new Set<string>();
  /** Those of them that the schema does not name. */
  private readonly unnamed = new Set<string>();
  /** In a sparse source: what records lacked, which others may have. */
  private readonly lacking = new Map<string, Place>();
  private readonly sums: RecordSchema['annotations'];
  private readonly sparse: boolean;
  private readonly source: Source;
  private readonly schema: RecordSchema;
  private records = 0;
  private steps: { first?: number; last?: number } = {};

  constructor(source: Source, schema: RecordSchema) {
    this.source = source;
    this.schema = schema;
    this.sparse = isSparse(source.format);
    this.order = new StepOrder(schema.id === recordSchemaId && !this.sparse);
    this.stillness = new Stillness(schema.annotations);
    this.habits = schema.validate === undefined ? new Habits() : undefined;
    this.sums = schema.validate === undefined ? [] : schema.annotations.filter(({ sumsTo }) => sumsTo !== undefined);
  }

  beginFile(): void {
    this.order.beginFile();
  }

  damage({ file, offset, line, what, torn }: Damage): void {
    const ending = torn ? ' (the file ends there)' : '';
    this.log.add(
      {
        code: 'damaged',
        severity: torn ? 'warning' : 'error',
        metric: path.basename(file),
        message: `damaged from byte ${offset} on: ${what}${ending}`,
      },
      { file, offset, ...(line === undefined ? {} : { line }) },
    );
  }

  row({ values, line, offset }: Row, file: string): void {
    const step = stepOf(values);
    const place = (): Place => ({
      file,
      ...(line === undefined ? {} : { line }),
      ...(offset === undefined ? {} : { offset }),
      ...(step === undefined ? {} : { step }),
    });
    this.records += 1;
    this.steps = { first: this.steps.first ?? step ?? Number.NaN, last: step ?? Number.NaN };
    const complaints = this.complaints(values, place);
    // A metric that is null and named in non_finite is one complaint.
    const distinct = new Map(complaints.map((each) => [`${each.code} ${each.metric}`, each]));
    for (const complaint of distinct.values()) this.add(complaint, place());
    this.stillness.see(values);
  }

  report(): SourceReport {
    const { log, source, schema, records, steps } = this;
    const file = source.files[0] ?? source.path;
    for (const [metric, place] of this.lacking) if (!this.seen.has(metric)) this.add(missingMetric(metric), place);
    for (const { metric, value, values } of this.stillness.flat()) {
      const message = `${metric} is ${value} in all of ${values} values`;
      this.add({ code: 'flat', metric, message }, { file });
    }
    for (const complaint of this.habits?.atTheEnd() ?? []) this.add(complaint, { file });
    if (records === 0) {
      this.add(
        { code: 'empty', metric: path.basename(source.path), message: 'there is not one record in it' },
        { file },
      );
    }
    return {
      path: source.path,
      format: source.format,
      judgedBy: schema.id,
      records,
      ...(Number.isFinite(steps.first) && { firstStep: Number(steps.first) }),
      ...(Number.isFinite(steps.last) && { lastStep: Number(steps.last) }),
      problems: log.list(),
      ...(this.habits === undefined ? {} : { found: foundBy(this.habits) }),
      unnamed: [...this.unnamed].filter((name) => !log.speaksOf(name)).slice(0, mostNamed),
      leftOut: log.leftOut,
    };
  }

  /** What is wrong with a record; without generators and closures, for this is done a million times. */
  private complaints(values: Values, place: () => Place): readonly Complaint[] {
    const { schema, order } = this;
    const found: Complaint[] = [];
    const errors = schema.validate === undefined || schema.validate(values) ? [] : (schema.validate.errors ?? []);
    // What follows our schema has no such number among those that it names.
    this.lookAtNames(values, schema.id === recordSchemaId && errors.length === 0, found);
    const outOfOrder = order.complaint(values);
    if (outOfOrder !== undefined) found.push({ code: 'step-order', metric: 'step', message: outOfOrder });
    if (this.habits !== undefined) return [...found, ...this.habits.complaints(values)];
    const epoch = schema.id === recordSchemaId ? order.epochComplaint(values) : undefined;
    if (epoch !== undefined) found.push({ code: 'step-order', metric: 'epoch', message: epoch });
    if (errors.length > 0) {
      for (const complaint of complaintsOf(errors, values, schema)) {
        const isLacking = this.sparse && complaint.code === 'missing-metric';
        if (!isLacking) found.push(complaint);
        else if (!this.lacking.has(complaint.metric)) this.lacking.set(complaint.metric, place());
      }
    }
    for (const { path: keys, sumsTo = 1 } of this.sums) {
      const wrong = sumsUp(valueAt(values, keys), sumsTo);
      const metric = keys.join('.');
      if (wrong !== undefined) found.push({ code: 'invariant', metric, message: `${metric} ${wrong}` });
    }
    if (schema.id === recordSchemaId) found.push(...brokenInvariants(values));
    return found;
  }

  /** New names, and numbers that are none; `follows`: none of those that the schema names is. */
  private lookAtNames(values: Values, follows: boolean, found: Complaint[]): void {
    for (const name in values) {
      if (!this.seen.has(name) && this.seen.size < mostNames) found.push(...this.newName(name, values));
      if (follows && !this.unnamed.has(name)) continue;
      const value = values[name];
      if (holdsNonFinite(value)) found.push(nonFiniteIn(name, value));
    }
    const named = values['non_finite'];
    if (!Array.isArray(named)) return;
    for (const name of named) {
      const place = String(name);
      found.push(nonFinite(place.replaceAll(/\[\d+\]/g, ''), 'as non_finite says', place));
    }
  }

  private newName(name: string, values: Values): readonly Complaint[] {
    const { schema } = this;
    this.seen.add(name);
    if (!schema.names(name)) this.unnamed.add(name);
    if (schema.validate !== undefined) return [];
    const isOld = (old: OldName) => old.name === name && isThere(old, values);
    const today = schema.annotations.find(({ renamedFrom }) => renamedFrom.some(isOld))?.path.join('.');
    if (today === undefined || values[today] !== undefined) return [];
    const message = `${name} is called ${today} in ${recordSchemaId}`;
    // Without a schema that asks for it, an old name may well be the right one.
    return [{ code: 'renamed-metric', severity: 'info', metric: name, message, suggestion: today }];
  }

  private add(complaint: Complaint, place: Place): void {
    this.log.add({ ...complaint, severity: this.severityOf(complaint) }, place);
  }

  private severityOf({ code, metric, severity }: Complaint): Problem['severity'] {
    if (severity !== undefined) return severity;
    return this.schema.validate === undefined && code === 'flat' && metric !== 'loss' ? 'warning' : 'error';
  }
}

function foundBy({ found }: Habits): NonNullable<SourceReport['found']> {
  return { ...found, metrics: found.metrics.slice(0, mostNamed) };
}

/** The complaint about the first number in a value that is none. */
function nonFiniteIn(metric: string, value: unknown): Complaint {
  let first: { place: string; number: number } | undefined;
  visitNumbers({ [metric]: value }, (place, number) => {
    if (!Number.isFinite(number)) first ??= { place, number };
  });
  return nonFinite(metric, String(first?.number), first?.place);
}

function holdsNonFinite(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value)) return Object.values(value).some(holdsNonFinite);
  for (const item of value) if (holdsNonFinite(item)) return true;
  return false;
}
